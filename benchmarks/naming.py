"""How long a curator waits until a new spelling is linked wherever it stands, beside the bare
work that this is.

The articles are paragraphs of stories in three scripts (`benchmarks.matching`), about 100 words
each, in which 10,000 spellings are known and linked. Into 50 of them for each, spread over the
archive, a name is written by which nobody is known yet. It is added as the pages do it, and
that is undone; then two people with 50 mentions each are merged, and that is undone too.
Undoing leaves the archive as it was, so that all can be done again and again.

The floor asks the search index for the words of the name, and inserts the very rows that adding
it has made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.db import connection, transaction

from annotations.core.names.inflection import russian_inflections
from annotations.core.names.matcher import KnownSpelling
from annotations.core.names.scripts import script_of
from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.entities.spellings import add_spellings
from annotations.linking.linker import articles_with, link_articles
from annotations.models import Act, Annotation, Entity, Kind, Spelling
from archive.models import Article, TextVersion, User, sha256_of
from archive.roles import Role
from benchmarks.load import made, show_versions
from benchmarks.matching import FORMS, forms_of, in_russian_letters, texts_of
from benchmarks.measure import Query, Timing, queries, seconds_of
from benchmarks.news import World

HITS = 50
_NAMES = 4
"""Names that nobody is known by, in each script."""
_ROUNDS = 6
"""The first is a warm-up."""
_WORDS = 100
_PEOPLE = 1_700
_AT_ONCE = 1000
_SEED = 20111219

T = TypeVar("T")


@dataclass(frozen=True)
class Named:
    """What was measured of one thing that a curator does; the floor is None where nothing so
    bare does the same."""

    what: str
    hits: int
    subject: Timing
    floor: Timing | None = None


@dataclass(frozen=True)
class Unknown:
    """A name, as it is to be added, and who is to bear it."""

    text: str
    entity: Entity


def load_short_articles(articles: int) -> dict[str, list[Unknown]]:
    """Fill the archive; return the names that are still unknown, by script."""
    world = World(_SEED, people=_PEOPLE)
    _load_known(islice(dict.fromkeys(forms_of(world)), FORMS))
    latin, russian_names = (
        world.authors[:_NAMES],
        map(in_russian_letters, world.authors[_NAMES : 2 * _NAMES]),
    )
    unknown = {"Latin": latin, "Russian": list(russian_names)}
    names = [name for some in unknown.values() for name in some]
    if articles < HITS * len(names):
        raise ValueError(
            f"{articles} articles are too few: {HITS} each for {len(names)} names."
        )
    texts = islice(_paragraphs(texts_of(world)), articles)
    told = _with_names(texts, names, every=articles // HITS)
    first = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    while some := list(islice(told, _AT_ONCE)):
        _load(some)
    link_articles(Article.objects.filter(pk__gt=first).values_list("pk", flat=True))
    return {script: list(map(_unknown, some)) for script, some in unknown.items()}


def measure_naming(unknown: dict[str, list[Unknown]]) -> Iterator[Named]:
    curator = User.objects.create_user("curator", role=Role.CURATOR)
    for script, names in unknown.items():
        times = _in_rounds(names, partial(_name_once, curator=curator))
        yield Named(f"adding a spelling, {script}", HITS, times["add"], times["floor"])
        yield Named("… undone", HITS, times["undo"])
    first, second = unknown["Latin"][:2]
    for name in (first, second):
        add_spellings(name.entity, [name.text], curator)
    times = _in_rounds(
        [(first.entity, second.entity)] * _NAMES, partial(_merge_once, curator=curator)
    )
    yield Named("merging two people", 2 * HITS, times["merge"])
    yield Named("… undone", 2 * HITS, times["undo"])


def _in_rounds(
    subjects: list[T], run: Callable[[T], dict[str, float]]
) -> dict[str, Timing]:
    taken: dict[str, list[float]] = defaultdict(list)
    for number, subject in enumerate(subjects * _ROUNDS):
        for what, seconds in run(subject).items():
            taken[what] += [seconds] if number >= len(subjects) else []
    return {what: Timing(tuple(times)) for what, times in taken.items()}


def _name_once(name: Unknown, curator: User) -> dict[str, float]:
    acts: list[Act] = []
    taken = {
        "add": seconds_of(
            lambda: acts.append(add_spellings(name.entity, [name.text], curator)[0])
        )
    }
    found = Annotation.objects.filter(entity=name.entity)
    if found.count() != HITS:
        raise ValueError(
            f"{name.text} was linked {found.count()} times and not {HITS}."
        )
    rows = _rows_of(name.entity)
    taken["undo"] = seconds_of(lambda: undo(acts[0], curator))
    with queries() as asked:
        articles_with([name.text])
    taken["floor"] = seconds_of(lambda: _ask_and_insert(asked, *rows))
    found._raw_delete(found.db)
    return taken


def _merge_once(pair: tuple[Entity, Entity], curator: User) -> dict[str, float]:
    entity, into = pair
    acts: list[Act] = []
    taken = {
        "merge": seconds_of(
            lambda: acts.append(merge(entity, into, curator, "they are one"))
        )
    }
    if into.mentions.count() != 2 * HITS:
        raise ValueError(
            f"{into} has {into.mentions.count()} mentions and not {2 * HITS}."
        )
    return taken | {"undo": seconds_of(lambda: undo(acts[0], curator))}


def _rows_of(entity: Entity) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the mentions of `entity` as a statement that would insert them, and its rows."""
    table = Annotation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE entity_id = %s", [entity.pk])  # noqa: S608 our own name
        names = [connection.ops.quote_name(column[0]) for column in cursor.description]
        marks = ", ".join(["%s"] * len(names))
        insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        return insert, cursor.fetchall()


