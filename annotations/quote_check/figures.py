"""The figures of a manuscript beside those of the archive: who gives the same number, who
another, what was replaced.

    >>> sorted(_subjects("people killed in a village")), sorted(_subjects("человек погибли"))
    (['killed', 'village'], ['killed'])

Two figures are compared where they count the same in words: `17 dead` is compared with `people
killed`. Whether it is the same event is for a person to see, and so each comes with its source.
In English and Russian, as `annotations.core.figures.parser` reads them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import itemgetter
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

# Figures of the archive that are compared of each choice: the latest of those that give
# the same number, of all, and of those that have a measure.
MOST = 1000
SHOWN = 6
# Among which those to show are chosen.
_MOST_OTHERS = 50
_NOT_READ = ("version__html", "version__text", "version__capture__compressed")
_CONTEXT = 60
# Code points before a number in which its verb may stand: `killing 14 people`.
_BEFORE = 40

_SUBJECT_PATTERNS = {
    "killed": re.compile(
        r"kill\w*|dead|died|dying|deaths?|fatalit\w+|slain|погиб\w*|уби(?:т|л|й)\w*|мертв\w*|смерт\w+|жертв\w*"
    ),
    "injured": re.compile(r"injur\w+|wound\w+|hurt|ранен\w*|раны|пострада\w+"),
    "detained": re.compile(r"detain\w*|arrest\w*|задерж\w+|арест\w+"),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SAYS_NOTHING = frozenset(
    "a an the of in on at by for from to near with who which that were was are is be been and or people person persons "
    "individuals others other more least в во на по из с у к за и или при от до для человек человека людей люди "
    "людям".split()
)
_STEM = 6


def check_figures(
    positions: Sequence[ManuscriptPosition], user: Viewer
) -> list[CheckedFigure]:
    """Return each figure of a manuscript once, with where it stands and what `user` may see of
    the like."""
    checked = _figures_in(positions)
    visible = Annotation.objects.visible_to(user).current().shown()
    figures = visible.filter(figure__isnull=False)
    subjects = {_subjects_of(item) for item in checked}
    values = {item.amount.low for item in checked}
    archive_figures = _ArchiveFigures.read(figures, wanted=subjects, values=values)
    for item in checked:
        _judge(item, archive_figures)
    return checked


def _figures_in(positions: Sequence[ManuscriptPosition]) -> list[CheckedFigure]:
    figures: dict[tuple[Amount, str], CheckedFigure] = {}
    for position in positions:
        for counted in figures_in(position.text):
            amount, words = counted.reading.amount, counted.reading.counted
            key = (amount, words.casefold())
            if key not in figures:
                figures[key] = CheckedFigure(amount, words, occurrences=[])
            figures[key].occurrences.append(_occurrence(position, counted))
    return list(figures.values())


def _occurrence(
    position: ManuscriptPosition, counted: CountedFigure
) -> FigureOccurrence:
    text, start, end = position.text, counted.start, counted.end
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    # Cut at a blank, not within a word.
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return FigureOccurrence(position, before, text[start:end], after)


def _subjects_of(item: CheckedFigure) -> frozenset[str]:
    """Return what is counted: by the words after the number or, where they say only `people`,
    by the verb before it."""
    subjects = _subjects(item.counted)
    if subjects:
        return subjects
    before = _WORD.findall(item.occurrences[0].before[-_BEFORE:].lower())
    return frozenset(map(_subject, before)).intersection(_SUBJECT_PATTERNS)


def _subjects(counted: str) -> frozenset[str]:
    """Return the words that tell what is counted, each as others may write it."""
    words = set(_WORD.findall(counted.lower())) - _SAYS_NOTHING
    return frozenset(map(_subject, words))


def _subject(word: str) -> str:
    """Return what is the same for other words of the same meaning, or for other forms of the
    word."""
    word = word.replace("ё", "е")
    for subject, pattern in _SUBJECT_PATTERNS.items():
        if pattern.fullmatch(word):
            return subject
    if word.isascii():
        return word.removesuffix("s")
    return word[:_STEM]


def _are_alike(subjects: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two figures count the same, or one of them something narrower."""
    return bool(subjects and others) and (subjects <= others or others <= subjects)


