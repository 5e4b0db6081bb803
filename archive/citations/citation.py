"""Citations: each style turns a `Reference` into runs of text, some of them italic.

    Article, Excerpt ── reference ──> Reference ── STYLES[…].cite ──> Runs ── plain, html ──> note

A new style is one module in `archive/citations/styles/` and one line in `STYLES`. Citations are
in English, as their manuals have them, whatever the language of the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.citations.reference import PersonName, Reference, Runs, TextRun
from archive.citations.styles import apa, chicago, mla, short
from archive.citations.styles.punctuation import plain

__all__ = [
    "STYLES",
    "Citation",
    "PersonName",
    "Reference",
    "Runs",
    "Style",
    "TextRun",
    "citations",
    "html",
    "plain",
]


@dataclass(frozen=True)
class Style:
    """A way to cite; `label` is its name for people."""

    label: str
    cite: Callable[[Reference], Runs]


@dataclass(frozen=True)
class Citation:
    """A reference in one style, to be shown."""

    style: str
    label: str
    html: SafeString


STYLES: dict[str, Style] = {
    "chicago": Style("Chicago (note)", chicago.note),
    "chicago-bibliography": Style("Chicago (bibliography)", chicago.bibliography),
    "chicago-17": Style("Chicago, 17th edition (note)", chicago.note_17th),
    "chicago-17-bibliography": Style(
        "Chicago, 17th edition (bibliography)", chicago.bibliography_17th
    ),
    "mla": Style("MLA 9", mla.cite),
    "apa": Style("APA 7", apa.cite),
    "short": Style("One line", short.cite),
}


def html(runs: Iterable[TextRun]) -> SafeString:
    """Return a citation as HTML, escaped, with `<i>` where it is italic.

    >>> html((TextRun("“R&D,” "), TextRun("The Post", italic=True)))
    '“R&amp;D,” <i>The Post</i>'
    """
    return format_html_join("", "{}", ((_run_html(run),) for run in runs))


def _run_html(run: TextRun) -> str:
    """Return one run; plain words are still to be escaped, by `format_html_join`."""
    if run.italic:
        return format_html("<i>{}</i>", run.text)
    return run.text


def citations(reference: Reference) -> list[Citation]:
    """Cite in every style, leaving out a style whose result another gave before, as both
    editions of Chicago mostly do."""
    cited: dict[Runs, Citation] = {}
    for name, style in STYLES.items():
        runs = style.cite(reference)
        # The first style keeps its place: a newer edition stands before an older one.
        cited.setdefault(runs, Citation(name, style.label, html(runs)))
    return list(cited.values())
