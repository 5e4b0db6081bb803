"""Filling an archive with invented news quickly: in bulk, with the rows that importing and
tagging would make."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model, OuterRef, Subquery
from django.utils.text import slugify

from annotations.allegations.services import parties_named
from annotations.core.anchoring.selectors import select
from annotations.core.names.matcher import LinkReason
from annotations.core.names.scripts import script_of
from annotations.models import (
    Allegation,
    Annotation,
    Entity,
    Figure,
    Kind,
    Party,
    Spelling,
    State,
)
from archive import search
from archive.ingest.source_urls import address_key
from archive.models import (
    Article,
    Author,
    Byline,
    Capture,
    Event,
    Publisher,
    TextVersion,
    Topic,
    sha256_of,
)
from benchmarks.news import Claim, FigureGiven, Mention, Story, World

_AT_ONCE = 500
_CONFIRMED_EACH = 10
"""One mention in so many is confirmed by an editor, the others are linked by the machine."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Known:
    """What stories refer to, in the order of the world's own lists."""

    people: list[Entity]
    places: list[Entity]
    publishers: dict[str, Publisher]
    authors: dict[str, Author]
    topics: dict[str, Topic]


def load_known(world: World, topics: Iterable[str]) -> Known:
    """Make the entities with their name forms, and the outlets, authors and topics."""
    people = made(
        [
            Entity(kind=Kind.PERSON, name=p.name, slug=slugify(p.name))
            for p in world.people
        ]
    )
    places = made(
        [
            Entity(kind=Kind.PLACE, name=p.name, slug=slugify(p.name))
            for p in world.places
        ]
    )
    spellings = [(entity, entity.name) for entity in [*people, *places]]
    spellings += [
        (entity, person.surname)
        for entity, person in zip(people, world.people, strict=True)
    ]
    made(
        [
            Spelling(entity=entity, text=text, script=script_of(text))
            for entity, text in spellings
        ]
    )
    return Known(
        people=people,
        places=places,
        publishers={
            o.name: p
            for o in world.outlets
            for p in made([Publisher(name=o.name, host=o.host)])
        },
        authors={
            name: author
            for name in world.authors
            for author in made([Author(name=name)])
        },
        topics={
            name: topic
            for name in sorted(set(topics))
            for topic in made([Topic(name=name)])
        },
    )


def load_stories(known: Known, stories: list[Story]) -> None:
    """Put stories into the archive and its search index, tagged."""
    for start in range(0, len(stories), _AT_ONCE):
        with transaction.atomic():
            _load(known, stories[start : start + _AT_ONCE])


