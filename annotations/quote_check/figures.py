"""The figures of a manuscript beside those of the archive: who gives the same number, who
another, what was replaced.

    >>> sorted(_kinds("people killed in a village")), sorted(_kinds("человек погибли"))
    (['killed', 'village'], ['killed'])

Two figures are compared where they count the same in words: `17 dead` is compared with `people
killed`. Whether it is the same event is for a person to see, and so each comes with its source.
In English and Russian, as `annotations.core.figures.parser` reads them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from annotations.core.figures.conflicts import DayRange, GivenFigure, bounds_of
from annotations.core.figures.parser import Amount, CountedFigure, figures_in
from annotations.core.quotes.extractor import ManuscriptPosition
from annotations.figures.ledger import given_by
from annotations.models import Annotation, AnnotationQuerySet, Figure, Kind, Succession
from annotations.quote_check.report import (
    ArchiveFigure,
    CheckedFigure,
    FigureOccurrence,
    FigureVerdict,
)
from archive.models import Viewer

MOST = 1000
"""Figures of the archive that are compared of each choice: the latest of those that give the
same number, of all, and of those that have a measure."""
SHOWN = 6
_MOST_OTHERS = 50
"""Among which those to show are chosen."""
_NOT_READ = ("version__html", "version__text", "version__capture__content")
_CONTEXT = 60
_BEFORE = 40
"""Code points before a number in which its verb may stand: `killing 14 people`."""

_KIND_OF = {
    "killed": r"kill\w*|dead|died|dying|deaths?|fatalit\w+|slain|погиб\w*|уби(?:т|л|й)\w*|мертв\w*|смерт\w+|жертв\w*",
    "injured": r"injur\w+|wound\w+|hurt|ранен\w*|раны|пострада\w+",
    "detained": r"detain\w*|arrest\w*|задерж\w+|арест\w+",
}
_KINDS = [(kind, re.compile(pattern)) for kind, pattern in _KIND_OF.items()]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SAYS_NOTHING = frozenset(
    "a an the of in on at by for from to near with who which that were was are is be been and or people person persons "
    "individuals others other more least в во на по из с у к за и или при от до для человек человека людей люди "
    "людям".split()
)
_STEM = 6


def check_figures(places: Sequence[ManuscriptPosition], user: Viewer) -> list[CheckedFigure]:
    """Return each figure of a manuscript once, with where it stands and what `user` may see of
    the like."""
    checked = [*_collected(places)]
    seen = Annotation.objects.visible_to(user).current().shown().filter(figure__isnull=False)
    known = _ArchiveFigures.of(
        seen, {_kinds_of(one) for one in checked}, {one.amount.low for one in checked}
    )
    for one in checked:
        _judge(one, known)
    return checked


def _collected(places: Sequence[ManuscriptPosition]) -> Iterator[CheckedFigure]:
    found: dict[tuple[Amount, str], CheckedFigure] = {}
    for place in places:
        for counted in figures_in(place.text):
            reading = counted.reading
            amount = reading.amount
            one = found.setdefault(
                (amount, reading.counted.casefold()),
                CheckedFigure(amount, reading.counted, occurrences=[]),
            )
            one.occurrences.append(_occurrence(place, counted))
    yield from found.values()


def _occurrence(place: ManuscriptPosition, counted: CountedFigure) -> FigureOccurrence:
    text, start, end = place.text, counted.start, counted.end
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    before = before if start <= _CONTEXT else "…" + before.partition(" ")[2]
    after = after if end + _CONTEXT >= len(text) else after.rpartition(" ")[0] + "…"
    return FigureOccurrence(place, before, text[start:end], after)


def _kinds_of(one: CheckedFigure) -> frozenset[str]:
    """What is counted: by the words behind the number or, where they say only `people`, by the
    verb before it."""
    before = _WORD.findall(one.occurrences[0].before[-_BEFORE:].lower())
    return _kinds(one.counted) or frozenset(
        kind for word in before if (kind := _kind(word)) in _KIND_OF
    )


def _kinds(counted: str) -> frozenset[str]:
    """Return the words that tell what is counted, each as others may write it."""
    return frozenset(
        _kind(word) for word in _WORD.findall(counted.lower()) if word not in _SAYS_NOTHING
    )


def _kind(word: str) -> str:
    word = word.replace("ё", "е")
    for kind, pattern in _KINDS:
        if pattern.fullmatch(word):
            return kind
    return word.removesuffix("s") if word.isascii() else word[:_STEM]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


@dataclass(frozen=True)
class _ArchiveFigures:
    """The figures of the archive that count something alike, by what they count; and what
    replaced them."""

    by_kinds: Mapping[frozenset[str], list[Annotation]]
    replaced_by: Mapping[UUID, UUID]
    by_key: Mapping[UUID, Annotation]
    of_measure: Mapping[int, list[Annotation]]
    _given: dict[UUID, GivenFigure] = field(default_factory=dict)

    def given(self, mark: Annotation) -> GivenFigure:
        if mark.pk not in self._given:
            self._given[mark.pk] = given_by(mark)
        return self._given[mark.pk]

    @classmethod
    def of(
        cls, seen: AnnotationQuerySet, wanted: set[frozenset[str]], values: Iterable[object]
    ) -> "_ArchiveFigures":
        """Read them in a fixed number of queries: those that give one of the `values`, and a
        choice of the others."""
        counted = {
            words: _kinds(words)
            for words in Figure.objects.values_list("counted", flat=True).distinct()
        }
        alike = [
            words
            for words, kinds in counted.items()
            if any(_alike(kinds, other) for other in wanted)
        ]
        matched = seen.filter(kind=Kind.FIGURE, figure__counted__in=alike).order_by(
            "-sort_date", "-article", "start"
        )
        same = (
            {*matched.filter(figure__low__in=[*values]).values_list("pk", flat=True)[:MOST]}
            if alike
            else set()
        )
        others = {*matched.values_list("pk", flat=True)[:MOST]} if alike else set()
        others |= (
            {*matched.filter(figure__measure__isnull=False).values_list("pk", flat=True)[:MOST]}
            if others
            else set()
        )
        seen = (
            seen.with_sources()
            .select_related("figure__measure", "version__capture")
            .defer(*_NOT_READ)
        )
        figures = {one.pk: one for one in seen.filter(pk__in=same | others)}
        measures = {figures[pk].figure.measure_id for pk in same} - {None}
        of_measure: dict[int, list[Annotation]] = defaultdict(list)
        for one in seen.filter(figure__measure__in=measures).order_by("-sort_date", "pk")[
            : 2 * MOST
        ]:
            of_measure[one.figure.measure_id or 0].append(one)
        by_kinds: dict[frozenset[str], list[Annotation]] = defaultdict(list)
        for one in figures.values():
            by_kinds[counted[one.figure.counted]].append(one)
        linked = Succession.objects.filter(earlier__measure__in=measures).values_list(
            "earlier", "later"
        )
        every = {one.pk: one for rows in of_measure.values() for one in rows}
        return cls(by_kinds, dict(linked), every, of_measure)


def _judge(one: CheckedFigure, known: _ArchiveFigures) -> None:
    kinds = _kinds_of(one)
    alike = [
        (other != kinds, mark)
        for other, marks in known.by_kinds.items()
        if _alike(kinds, other)
        for mark in marks
    ]
    if not alike:
        return
    alike.sort(key=lambda row: (row[0], -row[1].sort_date.toordinal()))
    number, closest = (one.amount.low, one.amount.high), alike[0][0]
    same = [mark for _is_wider, mark in alike if (mark.figure.low, mark.figure.high) == number]
    others = [
        mark
        for is_wider, mark in alike
        if (mark.figure.low, mark.figure.high) != number and is_wider == closest
    ]
    one.given = [_archive_figure(mark, one.amount, known) for mark in same]
    one.verdict = _verdict(one)
    one.given.sort(key=lambda each: (each.given.amount != one.amount, each.later is not None))
    one.given = _shown(one.given)
    one.others = _shown(
        _archive_figure(mark, one.amount, known) for mark in others[:_MOST_OTHERS]
    )


def _shown(figures: Iterable[ArchiveFigure]) -> list[ArchiveFigure]:
    """The first few of those that differ in what they say, who says it, or of which day."""
    seen: dict[object, ArchiveFigure] = {}
    for each in figures:
        seen.setdefault((each.given.amount, each.given.voice, each.given.days), each)
    return [*seen.values()][:SHOWN]


def _verdict(one: CheckedFigure) -> FigureVerdict:
    if not one.given:
        return FigureVerdict.NOT_GIVEN
    if all(each.later for each in one.given):
        return FigureVerdict.SUPERSEDED
    is_same = any(each.given.amount == one.amount for each in one.given)
    return FigureVerdict.GIVEN if is_same else FigureVerdict.OTHERWISE


def _archive_figure(mark: Annotation, amount: Amount, known: _ArchiveFigures) -> ArchiveFigure:
    given = known.given(mark)
    later, is_linked = _later(mark, given, known)
    ours, theirs = bounds_of(amount), bounds_of(given.amount)
    fits = not (ours.lies_below(theirs) or theirs.lies_below(ours))
    if later is None:
        return ArchiveFigure(mark, given, fits)
    return ArchiveFigure(
        mark, given, fits, ArchiveFigure(later, known.given(later), fits=False), is_linked
    )


def _later(
    mark: Annotation, given: GivenFigure, known: _ArchiveFigures
) -> tuple[Annotation | None, bool]:
    """Return by which figure its speaker replaced one: as an editor says or, of one measure, as
    the days say."""
    key, passed = mark.pk, {mark.pk}
    while (following := known.replaced_by.get(key)) is not None and following in known.by_key:
        if following in passed:
            break
        key = following
        passed.add(key)
    if key != mark.pk:
        return known.by_key[key], True
    rows = known.of_measure.get(mark.figure.measure_id or 0, [])
    if given.days is None or mark.pk in known.replaced_by:
        return None, False
    later = [(other.days, row) for row in rows if _replaces(other := known.given(row), given)]
    return (
        (max(later, key=lambda row: _first_day(row[0]))[1], False) if later else (None, False)
    )


def _replaces(other: GivenFigure, given: GivenFigure) -> bool:
    is_later = _first_day(other.days) > (given.days.last if given.days else date.max)
    return is_later and other.voice == given.voice and other.amount != given.amount


def _first_day(days: DayRange | None) -> date:
    return days.first if days else date.min
