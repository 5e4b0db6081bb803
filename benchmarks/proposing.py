"""How long the entity box takes to say whom some words may mean, beside a plain `LIKE` over all
spellings.

10,000 people and places are known by three spellings each, in Latin and Cyrillic letters, and
stories mention them, some of them often. `LIKE` finds less: neither other scripts nor near
spellings, and says nothing of mentions.
"""

from collections.abc import Iterator
from functools import partial

from django.db import connection

from annotations.core.names.autocomplete import IndexedSpelling, NameIndex
from annotations.linking.candidates import known_names, proposed
from annotations.models import Entity, Kind, Spelling
from archive.models import Article, User
from archive.roles import Role
from benchmarks.load import load_spellings, load_stories
from benchmarks.matching import in_kazakh_letters, in_russian_letters
from benchmarks.measure import interleaved, queries, seconds_of
from benchmarks.news import World
from benchmarks.table import Row, at_most

# Milliseconds.
AIM = 10
PEOPLE, PLACES = 8_000, 2_000
_SEED = 20111218
_LIKE = """SELECT DISTINCT f.entity_id FROM annotations_spelling f JOIN annotations_entity e ON e.id = f.entity_id
    WHERE e.kind = %s AND f.text LIKE %s LIMIT 8"""


def load_names(articles: int) -> World:
    """Fill the archive with stories, and give all whom they mention three spellings."""
    world = World(_SEED, people=PEOPLE, places=PLACES)
    entities = load_stories(world, articles).entities
    load_spellings(
        (entities[name], [in_russian_letters(name)]) for name in world.people
    )
    load_spellings(
        (entities[name], [in_russian_letters(name), in_kazakh_letters(name)])
        for name in world.places
    )
    return world


def measure_learning() -> Iterator[Row]:
    """Measure how long it takes until the index is there: from nothing, again, and when one
    spelling came."""
    spellings = Spelling.objects.values_list("entity", "entity__kind", "text")
    rows = [IndexedSpelling(*row) for row in spellings]
    first, again = (seconds_of(lambda: NameIndex(rows)) for _ in range(2))
    known_names()
    entity = Entity.objects.create(kind=Kind.PERSON, name="Somebody Newcome")
    load_spellings([(entity, [entity.name])])
    yield {
        "index made in s": first,
        "again": again,
        "one more": seconds_of(known_names),
    }


def measure_proposing(world: World) -> Iterator[Row]:
    editor = User.objects.create_user("editor", role=Role.EDITOR)
    article = Article.objects.earliest("pk")
    often, seldom = world.people[0], world.people[-1]
    letters = seldom.split()[1][:5]
    typed = {
        "a name that stands often": often,
        "one that stands seldom": seldom,
        "the same in Cyrillic letters": in_russian_letters(seldom),
        "five letters of a surname": letters,
        "the same in Cyrillic": in_russian_letters(letters),
        "one letter": seldom[0],
        "a first name that many have": often.split()[0],
        "a name that nobody has": "Qwzx Xzwq",
    }
    for what, words in typed.items():
        propose = partial(proposed, Kind.PERSON, words, editor, article=article)
        with queries() as asked:
            found = propose()
        times = interleaved({"proposed": propose, "like": partial(_like, words)})
        median, floor = times["proposed"].median, times["like"].median
        yield {
            "what is typed": what,
            "proposals": len(found),
            "queries": len(asked),
            **times["proposed"].cells,
            "aim": at_most(1000 * median, AIM, " ms"),
            "`LIKE` ms": 1000 * floor,
            "× that": median / floor,
        }


def _like(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [Kind.PERSON, f"%{words}%"])
        cursor.fetchall()
