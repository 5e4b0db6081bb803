"""Annotations to be imported: ours, of passages that are here and are taken away, and those of
other programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotations.core.w3c import CONTEXT, to_w3c
from annotations.export.excerpts import excerpts_of
from annotations.export.formats.jsonld import passage_of
from annotations.models import Annotation

TEXT = (
    "<p>Rain in Aktau.</p><p>Ivan Petrov said that at least 15 people were killed. Ivan Petrov left.</p>"
    "<p>He fired 😀 first.</p>"
)

Run = Callable[..., tuple[int, list[str], list[str]]]
Save = Callable[..., Path]


def exported(mark: Annotation) -> dict[str, Any]:
    """What is exported of an annotation."""
    (excerpt,) = excerpts_of(
        Annotation.objects.filter(pk=mark.pk),
        "https://archive.example",
        for_editors=True,
    )
    return {"@context": CONTEXT, **to_w3c(passage_of(excerpt))}


def taken_away(mark: Annotation) -> dict[str, Any]:
    document = exported(mark)
    mark.delete()
    return document


def foreign(exact: str, tag: str = "person", **more: Any) -> dict[str, Any]:
    source = more.pop("source", "https://post.example/day-three")
    quote = {"type": "TextQuoteSelector", "exact": exact, **more.pop("quote", {})}
    selector = [
        quote,
        *(
            [{"type": "TextPositionSelector", **more.pop("position")}]
            if "position" in more
            else []
        ),
    ]
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    return {
        "id": f"urn:x:{exact}",
        "type": "Annotation",
        "body": body,
        "target": {"source": source, "selector": selector},
    } | more
