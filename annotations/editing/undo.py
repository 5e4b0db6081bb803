"""Undoing an act: every row that it changed becomes what it was, unless somebody has changed
that row since.

Undoing is an act of its own, so that it can be undone too (redone). Which mentions the machine
finds is not kept in the journal: where names or judgements come back the texts are read again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import SET_NULL, ForeignKey, Model, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.services import follow_all
from annotations.journal.recorder import (
    MODELS,
    ONLY_RISE,
    Recorder,
    Snapshot,
    as_fields,
    batched,
    snapshot,
)
from annotations.linking.linker import articles_with, link_again, lock_articles
from annotations.models import (
    MACHINE,
    Act,
    Allegation,
    Annotation,
    Answer,
    Change,
    Embargo,
    Entity,
    Kind,
    Measure,
    NameForm,
    RefusedSpelling,
)
from archive.models import Article, User
from archive.roles import Role, role_of
from archive.slugs import free_slug

UNDOABLE = frozenset(
    {
        Act.Kind.TAGGED,
        Act.Kind.CHANGED,
        Act.Kind.CONFIRMED,
        Act.Kind.REJECTED,
        Act.Kind.DELETED,
        Act.Kind.APPLIED,
        Act.Kind.NAMED,
        Act.Kind.REFUSED,
        Act.Kind.MERGED,
        Act.Kind.SPLIT,
        Act.Kind.MEASURED,
        Act.Kind.ADDED_UP,
        Act.Kind.APART,
        Act.Kind.SUPERSEDED,
        Act.Kind.UNLINKED,
        Act.Kind.STATED,
        Act.Kind.UNSTATED,
        Act.Kind.ANSWERED,
        Act.Kind.UNANSWERED,
        Act.Kind.IMPORTED,
        Act.Kind.EMBARGOED,
        Act.Kind.LIFTED,
    }
)
STRUCTURAL = (Act.Kind.MERGED, Act.Kind.SPLIT)
"""Acts that say who is who: those of one entity are undone in the order in which they were
done."""
_PASSAGES = (Change.Table.ANNOTATION, Change.Table.FIGURE, Change.Table.ALLEGATION)
_OF_ALLEGATION = (Change.Table.PARTY, Change.Table.STATUS)
_USES: dict[type[Model], Q] = {
    Measure: Q(figures__isnull=False) | Q(totals__isnull=False) | Q(parts__isnull=False),
    Allegation: Q(answers__isnull=False) | Q(claims__isnull=False),
}
_CURATED = frozenset(
    {
        Act.Kind.NAMED,
        Act.Kind.REFUSED,
        Act.Kind.IMPORTED,
        Act.Kind.EMBARGOED,
        Act.Kind.LIFTED,
        *STRUCTURAL,
    }
)
_AT_ONCE = 500
_SET_BY_MACHINE = ("reason", "named_in")


class CannotUndo(Exception):
    """Nothing was undone; its words say why."""


@dataclass
class UndoResult:
    """The act of undoing, and the lines that were left out because their rows were changed
    since."""

    act: Act
    kept: list[Change] = field(default_factory=list)


def may_undo(act: Act, user: "User | AnonymousUser") -> bool:
    """Say whether `user` has the right to: names are a curator's work, tags an editor's."""
    kind = (act.origin or act).kind
    return kind in UNDOABLE and role_of(user).includes(
        Role.CURATOR if kind in _CURATED else Role.EDITOR
    )


def last_of(user: User, article: Article | None = None) -> Act | None:
    """Return what `user` did or did again last and has not undone, of all or of what was done
    in `article`."""
    mine = _acts_of(user, article).filter(kind__in=(*UNDOABLE, Act.Kind.REDONE), undone_by=None)
    return mine.select_related("origin").order_by("-pk").first()


def next_redo(user: User, article: Article | None = None) -> Act | None:
    """Return the undoing of `user`, the newest first, that is still to be redone; whoever does
    something new has none.

    So redoing brings back in their order what undoing took. With `article` only what was done
    in it counts.
    """
    mine = _acts_of(user, article)
    newest = mine.filter(kind__in=UNDOABLE).order_by("-pk").values("pk")[:1]
    undoings = mine.filter(
        kind=Act.Kind.UNDONE, undone_by=None, pk__gt=Coalesce(Subquery(newest), Value(0))
    )
    return undoings.select_related("origin").order_by("-pk").first()


def _acts_of(user: User, article: Article | None) -> "QuerySet[Act]":
    acts = Act.objects.filter(by=user)
    return acts.filter(article=article) if article else acts


def undo(act: Act, by: User) -> UndoResult:
    """Undo `act` or, if it was an undoing, do again what it undid. Raises CannotUndo, and then
    changes nothing."""
    with transaction.atomic():
        act = (
            Act.objects.select_for_update(of=("self",))
            .select_related("origin", "undone_by")
            .get(pk=act.pk)
        )
        origin = act.origin or act
        if origin.kind not in UNDOABLE:
            raise CannotUndo(_("This cannot be undone."))
        if not may_undo(act, by):
            raise CannotUndo(_("Only a curator may undo this."))
        if hasattr(act, "undone_by"):
            raise CannotUndo(_("This was undone already."))
        _refuse_out_of_order(act, origin)
        kind = Act.Kind.REDONE if act.kind == Act.Kind.UNDONE else Act.Kind.UNDONE
        with journal.record(
            kind,
            by=by,
            what=origin.what,
            passages=origin.passages,
            article=origin.article,
            undoes=act,
            origin=origin,
        ) as recorder:
            return UndoResult(recorder.act, _Undo(act, recorder).back())


def _refuse_out_of_order(act: Act, origin: Act) -> None:
    """Raise CannotUndo where a merge or split of the same entities has been done or undone
    since `act`."""
    entities = list(
        origin.changes.filter(table=Change.Table.ENTITY).values_list("key", flat=True)
    )
    same = Change.objects.filter(table=Change.Table.ENTITY, key__in=entities).values("act")
    since = Q(pk__gt=act.pk) | Q(chain__pk__gt=act.pk)
    others = (
        Act.objects.filter(since, pk__in=same, kind__in=STRUCTURAL)
        .exclude(pk=origin.pk)
        .distinct()
    )
    for other in others.prefetch_related("chain").order_by("-pk"):
        chain = [other.pk, *(each.pk for each in other.chain.all())]
        then = sum(pk < act.pk for pk in chain)
        if then % 2 != len(chain) % 2:
            raise CannotUndo(
                _("The same names were changed since: first undo “%(what)s”.")
                % {"what": other.what}
            )


class _Undo:
    """Taking back the lines of one act, in the order that the keys between the tables allow."""

    def __init__(self, act: Act, recorder: Recorder) -> None:
        self.recorder = recorder
        self.kept: list[Change] = []
        self._articles: set[int] = set()
        self._texts: set[str] = set()
        self._by_table: dict[str, list[Change]] = defaultdict(list)
        for line in _folded(act):
            self._by_table[line.table].append(line)

    def back(self) -> list[Change]:
        """Take everything back; return the lines that were left out."""
        self._keep_who_is_needed()
        entities = self._by_table.pop(Change.Table.ENTITY, [])
        self._each([line for line in entities if line.after is None], self._create)
        for table in reversed(MODELS):
            self._each(
                [line for line in self._by_table[table] if line.before is None], self._delete
            )
        self._each(_changed(entities), self._alter)
        for table in MODELS:
            if table != Change.Table.STATUS:
                self._each(_changed(self._by_table[table]), self._alter)
        for table in MODELS:
            self._each(
                [line for line in self._by_table[table] if line.after is None], self._create
            )
        self._each(
            _changed(self._by_table[Change.Table.STATUS]), self._alter
        )  # which may point at what has come back
        only_noted = [
            line
            for line in self._by_table[Change.Table.ANNOTATION]
            if line.before == line.after == {}
        ]
        self._each(only_noted, self._note)
        follow_all(self._allegations(), self.recorder)
        link_again(self._articles | articles_with(self._texts), self.recorder)
        self.recorder.delete(
            _left_behind([int(line.key) for line in entities if line.before is None])
        )
        self._each([line for line in entities if line.before is None], self._delete)
        return _said_by_people(self.kept)

    def _keep_who_is_needed(self) -> None:
        """Leave out the making of an entity, and of its spellings, where others have used it
        since."""
        own = {
            table: [_passage_of(line) for line in lines]
            for table, lines in self._by_table.items()
        }
        for line in [
            line for line in self._by_table[Change.Table.ENTITY] if line.before is None
        ]:
            if _is_needed(int(line.key), own):
                self.kept.append(line)
                self._by_table[Change.Table.ENTITY].remove(line)
                forms = self._by_table[Change.Table.FORM]
                forms[:] = [
                    each for each in forms if str((each.after or {}).get("entity")) != line.key
                ]

    def _each(
        self,
        lines: list[Change],
        take: "Callable[[type[Model], list[Change], dict[str, Model]], None]",
    ) -> None:
        for some in batched(lines, _AT_ONCE):
            model = MODELS[some[0].table]
            rows = {
                str(key): row
                for key, row in model._base_manager.in_bulk([line.key for line in some]).items()
            }
            if model is Annotation:
                there = {row.article_id for row in cast("Iterable[Annotation]", rows.values())}
                lock_articles(
                    there
                    | {
                        line.before["article"]
                        for line in some
                        if "article" in (line.before or {})
                    }
                )
            take(model, some, rows)

    def _create(self, model: type[Model], lines: list[Change], rows: dict[str, Model]) -> None:
        wanted = [(line, line.before or {}) for line in lines if line.key not in rows]
        self.recorder.create(
            model(**as_fields(model, values)) for _line, values in self._that_fit(model, wanted)
        )

    def _alter(self, model: type[Model], lines: list[Change], rows: dict[str, Model]) -> None:
        still = [
            (line, rows[line.key])
            for line in lines
            if line.key in rows and _is_still(rows[line.key], line)
        ]
        self._leave(lines, still)
        wanted = [(line, {**snapshot(row), **(line.before or {})}) for line, row in still]
        for _line, row in still:
            self._read_again(snapshot(row))
        self.recorder.alter(
            (rows[line.key], {name: values[name] for name in line.before or {}})
            for line, values in self._that_fit(model, wanted)
        )

    def _note(self, _model: type[Model], lines: list[Change], rows: dict[str, Model]) -> None:
        """Let rise what pages notice of annotations of which only the figure or the allegation
        was changed."""
        there = [rows[line.key] for line in lines if line.key in rows]
        self.recorder.alter((row, {}) for row in there)
        for row in there:
            self.recorder.note(row)

    def _delete(self, model: type[Model], lines: list[Change], rows: dict[str, Model]) -> None:
        there = [(line, rows[line.key]) for line in lines if line.key in rows]
        said = {_passage_of(line) for line in self.kept}
        held = _in_use(model, [row for _line, row in there])
        going = [
            (line, row)
            for line, row in there
            if line.key not in said and row not in held and _is_still(row, line)
        ]
        self._leave([line for line, _row in there], going)
        for _line, row in going:
            self._read_again(snapshot(row))
        self.recorder.delete(row for _line, row in going)

    def _that_fit(
        self, model: type[Model], wanted: list[tuple[Change, Snapshot]]
    ) -> list[tuple[Change, Snapshot]]:
        """Return the rows that may become what they were; where the machine has taken their
        place, it leaves."""
        taken = _taken(model, [values for _line, values in wanted])
        gone = _gone(model, [values for _line, values in wanted])
        fit, in_the_way = [], []
        for line, values in wanted:
            lost = [
                (name, may_be_empty)
                for name, may_be_empty, keys in gone
                if values.get(name) in keys
            ]
            if not all(may_be_empty for _name, may_be_empty in lost):
                continue
            values |= {name: None for name, _may_be_empty in lost}
            other = taken.get(_place(model, values))
            if (
                isinstance(other, Entity) and str(other.pk) != line.key
            ):  # somebody else has the address now
                values["slug"] = free_slug(Entity, values["name"], kind=values["kind"])
            elif other is not None and str(other.pk) != line.key:
                if not (isinstance(other, Annotation) and other.state in MACHINE):
                    continue
                in_the_way.append(other)
            fit.append((line, values))
            self._read_again(values)
        self._leave([line for line, _values in wanted], fit)
        self.recorder.delete(in_the_way)
        return fit

    def _leave(self, lines: Iterable[Change], taken: Iterable[tuple[Change, Any]]) -> None:
        """Remember which lines are left out."""
        chosen = {line.key for line, _row in taken}
        self.kept += [line for line in lines if line.key not in chosen]

    def _allegations(self) -> set[str]:
        """Return the keys of the allegations of whose parties, status or words anything may be
        another now."""
        about = [
            line
            for table in (Change.Table.ALLEGATION, *_OF_ALLEGATION)
            for line in self._by_table[table]
        ]
        for line in self._by_table[Change.Table.ANNOTATION]:
            values = line.before or line.after or {}
            if "exact" in values and values.get("kind", Kind.ALLEGATION) == Kind.ALLEGATION:
                about.append(line)
        return set(map(_passage_of, about))

    def _read_again(self, values: Snapshot) -> None:
        """Remember which texts to link again: the article of a mention, and those with a
        spelling."""
        if values.get("entity") and values.get("article"):
            self._articles.add(values["article"])
        if "text" in values:
            self._texts.add(values["text"])


def _changed(lines: list[Change]) -> list[Change]:
    """Return the lines of rows that were there before and after."""
    return [line for line in lines if line.before and line.after]


def _folded(act: Act) -> Iterable[Change]:
    """Return one line for each row that the act changed, though it was written in several
    steps."""
    folded: dict[tuple[str, str], Change] = {}
    for line in act.changes.order_by("pk"):
        first = folded.setdefault((line.table, line.key), line)
        if first is not line:
            first.before = (
                None if first.before is None else {**(line.before or {}), **first.before}
            )
            first.after = None if line.after is None else {**(first.after or {}), **line.after}
    return [
        line for line in folded.values() if line.before is not None or line.after is not None
    ]


def _is_still(row: Model, line: Change) -> bool:
    """Say whether a row is as the act left it, but for what no person has said of it since."""
    then, now = as_fields(type(row), line.after or {}), as_fields(type(row), snapshot(row))
    ignored = {*ONLY_RISE, "reason", "named_in", "made_at"}
    if (
        then.get("version_id", now.get("version_id")) != now.get("version_id")
        and then.get("exact") == now["exact"]
    ):
        ignored |= {
            "version_id",
            "start",
            "end",
            "prefix",
            "suffix",
            "paragraph",
        }  # carried over to a new version
    if now.get("state") in MACHINE and then.get("state") in MACHINE:
        ignored.add("state")
    return all(now[name] == value for name, value in then.items() if name not in ignored)


def _said_by_people(lines: list[Change]) -> list[Change]:
    """Leave out the lines of mentions on which no editor has spoken: the machine knows where
    those belong now."""
    machines = {
        line.key for line in lines if (line.after or line.before or {}).get("state") in MACHINE
    }
    judged = {
        str(key)
        for some in batched(sorted(machines), _AT_ONCE)
        for key in Annotation.objects.filter(pk__in=some)
        .exclude(state__in=MACHINE)
        .values_list("pk", flat=True)
    }
    return [line for line in lines if line.key not in machines or line.key in judged]


def _is_needed(entity: int, own: dict[str, list[str]]) -> bool:
    """Say whether more hangs on an entity than `own`, keys by table; what only the machine
    linked does not count.

    Of parties and states the keys are those of their allegations.
    """
    role = Q(figure__said_by_entity=entity) | Q(allegation__place_entity=entity)
    party = Annotation.objects.filter(allegation__parties__entity=entity).values("pk")
    named = Annotation.objects.filter(Q(entity=entity) | role | Q(pk__in=party))
    passages = {
        key
        for table, keys in own.items()
        if table in (*_PASSAGES, *_OF_ALLEGATION)
        for key in keys
    }
    spelled = NameForm.objects.filter(entity=entity).exclude(
        pk__in=own.get(Change.Table.FORM, [])
    )
    return (
        named.exclude(pk__in=passages).exclude(state__in=MACHINE).exists()
        or spelled.exists()
        or Embargo.objects.filter(entity=entity)
        .exclude(pk__in=own.get(Change.Table.EMBARGO, []))
        .exists()
        or Entity.objects.filter(merged_into=entity).exists()
    )


def _passage_of(line: Change) -> str:
    """Return the key of the passage of which a line tells what is said."""
    return (
        str((line.after or line.before or {})["allegation"])
        if line.table in _OF_ALLEGATION
        else line.key
    )


def _in_use(model: type[Model], rows: list[Model]) -> set[Model]:
    """Return those of these rows on which somebody has built since: by a figure, a total, an
    answer."""
    used = _USES.get(model)
    return (
        set(model._base_manager.filter(used, pk__in=[row.pk for row in rows]))
        if used
        else set()
    )


def _left_behind(entities: list[int]) -> Iterable[Annotation]:
    """Return what the machine linked of entities that go, and left on earlier versions."""
    return Annotation.objects.filter(entity__in=entities, state__in=MACHINE)


_PLACES: dict[type[Model], tuple[str, ...]] = {
    Entity: ("kind", "slug"),
    Annotation: ("version", "start", "end", "entity"),
    NameForm: ("entity", "text"),
    RefusedSpelling: ("entity", "text"),
    Answer: ("claim", "answer"),
}
"""Columns that no two rows have alike."""


def _place(model: type[Model], values: Snapshot) -> tuple[Any, ...]:
    return tuple(values[name] for name in _PLACES.get(model, ()))


def _taken(model: type[Model], wanted: list[Snapshot]) -> dict[tuple[Any, ...], Model]:
    """Return the rows that stand in any of the places wanted, by place."""
    if model not in _PLACES or not wanted:
        return {}
    narrow = {
        f"{name}__in": {values[name] for values in wanted} - {None} for name in _PLACES[model]
    }
    return {_place(model, snapshot(row)): row for row in model._base_manager.filter(**narrow)}


def _gone(model: type[Model], wanted: list[Snapshot]) -> list[tuple[str, bool, set[Any]]]:
    """Return, for each column that points at other rows, which of those are gone, and whether
    it may be empty."""
    found = []
    for column in model._meta.concrete_fields:
        if isinstance(column, ForeignKey):
            keys = {values.get(column.name) for values in wanted} - {
                None
            }  # an old line lacks what came later
            there = column.related_model._base_manager.filter(pk__in=keys).values_list(
                "pk", flat=True
            )
            standing = set(map(str, there))
            gone = {key for key in keys if str(key) not in standing}
            found.append((column.name, column.remote_field.on_delete is SET_NULL, gone))
    return found