@dataclass(frozen=True)
class _ArchiveFigures:
    """The figures of the archive that count something alike, by what they count; and what
    replaced them.

    `by_measure` has all of the measures of those that give the same number, `by_key` the same
    by their keys.
    """

    by_subjects: Mapping[frozenset[str], list[Annotation]]
    replaced_by: Mapping[UUID, UUID]
    by_key: Mapping[UUID, Annotation]
    by_measure: Mapping[int, list[Annotation]]
    _given: dict[UUID, GivenFigure] = field(default_factory=dict)

    def given(self, annotation: Annotation) -> GivenFigure:
        if annotation.pk not in self._given:
            self._given[annotation.pk] = given_by(annotation)
        return self._given[annotation.pk]

    @classmethod
    def read(
        cls,
        visible: AnnotationQuerySet,
        wanted: set[frozenset[str]],
        values: set[Decimal],
    ) -> "_ArchiveFigures":
        """Read them in a fixed number of queries: those that give one of the `values`, and a
        choice of the others."""
        subjects_by_words = {}
        words_alike = []
        for words in Figure.objects.values_list("counted", flat=True).distinct():
            subjects = _subjects(words)
            subjects_by_words[words] = subjects
            if any(_are_alike(subjects, others) for others in wanted):
                words_alike.append(words)
        same_number, others = _keys_to_compare(visible, words_alike, values)

        figures = visible.with_sources().select_related(
            "figure__measure", "version__capture"
        )
        figures = figures.defer(*_NOT_READ)
        compared = {row.pk: row for row in figures.filter(pk__in=same_number | others)}
        by_subjects: dict[frozenset[str], list[Annotation]] = defaultdict(list)
        for annotation in compared.values():
            subjects = subjects_by_words[annotation.figure.counted]
            by_subjects[subjects].append(annotation)

        measures = {compared[key].figure.measure_id for key in same_number} - {None}
        of_measures = figures.filter(figure__measure__in=measures)
        by_measure: dict[int, list[Annotation]] = defaultdict(list)
        by_key = {}
        for annotation in of_measures.order_by("-sort_date", "pk")[: 2 * MOST]:
            by_measure[annotation.figure.measure_id or 0].append(annotation)
            by_key[annotation.pk] = annotation
        successions = Succession.objects.filter(earlier__measure__in=measures)
        replaced_by = dict(successions.values_list("earlier", "later"))
        return cls(by_subjects, replaced_by, by_key, by_measure)


def _keys_to_compare(
    visible: AnnotationQuerySet, words: list[str], values: set[Decimal]
) -> tuple[set[UUID], set[UUID]]:
    """Return the latest figures that count in these words: those that give one of the values,
    and of all others a choice."""
    if not words:
        return set(), set()
    matched = visible.filter(kind=Kind.FIGURE, figure__counted__in=words)
    matched = matched.order_by("-sort_date", "-article", "start")
    keys = matched.values_list("pk", flat=True)
    same_number = set(keys.filter(figure__low__in=values)[:MOST])
    others = set(keys[:MOST])
    if others:
        others |= set(keys.filter(figure__measure__isnull=False)[:MOST])
    return same_number, others


