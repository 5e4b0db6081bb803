"""Entities and tagged passages for tests, each passage given by its words."""

from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from annotations.allegations.services import parties_named
from annotations.core.anchoring.selectors import occurrences, select
from annotations.journal.snapshots import REVISION_COLUMNS, snapshot
from annotations.models import (
    MACHINE,
    Act,
    Allegation,
    Annotation,
    Answer,
    Change,
    Entity,
    Figure,
    Kind,
    Party,
    Spelling,
    State,
    StatusChange,
    TagCount,
)
from archive.models import Article


def make_person(name: str, *forms: str, **fields: Any) -> Entity:
    """Make a person with these spellings; nothing is linked."""
    return _make_entity(Kind.PERSON, name, forms, fields)


def make_place(name: str, *forms: str, **fields: Any) -> Entity:
    return _make_entity(Kind.PLACE, name, forms, fields)


def mention(
    article: Article,
    words: str,
    entity: Entity,
    state: State = State.CONFIRMED,
    nth: int = 0,
) -> Annotation:
    """Tag the `nth` place of `words` (from 0) as a mention of `entity`."""
    return _mark(article, Kind(entity.kind), words, nth, entity=entity, state=state)


def figure(
    article: Article,
    words: str,
    low: str = "15",
    counted: str = "people killed",
    **said: Any,
) -> Annotation:
    mark = _mark(article, Kind.FIGURE, words, said.pop("nth", 0))
    Figure.objects.create(annotation=mark, low=Decimal(low), counted=counted, **said)
    return mark


def allegation(
    article: Article, words: str, summary: str = "The police fired", **said: Any
) -> Annotation:
    """Tag an allegation; `claimant_entity` and `accused_entity` are whom all parties of a role
    are known to be."""
    mark = _mark(article, Kind.ALLEGATION, words, said.pop("nth", 0))
    known = {role: said.pop(f"{role}_entity", None) for role in Party.Role.values}
    named = {role: entity.name for role, entity in known.items() if entity}
    claim = Allegation.objects.create(
        annotation=mark, summary=summary, **{"claimant": "a witness"} | named | said
    )
    StatusChange.objects.create(allegation=claim, status=claim.status, passage=mark)
    for party in parties_named(claim):
        party.entity = known[party.role]
        party.save()
    return mark


def mark_before(words: str, **fields: Any) -> Annotation:
    """Return the one annotation with these fields after which `words` stand."""
    marks = Annotation.objects.filter(**fields).select_related("version")
    [found] = [mark for mark in marks if mark.selector.suffix.startswith(words)]
    return found


def known_parties(mark: Annotation) -> dict[str, list[Entity | None]]:
    """Return whom the parties of an allegation are known to be, by role."""
    parties = Party.objects.filter(allegation=mark.pk)
    return {
        role: [party.entity for party in parties if party.role == role]
        for role in Party.Role.values
    }


def acts_on(annotation: Annotation) -> list[Act]:
    """Return the acts that changed an annotation or what it says, or were about it, oldest
    first."""
    return list(
        Act.objects.filter(pk__in=lines_of(annotation).values("act")).order_by("pk")
    )


def lines_of(annotation: Annotation) -> QuerySet[Change]:
    """Return all lines of the journal on an annotation and on its figure or allegation, oldest
    first."""
    tables = (Change.Table.ANNOTATION, Change.Table.FIGURE, Change.Table.ALLEGATION)
    return Change.objects.filter(table__in=tables, key=str(annotation.pk)).order_by(
        "pk"
    )


def everything() -> dict[str, dict[str, dict[str, Any]]]:
    """All rows that acts may change, by model and key, but for revisions and times of change,
    which only ever rise.

    When the machine found a mention is left out too: it may find it again.
    """
    return {
        model.__name__: {
            str(row.pk): what_it_says(row) for row in model._base_manager.all()
        }
        for model in (
            Entity,
            Spelling,
            Annotation,
            Figure,
            Allegation,
            Party,
            StatusChange,
            Answer,
        )
    }


def what_it_says(row: Model) -> dict[str, Any]:
    """The columns of a row, but for what only ever rises; of what the machine found, not when
    it did."""
    ignored = {
        *REVISION_COLUMNS,
        *(["made_at"] if getattr(row, "state", "") in MACHINE else []),
    }
    return {name: value for name, value in snapshot(row).items() if name not in ignored}


def _make_entity(
    kind: Kind, name: str, forms: tuple[str, ...], fields: dict[str, Any]
) -> Entity:
    entity = Entity.objects.create(kind=kind, name=name, **fields)
    for text in dict.fromkeys((name, *forms)):
        entity.spellings.create(text=text)
    return entity


def _mark(
    article: Article, kind: Kind, words: str, nth: int, **fields: Any
) -> Annotation:
    version = article.version
    start = occurrences(version.text, words)[nth]
    mark = Annotation(kind=kind, **fields)
    mark.put_on(version, select(version.text, start, start + len(words)))
    mark.save()
    TagCount.objects.recount([article.pk])
    return mark
