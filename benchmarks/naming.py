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
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.db import connection, transaction

from annotations.core.names.inflection import russian_inflections
from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.entities.spellings import add_spellings
from annotations.linking.linker import articles_with, link_articles
from annotations.models import Act, Annotation, Entity, Kind
from archive.batches import batched
from archive.models import Article, User
from archive.roles import Role
from benchmarks.inserts import Insert, rows_of
from benchmarks.load import load_entities, load_versions, made
from benchmarks.matching import (
    PEOPLE,
    PLACES,
    in_russian_letters,
    in_three_scripts,
    texts_of,
)
from benchmarks.measure import Query, Timing, queries, seconds_of
from benchmarks.news import World, surname_of
from benchmarks.table import Row, at_most

# Seconds.
AIM = 1
HITS = 50
# Names that nobody is known by, in each script.
_NAMES = 4
# The first is a warm-up.
_ROUNDS = 6
_AT_ONCE = 1000
_SEED = 20111219

T = TypeVar("T")
# Who is to bear a name that is still unknown.
Bearers = dict[str, Entity]
Times = dict[str, float]


def load_short_articles(articles: int) -> dict[str, Bearers]:
    """Fill the archive; return the names that are still unknown, by script."""
    fewest = 2 * HITS * _NAMES
    if articles < fewest:
        raise ValueError(f"{articles} articles are too few: names need {fewest}.")
    world = World(_SEED, PEOPLE, PLACES)
    people = []
    for name in world.people:
        people.append(in_three_scripts(name) + in_three_scripts(surname_of(name)))
    load_entities(Kind.PERSON, people)
    load_entities(Kind.PLACE, map(in_three_scripts, world.places))
    latin = world.authors[:_NAMES]
    russian = list(map(in_russian_letters, world.authors[_NAMES : 2 * _NAMES]))
    texts = islice(_paragraphs(texts_of(world)), articles)
    with_names = _with_names(texts, latin + russian, every=articles // HITS)
    loaded: list[int] = []
    for some in batched(list(with_names), _AT_ONCE):
        loaded += _load(some, len(loaded))
    link_articles(loaded)
    return {"Latin": _bearers(latin), "Russian": _bearers(russian)}


def measure_naming(unknown: dict[str, Bearers]) -> Iterator[Row]:
    curator = User.objects.create_user("curator", role=Role.CURATOR)
    for script, bearers in unknown.items():
        times = _in_rounds(lambda pair: _name_once(*pair, curator), bearers.items())
        floor = times["floor"].median
        row = _row(f"adding a spelling, {script}", HITS, times["add"])
        yield row | {
            "search and inserts ms": 1000 * floor,
            "× that": times["add"].median / floor,
        }
        yield _row("… undone", HITS, times["undo"])
    first, second = islice(unknown["Latin"].items(), 2)
    for name, entity in (first, second):
        add_spellings(entity, [name], curator)
    pairs = [(first[1], second[1])] * _NAMES
    times = _in_rounds(lambda pair: _merge_once(*pair, curator), pairs)
    yield _row("merging two people", 2 * HITS, times["merge"])
    yield _row("… undone", 2 * HITS, times["undo"])


def _row(what: str, mentions: int, timing: Timing) -> dict[str, Any]:
    aim = at_most(timing.median, AIM, " s")
    return {"what": what, "mentions": mentions, **timing.cells, "aim": aim}


def _in_rounds(run: Callable[[T], Times], subjects: Iterable[T]) -> dict[str, Timing]:
    subjects = list(subjects)
    taken: dict[str, list[float]] = defaultdict(list)
    for number in range(_ROUNDS):
        for subject in subjects:
            for what, seconds in run(subject).items():
                if number:
                    taken[what].append(seconds)
    return {what: Timing(tuple(times)) for what, times in taken.items()}


def _name_once(name: str, entity: Entity, curator: User) -> Times:
    acts: list[Act] = []

    def add() -> None:
        act, _linked = add_spellings(entity, [name], curator)
        acts.append(act)

    taken = {"add": seconds_of(add)}
    found = Annotation.objects.filter(entity=entity)
    _expect(entity, HITS)
    rows = rows_of(Annotation._meta.db_table, "entity_id", entity.pk)
    taken["undo"] = seconds_of(lambda: undo(acts[0], curator))
    with queries() as asked:
        articles_with([name])
    taken["floor"] = seconds_of(lambda: _ask_and_insert(asked, rows))
    found._raw_delete(found.db)
    return taken


def _merge_once(entity: Entity, into: Entity, curator: User) -> Times:
    acts: list[Act] = []
    merged = seconds_of(
        lambda: acts.append(merge(entity, into, curator, "they are one"))
    )
    _expect(into, 2 * HITS)
    return {"merge": merged, "undo": seconds_of(lambda: undo(acts[0], curator))}


def _expect(entity: Entity, mentions: int) -> None:
    found = entity.mentions.count()
    if found != mentions:
        raise ValueError(f"{entity} has {found} mentions and not {mentions}.")


def _ask_and_insert(asked: list[Query], rows: Insert) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            for query in asked:
                cursor.execute(query.sql, query.parameters)
                cursor.fetchall()
        rows.run()


def _bearers(names: list[str]) -> Bearers:
    """Make somebody for each name, by another that stands in no text."""
    others = [[f"{name.replace(' ', 'x')}q"] for name in names]
    entities = load_entities(Kind.PERSON, others)
    return dict(zip(names, entities, strict=True))


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    """Part texts into pieces of two paragraphs, about a hundred words."""
    for text in texts:
        for two in batched(text.split("\n\n"), 2):
            yield "\n\n".join(two)


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


def _load(texts: list[str], first: int) -> list[int]:
    """Make articles, numbered from `first` on; return their keys."""
    with transaction.atomic():
        numbers = range(first, first + len(texts))
        articles = made(Article(slug=f"short-{n}", title=f"Short {n}") for n in numbers)
        load_versions(articles, texts)
    return [article.pk for article in articles]
