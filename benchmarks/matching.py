"""How fast names are found in texts and judged, beside the automaton alone, and how long the
matcher takes to build.

The texts are the stories of `benchmarks.news` about a larger world, a third of them as they are
and the others written letter by letter in Russian and in Kazakh Cyrillic, where two names in
three stand in some case.
"""

from collections.abc import Iterator
from itertools import count, cycle
from random import Random

from annotations.core.names.inflection import russian_inflections
from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.core.names.matching_keys import loose_key, word_key
from benchmarks.measure import interleaved, seconds_of
from benchmarks.news import Story, World, surname_of
from benchmarks.table import Row, at_least

# MB/s.
AIM = 5
# Of a world whose people have six spellings and whose places have three: 10,000 in all.
PEOPLE, PLACES = 1_500, 334
# Bytes of UTF-8.
SIZE = 12_000_000
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN, _KAZAKH = "абкдефгхижклмнопкрстувшзыз", "әбкдефғһіжқлмнөпкрстұүшзыз"
_IN_RUSSIAN = str.maketrans(_LATIN + _LATIN.upper(), _RUSSIAN + _RUSSIAN.upper())
_IN_KAZAKH = str.maketrans(_LATIN + _LATIN.upper(), _KAZAKH + _KAZAKH.upper())
_ENDINGS = ("", "", "ның", "ға", "да", "дағы")


def measure_matching() -> Iterator[Row]:
    world = World(people=PEOPLE, places=PLACES)
    spellings = list(known_spellings(world))
    texts = list(_up_to_size(texts_of(world)))
    # What the process has inflected already would make the first building faster.
    for kept in (russian_inflections, word_key, loose_key):
        kept.cache_clear()
    first, again = (seconds_of(lambda: Matcher(spellings)) for _ in range(2))
    matcher = Matcher(spellings)
    find = matcher.finder.automaton.find_matches_as_indexes
    times = interleaved(
        {
            "mentions": lambda: [matcher.mentions(text) for text in texts],
            "automaton": lambda: [find(text, overlapping=True) for text in texts],
        },
        warm_up=1,
    )
    size = sum(len(text.encode()) for text in texts) / 1e6
    rate, floor = size / times["mentions"].median, size / times["automaton"].median
    yield {
        "spellings": len(spellings),
        "articles": len(texts),
        "MB": size,
        "mentions": sum(len(matcher.mentions(text)) for text in texts),
        "MB/s": rate,
        "aim": at_least(rate, AIM),
        "bare automaton MB/s": floor,
        "of the bare rate": rate / floor,
        "built in s": first,
        "again": again,
    }


def in_three_scripts(name: str) -> list[str]:
    return [name, in_russian_letters(name), in_kazakh_letters(name)]


def in_russian_letters(name: str) -> str:
    return name.translate(_IN_RUSSIAN)


def in_kazakh_letters(name: str) -> str:
    return name.translate(_IN_KAZAKH)


def known_spellings(world: World) -> Iterator[KnownSpelling]:
    """Yield all names of a world in the three scripts; the entities are numbered, first the
    people."""
    for number, name in enumerate(world.people):
        for spelling in in_three_scripts(name):
            yield KnownSpelling(number, spelling, full=True)
        for spelling in in_three_scripts(surname_of(name)):
            yield KnownSpelling(number, spelling, full=False)
    for number, name in enumerate(world.places, start=len(world.people)):
        for spelling in in_three_scripts(name):
            yield KnownSpelling(number, spelling, full=True, place=True)


def texts_of(world: World) -> Iterator[str]:
    """Yield texts in the three scripts in turn without end."""
    for number, table in zip(count(), cycle((None, _IN_RUSSIAN, _IN_KAZAKH))):
        story = world.story(number)
        yield _translated(story, table) if table else story.text


def _up_to_size(texts: Iterator[str]) -> Iterator[str]:
    size = 0
    while size < SIZE:
        text = next(texts)
        size += len(text.encode())
        yield text


def _translated(story: Story, table: dict[int, int]) -> str:
    random, at = Random(story.number), 0
    text = ""
    for mention in story.mentions:
        text += story.text[at : mention.start].translate(table)
        name = story.text[mention.start : mention.end].translate(table)
        if table is _IN_KAZAKH:
            text += name + random.choice(_ENDINGS)
        else:
            text += random.choice([name, name, *russian_inflections(name)])
        at = mention.end
    return text + story.text[at:].translate(table)
