"""The demonstration: digests of three reports, in our own words and three languages, tagged throughout.

`articles/` holds the digests as files that the ordinary importer reads; `tags.toml` says who is who and which
passages are tagged as what, each passage given by its words. `load` may run again: what is there stays.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from annotations.anchoring import occurrences, select
from annotations.forms import entity_named
from annotations.mentions import add_form
from annotations.models import Allegation, Annotation, Entity, Figure, Kind
from archive.intake import take_in
from archive.models import TextVersion

FOLDER = Path(__file__).parent


def load() -> tuple[int, int]:
    """Fill the archive with the demonstration; return how many articles and passages of it there are."""
    tags = tomllib.loads((FOLDER / "tags.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        for kind in (Kind.PERSON, Kind.PLACE):
            for entity in tags[kind]:
                _entity(kind, **entity)
        versions = {
            file.name: take_in(file.read_bytes(), file.name).article.text
            for file in sorted((FOLDER / "articles").glob("*.md"))
        }
        for figure in tags[Kind.FIGURE]:
            _figure(versions[figure.pop("article")], **figure)
        for allegation in tags[Kind.ALLEGATION]:
            _allegation(versions[allegation.pop("article")], **allegation)
    return len(versions), Annotation.objects.filter(version__in=versions.values()).count()


def _entity(kind: Kind, name: str, forms: list[str], **known: Any) -> None:
    entity, _created = Entity.objects.get_or_create(kind=kind, name=name, defaults=known)
    for form in forms:
        add_form(entity, form)


def _figure(version: TextVersion, quote: str, prefix: str = "", **said: Any) -> None:
    annotation, is_new = _passage(version, Kind.FIGURE, quote, prefix)
    if is_new:
        Figure.objects.create(annotation=annotation, said_by_entity=entity_named(said.get("said_by", "")), **said)


def _allegation(version: TextVersion, quote: str, prefix: str = "", **said: Any) -> None:
    annotation, is_new = _passage(version, Kind.ALLEGATION, quote, prefix)
    if is_new:
        parties = {f"{role}_entity": entity_named(said.get(role, "")) for role in ("claimant", "accused")}
        Allegation.objects.create(annotation=annotation, **parties, **said)


def _passage(version: TextVersion, kind: Kind, quote: str, prefix: str) -> tuple[Annotation, bool]:
    """Return the annotation on the one place where `quote` stands after `prefix`, and whether it is new."""
    found = occurrences(version.text, prefix + quote)
    if len(found) != 1:
        raise ValueError(f"“{quote}” stands {len(found)} times in “{version.article}”, not once.")
    selector = select(version.text, found[0] + len(prefix), found[0] + len(prefix) + len(quote))
    there = Annotation.objects.filter(version=version, kind=kind, start=selector.start, end=selector.end).first()
    if there:
        return there, False
    annotation = Annotation(kind=kind)
    annotation.place(version, selector)
    annotation.save()
    return annotation, True
