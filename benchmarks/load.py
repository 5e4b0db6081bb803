"""Filling an archive with invented news quickly: in bulk, with the rows that importing and
tagging would make."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

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
    TagCount,
)
from archive import search
from archive.batches import batched
from archive.compression import compress
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
from benchmarks.news import Mention, Story, World, host_of, html_of, surname_of

AT_ONCE = 500
# One mention in so many is confirmed by an editor, the others are linked by the machine.
_CONFIRMED_EACH = 10

M = TypeVar("M", bound=Model)
ArticleTopic = Article.topics.through


class Known:
    """What stories refer to, by name."""

    def __init__(self, world: World) -> None:
        people = [[name, surname_of(name)] for name in world.people]
        places = [[name] for name in world.places]
        entities = [
            *load_entities(Kind.PERSON, people),
            *load_entities(Kind.PLACE, places),
        ]
        self.entities = {entity.name: entity for entity in entities}
        self.publishers = _by_name(
            Publisher(name=name, host=host_of(name)) for name in world.outlets
        )
        self.authors = _by_name(Author(name=name) for name in world.authors)
        self.topics = _by_name(Topic(name=name) for name in world.topics)


def load_entities(kind: Kind, spellings: Iterable[Sequence[str]]) -> list[Entity]:
    """Make entities that are known by these spellings; the first of each is its name."""
    spellings = list(spellings)
    first = Entity.objects.count()
    entities = made(
        Entity(kind=kind, name=names[0], slug=f"{slugify(names[0])}-{number}")
        for number, names in enumerate(spellings, start=first)
    )
    load_spellings(zip(entities, spellings, strict=True))
    return entities


def load_spellings(spellings: Iterable[tuple[Entity, Iterable[str]]]) -> None:
    made(
        Spelling(entity=entity, text=text, script=script_of(text))
        for entity, texts in spellings
        for text in dict.fromkeys(texts)
    )


def load_stories(world: World, stories: int) -> Known:
    """Put so many stories into the archive and its search index, tagged."""
    known = Known(world)
    for numbers in batched(list(range(stories)), AT_ONCE):
        with transaction.atomic():
            _load(known, [world.story(number) for number in numbers])
    return known


def settle() -> None:
    """Bring the database's statistics up to date where it would do so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def made(rows: Iterable[M]) -> list[M]:
    """Save `rows`, all of one model, and return them."""
    rows = list(rows)
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)
    return rows


def load_versions(
    articles: list[Article],
    texts: Iterable[str],
    captures: Iterable[Capture | None] | None = None,
) -> list[TextVersion]:
    """Give each article its one version, make it the current one, and index it."""
    captures = captures or [None] * len(articles)
    versions = made(
        TextVersion(
            article=article,
            number=1,
            html=html_of(text),
            text=text,
            sha256=sha256_of(text.encode()),
            capture=capture,
        )
        for article, text, capture in zip(articles, texts, captures, strict=True)
    )
    keys = [article.pk for article in articles]
    own = TextVersion.objects.filter(article=OuterRef("pk")).values("pk")
    Article.objects.filter(pk__in=keys).update(current_version=Subquery(own))
    search.index(keys)
    return versions


def mark(
    version: TextVersion, start: int, end: int, kind: str, **given: Any
) -> Annotation:
    annotation = Annotation(kind=kind, **given)
    annotation.put_on(version, select(version.text, start, end))
    return annotation


def _by_name(rows: Iterable[Any]) -> dict[str, Any]:
    """Save the rows that are not there yet, and return all of them by their names."""
    rows = list(rows)
    rows_of_model: Any = type(rows[0])._default_manager
    rows_of_model.bulk_create(rows, ignore_conflicts=True)
    names = [row.name for row in rows]
    return dict(rows_of_model.in_bulk(names, field_name="name"))


def _load(known: Known, stories: list[Story]) -> None:
    articles = made(_article(known, story) for story in stories)
    captures = made(map(_capture, articles, stories))
    versions = load_versions(articles, [story.text for story in stories], captures)
    rows: dict[type[Model], list[Any]] = defaultdict(list)
    for version, story in zip(versions, stories, strict=True):
        article, topic = version.article, known.topics[story.topic]
        rows[ArticleTopic].append(ArticleTopic(article=article, topic=topic))
        for number, name in enumerate(story.authors):
            author = known.authors[name]
            byline = Byline(article=article, author=author, position=number)
            rows[Byline].append(byline)
        came_in = f"{story.filename} came in: {len(story.source)} bytes."
        event = Event(article=article, kind=Event.Kind.INGESTION, detail=came_in)
        rows[Event].append(event)
        for number, mention in enumerate(story.mentions):
            rows[Annotation].append(_mention(known, version, mention, number))
        for passage in story.figures:
            figure = Figure(
                annotation=mark(version, passage.start, passage.end, Kind.FIGURE),
                said_by_entity=known.entities.get(passage.fields["said_by"]),
                **passage.fields,
            )
            rows[Annotation].append(figure.annotation)
            rows[Figure].append(figure)
        for passage in story.claims:
            annotation = mark(version, passage.start, passage.end, Kind.ALLEGATION)
            allegation = Allegation(annotation=annotation, **passage.fields)
            rows[Annotation].append(annotation)
            rows[Allegation].append(allegation)
            for party in parties_named(allegation):
                party.entity = known.entities[party.name]
                rows[Party].append(party)
    for some in rows.values():
        made(some)
    TagCount.objects.recount(article.pk for article in articles)


def _article(known: Known, story: Story) -> Article:
    return Article(
        slug=f"{slugify(story.title)[:80]}-{story.number}",
        title=story.title,
        byline="; ".join(story.authors),
        publisher=known.publishers[story.outlet],
        language="en",
        published=story.day.isoformat(),
        sort_date=story.day,
        original_address=story.address,
        address_key=address_key(story.address),
    )


def _capture(article: Article, story: Story) -> Capture:
    return Capture(
        article=article,
        sha256=sha256_of(story.source),
        compressed=compress(story.source),
        size=len(story.source),
        filename=story.filename,
        media_type="text/markdown",
        encoding="utf-8",
    )


def _mention(
    known: Known, version: TextVersion, mention: Mention, number: int
) -> Annotation:
    entity = known.entities[mention.name]
    annotation = mark(version, mention.start, mention.end, entity.kind, entity=entity)
    if number % _CONFIRMED_EACH:
        annotation.state = State.LINKED
        annotation.reason = LinkReason.FULL_NAME if mention.full else LinkReason.SURNAME
    return annotation
