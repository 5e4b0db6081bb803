"""The ledger of one measure: every figure that is given for it and its parts, what is added up, what conflicts.

`ledger_of` reads it in a fixed number of queries, and the page and each export are made of nothing else:

    Measure ── figures, totals ──> comparing ──> MeasureLedger ──> page, range_chart, CSV, JSON, Markdown
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from annotations.comparing import Conflict, Days, Given, added, conflicts, part_conflicts, plus, summed_up
from annotations.models import Annotation, Measure, Succession, Total
from annotations.range_chart import RangeChart, range_chart
from archive import dates
from archive.models import User

MOST = 500
"""Figures of a measure and its parts that are compared and shown."""


@dataclass(frozen=True)
class Row:
    """A figure with its passage, and what follows for it from the others."""

    annotation: Annotation
    measure: Measure
    given: Given
    conflicts: list[Conflict]
    later: Annotation | None
    """By which the same speaker replaced it, if the reader may see that."""

    @property
    def why(self) -> list[str]:
        """Why it cannot be true beside others, for reading."""
        return list(dict.fromkeys(conflict.in_words() for conflict in self.conflicts))


@dataclass(frozen=True)
class Sum:
    """Figures that an editor added up, and what that makes."""

    total: Total
    addends: list[Annotation]
    given: Given
    conflicts: list[Conflict]

    @property
    def why(self) -> list[str]:
        return list(dict.fromkeys(conflict.in_words() for conflict in self.conflicts))


@dataclass(frozen=True)
class MeasureLedger:
    """`rows` are in order of publication, those of the measure and of its parts; `left_out` were too many to show.

    Of conflicts that read the same one is listed; the rows have them all.
    """

    measure: Measure
    parts: list[Measure]
    rows: list[Row]
    sums: list[Sum]
    conflicts: list[Conflict]
    left_out: int

    @property
    def whole(self) -> list[Given]:
        """What is given for the measure itself, totals included, in order of days."""
        own = [row.given for row in self.rows if row.measure.pk == self.measure.pk]
        both = [*own, *(one.given for one in self.sums)]
        return sorted(both, key=lambda one: one.days or Days(date.max, date.max))

    @cached_property
    def said(self) -> list[str]:
        """What is agreed and what is not, in sentences."""
        return summed_up(self.whole, len(self.conflicts))

    @cached_property
    def chart(self) -> RangeChart | None:
        of_parts = [(part.name, [row.given for row in self.rows if row.measure.pk == part.pk]) for part in self.parts]
        return range_chart([(self.measure.name, self.whole), *of_parts])

    @property
    def replaceable(self) -> list[tuple[Row, Row]]:
        """Pairs of figures of which the later may replace the earlier: of the same speaker and measure, and differing.

        For each earlier one the next that its speaker gave, where nothing is linked yet.
        """
        by_voice: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.given.days:
                by_voice[row.measure.pk, row.given.voice].append(row)
        pairs = []
        for rows in by_voice.values():
            rows.sort(key=lambda row: row.given.days or Days(date.max, date.max))
            for nth, row in enumerate(rows):
                later = (other for other in rows[nth + 1 :] if other.given.amount != row.given.amount)
                if row.later is None and (found := next(later, None)):
                    pairs.append((row, found))
        return pairs


def ledger_of(measure: Measure, user: "User | AnonymousUser") -> MeasureLedger:
    """Return what `user` may see of a measure and of its parts, however deep."""
    keys = measure.with_all_parts()
    parts = {part.pk: part for part in Measure.objects.filter(pk__in=keys)}
    seen = Annotation.objects.visible_to(user).current().filter(figure__measure__in=keys)
    found = list(seen.in_reading_order().with_sources()[: MOST + 1])
    left_out = seen.count() - MOST if len(found) > MOST else 0
    annotations = {annotation.pk: annotation for annotation in found[:MOST]}
    later = dict(Succession.objects.filter(earlier__in=annotations).values_list("earlier", "later"))
    given = {pk: given_by(annotation, replaced_by=str(later.get(pk, ""))) for pk, annotation in annotations.items()}
    sums = [
        (total, [annotations[addend.figure_id] for addend in total.addends.all()])
        for total in Total.objects.filter(measure__in=keys).select_related("made_by").prefetch_related("addends")
        if all(addend.figure_id in annotations for addend in total.addends.all())
    ]
    added_up = [(total, own, _sum_of(total, [given[one.pk] for one in own])) for total, own in sums if own]
    clashes = _all_conflicts(parts, annotations.values(), given, [(total, sum_) for total, _own, sum_ in added_up])
    of_key: dict[str, list[Conflict]] = defaultdict(list)
    for clash in clashes:
        of_key[clash.less.key].append(clash)
        of_key[clash.more.key].append(clash)
    return MeasureLedger(
        measure=measure,
        parts=[part for part in parts.values() if part.pk != measure.pk],
        rows=[
            Row(
                annotation,
                parts[annotation.figure.measure_id or 0],
                given[pk],
                of_key[str(pk)],
                annotations.get(later[pk]) if pk in later else None,
            )
            for pk, annotation in annotations.items()
        ],
        sums=[
            Sum(total, own, sum_, of_key[sum_.key]) for total, own, sum_ in added_up if total.measure_id == measure.pk
        ],
        conflicts=list({clash.in_words(): clash for clash in reversed(clashes)}.values())[::-1],
        left_out=left_out,
    )


def given_by(annotation: Annotation, replaced_by: str = "") -> Given:
    """Return a figure as it is compared: of the day for which it is given or, if that is not said, was published."""
    figure, article = annotation.figure, annotation.article
    speaker = figure.said_by or (article.publisher.name if article.publisher else _("the author"))
    said_by = figure.said_by_entity_id
    day, words = figure.as_of, figure.as_of_in_words
    if not day and article.published:
        day, words = article.published, _("%(day)s, when it was published") % {"day": article.published_in_words}
    return Given(
        key=str(annotation.pk),
        amount=figure.amount,
        speaker=speaker,
        voice=f"entity {said_by}" if said_by else speaker.casefold(),
        days=Days(dates.earliest_day(day) or date.min, dates.latest_day(day) or date.max) if day else None,
        day_in_words=words,
        replaced_by=replaced_by,
    )


def _sum_of(total: Total, parts: list[Given]) -> Given:
    """Return figures that were added up as one: of their speaker if that is one, and of all their days."""
    voices = {part.voice for part in parts}
    days = [part.days for part in parts if part.days]
    return Given(
        key=f"total-{total.pk}",
        amount=added([part.amount for part in parts]),
        speaker=parts[0].speaker if len(voices) == 1 else _("several"),
        voice=parts[0].voice if len(voices) == 1 else f"total {total.pk}",
        days=Days(min(days).first, max(one.last for one in days)) if len(days) == len(parts) else None,
        day_in_words=parts[0].day_in_words,
        sum_in_words=plus(part.amount for part in parts),
    )


def _all_conflicts(
    measures: dict[int, Measure],
    annotations: Iterable[Annotation],
    given: Mapping[UUID, Given],
    totals: list[tuple[Total, Given]],
) -> list[Conflict]:
    """Return what conflicts within each measure, and between each and those that it is a part of."""
    of_measure: dict[int, list[Given]] = defaultdict(list)
    for annotation in annotations:
        of_measure[annotation.figure.measure_id or 0].append(given[annotation.pk])
    for total, one in totals:
        of_measure[total.measure_id].append(one)
    found = []
    for key, measure in measures.items():
        found += conflicts(of_measure[key], only_rises=measure.only_rises)
        if measure.part_of_id in measures:
            whole = measures[measure.part_of_id]
            found += part_conflicts(of_measure[whole.pk], of_measure[key], only_rises=whole.only_rises)
    return found