def settle() -> None:
    """Bring the database's statistics up to date where it would do so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _load(known: Known, stories: list[Story]) -> None:
    articles = made([_article(known, story) for story in stories])
    pairs = list(zip(articles, stories, strict=True))
    made([b for article, story in pairs for b in _bylines(known, article, story)])
    made(
        [
            Article.topics.through(article=a, topic=known.topics[s.topic])
            for a, s in pairs
        ]
    )
    captures = made([_capture(article, story) for article, story in pairs])
    versions = made(
        [
            _version(capture, story)
            for capture, (_a, story) in zip(captures, pairs, strict=True)
        ]
    )
    made([event for capture in captures for event in _events(capture)])
    _tag(known, versions, stories)
    show_versions(articles)


def show_versions(articles: list[Article]) -> None:
    """Make the one version of each article the current one, and index it."""
    own = TextVersion.objects.filter(article=OuterRef("pk")).values("pk")
    Article.objects.filter(pk__in=[a.pk for a in articles]).update(
        current_version=Subquery(own)
    )
    search.index(article.pk for article in articles)


def made(rows: list[M]) -> list[M]:
    return (
        type(rows[0])._default_manager.bulk_create(rows, batch_size=_AT_ONCE)
        if rows
        else []
    )


def _article(known: Known, story: Story) -> Article:
    return Article(
        slug=f"{slugify(story.title)[:80]}-{story.number}",
        title=story.title,
        byline="; ".join(story.authors),
        publisher=known.publishers[story.outlet.name],
        language="en",
        published=story.day.isoformat(),
        sort_date=story.day,
        original_address=story.address,
        address_key=address_key(story.address),
    )


def _bylines(known: Known, article: Article, story: Story) -> list[Byline]:
    authors = [known.authors[name] for name in story.authors]
    return [
        Byline(article=article, author=author, position=n)
        for n, author in enumerate(authors)
    ]


def _capture(article: Article, story: Story) -> Capture:
    content = story.source
    return Capture(
        article=article,
        sha256=sha256_of(content),
        content=content,
        size=len(content),
        filename=story.filename,
        media_type="text/markdown",
        encoding="utf-8",
    )


def _version(capture: Capture, story: Story) -> TextVersion:
    sha256 = sha256_of(story.text.encode())
    article = capture.article
    return TextVersion(
        article=article,
        number=1,
        html=story.html,
        text=story.text,
        sha256=sha256,
        capture=capture,
    )


def _events(capture: Capture) -> list[Event]:
    said = {
        Event.Kind.INGESTION: f"{capture.filename} came in: {capture.size} bytes, SHA-256 {capture.sha256}.",
        Event.Kind.IDENTIFICATION: "The encoding is utf-8: valid throughout.",
        Event.Kind.EXTRACTION: "Read from the file: title, authors, publisher, published, topics, original address.",
    }
    return [
        Event(article=capture.article, kind=kind, detail=detail)
        for kind, detail in said.items()
    ]


def _tag(known: Known, versions: list[TextVersion], stories: list[Story]) -> None:
    annotations: list[Annotation] = []
    figures: list[Figure] = []
    allegations: list[Allegation] = []
    for version, story in zip(versions, stories, strict=True):
        annotations += [
            _mention(known, version, mention, n)
            for n, mention in enumerate(story.mentions)
        ]
        figures += [_figure(known, version, given) for given in story.figures]
        allegations += [_allegation(known, version, claim) for claim in story.claims]
    made(
        annotations
        + [figure.annotation for figure in figures]
        + [a.annotation for a in allegations]
    )
    made(figures)
    made(allegations)
    claims = [claim for story in stories for claim in story.claims]
    made(
        [
            p
            for one, claim in zip(allegations, claims, strict=True)
            for p in _parties(known, one, claim)
        ]
    )


def _annotation(
    version: TextVersion, passage: Mention | FigureGiven | Claim, kind: Kind
) -> Annotation:
    annotation = Annotation(kind=kind)
    annotation.put_on(version, select(version.text, passage.start, passage.end))
    return annotation


def _mention(
    known: Known, version: TextVersion, mention: Mention, number: int
) -> Annotation:
    annotation = _annotation(version, mention, Kind(mention.kind))
    annotation.entity = (known.people if mention.kind == "person" else known.places)[
        mention.index
    ]
    if number % _CONFIRMED_EACH:
        annotation.state = State.LINKED
        annotation.reason = LinkReason.FULL_NAME if mention.full else LinkReason.SURNAME
    return annotation


def _figure(known: Known, version: TextVersion, given: FigureGiven) -> Figure:
    speaker = None if given.said_by is None else known.people[given.said_by]
    return Figure(
        annotation=_annotation(version, given, Kind.FIGURE),
        low=Decimal(given.low),
        high=None if given.high is None else Decimal(given.high),
        qualifier=given.qualifier,
        counted=given.counted,
        said_by=speaker.name if speaker else "",
        said_by_entity=speaker,
    )


def _allegation(known: Known, version: TextVersion, claim: Claim) -> Allegation:
    return Allegation(
        annotation=_annotation(version, claim, Kind.ALLEGATION),
        summary=claim.summary,
        claimant=known.people[claim.claimant].name,
        accused=known.people[claim.accused].name,
        status=claim.status,
    )


def _parties(known: Known, allegation: Allegation, claim: Claim) -> list[Party]:
    parties = parties_named(allegation)
    for party in parties:
        party.entity = known.people[
            claim.claimant if party.role == Party.Role.CLAIMANT else claim.accused
        ]
    return parties
