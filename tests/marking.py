"""Entities and tagged passages for tests, each passage given by its words."""

from decimal import Decimal
from typing import Any

from annotations.anchoring import occurrences, select
from annotations.models import Allegation, Annotation, Entity, Figure, Kind, State
from archive.models import Article


def make_person(name: str, *forms: str, **fields: Any) -> Entity:
    """Make a person with these spellings; nothing is linked."""
    return _make_entity(Kind.PERSON, name, forms, fields)


def make_place(name: str, *forms: str, **fields: Any) -> Entity:
    return _make_entity(Kind.PLACE, name, forms, fields)


def mention(article: Article, words: str, entity: Entity, state: State = State.CONFIRMED, nth: int = 0) -> Annotation:
    """Tag the `nth` place of `words` (from 0) as a mention of `entity`."""
    return _mark(article, Kind(entity.kind), words, nth, entity=entity, state=state)


def figure(article: Article, words: str, low: str = "15", counted: str = "people killed", **said: Any) -> Annotation:
    mark = _mark(article, Kind.FIGURE, words, said.pop("nth", 0))
    Figure.objects.create(annotation=mark, low=Decimal(low), counted=counted, **said)
    return mark


def allegation(article: Article, words: str, summary: str = "The police fired", **said: Any) -> Annotation:
    mark = _mark(article, Kind.ALLEGATION, words, said.pop("nth", 0))
    Allegation.objects.create(annotation=mark, summary=summary, **{"claimant": "a witness"} | said)
    return mark


def _make_entity(kind: Kind, name: str, forms: tuple[str, ...], fields: dict[str, Any]) -> Entity:
    entity = Entity.objects.create(kind=kind, name=name, **fields)
    for text in dict.fromkeys((name, *forms)):
        entity.forms.create(text=text)
    return entity


def _mark(article: Article, kind: Kind, words: str, nth: int, **fields: Any) -> Annotation:
    version = article.text
    start = occurrences(version.text, words)[nth]
    mark = Annotation(kind=kind, **fields)
    mark.place(version, select(version.text, start, start + len(words)))
    mark.save()
    return mark
