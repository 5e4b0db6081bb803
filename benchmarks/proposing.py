"""How long the entity box takes to say whom some words may mean, beside a plain `LIKE` over all
spellings.

10,000 people and places are known by three spellings each, in Latin and Cyrillic letters, and
stories mention them, some of them often. `LIKE` finds less: neither other scripts nor near
spellings, and says nothing of mentions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from annotations.core.names.autocomplete import IndexedSpelling, NameIndex
from annotations.core.names.scripts import script_of
from annotations.linking.candidates import known_names, proposed
from annotations.models import Entity, Kind, Spelling
from archive.models import Article, User
from archive.roles import Role
from benchmarks.load import load_known, load_stories, made
from benchmarks.matching import in_kazakh_letters, in_russian_letters
from benchmarks.measure import Timing, interleaved, queries, seconds_of
from benchmarks.news import World

PEOPLE, PLACES = 8_000, 2_000
_LIKE = """SELECT DISTINCT f.entity_id FROM annotations_nameform f JOIN annotations_entity e ON e.id = f.entity_id
    WHERE e.kind = %s AND f.text LIKE %s LIMIT 8"""


@dataclass(frozen=True)
class Proposed:
    """What was measured of one thing that is typed."""

    what: str
    proposals: int
    queries: int
    subject: Timing
    floor: Timing


@dataclass(frozen=True)
class Learned:
    """Seconds until the index is there: from nothing, again, and when one spelling came."""

    first: float
    again: float
    one: float


def load_names(articles: int) -> World:
    """Fill the archive with stories, and give all whom they mention three spellings."""
    world = World(people=PEOPLE, places=PLACES)
    stories = [world.story(number) for number in range(articles)]
    known = load_known(world, (story.topic for story in stories))
    load_stories(known, stories)
    more = [
        (entity, in_russian_letters(entity.name))
        for entity in [*known.people, *known.places]
    ]
    more += [(entity, in_kazakh_letters(entity.name)) for entity in known.places]
    made(
        [
            Spelling(entity=entity, text=text, script=script_of(text))
            for entity, text in dict.fromkeys(more)
        ]
    )
    return world


def measure_learning() -> Learned:
    rows = [
        IndexedSpelling(*row)
        for row in Spelling.objects.values_list("entity", "entity__kind", "text")
    ]
    first, again = (seconds_of(lambda: NameIndex(rows)) for _ in range(2))
    known_names()
    entity = Entity.objects.create(kind=Kind.PERSON, name="Somebody Newcome")
    Spelling.objects.create(entity=entity, text=entity.name)
    return Learned(first, again, seconds_of(known_names))


def measure_proposing(world: World) -> Iterator[Proposed]:
    editor = User.objects.create_user("editor", role=Role.EDITOR)
    article = Article.objects.earliest("pk")
    often, seldom = world.people[0].name, world.people[-1].name
    typed = {
        "a name that stands often": often,
        "one that stands seldom": seldom,
        "the same in Cyrillic letters": in_russian_letters(seldom),
        "five letters of a surname": seldom.split()[1][:5],
        "the same in Cyrillic": in_russian_letters(seldom.split()[1][:5]),
        "one letter": seldom[0],
        "a first name that many have": often.split()[0],
        "a name that nobody has": "Qwzx Xzwq",
    }
    for what, words in typed.items():
        with queries() as asked:
            found = proposed(Kind.PERSON, words, editor, article=article)
        times = interleaved(
            {
                "proposed": lambda words=words: proposed(
                    Kind.PERSON, words, editor, article=article
                ),  # type: ignore[misc]
                "like": lambda words=words: _like(words),  # type: ignore[misc]
            }
        )
        yield Proposed(what, len(found), len(asked), times["proposed"], times["like"])


def _like(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [Kind.PERSON, f"%{words}%"])
        cursor.fetchall()
