"""Invented news: articles of about 500 words about people, places and things that do not exist.

Every story has 40 passages to tag: 24 mentions of six people (the full name first, then mostly
the surname), 8 mentions of four places, 6 figures and 2 allegations. Some people are in the
news far more often than others, after Zipf's law, as in real news. The same seed gives the same
stories, and a story depends on nothing but the seed and its number.

    >>> world = World()
    >>> story = world.story(0)
    >>> len(story.mentions), len(story.figures), len(story.claims)
    (32, 6, 2)
    >>> mention = story.mentions[0]
    >>> story.text[mention.start : mention.end] in world.places[mention.index].name
    True

What stands here needs neither Django nor the archive: a story is bytes, as
`archive.ingest.pipeline` takes them in, and offsets (code points, end exclusive) into the text
that it makes of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

PEOPLE = 300
PLACES = 80
RARE = "quillorane"
"""A word of the first five stories and of no other."""
COMMON = "harbour"
"""A word of nearly every story."""

_CAST, _SCENES = 6, 4
_TIMES_NAMED, _TIMES_SEEN = 4, 2
_FILLERS = 9
_IN_A_PARAGRAPH = 3
_FIRST_DAY = date(2001, 1, 1)
_DAYS = 7000


def _listed(words: str) -> list[str]:
    return words.split()


_NOUNS = _listed(
    "harbour council ferry bridge market school clinic road mill quarry union committee court budget contract report "
    "meeting election strike storm flood fire vote tax licence permit company factory warehouse depot station railway "
    "canal dam reservoir pipeline field harvest orchard forest fishery port customs border patrol ministry office "
    "tribunal inquiry archive museum library theatre festival parade square tower roof wall gate tunnel lamp engine "
    "boat truck tram bus ticket wage pension grant loan bank"
)
_ADJECTIVES = _listed(
    "new old northern southern eastern western public private joint annual early late quiet heavy broken narrow open "
    "closed former present local regional national temporary permanent unpaid missing second third wooden stone"
)
_VERBS = _listed(
    "opened closed repaired inspected bought sold delayed announced cancelled doubled halved moved crossed painted "
    "measured counted questioned defended praised rejected reviewed approved planned funded"
)
_PERSON_SENTENCES = (
    "{p} said the {n} had been {v} before the {a} {n} was {v}.",
    "In a statement {p} called the {a} {n} a matter for the {n} and for {w}.",
    "“We {v} the {n}, and nobody asked about the {n},” {p} told the {n}.",
    "{p}, who {v} the {n} last year, wrote to {p} about the {a} {n}.",
    "The {n} was {v} after {p} and the {w} {n} could not agree on a {n}.",
    "Earlier {p} had {v} the {a} {n}, a decision that the {n} in {l} did not welcome.",
    "At the {n} in {l}, {p} {v} the {a} {n} for {w} and left by the {a} gate.",
)
_FILLER_SENTENCES = (
    "The {n} was {v}, then {v} again, and the {a} {n} stayed as it was for {w}.",
    "Nobody at the {n} could say when the {a} {n} would be {v} or by whom.",
    "For years the {w} {n} had been {v} by the {a} {n} without a {n} or a {n}.",
    "The {a} {n} near the {n} {v} the {n} twice, and the harbour stayed open.",
    "Letters about {w} and the {a} {n} were {v} by the {n} during the {n}.",
    "What the {n} {v} is the {a} {n}, and what the {n} needs is {w}.",
)
_FIGURE_SENTENCES = (
    "By evening {figure} in {l}, {p} said.",
    "According to {p}, {figure} after the {n} was {v}.",
    "{p} told the {n} that {figure} in {l}.",
    "By the count of the {a} {n}, {figure} in {l} before the {n} was {v}.",
    "The {n} {v} a list by which {figure} near the {n}.",
    "Two weeks later {figure}, and the {n} was {v}.",
)
_SAID_BY_A_PERSON = 3
_CLAIM_SENTENCES = (
    "{p} accused {p} of having {v} the {n} without a {n}",
    "{p} says that {p} {v} the {a} {n} in secret",
    "{p} denies that {p} ever {v} the {n} for the {n}",
)
_MEASURES = (
    ("houses", "were flooded"),
    ("people", "were hurt"),
    ("miners", "lost their work"),
    ("boats", "were held"),
    ("households", "had no power"),
    ("villagers", "were moved"),
    ("letters", "went missing"),
    ("drivers", "went on strike"),
    ("trees", "were felled"),
    ("workers", "were not paid"),
    ("pupils", "stayed at home"),
    ("windows", "were broken"),
)
_QUALIFIERS = ("exactly", "about", "at_least", "more_than", "fewer_than", "between")
_STATUSES = ("alleged", "alleged", "denied", "corroborated", "charged", "acquitted")
_SYLLABLES = _listed(
    "ba bel cor dan del dor fen gal hol jun kel lor mav mir nel nor ost pel quen rav sel tam tor ul vel vor wen yan "
    "zel zor"
)
_SURNAME_ENDS = _listed("andish orrin ettle aviss odane umber illow askey ernoth ivarn")
_PLACE_ENDS = _listed("mouth stead haven wick ford mere")
_SLOT = re.compile(r"\{(\w+)\}")

T = TypeVar("T")


@dataclass(frozen=True)
class Person:
    first: str
    surname: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.surname}"


@dataclass(frozen=True)
class Place:
    name: str


@dataclass(frozen=True)
class Outlet:
    name: str
    host: str


@dataclass(frozen=True)
class Mention:
    """`index` counts the people or the places of the world; `full` says that the whole name
    stands there."""

    start: int
    end: int
    kind: str
    index: int
    full: bool


@dataclass(frozen=True)
class FigureGiven:
    """`said_by` counts the people of the world; None: the author's own."""

    start: int
    end: int
    low: int
    high: int | None
    qualifier: str
    counted: str
    said_by: int | None


