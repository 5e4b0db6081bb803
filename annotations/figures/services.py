"""Measures: what is compared with what. Each change is one act, which can be undone."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import journal
from annotations.core.figures.conflicts import CannotAdd, add_amounts, display_sum
from annotations.models import Act, Addend, Figure, Measure, Succession, Total
from archive.models import User


class CannotSucceed(ValueError):
    """The one figure cannot have replaced the other; its words say why."""


def save_measure(measure: Measure, by: User) -> Act:
    with journal.record(Act.Kind.MEASURED, by=by, what=measure.name) as recorder:
        if measure._state.adding:
            measure.made_by = by
        recorder.save(measure)
    return recorder.act


def succeed(earlier: Figure, later: Figure, by: User) -> Act:
    """Say that whoever gave `earlier` replaced it by `later`, alone or as a part of a total.
    Raises CannotSucceed."""
    is_comparable = earlier.measure_id == later.measure_id
    if not is_comparable:
        addends = Addend.objects.filter(figure=later)
        is_comparable = addends.filter(total__measure=earlier.measure_id).exists()
    if earlier.measure_id is None or not is_comparable:
        raise CannotSucceed(
            _(
                "Only figures of one measure, or added up for it, can replace each other."
            )
        )
    with transaction.atomic():
        Measure.objects.select_for_update().get(pk=earlier.measure_id)
        if Succession.objects.filter(earlier=earlier).exists():
            raise CannotSucceed(_("It is linked already to a figure that replaced it."))
        after: UUID | None = later.pk
        while after is not None:
            if after == earlier.pk:
                raise CannotSucceed(
                    _("The later figure was itself replaced by the earlier one.")
                )
            after = (
                Succession.objects.filter(earlier=after)
                .values_list("later", flat=True)
                .first()
            )
        with journal.record(
            Act.Kind.SUPERSEDED, by=by, what=f"{earlier.amount} → {later.amount}"
        ) as recorder:
            recorder.save(Succession(earlier=earlier, later=later))
    return recorder.act


def unlink(succession: Succession, by: User) -> Act:
    """Say that a figure was not replaced after all."""
    what = f"{succession.earlier.amount} → {succession.later.amount}"
    with journal.record(Act.Kind.UNLINKED, by=by, what=what) as recorder:
        recorder.delete([succession])
    return recorder.act


def add_up(measure: Measure, figures: Sequence[Figure], note: str, by: User) -> Act:
    """State that figures may be added for `measure`. Raises CannotAdd."""
    if len(figures) < 2:
        raise CannotAdd(_("Choose at least two figures to add."))
    amounts = [figure.amount for figure in figures]
    what = f"{measure}: {display_sum(amounts)} = {add_amounts(amounts)}"
    with journal.record(Act.Kind.ADDED_UP, by=by, what=what, reason=note) as recorder:
        total = Total(measure=measure, note=note, made_by=by)
        recorder.save(total)
        for figure in figures:
            recorder.save(Addend(total=total, figure=figure))
    return recorder.act


def take_apart(total: Total, by: User) -> Act:
    """Take back that some figures may be added."""
    with journal.record(Act.Kind.APART, by=by, what=str(total)) as recorder:
        recorder.delete([total])
    return recorder.act
