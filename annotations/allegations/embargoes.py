"""Embargoes: set and lifted by curators, each as one act that can be undone.

An embargo on somebody outlasts what is done to their name: who takes over what is alleged of
them takes it over too.
"""

from annotations import journal
from annotations.journal.recorder import Recorder
from annotations.models import Act, Embargo, Entity
from archive.models import Article, User


def embargo_of(on: Article | Entity) -> Embargo:
    """Return the embargo on an article, a person or a place, in force or past; a new one if
    there is none."""
    given = {"article": on} if isinstance(on, Article) else {"entity": on}
    return Embargo.objects.filter(**given).first() or Embargo(**given)


def set_embargo(embargo: Embargo, by: User) -> Act:
    """Save an embargo, new or changed."""
    what = str(embargo.on)
    with journal.record(
        Act.Kind.EMBARGOED, by=by, what=what, article=embargo.article
    ) as recorder:
        if embargo._state.adding:
            embargo.made_by = by
        recorder.save(embargo)
    return recorder.act


def lift(embargo: Embargo, by: User) -> Act:
    """Let readers see again what was hidden."""
    what = str(embargo.on)
    with journal.record(
        Act.Kind.LIFTED, by=by, what=what, article=embargo.article
    ) as recorder:
        recorder.delete([embargo])
    return recorder.act


def take_over(recorder: Recorder, entity: Entity, into: Entity) -> None:
    """Put `into` under the embargo of `entity`, whose roles it takes over; of two the longer
    one holds."""
    embargo = Embargo.objects.in_force().filter(entity=entity).first()
    if embargo is None:
        return
    own = Embargo.objects.select_for_update().filter(entity=into).first()
    if own is None:
        inherited = Embargo(entity=into, until=embargo.until, note=embargo.note)
        inherited.made_by = embargo.made_by
        recorder.save(inherited)
        return
    if own.until is None:
        return  # It lasts until somebody lifts it.
    if embargo.until is None or embargo.until > own.until:
        recorder.update([own], until=embargo.until)
