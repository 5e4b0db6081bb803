"""HTML: one page that needs nothing else, with each excerpt as a quotation and a note at the
end that cites it."""

import re
from collections.abc import Iterable, Iterator

from annotations.export.excerpts import Excerpt
from annotations.export.formats.footnote_parts import NotePiece, note
from annotations.export.formats.spool import Spool
from annotations.export.formats.xml import escaped
from archive.languages import UNKNOWN, direction_of

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Excerpts</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 66ch; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 Georgia, "Times New Roman", serif; }
blockquote { margin: 2rem 0 0; padding-inline-start: 1rem; border-inline-start: .2rem solid; }
li { overflow-wrap: anywhere; }
:target { outline: .15rem solid; }
</style>
</head>
<body>
<main>
<h1>Excerpts</h1>
"""
_NOTES = '<section role="doc-endnotes">\n<h2>Notes</h2>\n<ol>\n'
_NO_NOTES = "<p>No excerpts.</p>\n"
_END = "</main>\n</body>\n</html>\n"
_PARAGRAPHS = re.compile(r"\n{2,}")


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    yield _HEAD
    with Spool() as endnotes:
        for number, excerpt in enumerate(excerpts, start=1):
            yield _quotation(excerpt, number)
            endnotes.write(_endnote(excerpt, number))
        if endnotes.is_empty:
            yield _NO_NOTES
        else:
            yield _NOTES
            yield from endnotes
            yield "</ol>\n</section>\n"
    yield _END


def _quotation(excerpt: Excerpt, number: int) -> str:
    """Return the quotation with the number of its note, and what it is tagged as."""
    language = excerpt.source.language
    if language == UNKNOWN:
        language = ""
    direction = direction_of(language) if language else "auto"
    source = ""
    if excerpt.source.original_address:
        source = f' cite="{escaped(excerpt.source.original_address)}"'
    sign = (
        f'<sup><a href="#note-{number}" id="quote-{number}" role="doc-noteref">'
        f"{number}</a></sup>"
    )
    paragraphs = []
    for paragraph in _PARAGRAPHS.split(excerpt.words):
        paragraphs.append(_with_breaks(paragraph))
    quoted = "</p>\n<p>".join(paragraphs)
    comment = ""
    if excerpt.note:
        comment = f'<p><bdi lang="">{_with_breaks(excerpt.note)}</bdi></p>\n'
    kind, tag = excerpt.kind.capitalize(), escaped(excerpt.tag)
    return (
        f'<blockquote lang="{escaped(language)}" dir="{direction}"{source}>\n'
        f"<p>{quoted}{sign}</p>\n</blockquote>\n"
        f"{comment}"
        f'<p><b>{kind}:</b> <bdi lang="">{tag}</bdi></p>\n'
    )


def _with_breaks(words: str) -> str:
    return escaped(words).replace("\n", "<br>\n")


def _endnote(excerpt: Excerpt, number: int) -> str:
    citation = "".join(_piece(piece) for piece in note(excerpt))
    link = excerpt.original_link
    opened = ""
    if "#:~:" in link:
        opened = f' <a href="{escaped(link)}">Open at these words</a>.'
    back = (
        f'<a href="#quote-{number}" role="doc-backlink" '
        f'aria-label="Back to quotation {number}">↩</a>'
    )
    return f'<li id="note-{number}">{citation}{opened} {back}</li>\n'


def _piece(piece: NotePiece) -> str:
    text = escaped(piece.text)
    if piece.is_address:
        return f'<a href="{text}">{text}</a>'
    return f"<i>{text}</i>" if piece.italic else text
