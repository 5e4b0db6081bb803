"""What the program offers by name: variables, addresses and commands."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def variables_read() -> set[str]:
    """Return the names of all environment variables that the settings read."""
    source = ast.parse((ROOT / "config" / "settings.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(source):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function, name = node.func, node.args[0]
        if not isinstance(function, ast.Attribute) or not isinstance(
            function.value, ast.Name
        ):
            continue
        is_string = isinstance(name, ast.Constant) and isinstance(name.value, str)
        if function.value.id == "env" and is_string:
            names.add(ast.literal_eval(name))
    return names


def named_patterns(
    patterns: Iterable[Any], prefix: str = "/", namespace: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Yield the name, the whole pattern and the view of each address that has a name.

    Of Django's admin site only the root is yielded.
    """
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if not hasattr(pattern, "url_patterns"):
            if pattern.name:
                yield namespace + pattern.name, whole, pattern.callback
        elif pattern.namespace == "admin":
            yield "admin:index", whole, None
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern.url_patterns, whole, inner)


def own_commands() -> list[str]:
    """Return the names of the management commands of the two apps."""
    from django.core.management import get_commands

    own = [
        name
        for name, app in get_commands().items()
        if app in ("archive", "annotations")
    ]
    return sorted(own)
