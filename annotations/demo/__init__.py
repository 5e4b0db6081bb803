"""The demonstration: digests of three reports, in our own words and three languages, tagged
throughout.

`articles/` holds the digests as files that the ordinary importer reads; `tags.toml` says who is
who and which passages are tagged as what, each passage given by its words. `load` may run
again: what is there stays.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from annotations.allegations.services import parties_named
from annotations.core.anchoring.selectors import occurrences, select
from annotations.linking.linker import add_spelling
from annotations.models import (
    Allegation,
    Annotation,
    Answer,
    Entity,
    Figure,
    Kind,
    Measure,
    Succession,
    TagCount,
    Total,
)
from archive.ingest.pipeline import take_in
from archive.models import Capture, TextVersion, sha256_of

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "ru", "kk")
# Allegations by the name of their digest's file and their summary.
Said = dict[tuple[str, str], Allegation]


def load() -> tuple[int, int]:
    """Fill the archive with the demonstration; return how many articles and passages of it
    there are.

    Only what is new is tagged: on a digest that is here already, an editor has the last word.
    """
    tags = tomllib.loads((FOLDER / "tags.toml").read_text(encoding="utf-8"))
    paths = sorted((FOLDER / "articles").glob("*.md"))
    files = {path.name: path.read_bytes() for path in paths}
    captures = Capture.objects.filter(sha256__in=map(sha256_of, files.values()))
    known = set(captures.values_list("sha256", flat=True))
    fresh = {}
    for name, content in files.items():
        if sha256_of(content) not in known:
            fresh[name] = content
    if fresh:
        with transaction.atomic():
            _add(fresh, tags)
    return len(files), Annotation.objects.filter(article__captures__in=captures).count()


def _add(files: dict[str, bytes], tags: dict[str, Any]) -> None:
    for kind in (Kind.PERSON, Kind.PLACE):
        for entity in tags[kind]:
            _entity(kind, **entity)
    for measure in tags["measure"]:
        _measure(**measure)
    versions = {}
    for name, content in files.items():
        versions[name] = take_in(content, name).article.version
    _passages(versions, tags)
    TagCount.objects.recount(version.article_id for version in versions.values())


def _passages(versions: dict[str, TextVersion], tags: dict[str, Any]) -> None:
    for figure in tags[Kind.FIGURE]:
        if version := versions.get(figure.pop("article")):
            _figure(version, **figure)
    for total in tags["total"]:
        if version := versions.get(total.pop("article")):
            _total(version, **total)
    for succession in tags["succession"]:
        _succession(versions, **succession)
    _add_allegations(versions, tags)


def _add_allegations(versions: dict[str, TextVersion], tags: dict[str, Any]) -> None:
    said: Said = {}
    for allegation in tags[Kind.ALLEGATION]:
        if version := versions.get(name := allegation.pop("article")):
            said[name, allegation["summary"]] = _allegation(version, **allegation)
    for answer in tags["answer"]:
        _answer(said, **answer)
    for standing in tags["standing"]:
        _standing(said, **standing)


def _entity(kind: Kind, name: str, forms: list[str], **known: Any) -> None:
    entity, _created = Entity.objects.get_or_create(
        kind=kind, name=name, defaults=known
    )
    for form in forms:
        add_spelling(entity, form)


def _measure(name: str, part_of: str = "", **known: Any) -> None:
    whole = Measure.objects.filter(name=part_of).first()
    Measure.objects.get_or_create(name=name, defaults={"part_of": whole} | known)


def _figure(
    version: TextVersion, quote: str, prefix: str = "", measure: str = "", **said: Any
) -> None:
    annotation = _passage(version, Kind.FIGURE, quote, prefix)
    known = {
        "said_by_entity": Entity.objects.named(said.get("said_by", "")),
        "measure": Measure.objects.filter(name=measure).first(),
    }
    Figure.objects.create(annotation=annotation, **known, **said)


def _total(version: TextVersion, measure: str, note: str, quotes: list[str]) -> None:
    total = Total.objects.create(measure=Measure.objects.get(name=measure), note=note)
    for quote in quotes:
        total.addends.create(figure=_figure_on(version, quote))


def _succession(
    versions: dict[str, TextVersion],
    article: str,
    quote: str,
    later_article: str,
    later_quote: str,
) -> None:
    earlier, later = versions.get(article), versions.get(later_article)
    if earlier and later:
        Succession.objects.create(
            earlier=_figure_on(earlier, quote), later=_figure_on(later, later_quote)
        )


def _figure_on(version: TextVersion, quote: str) -> Figure:
    return Figure.objects.get(annotation__version=version, annotation__exact=quote)


def _allegation(
    version: TextVersion, quote: str, prefix: str = "", **said: Any
) -> Allegation:
    annotation = _passage(version, Kind.ALLEGATION, quote, prefix)
    place = Entity.objects.named(said.get("place", ""), kinds=[Kind.PLACE])
    allegation = Allegation.objects.create(
        annotation=annotation, place_entity=place, **said
    )
    allegation.statuses.create(status=allegation.status, passage=annotation)
    for party in parties_named(allegation):
        party.entity = Entity.objects.named(party.name)
        party.save()
    return allegation


def _answer(said: Said, claim: list[str], answer: list[str], relation: str) -> None:
    for one, other in _pairs(said, claim, answer):
        Answer.objects.create(claim=one, answer=other, relation=relation)


def _standing(said: Said, claim: list[str], passage: list[str], **stood: str) -> None:
    for one, other in _pairs(said, claim, passage):
        one.statuses.create(passage=other.annotation, **stood)
        one.status = stood["status"]
        one.save()


def _pairs(
    said: Said, one: list[str], other: list[str]
) -> Iterator[tuple[Allegation, Allegation]]:
    """Yield the allegations that two digests make in these words, in each language of which
    both are new."""
    (digest, summary), (other_digest, other_summary) = one, other
    for language in LANGUAGES:
        first = said.get((f"{digest}.{language}.md", summary))
        second = said.get((f"{other_digest}.{language}.md", other_summary))
        if first and second:
            yield first, second


def _passage(version: TextVersion, kind: Kind, quote: str, prefix: str) -> Annotation:
    """Return a new annotation on the one place where `quote` stands after `prefix`."""
    found = occurrences(version.text, prefix + quote)
    if len(found) != 1:
        raise ValueError(
            f"“{quote}” stands {len(found)} times in “{version.article}”, not once."
        )
    start = found[0] + len(prefix)
    selector = select(version.text, start, start + len(quote))
    annotation = Annotation(kind=kind)
    annotation.put_on(version, selector)
    annotation.save()
    return annotation
