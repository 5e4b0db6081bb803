"""The ledger of one measure: every figure that is given for it and its parts, what is added up,
what conflicts.

`ledger_of` reads it in a fixed number of queries, and the page and each export are made of
nothing else:

    Measure ── figures, totals ──> comparing ──> MeasureLedger ──> page, range_chart, CSV, JSON, Markdown

What is compared is of a day: that for which a figure is given or, if that is not said, on which
it was published. How counts changed, and the picture, go by when each was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
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

# Figures of a measure and its parts that are compared and shown.
MOST = 500
# Measures in a list.
MOST_MEASURES = 60


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
        """Why it cannot be true beside others, in sentences, each once."""
        return list(dict.fromkeys(conflict.sentence() for conflict in self.conflicts))

    @property
    def against(self) -> list[GivenFigure]:
        """Those beside which it cannot be true; of several that read the same, the first."""
        others: dict[tuple[str, str], GivenFigure] = {}
        # Backwards, so that the first of those that read the same is the one that stays.
        for conflict in reversed(self.conflicts):
            other = conflict.other(self.given.key)
            others[other.label, other.voice] = other
        return list(reversed(others.values()))


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
        figures = self._figures_of(self.measure)
        figures += [row.given for row in self.sums]
        return sorted(figures, key=_day_said)

    @cached_property
    def said(self) -> list[str]:
        """What is agreed and what is not, in sentences."""
        return summary_sentences(self.whole, self.conflicts, self.measure.unit)

    @cached_property
    def chart(self) -> RangeChart | None:
        panels = [(self.measure.name, self.whole)]
        for part in self.parts:
            panels.append((part.name, self._figures_of(part)))
        return draw_range_chart(panels, self.conflicts)

    def _figures_of(self, measure: Measure) -> list[GivenFigure]:
        return [row.given for row in self.rows if row.measure.pk == measure.pk]

    @property
    def replaceable(self) -> list[tuple[GivenFigure, GivenFigure, UUID]]:
        """Pairs of which the later may replace the earlier: of the same speaker and measure,
        differing, not linked yet.

        For each figure the next figure or sum that its speaker gave, and the key of the figure
        to link it with: of a sum, the first that was added.
        """
        rows_by_speaker = defaultdict[tuple[int, str], list[FigureRow | TotalRow]](list)
        for row in self.rows:
            rows_by_speaker[row.measure.pk, row.given.voice].append(row)
        for total in self.sums:
            rows_by_speaker[self.measure.pk, total.given.voice].append(total)
        pairs = []
        for rows in rows_by_speaker.values():
            dated = [row for row in rows if row.given.said_on]
            dated.sort(key=lambda row: _day_said(row.given))
            for position, earlier in enumerate(dated):
                if (
                    not isinstance(earlier, FigureRow)
                    or earlier.replaced_by is not None
                ):
                    continue
                later = _next_differing(earlier, dated[position + 1 :])
                if later is not None:
                    pairs.append((earlier.given, later.given, _figure_key(later)))
        return pairs


def _day_said(given: GivenFigure) -> date:
    return given.said_on or date.max


def _next_differing(
    earlier: FigureRow, later_rows: Sequence[FigureRow | TotalRow]
) -> FigureRow | TotalRow | None:
    for row in later_rows:
        if row.given.amount != earlier.given.amount:
            return row
    return None


def _figure_key(row: FigureRow | TotalRow) -> UUID:
    """Return the key of a figure, or of the first that was added to a sum."""
    annotation = row.annotation if isinstance(row, FigureRow) else row.addends[0]
    return annotation.pk


def ledger_of(measure: Measure, user: Viewer) -> MeasureLedger:
    """Return what `user` may see of a measure and of its parts, however deep."""
    keys = measure.with_all_parts()
    measures = Measure.objects.order_by("pk").in_bulk(keys)
    visible = (
        Annotation.objects.visible_to(user).current().filter(figure__measure__in=keys)
    )
    figures = list(visible.in_reading_order().with_sources()[: MOST + 1])
    left_out = visible.count() - MOST if len(figures) > MOST else 0
    annotations = {annotation.pk: annotation for annotation in figures[:MOST]}

    given: dict[str, GivenFigure] = {}
    measure_ids: dict[str, int] = {}
    for annotation in annotations.values():
        figure = given_by(annotation)
        given[figure.key] = figure
        measure_ids[figure.key] = annotation.figure.measure_id or 0
    totals = _totals(keys, annotations, given)
    for key, (total, _addends) in totals.items():
        measure_ids[key] = total.measure_id
    _link_replaced(given, annotations, totals)

    all_conflicts = _all_conflicts(measures, measure_ids, given)
    comparison = _Comparison(given, all_conflicts)
    rows = []
    for annotation in annotations.values():
        key = str(annotation.pk)
        row_measure = measures[measure_ids[key]]
        rows.append(
            FigureRow(*comparison.of(key), annotation=annotation, measure=row_measure)
        )
    sums = []
    for key, (total, addends) in totals.items():
        if total.measure_id == measure.pk:
            sums.append(TotalRow(*comparison.of(key), total=total, addends=addends))
    return MeasureLedger(
        measure=measure,
        parts=[part for part in measures.values() if part.pk != measure.pk],
        rows=rows,
        sums=sums,
        conflicts=_once_each(all_conflicts),
        left_out=left_out,
    )


# Totals with the figures that are added, by the key of their sum.
Totals = dict[str, tuple[Total, list[Annotation]]]


def _totals(
    measures: set[int],
    annotations: Mapping[UUID, Annotation],
    given: dict[str, GivenFigure],
) -> Totals:
    """Return the totals of which all figures are seen, and put their sums into `given`."""
    rows = Total.objects.filter(measure__in=measures).select_related("made_by")
    totals: Totals = {}
    for total in rows.prefetch_related("addends"):
        keys = [addend.figure_id for addend in total.addends.all()]
        if not keys or not all(key in annotations for key in keys):
            continue
        total_sum = _sum_of(total, [given[str(key)] for key in keys])
        given[total_sum.key] = total_sum
        totals[total_sum.key] = total, [annotations[key] for key in keys]
    return totals


def _once_each(all_conflicts: list[Conflict]) -> list[Conflict]:
    """Return the first of several conflicts that read the same."""
    by_sentence: dict[str, Conflict] = {}
    for conflict in reversed(all_conflicts):
        by_sentence[conflict.sentence()] = conflict
    return list(reversed(by_sentence.values()))


@dataclass(frozen=True)
class MeasureLine:
    """A measure in a list: how many figures are given for itself, and between what they lie."""

    measure: Measure
    count: int
    said: str


def measures_for(user: Viewer) -> list[MeasureLine]:
    """Return measures that `user` may see, those with most figures first. Costs two queries."""
    measures = list(Measure.objects.visible_to(user).select_related("part_of"))
    visible = Annotation.objects.visible_to(user).current()
    figures = visible.filter(figure__measure__in=measures).order_by()
    columns = ("figure__measure", "figure__low", "figure__high", "figure__qualifier")
    amounts: dict[int, list[Amount]] = defaultdict(list)
    for measure_id, low, high, qualifier in figures.values_list(*columns):
        amounts[measure_id].append(Amount(low, high, qualifier))
    lines = []
    for measure in measures:
        own = amounts[measure.pk]
        sentence = range_sentence(own, measure.unit) if own else ""
        lines.append(MeasureLine(measure, len(own), sentence))
    lines.sort(key=lambda line: (-line.count, line.measure.name))
    return lines[:MOST_MEASURES]


def replacing(
    annotation: Annotation, user: Viewer
) -> tuple[Annotation | None, list[Annotation]]:
    """Return the figure by which that of `annotation` was replaced, and those that it replaced,
    as `user` sees them."""
    seen = (
        Annotation.objects.visible_to(user).current().in_reading_order().with_sources()
    )
    later = seen.filter(figure__predecessions__earlier=annotation.pk).first()
    return later, list(seen.filter(figure__succession__later=annotation.pk))


def given_by(annotation: Annotation) -> GivenFigure:
    """Return a figure as it is compared: of the day for which it is given or, if that is not
    said, on which it was published."""
    figure, article = annotation.figure, annotation.article
    speaker = figure.said_by or article.publisher_name or _("the author")
    voice = speaker.casefold()
    if figure.said_by_entity_id:
        voice = f"entity {figure.said_by_entity_id}"
    day, display_day = figure.as_of, figure.as_of_display
    if not day and article.published:
        day = article.published
        published = article.published_display
        display_day = _("%(day)s, when it was published") % {"day": published}
    return GivenFigure(
        key=str(annotation.pk),
        amount=figure.amount,
        speaker=speaker,
        voice=voice,
        days=_days(day) if day else None,
        said_on=dates.earliest_day(article.published),
        day_display=display_day,
    )


def _days(edtf: str) -> DayRange:
    # EDTF's signs for approximate, uncertain, and both.
    is_certain = not any(sign in edtf for sign in "~?%")
    first = dates.earliest_day(edtf) or date.min
    last = dates.latest_day(edtf) or date.max
    return DayRange(first, last, is_certain)


def _from_first_to_last(days: Sequence[DayRange]) -> DayRange:
    last = max(day.last for day in days)
    is_certain = all(day.certain for day in days)
    return DayRange(min(days).first, last, is_certain)


def _sum_of(total: Total, parts: list[GivenFigure]) -> GivenFigure:
    """Return figures that were added up as one: of their speaker if that is one, and of all
    their days."""
    speaker, voice = parts[0].speaker, parts[0].voice
    if any(part.voice != voice for part in parts):
        speaker, voice = _("several"), f"total {total.pk}"
    days = [part.days for part in parts if part.days]
    said_on = [part.said_on for part in parts if part.said_on]
    # A sum has days only where each of its parts has.
    all_days = _from_first_to_last(days) if len(days) == len(parts) else None
    last_said_on = max(said_on) if len(said_on) == len(parts) else None
    # Each once, in order.
    display_days = dict.fromkeys(part.day_display for part in parts)
    display_days.pop("", None)
    amounts = [part.amount for part in parts]
    return GivenFigure(
        key=f"total-{total.pk}",
        amount=add_amounts(amounts),
        speaker=speaker,
        voice=voice,
        days=all_days,
        said_on=last_said_on,
        day_display=_(" and ").join(display_days),
        sum_label=display_sum(amounts),
    )


def _link_replaced(
    given: dict[str, GivenFigure],
    annotations: Mapping[UUID, Annotation],
    totals: Totals,
) -> None:
    """Set in `given` by which other figure each was replaced: by a total, if the later figure
    is a part of one."""
    total_keys = {}
    for key, (total, addends) in totals.items():
        for addend in addends:
            total_keys[total.measure_id, addend.pk] = key
    successions = Succession.objects.filter(earlier__in=annotations)
    for earlier, later in successions.values_list("earlier", "later"):
        if later not in annotations:
            continue
        measure_id = annotations[earlier].figure.measure_id or 0
        replaced_by = str(later)
        if annotations[later].figure.measure_id != measure_id:
            replaced_by = total_keys.get((measure_id, later), replaced_by)
        key = str(earlier)
        given[key] = replace(given[key], replaced_by=replaced_by)


class _Comparison:
    """What follows for each figure from the others, by its key."""

    def __init__(
        self, given: Mapping[str, GivenFigure], all_conflicts: Iterable[Conflict]
    ) -> None:
        self._given = given
        self._conflicts: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in all_conflicts:
            self._conflicts[conflict.less.key].append(conflict)
            self._conflicts[conflict.more.key].append(conflict)
        self._replaces: dict[str, list[GivenFigure]] = defaultdict(list)
        for figure in given.values():
            self._replaces[figure.replaced_by].append(figure)

    def of(
        self, key: str
    ) -> tuple[GivenFigure, list[Conflict], GivenFigure | None, list[GivenFigure]]:
        """Return the fields of a `ComparedRow`, in their order."""
        figure = self._given[key]
        replaced_by = self._given.get(figure.replaced_by)
        return figure, self._conflicts[key], replaced_by, self._replaces[key]


def _all_conflicts(
    measures: Mapping[int, Measure],
    measure_ids: Mapping[str, int],
    given: Mapping[str, GivenFigure],
) -> list[Conflict]:
    """Return what conflicts within each measure, and between each and the one that it is a part
    of."""
    by_measure: dict[int, list[GivenFigure]] = defaultdict(list)
    for key, figure in given.items():
        by_measure[measure_ids[key]].append(figure)
    all_conflicts = []
    for measure in measures.values():
        own = by_measure[measure.pk]
        all_conflicts += find_conflicts(own, only_rises=measure.only_rises)
        whole = measures.get(measure.part_of_id or 0)
        if whole is not None:
            of_whole = by_measure[whole.pk]
            all_conflicts += part_conflicts(of_whole, own, only_rises=whole.only_rises)
    return all_conflicts