def _ask_and_insert(
    asked: list[Query], insert: str, rows: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for query in asked:
            cursor.execute(query.sql, query.parameters)
            cursor.fetchall()
        cursor.executemany(insert, rows)


def _load_known(forms: Iterable[KnownSpelling]) -> None:
    named: dict[int, list[KnownSpelling]] = defaultdict(list)
    for form in forms:
        named[form.entity].append(form)
    entities = made(
        [
            Entity(
                kind=Kind.PLACE if some[0].place else Kind.PERSON,
                name=some[0].text,
                slug=f"known-{number}",
            )
            for number, some in named.items()
        ]
    )
    pairs = [
        (entity, form.text)
        for entity, some in zip(entities, named.values(), strict=True)
        for form in some
    ]
    made(
        [
            Spelling(entity=entity, text=text, script=script_of(text))
            for entity, text in pairs
        ]
    )


def _unknown(text: str) -> Unknown:
    """Make somebody by a name that stands in no text; the one that does is to be added."""
    entity = Entity.objects.create(kind=Kind.PERSON, name=f"{text.replace(' ', 'x')}q")
    Spelling.objects.create(entity=entity, text=entity.name)
    return Unknown(text, entity)


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    """Part texts into paragraphs, so many together as have a hundred words."""
    for text in texts:
        together: list[str] = []
        for paragraph in text.split("\n\n"):
            together.append(paragraph)
            if sum(part.count(" ") for part in together) >= _WORDS:
                yield "\n\n".join(together)
                together = []


def _with_names(texts: Iterable[str], names: list[str], every: int) -> Iterator[str]:
    """Add a sentence with one of `names` in turn to the first texts of each `every`, 50 times
    each."""
    random = Random(_SEED)
    for number, text in enumerate(texts):
        cycle, at = divmod(number, every)
        if cycle < HITS and at < len(names):
            name = random.choice([names[at], *russian_inflections(names[at])])
            text = f"{text} Nobody asked {name} about it."
        yield text


def _load(texts: list[str]) -> None:
    with transaction.atomic():
        start = Article.objects.count()
        articles = made(
            [
                Article(slug=f"short-{start + n}", title=f"Short {start + n}")
                for n in range(len(texts))
            ]
        )
        made(
            [
                _version(article, text)
                for article, text in zip(articles, texts, strict=True)
            ]
        )
        show_versions(articles)


def _version(article: Article, text: str) -> TextVersion:
    html = "\n\n".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return TextVersion(
        article=article, number=1, html=html, text=text, sha256=sha256_of(text.encode())
    )