@dataclass(frozen=True)
class Claim:
    start: int
    end: int
    summary: str
    claimant: int
    accused: int
    status: str


@dataclass
class Story:
    """One article as a file (`source`), as the text that the archive makes of it, and what to
    tag in it."""

    number: int
    title: str
    day: date
    outlet: Outlet
    authors: list[str]
    topic: str
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    figures: list[FigureGiven] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def filename(self) -> str:
        return f"story-{self.number}.md"

    @property
    def address(self) -> str:
        return f"https://{self.outlet.host}/{self.day:%Y/%m/%d}/story-{self.number}"

    @property
    def html(self) -> str:
        """The text in canonical HTML: it has no emphasis, no links and no character that HTML
        escapes."""
        return "\n\n".join(
            f"<p>{paragraph}</p>" for paragraph in self.text.split("\n\n")
        )

    @property
    def source(self) -> bytes:
        return (
            f"# {self.title}\n\n{self.day:%B} {self.day.day}, {self.day.year}\n\n**{self.outlet.name}**\n\n"
            f"Author: {', '.join(self.authors)}\n\n{self.text}\n\n"
            f"Topic: {self.topic}\nSource URL: <{self.address}>\n"
        ).encode()


class World:
    """The people, places, outlets and words that all stories share."""

    def __init__(
        self, seed: int = 20111216, people: int = PEOPLE, places: int = PLACES
    ) -> None:
        self._seed = seed
        random = Random(seed)
        firsts = _names(random, 60, ["a", "en", "is", "o", "ra"])
        surnames = _names(random, people, _SURNAME_ENDS)
        self.people = [Person(random.choice(firsts), surname) for surname in surnames]
        self.places = [Place(name) for name in _names(random, places, _PLACE_ENDS)]
        towns = self.places[:12]
        self.outlets = [
            Outlet(f"The {town.name} Gazette", f"{town.name.lower()}-gazette.example")
            for town in towns
        ]
        writers = _names(random, 60, ["sson", "dotter", "kin"])
        self.authors = [f"{random.choice(firsts)} {writer}" for writer in writers]
        self.words = [
            name.lower()
            for name in _names(
                random, 4000, ["ane", "ery", "ium", "ock", "ule"], syllables=3
            )
        ]
        self._people_weights = _zipf(people, 1.3)
        self._places_weights = _zipf(places, 1.0)
        self._words_weights = _zipf(len(self.words), 1.0)

    def story(self, number: int) -> Story:
        random = Random(f"{self._seed}:{number}")
        cast = self._some(random, self._people_weights, _CAST)
        scenes = self._some(random, self._places_weights, _SCENES)
        story = Story(
            number=number,
            title=self._title(random, scenes[0]),
            day=_FIRST_DAY + timedelta(random.randrange(_DAYS)),
            outlet=random.choice(self.outlets),
            authors=random.sample(self.authors, random.choice((1, 1, 1, 2))),
            topic=random.choice(_NOUNS).capitalize(),
        )
        _Writer(self, random, story, cast, scenes).write()
        return story

    def word(self, random: Random) -> str:
        return random.choices(self.words, cum_weights=self._words_weights)[0]

    def _title(self, random: Random, scene: int) -> str:
        noun, verb, word = (
            random.choice(_NOUNS),
            random.choice(_VERBS),
            self.word(random),
        )
        return f"{random.choice(_ADJECTIVES).capitalize()} {noun} {verb} in {self.places[scene].name} over {word}"

    @staticmethod
    def _some(random: Random, weights: Sequence[float], count: int) -> list[int]:
        """Draw `count` different indices."""
        drawn: dict[int, None] = {}
        while len(drawn) < count:
            drawn[random.choices(range(len(weights)), cum_weights=weights)[0]] = None
        return list(drawn)


