"""People who are mentioned more or less often, in short articles of their own, so that only the
number differs.

Each article names its person ten times in four spellings, beside four of the people and places
that everybody knows. The rows are made in bulk: that linking finds the same mentions is not
what is measured here.
"""

from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import OuterRef, Subquery

from annotations.core.anchoring.selectors import select
from annotations.core.names.matcher import LinkReason
from annotations.models import Annotation, Entity, Kind, State
from archive.models import Article, Publisher, TextVersion, sha256_of
from archive.text.canonical import canonicalise

MENTIONS_EACH = 10
_BESIDE = 4
_AT_ONCE = 500
_DAYS = 7000
_FIRST_DAY = date(2001, 1, 1)


def load_mentioned(name: str, mentions: int, beside: list[Entity]) -> Entity:
    """Make a person with a first name and a surname who is mentioned so often, a multiple of
    ten."""
    person = Entity.objects.create(kind=Kind.PERSON, name=name)
    publishers = list(Publisher.objects.order_by("pk"))
    for start in range(0, mentions // MENTIONS_EACH, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, mentions // MENTIONS_EACH))
        with transaction.atomic():
            _load(person, publishers, beside, numbers)
    return person


def _load(
    person: Entity, publishers: list[Publisher], beside: list[Entity], numbers: range
) -> None:
    articles = Article.objects.bulk_create(
        _article(person, publishers, number) for number in numbers
    )
    drafts = [
        _written(
            person, [beside[(number + n) % len(beside)] for n in range(_BESIDE)], number
        )
        for number in numbers
    ]
    versions = TextVersion.objects.bulk_create(
        TextVersion(
            article=article,
            number=1,
            html=html,
            text=text,
            sha256=sha256_of(text.encode()),
        )
        for article, (html, text, _places) in zip(articles, drafts, strict=True)
    )
    own = TextVersion.objects.filter(article=OuterRef("pk")).values("pk")
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(
        current_version=Subquery(own)
    )
    marks = (
        _mention(version, entity, start, end)
        for version, (_html, _text, places) in zip(versions, drafts, strict=True)
        for entity, start, end in places
    )
    while some := list(islice(marks, _AT_ONCE)):
        Annotation.objects.bulk_create(some)


def _article(person: Entity, publishers: list[Publisher], number: int) -> Article:
    day = _FIRST_DAY + timedelta(number * 7 % _DAYS)
    return Article(
        slug=f"{person.slug}-{number}",
        title=f"{person.name} once more, for the time number {number}",
        publisher=publishers[number % len(publishers)],
        language="en",
        published=day.isoformat(),
        sort_date=day,
    )


def _written(
    person: Entity, beside: list[Entity], number: int
) -> tuple[str, str, list[tuple[Entity, int, int]]]:
    """Return an article's HTML and text, and who stands where in it."""
    first, surname = person.name.split()
    spellings = [
        person.name,
        surname,
        f"{first[0]}. {surname}",
        f"{first} {surname[0]}.",
    ]
    named = [
        (person, spellings[(number + n) % 3 if n else n])
        for n in range(MENTIONS_EACH - 1)
    ]
    named.append((person, spellings[3]))
    named[3:3] = [(entity, entity.name) for entity in beside]
    sentences = [
        f"It was then that {words} spoke of the harbour and of the weather."
        for _entity, words in named
    ]
    text = canonicalise("".join(f"<p>{sentence}</p>" for sentence in sentences))
    places: list[tuple[Entity, int, int]] = []
    for sentence, (entity, words) in zip(sentences, named, strict=True):
        start = text.text.index(
            sentence, places[-1][2] if places else 0
        ) + sentence.index(words)
        places.append((entity, start, start + len(words)))
    return text.html, text.text, places


def _mention(version: TextVersion, entity: Entity, start: int, end: int) -> Annotation:
    mark = Annotation(
        kind=entity.kind, entity=entity, state=State.LINKED, reason=LinkReason.FULL_NAME
    )
    mark.put_on(version, select(version.text, start, end))
    return mark
