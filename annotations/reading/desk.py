"""The desk: an article on which people tag, in pieces, so that after a change only what changed
is drawn anew.

Each piece is an outermost element of the text with the marks on it. Its stamp changes whenever
one of them does. Who has a page open says which stamps it shows, and is given the pieces that
have others now: so editors of one article see each other's marks, and what it costs follows the
changes, not the length of the text.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from annotations.core.anchoring.highlighter import lanes_of, overlay_piece
from annotations.models import Annotation, AnnotationQuerySet
from annotations.reading.page import span_of
from archive.batches import batched
from archive.models import TextVersion, Viewer
from archive.text.canonical import HtmlPiece, pieces

Stamps = Mapping[int, str]
"""What a page shows: for the first paragraph of each piece its stamp, those without marks left
out."""


@dataclass(frozen=True)
class MarkedPiece:
    """A piece of a text with the marks on it; `marks` are those that start in it."""

    paragraph: int
    stamp: str
    text_html: SafeString
    marks: list[Annotation]


class _Row(NamedTuple):
    """All of a mark that tells whether it is still the same, and where it stands."""

    pk: UUID
    start: int
    end: int
    revision: int
    name: str | None


def marked_pieces(
    version: TextVersion, user: Viewer, shown: Stamps | None = None
) -> list[MarkedPiece]:
    """Return the pieces of a text with the marks that `user` may see: all of them, or those
    that are not as `shown`."""
    seen = Annotation.objects.filter(version=version).visible_to(user).in_text_order()
    rows = [
        _Row(*row) for row in seen.values_list("pk", "start", "end", "revision", "entity__name")
    ]
    cut = pieces(version.html)
    over = _rows_over(cut, rows)
    stamps = [_stamp(own) for own in over]
    changed = [
        (piece, own, stamp)
        for piece, own, stamp in zip(cut, over, stamps, strict=True)
        if shown is None or stamp != shown.get(piece.paragraph, "")
    ]
    if not changed:
        return []
    full = seen.with_details()
    marks = {mark.pk: mark for mark in (full if shown is None else _of(full, changed))}
    lanes = lanes_of((row.pk, row.start, row.end) for row in rows)
    return [
        _marked(piece, [marks[row.pk] for row in own if row.pk in marks], lanes, stamp)
        for piece, own, stamp in changed
    ]


def _marked(
    piece: HtmlPiece, marks: list[Annotation], lanes: Mapping[UUID, int], stamp: str
) -> MarkedPiece:
    spans = [
        span_of(mark, reverse("annotations:annotation-edit", args=[mark.pk])) for mark in marks
    ]
    html = overlay_piece(piece, spans, {str(mark.pk): lanes[mark.pk] for mark in marks}, stamp)
    return MarkedPiece(
        piece.paragraph,
        stamp,
        mark_safe(html),
        [mark for mark in marks if mark.start >= piece.start],
    )


def _rows_over(cut: list[HtmlPiece], rows: Iterable[_Row]) -> list[list[_Row]]:
    """Return, for each piece, the marks that lie over some of it."""
    starts = [piece.start for piece in cut]
    over: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        for number in range(
            bisect_right(starts, row.start) - 1, bisect_right(starts, row.end - 1)
        ):
            over[number].append(row)
    return [over[number] for number in range(len(cut))]


def _stamp(rows: list[_Row]) -> str:
    said = [(row.pk.int, row.revision, row.name) for row in rows]
    return f"{crc32(repr(said).encode()):08x}" if rows else ""


def _of(
    marks: AnnotationQuerySet, changed: list[tuple[HtmlPiece, list[_Row], str]]
) -> Iterator[Annotation]:
    keys = {row.pk for _piece, own, _stamp in changed for row in own}
    for some in batched(sorted(keys)):
        yield from marks.filter(pk__in=some)
