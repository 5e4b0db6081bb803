"""The desk: an article on which people tag, in pieces, so that after a change only what changed
is drawn anew.

Each piece is an outermost element of the text with the marks on it. Its stamp changes whenever
one of them does. Who has a page open says which stamps it shows, and is given the pieces that
have others now: so editors of one article see each other's marks, and what it costs follows the
changes, not the length of the text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from django.utils.safestring import SafeString, mark_safe

from annotations.core.anchoring.highlighter import lanes_of, overlay_piece
from annotations.models import Annotation, AnnotationQuerySet
from annotations.reading.marks import Mark, marks_among
from annotations.reading.page import span_of
from archive.addresses import address_of
from archive.batches import batched
from archive.models import TextVersion, Viewer
from archive.text.canonical import HtmlPiece, pieces

# What a page shows: for the first paragraph of each piece its stamp, those without
# marks left out.
Stamps = Mapping[int, str]


@dataclass(frozen=True)
class MarkedPiece:
    """A piece of a text with the marks on it; `marks` are those that start in it."""

    paragraph: int
    stamp: str
    text_html: SafeString
    marks: list[Mark]


class _MarkRow(NamedTuple):
    """All of a mark that tells whether it is still the same, and where it stands."""

    pk: UUID
    start: int
    end: int
    revision: int
    state: str
    name: str | None


def marked_pieces(
    version: TextVersion, user: Viewer, shown: Stamps | None = None
) -> list[MarkedPiece]:
    """Return the pieces of a text with the marks that `user` may see.

    Without `shown` that is all of them, with it those that have another stamp now.
    """
    visible = (
        Annotation.objects.filter(version=version).visible_to(user).in_text_order()
    )
    columns = ("pk", "start", "end", "revision", "state", "entity__name")
    rows = [_MarkRow(*row) for row in visible.values_list(*columns)]
    html_pieces = pieces(version.html)
    changed = []
    keys: set[UUID] = set()
    for piece, own_rows in zip(
        html_pieces, _rows_by_piece(html_pieces, rows), strict=True
    ):
        stamp = _stamp(own_rows)
        if shown is None or stamp != shown.get(piece.paragraph, ""):
            changed.append((piece, own_rows, stamp))
            keys.update(row.pk for row in own_rows)
    if not changed:
        return []
    marks = _marks(visible, None if shown is None else keys)
    # Over all marks: a mark keeps its lane in each piece that it stands in.
    lanes = lanes_of((row.pk, row.start, row.end) for row in rows)
    marked = []
    for piece, own_rows, stamp in changed:
        own_marks = [marks[row.pk] for row in own_rows if row.pk in marks]
        marked.append(_marked_piece(piece, own_marks, lanes, stamp))
    return marked


def _marked_piece(
    piece: HtmlPiece, marks: list[Mark], lanes: Mapping[UUID, int], stamp: str
) -> MarkedPiece:
    spans = []
    lanes_by_id = {}
    for mark in marks:
        spans.append(span_of(mark, address_of("annotations:annotation-edit", mark.pk)))
        lanes_by_id[str(mark.pk)] = lanes[mark.pk]
    html = overlay_piece(piece, spans, lanes_by_id, stamp)
    starting_here = [mark for mark in marks if mark.start >= piece.start]
    return MarkedPiece(piece.paragraph, stamp, mark_safe(html), starting_here)


def _rows_by_piece(
    html_pieces: list[HtmlPiece], rows: Iterable[_MarkRow]
) -> list[list[_MarkRow]]:
    """Return, for each piece, the marks that lie over some of it."""
    starts = [piece.start for piece in html_pieces]
    rows_by_piece: list[list[_MarkRow]] = [[] for _piece in html_pieces]
    for row in rows:
        first = bisect_right(starts, row.start) - 1
        last = bisect_right(starts, row.end - 1)
        for number in range(first, last):
            rows_by_piece[number].append(row)
    return rows_by_piece


def _stamp(rows: list[_MarkRow]) -> str:
    """Return a key of the marks of a piece; empty where there are none."""
    if not rows:
        return ""
    # The state as well: the machine changes it without a further revision.
    values = [(row.pk.int, row.revision, row.state, row.name) for row in rows]
    return f"{crc32(repr(values).encode()):08x}"


def _marks(annotations: AnnotationQuerySet, keys: set[UUID] | None) -> dict[UUID, Mark]:
    """Return annotations by key: all of them, or those with `keys`, a batch at a time."""
    if keys is None:
        return {mark.pk: mark for mark in marks_among(annotations)}
    marks = {}
    for batch in batched(sorted(keys)):
        for mark in marks_among(annotations.filter(pk__in=batch)):
            marks[mark.pk] = mark
    return marks
