"""Undoing an act: every row that it changed becomes what it was, unless somebody has changed
that row since.

Undoing is an act of its own, so that it can be undone too (redone). `reversal` does the work;
here is what may be undone, by whom, and what comes next.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotations import journal
from annotations.editing.reversal import Reversal
from annotations.models import Act, Change
from archive.models import Article, User, Viewer
from archive.roles import Role, role_of

# Acts that say who is who: those of one entity are undone in the reverse of their
# order.
IDENTITY_ACTS = frozenset({Act.Kind.MERGED, Act.Kind.SPLIT})
_CURATORS_ACTS = IDENTITY_ACTS | {
    Act.Kind.NAMED,
    Act.Kind.REFUSED,
    Act.Kind.IMPORTED,
    Act.Kind.EMBARGOED,
    Act.Kind.LIFTED,
}
UNDOABLE = _CURATORS_ACTS | {
    Act.Kind.TAGGED,
    Act.Kind.CHANGED,
    Act.Kind.CONFIRMED,
    Act.Kind.REJECTED,
    Act.Kind.DELETED,
    Act.Kind.APPLIED,
    Act.Kind.MEASURED,
    Act.Kind.ADDED_UP,
    Act.Kind.APART,
    Act.Kind.SUPERSEDED,
    Act.Kind.UNLINKED,
    Act.Kind.STATED,
    Act.Kind.UNSTATED,
    Act.Kind.ANSWERED,
    Act.Kind.UNANSWERED,
}


class CannotUndo(Exception):
    """Nothing was undone; its words say why."""


@dataclass
class UndoResult:
    """The act of undoing, and the changes that were left out because their rows were changed
    since."""

    act: Act
    kept: list[Change] = field(default_factory=list)


def may_undo(act: Act, user: Viewer) -> bool:
    """Tell whether `user` has the right to: names are a curator's work, tags an editor's."""
    kind = (act.origin or act).kind
    needed = Role.CURATOR if kind in _CURATORS_ACTS else Role.EDITOR
    return kind in UNDOABLE and role_of(user).includes(needed)


def last_undoable(user: User, article: Article | None = None) -> Act | None:
    """Return what `user` did or redid last and has not undone.

    With `article` only what was done in it counts.
    """
    acts = _acts_of(user, article)
    standing = acts.filter(kind__in=(*UNDOABLE, Act.Kind.REDONE), undone_by=None)
    return standing.select_related("origin").order_by("-pk").first()


def next_redo(user: User, article: Article | None = None) -> Act | None:
    """Return the newest undoing of `user` that is still to be redone, so that redoing brings
    things back in the reverse order; None once `user` has done something new.

    With `article` only what was done in it counts.
    """
    acts = _acts_of(user, article)
    newest_act = acts.filter(kind__in=UNDOABLE).order_by("-pk").values("pk")[:1]
    undoings = acts.filter(
        kind=Act.Kind.UNDONE,
        undone_by=None,
        pk__gt=Coalesce(Subquery(newest_act), Value(0)),
    )
    return undoings.select_related("origin").order_by("-pk").first()


def _acts_of(user: User, article: Article | None) -> "QuerySet[Act]":
    acts = Act.objects.filter(by=user)
    return acts.filter(article=article) if article else acts


def undo(act: Act, by: User) -> UndoResult:
    """Undo `act` or, if it was an undoing, redo what it undid.

    Raises CannotUndo, and then changes nothing.
    """
    with transaction.atomic():
        locked = Act.objects.select_for_update(of=("self",))
        act = locked.select_related("origin", "undone_by").get(pk=act.pk)
        origin = act.origin or act
        if origin.kind not in UNDOABLE:
            raise CannotUndo(_("This cannot be undone."))
        if not may_undo(act, by):
            raise CannotUndo(_("Only a curator may undo this."))
        if hasattr(act, "undone_by"):
            raise CannotUndo(_("This was undone already."))
        _raise_if_out_of_order(act, origin)
        is_redo = act.kind == Act.Kind.UNDONE
        with journal.record(
            Act.Kind.REDONE if is_redo else Act.Kind.UNDONE,
            by=by,
            what=origin.what,
            passages=origin.passages,
            article=origin.article,
            undoes=act,
            origin=origin,
        ) as recorder:
            kept = Reversal(act, recorder).run()
            return UndoResult(recorder.act, kept)


def _raise_if_out_of_order(act: Act, origin: Act) -> None:
    """Raise CannotUndo where a merge or split of the same entities has been done or undone
    since `act`."""
    of_entities = Change.objects.filter(table=Change.Table.ENTITY)
    entities = list(of_entities.filter(act=origin).values_list("key", flat=True))
    same_entities = of_entities.filter(key__in=entities).values("act")
    since = Q(pk__gt=act.pk) | Q(chain__pk__gt=act.pk)
    others = Act.objects.filter(since, pk__in=same_entities, kind__in=IDENTITY_ACTS)
    others = others.exclude(pk=origin.pk).distinct()
    for other in others.prefetch_related("chain").order_by("-pk"):
        # Each link of the chain undoes or redoes it: an odd number means that it stands.
        # What matters is whether it stands now as it did when `act` was done.
        steps = [other.pk]
        for step in other.chain.all():
            steps.append(step.pk)
        stood_then = sum(pk < act.pk for pk in steps) % 2
        stands_now = len(steps) % 2
        if stood_then != stands_now:
            raise CannotUndo(
                _("The same names were changed since: first undo “%(what)s”.")
                % {"what": other.what}
            )
