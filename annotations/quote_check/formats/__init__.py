"""Reports of a check: a format is one module, one function `write(report, name, base) ->
pieces`, a line in `FORMATS`.

`name` is what the manuscript is called, `base` the archive's own address, as `https://…`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotations.quote_check.formats import json, markdown, text
from annotations.quote_check.report import CheckReport


@dataclass(frozen=True)
class Format:
    """A way to write a report: `write` yields the file piece by piece, as text."""

    label: str
    ending: str
    media_type: str
    write: Callable[[CheckReport, str, str], Iterator[str]]


FORMATS: dict[str, Format] = {
    "text": Format("Text", "txt", "text/plain; charset=utf-8", text.write),
    "json": Format("JSON", "json", "application/json", json.write),
    "markdown": Format("Markdown", "md", "text/markdown; charset=utf-8", markdown.write),
}
