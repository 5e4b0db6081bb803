"""Markdown: each excerpt as a quotation, with its tag and its citation below."""

import re
from collections.abc import Iterable, Iterator

from annotations.excerpts import Excerpt

_SYNTAX = re.compile(r"([\\`*_{}\[\]<>#|~&]|^(?:[-+]|\d+[.)])(?=\s|$)|^[=-]+$)", re.MULTILINE)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    for excerpt in excerpts:
        yield (
            f"{_quoted(excerpt.words)}\n\n"
            f"**{excerpt.kind.capitalize()}:** {literal(' '.join(excerpt.tag.split()))}  \n"
            f"{literal(excerpt.citation()).replace(literal(excerpt.permalink), f'<{excerpt.permalink}>')}\n\n"
            f"---\n\n"
        )


def literal(words: str) -> str:
    """Return `words` so that Markdown shows them as they are."""
    return _SYNTAX.sub(lambda found: "".join(f"\\{c}" if not c.isalnum() else c for c in found[0]), words)


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in literal(words).split("\n"))
