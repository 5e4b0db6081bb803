"""How fast names are found in texts and judged, beside the automaton alone, and how long the
matcher takes to build.

The texts are the stories of `benchmarks.news` about a larger world, a third of them as they are
and the others written letter by letter in Russian and in Kazakh Cyrillic, where two names in
three stand in some case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice
from random import Random

from annotations.core.names.inflection import russian_inflections
from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.core.names.matching_keys import loose_key, word_key
from benchmarks.measure import Timing, interleaved, seconds_of
from benchmarks.news import Story, World

FORMS = 10_000
SIZE = 12_000_000
"""Bytes of UTF-8."""
_PEOPLE, _PLACES = 1_500, 334
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_IN_RUSSIAN = str.maketrans(
    _LATIN + _LATIN.upper(), "абкдефгхижклмнопкрстувшзыз" + "АБКДЕФГХИЖКЛМНОПКРСТУВШЗЫЗ"
)
_IN_KAZAKH = str.maketrans(
    _LATIN + _LATIN.upper(), "әбкдефғһіжқлмнөпкрстұүшзыз" + "ӘБКДЕФҒҺІЖҚЛМНӨПКРСТҰҮШЗЫЗ"
)
_ENDINGS = ("", "", "ның", "ға", "да", "дағы")


@dataclass(frozen=True)
class Matched:
    """What was measured over all texts at once; `built` are the seconds of building, at first
    and again."""

    forms: int
    articles: int
    megabytes: float
    mentions: int
    subject: Timing
    floor: Timing
    built: tuple[float, float]


def measure_matching() -> Matched:
    world = World(people=_PEOPLE, places=_PLACES)
    forms = list(islice(forms_of(world), FORMS))
    texts = list(_up_to_size(texts_of(world)))
    built = _building(forms)
    matcher = Matcher(forms)
    automaton = matcher.finder.automaton
    found = [len(matcher.mentions(text)) for text in texts]
    times = interleaved(
        {
            "mentions": lambda: [matcher.mentions(text) for text in texts],
            "automaton": lambda: [
                automaton.find_matches_as_indexes(text, overlapping=True)
                for text in texts
            ],
        },
        warm_up=1,
    )
    size = sum(len(text.encode()) for text in texts)
    return Matched(
        len(forms),
        len(texts),
        size / 1e6,
        sum(found),
        times["mentions"],
        times["automaton"],
        built,
    )


def _building(forms: list[KnownSpelling]) -> tuple[float, float]:
    """Time building twice: what the process has not yet inflected, and what it has."""
    for kept in (russian_inflections, word_key, loose_key):
        kept.cache_clear()
    return seconds_of(lambda: Matcher(forms)), seconds_of(lambda: Matcher(forms))


def forms_of(world: World) -> Iterator[KnownSpelling]:
    """Yield all names of a world in the three scripts; the entities are numbered, first the
    people."""
    for number, person in enumerate(world.people):
        for name, surname in zip(
            _written(person.name), _written(person.surname), strict=True
        ):
            yield from (
                KnownSpelling(number, name, full=True),
                KnownSpelling(number, surname, full=False),
            )
    for number, place in enumerate(world.places, start=len(world.people)):
        for name in _written(place.name):
            yield KnownSpelling(number, name, full=True, place=True)


def _written(name: str) -> tuple[str, str, str]:
    return name, in_russian_letters(name), in_kazakh_letters(name)


def texts_of(world: World) -> Iterator[str]:
    """Yield texts in the three scripts in turn without end."""
    for number, table in zip(count(), cycle((None, _IN_RUSSIAN, _IN_KAZAKH))):
        story = world.story(number)
        yield _translated(story, table) if table else story.text


def in_russian_letters(name: str) -> str:
    return name.translate(_IN_RUSSIAN)


def in_kazakh_letters(name: str) -> str:
    return name.translate(_IN_KAZAKH)


def _up_to_size(texts: Iterable[str]) -> Iterator[str]:
    size = 0
    for text in texts:
        yield text
        size += len(text.encode())
        if size >= SIZE:
            return


def _translated(story: Story, table: dict[int, int]) -> str:
    random, said, at = Random(story.number), [], 0
    for mention in story.mentions:
        name = story.text[mention.start : mention.end].translate(table)
        said += [
            story.text[at : mention.start].translate(table),
            _in_some_case(name, table, random),
        ]
        at = mention.end
    return "".join([*said, story.text[at:].translate(table)])


def _in_some_case(name: str, table: dict[int, int], random: Random) -> str:
    if table is _IN_KAZAKH:
        return name + random.choice(_ENDINGS)
    return random.choice([name, name, *russian_inflections(name)])
