"""Measures: what is compared with what. Each change is one act, which can be undone."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import journal
from annotations.comparing import CannotAdd, added, plus
from annotations.models import Act, Addend, Figure, Measure, Succession, Total
from archive.models import User


class CannotSucceed(ValueError):
    """The one figure cannot have replaced the other; its words say why."""


def save_measure(measure: Measure, by: User) -> Act:
    with journal.act(Act.Kind.MEASURED, by=by, what=measure.name) as lines:
        if measure._state.adding:
            measure.made_by = by
        lines.save(measure)
    return lines.act


def succeed(earlier: Figure, later: Figure, by: User) -> Act:
    """Say that whoever gave `earlier` replaced it by `later`. Raises CannotSucceed."""
    if earlier.measure_id is None or earlier.measure_id != later.measure_id:
        raise CannotSucceed(_("Only figures of one measure can replace each other."))
    with transaction.atomic():
        following = dict(
            Succession.objects.select_for_update()
            .filter(earlier__measure=earlier.measure)
            .values_list("earlier", "later")
        )
        if earlier.pk in following:
            raise CannotSucceed(_("It is linked already to a figure that replaced it."))
        after = later.pk
        while after is not None:
            if after == earlier.pk:
                raise CannotSucceed(_("The later figure was itself replaced by the earlier one."))
            after = following.get(after)
        with journal.act(Act.Kind.SUPERSEDED, by=by, what=f"{earlier.amount} → {later.amount}") as lines:
            lines.save(Succession(earlier=earlier, later=later))
    return lines.act


def unlink(succession: Succession, by: User) -> Act:
    """Say that a figure was not replaced after all."""
    what = f"{succession.earlier.amount} → {succession.later.amount}"
    with journal.act(Act.Kind.UNLINKED, by=by, what=what) as lines:
        lines.delete([succession])
    return lines.act


def add_up(measure: Measure, figures: Sequence[Figure], note: str, by: User) -> Act:
    """State that figures may be added for `measure`. Raises CannotAdd."""
    if len(figures) < 2:
        raise CannotAdd(_("Choose at least two figures to add."))
    amounts = [figure.amount for figure in figures]
    what = f"{measure}: {plus(amounts)} = {added(amounts)}"
    with journal.act(Act.Kind.ADDED_UP, by=by, what=what, reason=note) as lines:
        total = Total(measure=measure, note=note, made_by=by)
        lines.save(total)
        for figure in figures:
            lines.save(Addend(total=total, figure=figure))
    return lines.act


def take_apart(total: Total, by: User) -> Act:
    """Take back that some figures may be added."""
    with journal.act(Act.Kind.APART, by=by, what=str(total)) as lines:
        lines.delete([total])
    return lines.act
