"""The ledger of one measure: every figure that is given for it and its parts, what is added up,
what conflicts.

`ledger_of` reads it in a fixed number of queries, and the page and each export are made of
nothing else:

    Measure ── figures, totals ──> comparing ──> MeasureLedger ──> page, range_chart, CSV, JSON, Markdown

What is compared is of a day: that for which a figure is given or, if that is not said, on which
it was published. How counts changed, and the picture, go by when each was published.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.core.figures.conflicts import (
    Conflict,
    DayRange,
    GivenFigure,
    add_amounts,
    display_sum,
    find_conflicts,
    part_conflicts,
)
from annotations.core.figures.parser import Amount
from annotations.core.figures.range_chart import RangeChart, draw_range_chart
from annotations.core.figures.summary import range_sentence, summary_sentences
from annotations.models import Annotation, Measure, Succession, Total
from archive import dates
from archive.models import Viewer

MOST, MOST_MEASURES = 500, 60
"""Figures of a measure and its parts that are compared and shown; measures in a list."""


@dataclass(frozen=True)
class ComparedRow:
    """A figure or a sum, and what follows for it from the others.

    `replaced_by` is the later one by which its speaker replaced it, `replaces` those that it
    replaced.
    """

    given: GivenFigure
    conflicts: list[Conflict]
    replaced_by: GivenFigure | None
    replaces: list[GivenFigure]

    @property
    def why(self) -> list[str]:
        """Why it cannot be true beside others, for reading."""
        return list(dict.fromkeys(conflict.in_words() for conflict in self.conflicts))

    @property
    def against(self) -> list[GivenFigure]:
        """Those beside which it cannot be true; of such that read the same, the first."""
        others = (conflict.other(self.given.key) for conflict in self.conflicts)
        return list(
            {(other.told, other.voice): other for other in reversed([*others])}.values()
        )[::-1]


@dataclass(frozen=True)
class FigureRow(ComparedRow):
    """A figure with its passage."""

    annotation: Annotation
    measure: Measure


@dataclass(frozen=True)
class TotalRow(ComparedRow):
    """Figures that an editor added up, and what that makes."""

    total: Total
    addends: list[Annotation]


@dataclass(frozen=True)
class MeasureLedger:
    """`rows` are in order of publication, those of the measure and of its parts; `left_out`
    were too many to show.

    Of conflicts that read the same one is listed; the rows have them all.
    """

    measure: Measure
    parts: list[Measure]
    rows: list[FigureRow]
    sums: list[TotalRow]
    conflicts: list[Conflict]
    left_out: int

    @property
    def whole(self) -> list[GivenFigure]:
        """What is given for the measure itself, totals included, in the order in which it was
        said."""
        own = [row.given for row in self.rows if row.measure.pk == self.measure.pk]
        return sorted([*own, *(one.given for one in self.sums)], key=_when_said)

    @cached_property
    def said(self) -> list[str]:
        """What is agreed and what is not, in sentences."""
        return summary_sentences(self.whole, self.conflicts, self.measure.unit)

    @cached_property
    def chart(self) -> RangeChart | None:
        of_parts = [
            (part.name, [row.given for row in self.rows if row.measure.pk == part.pk])
            for part in self.parts
        ]
        return draw_range_chart([(self.measure.name, self.whole), *of_parts], self.conflicts)

    @property
    def replaceable(self) -> list[tuple[GivenFigure, GivenFigure, UUID]]:
        """Pairs of which the later may replace the earlier: of the same speaker and measure,
        differing, not linked yet.

        For each figure the next figure or sum that its speaker gave, and the key of the figure
        to link it with: of a sum, the first that was added.
        """
        by_voice: dict[tuple[int, str], list[FigureRow | TotalRow]] = defaultdict(list)
        for row in self.rows:
            by_voice[row.measure.pk, row.given.voice].append(row)
        for total in self.sums:
            by_voice[self.measure.pk, total.given.voice].append(total)
        pairs = []
        for said in by_voice.values():
            said = sorted(
                (one for one in said if one.given.said_on),
                key=lambda one: _when_said(one.given),
            )
            for nth, one in enumerate(said):
                later = (
                    other for other in said[nth + 1 :] if other.given.amount != one.given.amount
                )
                if (
                    isinstance(one, FigureRow)
                    and one.replaced_by is None
                    and (found := next(later, None))
                ):
                    key = (
                        found.annotation.pk
                        if isinstance(found, FigureRow)
                        else found.addends[0].pk
                    )
                    pairs.append((one.given, found.given, key))
        return pairs


def _when_said(given: GivenFigure) -> date:
    return given.said_on or date.max


def ledger_of(measure: Measure, user: Viewer) -> MeasureLedger:
    """Return what `user` may see of a measure and of its parts, however deep."""
    keys = measure.with_all_parts()
    parts = {part.pk: part for part in Measure.objects.filter(pk__in=keys).order_by("pk")}
    seen = Annotation.objects.visible_to(user).current().filter(figure__measure__in=keys)
    found = list(seen.in_reading_order().with_sources()[: MOST + 1])
    left_out = seen.count() - MOST if len(found) > MOST else 0
    annotations = {annotation.pk: annotation for annotation in found[:MOST]}
    given = {str(pk): given_by(annotation) for pk, annotation in annotations.items()}
    totals = {}
    for total in (
        Total.objects.filter(measure__in=keys)
        .select_related("made_by")
        .prefetch_related("addends")
    ):
        addends = [annotations.get(addend.figure_id) for addend in total.addends.all()]
        if addends and all(addends):
            own = [addend for addend in addends if addend]
            one = _sum_of(total, [given[str(addend.pk)] for addend in own])
            totals[one.key], given[one.key] = (total, own), one
    _link_replaced(given, annotations, totals)
    measure_of = {
        str(pk): annotation.figure.measure_id or 0 for pk, annotation in annotations.items()
    }
    measure_of |= {key: total.measure_id for key, (total, _addends) in totals.items()}
    clashes = _all_conflicts(parts, measure_of, given)
    compared = _compared(given, clashes)
    return MeasureLedger(
        measure=measure,
        parts=[part for part in parts.values() if part.pk != measure.pk],
        rows=[
            FigureRow(
                **compared(str(pk)), annotation=annotation, measure=parts[measure_of[str(pk)]]
            )
            for pk, annotation in annotations.items()
        ],
        sums=[
            TotalRow(**compared(key), total=total, addends=own)
            for key, (total, own) in totals.items()
            if total.measure_id == measure.pk
        ],
        conflicts=list({clash.in_words(): clash for clash in reversed(clashes)}.values())[::-1],
        left_out=left_out,
    )


@dataclass(frozen=True)
class MeasureLine:
    """A measure in a list: how many figures are given for itself, and between what they lie."""

    measure: Measure
    count: int
    said: str


def measures_for(user: Viewer) -> list[MeasureLine]:
    """Return measures that `user` may see, those with most figures first. Costs two queries."""
    measures = list(Measure.objects.visible_to(user).select_related("part_of"))
    seen = (
        Annotation.objects.visible_to(user)
        .current()
        .filter(figure__measure__in=measures)
        .order_by()
    )
    given: dict[int, list[Amount]] = defaultdict(list)
    fields = ("figure__measure", "figure__low", "figure__high", "figure__qualifier")
    for measure, low, high, qualifier in seen.values_list(*fields):
        given[measure].append(Amount(low, high, qualifier))
    lines = [
        MeasureLine(
            one,
            len(given[one.pk]),
            range_sentence(given[one.pk], one.unit) if given[one.pk] else "",
        )
        for one in measures
    ]
    return sorted(lines, key=lambda line: (-line.count, line.measure.name))[:MOST_MEASURES]


def replacing(
    annotation: Annotation, user: Viewer
) -> tuple[Annotation | None, list[Annotation]]:
    """Return the figure by which that of `annotation` was replaced, and those that it replaced,
    as `user` sees them."""
    seen = Annotation.objects.visible_to(user).current().in_reading_order().with_sources()
    later = seen.filter(figure__predecessions__earlier=annotation.pk).first()
    return later, list(seen.filter(figure__succession__later=annotation.pk))


def given_by(annotation: Annotation) -> GivenFigure:
    """Return a figure as it is compared: of the day for which it is given or, if that is not
    said, was published."""
    figure, article = annotation.figure, annotation.article
    speaker = figure.said_by or (
        article.publisher.name if article.publisher else _("the author")
    )
    said_by = figure.said_by_entity_id
    day, words = figure.as_of, figure.as_of_in_words
    if not day and article.published:
        day, words = (
            article.published,
            _("%(day)s, when it was published") % {"day": article.published_in_words},
        )
    return GivenFigure(
        key=str(annotation.pk),
        amount=figure.amount,
        speaker=speaker,
        voice=f"entity {said_by}" if said_by else speaker.casefold(),
        days=_days(day) if day else None,
        said_on=dates.earliest_day(article.published),
        day_in_words=words,
    )


def _days(edtf: str) -> DayRange:
    certain = not any(sign in edtf for sign in "~?%")
    return DayRange(
        dates.earliest_day(edtf) or date.min, dates.latest_day(edtf) or date.max, certain
    )


def _from_to(days: Sequence[DayRange]) -> DayRange:
    return DayRange(
        min(days).first, max(one.last for one in days), all(one.certain for one in days)
    )


def _sum_of(total: Total, parts: list[GivenFigure]) -> GivenFigure:
    """Return figures that were added up as one: of their speaker if that is one, and of all
    their days."""
    voices = {part.voice for part in parts}
    days = [part.days for part in parts if part.days]
    said_on = [part.said_on for part in parts if part.said_on]
    return GivenFigure(
        key=f"total-{total.pk}",
        amount=add_amounts([part.amount for part in parts]),
        speaker=parts[0].speaker if len(voices) == 1 else _("several"),
        voice=parts[0].voice if len(voices) == 1 else f"total {total.pk}",
        days=_from_to(days) if len(days) == len(parts) else None,
        said_on=max(said_on) if len(said_on) == len(parts) else None,
        day_in_words=_(" and ").join(
            dict.fromkeys(part.day_in_words for part in parts if part.day_in_words)
        ),
        sum_in_words=display_sum(part.amount for part in parts),
    )


def _link_replaced(
    given: dict[str, GivenFigure],
    annotations: Mapping[UUID, Annotation],
    totals: Mapping[str, tuple[Total, list[Annotation]]],
) -> None:
    """Say in `given` by which other of them each was replaced: by a total, if the later figure
    is a part of one."""
    sums = {
        (total.measure_id, addend.pk): key
        for key, (total, own) in totals.items()
        for addend in own
    }
    for earlier, later in Succession.objects.filter(earlier__in=annotations).values_list(
        "earlier", "later"
    ):
        if later in annotations:
            measure = annotations[earlier].figure.measure_id or 0
            is_same = annotations[later].figure.measure_id == measure
            by = str(later) if is_same else sums.get((measure, later), str(later))
            given[str(earlier)] = replace(given[str(earlier)], replaced_by=by)


def _compared(
    given: Mapping[str, GivenFigure], clashes: Iterable[Conflict]
) -> Callable[[str], dict[str, Any]]:
    """Return what finds the fields of `ComparedRow` for a key."""
    of_key: dict[str, list[Conflict]] = defaultdict(list)
    for clash in clashes:
        of_key[clash.less.key].append(clash)
        of_key[clash.more.key].append(clash)
    replaced: dict[str, list[GivenFigure]] = defaultdict(list)
    for one in given.values():
        replaced[one.replaced_by].append(one)

    def fields(key: str) -> dict[str, Any]:
        one = given[key]
        return {
            "given": one,
            "conflicts": of_key[key],
            "replaced_by": given.get(one.replaced_by),
            "replaces": replaced.get(key, []),
        }

    return fields


def _all_conflicts(
    measures: Mapping[int, Measure],
    measure_of: Mapping[str, int],
    given: Mapping[str, GivenFigure],
) -> list[Conflict]:
    """Return what conflicts within each measure, and between each and those that it is a part
    of."""
    of_measure: dict[int, list[GivenFigure]] = defaultdict(list)
    for key, one in given.items():
        of_measure[measure_of[key]].append(one)
    found = []
    for measure in measures.values():
        found += find_conflicts(of_measure[measure.pk], only_rises=measure.only_rises)
        if whole := measures.get(measure.part_of_id or 0):
            found += part_conflicts(
                of_measure[whole.pk], of_measure[measure.pk], only_rises=whole.only_rises
            )
    return found