class _Writer:
    """Writes one story sentence by sentence, and notes where what is to be tagged stands."""

    def __init__(
        self,
        world: World,
        random: Random,
        story: Story,
        cast: list[int],
        scenes: list[int],
    ) -> None:
        self._world, self._random, self._story = world, random, story
        self._people = _shuffled(random, cast * _TIMES_NAMED)
        self._places = [scenes[0], *_shuffled(random, (scenes * _TIMES_SEEN)[1:])]
        self._named: set[int] = set()
        self._said: list[str] = []
        self._at = 0

    def write(self) -> None:
        self._place()
        self._say(" — ")
        for number, kind in enumerate(self._plan()):
            if number:
                self._say("\n\n" if number % _IN_A_PARAGRAPH == 0 else " ")
            if kind == "figure":
                self._figure(len(self._story.figures))
            elif kind == "claim":
                self._claim()
            else:
                self._sentence(kind)
        self._story.text = "".join(self._said)

    def _plan(self) -> list[str]:
        """Choose sentences that use up all names of people and places, in an order of their
        own."""
        people = len(self._people) - _SAID_BY_A_PERSON - 2 * 2
        places = len(self._places) - sum(
            "{l}" in sentence for sentence in _FIGURE_SENTENCES
        )
        chosen: list[str] = []
        while people:
            fitting = [
                s
                for s in _PERSON_SENTENCES
                if s.count("{p}") <= people and s.count("{l}") <= places
            ]
            chosen.append(self._random.choice(fitting))
            people -= chosen[-1].count("{p}")
            places -= chosen[-1].count("{l}")
        chosen += [
            f"People in {{l}} {self._random.choice(_VERBS)} the {{n}} all the same."
        ] * places
        chosen += self._random.choices(_FILLER_SENTENCES, k=_FILLERS)
        return _shuffled(
            self._random,
            [*chosen, *["figure"] * len(_FIGURE_SENTENCES), "claim", "claim"],
        )

    def _sentence(self, pattern: str) -> list[int]:
        """Say a pattern with its slots filled; return the people who are named in it."""
        named: list[int] = []
        for index, part in enumerate(_SLOT.split(pattern)):
            if index % 2 == 0:
                self._say(part)
            elif part == "p":
                named.append(self._person(unlike=named))
            elif part == "l":
                self._place()
            elif part == "figure":
                self._amount()
            else:
                self._say(self._word(part))
        return named

    def _person(self, unlike: list[int]) -> int:
        at = next(
            (n for n, person in enumerate(self._people) if person not in unlike), 0
        )
        index = self._people.pop(at)
        full = index not in self._named or self._random.random() < 0.1
        self._named.add(index)
        person = self._world.people[index]
        start = self._say(person.name if full else person.surname)
        self._story.mentions.append(Mention(start, self._at, "person", index, full))
        return index

    def _place(self) -> None:
        index = self._places.pop(0)
        start = self._say(self._world.places[index].name)
        self._story.mentions.append(Mention(start, self._at, "place", index, full=True))

    def _figure(self, number: int) -> None:
        said_by = self._sentence(_FIGURE_SENTENCES[number])
        start, end, low, high, qualifier, counted = self._given
        who = said_by[0] if said_by else None
        self._story.figures.append(
            FigureGiven(start, end, low, high, qualifier, counted, who)
        )

    def _amount(self) -> None:
        low, qualifier = (
            self._random.randrange(3, 2000),
            self._random.choice(_QUALIFIERS),
        )
        high = low + self._random.randrange(1, 500) if qualifier == "between" else None
        things, happened = self._random.choice(_MEASURES)
        words = {"exactly": "", "between": "between "}.get(
            qualifier, qualifier.replace("_", " ") + " "
        )
        amount = f"{words}{low:,}" + (f" and {high:,}" if high else "")
        start = self._say(f"{amount} {things} {happened}")
        self._given = (
            start,
            self._at,
            low,
            high,
            qualifier,
            f"{things} that {happened}",
        )

    def _claim(self) -> None:
        start = self._at
        claimant, accused = self._sentence(self._random.choice(_CLAIM_SENTENCES))
        end = self._at
        self._say(".")
        names = [self._world.people[index].name for index in (claimant, accused)]
        summary = f"{names[1]} had a hand in the {self._random.choice(_NOUNS)} over {self._world.word(self._random)}."
        self._story.claims.append(
            Claim(
                start, end, summary, claimant, accused, self._random.choice(_STATUSES)
            )
        )

    def _word(self, slot: str) -> str:
        if slot == "w":
            is_rare = self._story.number < 5 and RARE not in "".join(self._said)
            return RARE if is_rare else self._world.word(self._random)
        return self._random.choice({"n": _NOUNS, "a": _ADJECTIVES, "v": _VERBS}[slot])

    def _say(self, words: str) -> int:
        """Add words; return where they begin."""
        start = self._at
        self._said.append(words)
        self._at += len(words)
        return start


def _shuffled(random: Random, items: list[T]) -> list[T]:
    return random.sample(items, len(items))


def _names(
    random: Random, count: int, ends: list[str], syllables: int = 2
) -> list[str]:
    """Invent `count` different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        stem = "".join(random.choice(_SYLLABLES) for _ in range(syllables))
        found[(stem + random.choice(ends)).capitalize()] = None
    return list(found)


def _zipf(count: int, exponent: float) -> list[float]:
    """Return cumulated weights: the n-th is drawn in proportion to (n + 2) to the power of
    -exponent."""
    return list(accumulate((rank + 2) ** -exponent for rank in range(1, count + 1)))