def _judge(item: CheckedFigure, archive_figures: _ArchiveFigures) -> None:
    """Set the verdict of a figure, and the figures of the archive beside it: what counts just
    the same before what counts something wider or narrower, then the latest first."""
    subjects = _subjects_of(item)
    alike = []
    for others, annotations in archive_figures.by_subjects.items():
        if _are_alike(subjects, others):
            is_other = others != subjects
            for annotation in annotations:
                alike.append((is_other, -annotation.sort_date.toordinal(), annotation))
    if not alike:
        return
    alike.sort(key=itemgetter(0, 1))
    closest = alike[0][0]
    same_number = []
    other_number = []
    for is_other, _day, annotation in alike:
        figure = annotation.figure
        if (figure.low, figure.high) == (item.amount.low, item.amount.high):
            same_number.append(annotation)
        elif is_other == closest:
            other_number.append(annotation)
    given = [_archive_figure(row, item.amount, archive_figures) for row in same_number]
    item.verdict = _verdict(item.amount, given)
    given.sort(
        key=lambda figure: (
            figure.given.amount != item.amount,
            figure.later is not None,
        )
    )
    item.given = _first_differing(given)
    other_figures = []
    for row in other_number[:_MOST_OTHERS]:
        other_figures.append(_archive_figure(row, item.amount, archive_figures))
    item.others = _first_differing(other_figures)


def _first_differing(figures: Iterable[ArchiveFigure]) -> list[ArchiveFigure]:
    """Return the first few of those that differ in what they say, who says it, or of which
    day."""
    differing: dict[object, ArchiveFigure] = {}
    for figure in figures:
        given = figure.given
        differing.setdefault((given.amount, given.voice, given.days), figure)
    return list(differing.values())[:SHOWN]


def _verdict(amount: Amount, given: Sequence[ArchiveFigure]) -> FigureVerdict:
    if not given:
        return FigureVerdict.NOT_GIVEN
    if all(figure.later for figure in given):
        return FigureVerdict.SUPERSEDED
    if any(figure.given.amount == amount for figure in given):
        return FigureVerdict.GIVEN
    return FigureVerdict.OTHERWISE


def _archive_figure(
    annotation: Annotation, amount: Amount, archive_figures: _ArchiveFigures
) -> ArchiveFigure:
    given = archive_figures.given(annotation)
    ours, theirs = bounds_of(amount), bounds_of(given.amount)
    fits = not (ours.lies_below(theirs) or theirs.lies_below(ours))
    linked = _linked_later(annotation, archive_figures)
    later = linked or _later_by_days(annotation, given, archive_figures)
    if later is None:
        return ArchiveFigure(annotation, given, fits)
    replacement = ArchiveFigure(later, archive_figures.given(later), fits=False)
    return ArchiveFigure(annotation, given, fits, replacement, linked is not None)


def _linked_later(
    annotation: Annotation, archive_figures: _ArchiveFigures
) -> Annotation | None:
    """Return the last figure by which editors say that a figure was replaced."""
    key = annotation.pk
    passed = {key}
    following = archive_figures.replaced_by.get(key)
    # Editors cannot make a circle, but an import may have.
    while following is not None and following not in passed:
        if following not in archive_figures.by_key:
            break
        key = following
        passed.add(key)
        following = archive_figures.replaced_by.get(key)
    return archive_figures.by_key[key] if key != annotation.pk else None


def _later_by_days(
    annotation: Annotation, given: GivenFigure, archive_figures: _ArchiveFigures
) -> Annotation | None:
    """Return the last figure of one measure by which a speaker replaced a figure, as the days
    say."""
    if given.days is None or annotation.pk in archive_figures.replaced_by:
        return None
    later = []
    for other in archive_figures.by_measure.get(annotation.figure.measure_id or 0, []):
        given_later = archive_figures.given(other)
        if _replaces(given_later, given):
            later.append((_first_day(given_later.days), other))
    if not later:
        return None
    return max(later, key=itemgetter(0))[1]


def _replaces(other: GivenFigure, given: GivenFigure) -> bool:
    if given.days is None:
        return False
    is_later = _first_day(other.days) > given.days.last
    is_same_speaker = other.voice == given.voice
    return is_later and is_same_speaker and other.amount != given.amount


def _first_day(days: DayRange | None) -> date:
    return days.first if days else date.min
