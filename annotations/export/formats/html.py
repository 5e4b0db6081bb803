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
    with Spool() as notes:
        number = 0
        for number, excerpt in enumerate(excerpts, start=1):
            yield _quoted(excerpt, number)
            notes.write(_noted(excerpt, number))
        if number:
            yield _NOTES
            yield from notes
            yield "</ol>\n</section>\n"
        else:
            yield _NO_NOTES
    yield _END


def _quoted(excerpt: Excerpt, number: int) -> str:
    """Return the quotation with the number of its note, and what it is tagged as."""
    language = "" if excerpt.language in ("", UNKNOWN) else excerpt.language
    direction = direction_of(language) if language else "auto"
    cited = f' cite="{escaped(excerpt.original_address)}"' if excerpt.original_address else ""
    reference = f'<sup><a href="#note-{number}" id="quote-{number}" role="doc-noteref">{number}</a></sup>'
    lines = (
        escaped(paragraph).replace("\n", "<br>\n")
        for paragraph in _PARAGRAPHS.split(excerpt.words)
    )
    paragraphs = "</p>\n<p>".join(lines)
    noted = "<br>\n".join(escaped(excerpt.note).split("\n"))
    noted = f'<p><bdi lang="">{noted}</bdi></p>\n' if noted else ""
    return (
        f'<blockquote lang="{escaped(language)}" dir="{direction}"{cited}>\n'
        f"<p>{paragraphs}{reference}</p>\n</blockquote>\n"
        f"{noted}"
        f'<p><b>{excerpt.kind.capitalize()}:</b> <bdi lang="">{escaped(excerpt.tag)}</bdi></p>\n'
    )


def _noted(excerpt: Excerpt, number: int) -> str:
    pieces = "".join(map(_set, note(excerpt)))
    link = excerpt.original_link
    opened = f' <a href="{escaped(link)}">Open at these words</a>.' if "#:~:" in link else ""
    back = f'<a href="#quote-{number}" role="doc-backlink" aria-label="Back to quotation {number}">↩</a>'
    return f'<li id="note-{number}">{pieces}{opened} {back}</li>\n'


def _set(piece: NotePiece) -> str:
    text = escaped(piece.text)
    if piece.is_address:
        return f'<a href="{text}">{text}</a>'
    return f"<i>{text}</i>" if piece.italic else text
