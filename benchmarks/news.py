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
    >>> story.text[mention.start : mention.end] == mention.name
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
from typing import Any, NamedTuple

PEOPLE = 300
PLACES = 80
# A word of the first five stories and of no other.
RARE = "quillorane"
# A word of nearly every story.
COMMON = "harbour"

_CAST, _SCENES = 6, 4
_TIMES_NAMED, _TIMES_SEEN = 4, 2
_IN_A_PARAGRAPH = 3
_FIRST_DAY = date(2001, 1, 1)
_DAYS = 7000


_NOUNS = (
    "harbour council ferry bridge market school clinic road mill quarry union committee court budget contract report "
    "meeting election strike storm flood fire vote tax licence permit company factory warehouse depot station railway "
    "canal dam reservoir pipeline field harvest orchard forest fishery port customs border patrol ministry office "
    "tribunal inquiry archive museum library theatre festival parade square tower roof wall gate tunnel lamp engine "
    "boat truck tram bus ticket wage pension grant loan bank"
).split()
_ADJECTIVES = (
    "new old northern southern eastern western public private joint annual early late quiet heavy broken narrow open "
    "closed former present local regional national temporary permanent unpaid missing second third wooden stone"
).split()
_VERBS = (
    "opened closed repaired inspected bought sold delayed announced cancelled doubled halved moved crossed painted "
    "measured counted questioned defended praised rejected reviewed approved planned funded"
).split()
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
_CLAIM_SENTENCES = (
    "{p} accused {p} of having {v} the {n} without a {n}.",
    "{p} denies that {p} ever {v} the {n} for the {n}.",
)
# The sentences of each story: together with the place at its beginning they name people 24
# times and places 8 times.
_PATTERNS = (
    *_PERSON_SENTENCES * 2,
    _PERSON_SENTENCES[0],
    *_FILLER_SENTENCES,
    *_FILLER_SENTENCES[:3],
    *_FIGURE_SENTENCES,
    *_CLAIM_SENTENCES,
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
_QUALIFIERS = (
    ("exactly", "{}"),
    ("about", "about {}"),
    ("at_least", "at least {}"),
    ("more_than", "more than {}"),
    ("fewer_than", "fewer than {}"),
    ("between", "between {} and {}"),
)
_STATUSES = ("alleged", "alleged", "denied", "corroborated", "charged", "acquitted")
_SYLLABLES = (
    "ba bel cor dan del dor fen gal hol jun kel lor mav mir nel nor ost pel quen rav sel tam tor ul vel vor wen yan "
    "zel zor"
).split()
_SURNAME_ENDS = "andish orrin ettle aviss odane umber illow askey ernoth ivarn"
_PLACE_ENDS = "mouth stead haven wick ford mere"
_SLOT = re.compile(r"\{(\w+)\}")


class Mention(NamedTuple):
    """`full` says that the whole name stands there."""

    start: int
    end: int
    name: str
    full: bool


class Passage(NamedTuple):
    """What is to be tagged as a figure or an allegation, with the fields of that."""

    start: int
    end: int
    fields: dict[str, Any]


@dataclass
class Story:
    """One article as a file (`source`), as the text that the archive makes of it, and what to
    tag in it."""

    number: int
    title: str
    day: date
    outlet: str
    authors: list[str]
    topic: str
    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    figures: list[Passage] = field(default_factory=list)
    claims: list[Passage] = field(default_factory=list)

    @property
    def filename(self) -> str:
        return f"story-{self.number}.md"

    @property
    def address(self) -> str:
        host = host_of(self.outlet)
        return f"https://{host}/{self.day:%Y/%m/%d}/story-{self.number}"

    @property
    def source(self) -> bytes:
        return (
            f"# {self.title}\n\n"
            f"{self.day:%B} {self.day.day}, {self.day.year}\n\n"
            f"**{self.outlet}**\n\n"
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
        firsts = _names(random, 60, "a en is o ra")
        surnames = _names(random, people, _SURNAME_ENDS)
        self.people = [f"{random.choice(firsts)} {surname}" for surname in surnames]
        self.places = _names(random, places, _PLACE_ENDS)
        self.outlets = [f"The {town} Gazette" for town in self.places[:12]]
        writers = _names(random, 60, "sson dotter kin")
        self.authors = [f"{random.choice(firsts)} {writer}" for writer in writers]
        self.topics = [noun.capitalize() for noun in _NOUNS]
        words = _names(random, 4000, "ane ery ium ock ule", syllables=3)
        self._words = [word.lower() for word in words]
        self._people_weights = _zipf(people, 1.3)
        self._places_weights = _zipf(places, 1.0)
        self._words_weights = _zipf(len(words), 1.0)

    def story(self, number: int) -> Story:
        random = Random(f"{self._seed}:{number}")
        cast = _some(random, self.people, self._people_weights, _CAST)
        scenes = _some(random, self.places, self._places_weights, _SCENES)
        adjective = random.choice(_ADJECTIVES).capitalize()
        noun, verb = random.choice(_NOUNS), random.choice(_VERBS)
        story = Story(
            number=number,
            title=f"{adjective} {noun} {verb} in {scenes[0]} over {self.word(random)}",
            day=_FIRST_DAY + timedelta(random.randrange(_DAYS)),
            outlet=random.choice(self.outlets),
            authors=random.sample(self.authors, random.choice((1, 1, 1, 2))),
            topic=random.choice(self.topics),
        )
        _Writer(self, random, story, cast, scenes).write()
        return story

    def word(self, random: Random) -> str:
        return random.choices(self._words, cum_weights=self._words_weights)[0]


class _Writer:
    """Writes one story sentence by sentence, and notes where what is to be tagged stands."""

    def __init__(
        self,
        world: World,
        random: Random,
        story: Story,
        cast: list[str],
        scenes: list[str],
    ) -> None:
        self._world, self._random, self._story = world, random, story
        self._people = _shuffled(random, cast * _TIMES_NAMED)
        self._places = _shuffled(random, scenes * _TIMES_SEEN)
        self._named: set[str] = set()
        self._said: list[str] = []
        self._at = 0

    def write(self) -> None:
        self._say_place()
        self._say(" — ")
        for number, pattern in enumerate(_shuffled(self._random, _PATTERNS)):
            if number:
                self._say(" " if number % _IN_A_PARAGRAPH else "\n\n")
            self._say_sentence(pattern)
        self._story.text = "".join(self._said)

    def _say_sentence(self, pattern: str) -> None:
        """Say a pattern with its slots filled, and note its figure or its claim."""
        start, people, figure = self._at, list[str](), None
        for index, part in enumerate(_SLOT.split(pattern)):
            if index % 2 == 0:
                self._say(part)
            elif part == "p":
                people.append(self._say_person(unlike=people))
            elif part == "l":
                self._say_place()
            elif part == "figure":
                figure = self._say_amount()
            else:
                self._say(self._word(part))
        if figure:
            # Empty where the number is the author's own.
            figure.fields["said_by"] = people[0] if people else ""
            self._story.figures.append(figure)
        if pattern in _CLAIM_SENTENCES:
            self._note_claim(start, *people)

    def _say_person(self, unlike: list[str]) -> str:
        others = (n for n, name in enumerate(self._people) if name not in unlike)
        name = self._people.pop(next(others, 0))
        full = name not in self._named or self._random.random() < 0.1
        self._named.add(name)
        start = self._say(name if full else surname_of(name))
        self._story.mentions.append(Mention(start, self._at, name, full))
        return name

    def _say_place(self) -> None:
        name = self._places.pop(0)
        start = self._say(name)
        self._story.mentions.append(Mention(start, self._at, name, full=True))

    def _say_amount(self) -> Passage:
        low = self._random.randrange(3, 2000)
        high = low + self._random.randrange(1, 500)
        qualifier, words = self._random.choice(_QUALIFIERS)
        things, happened = self._random.choice(_MEASURES)
        amount = words.format(f"{low:,}", f"{high:,}")
        start = self._say(f"{amount} {things} {happened}")
        fields = {
            "low": low,
            "high": high if qualifier == "between" else None,
            "qualifier": qualifier,
            "counted": f"{things} that {happened}",
        }
        return Passage(start, self._at, fields)

    def _note_claim(self, start: int, claimant: str, accused: str) -> None:
        noun, word = self._random.choice(_NOUNS), self._world.word(self._random)
        fields = {
            "summary": f"{accused} had a hand in the {noun} over {word}.",
            "claimant": claimant,
            "accused": accused,
            "status": self._random.choice(_STATUSES),
        }
        # Without the full stop.
        self._story.claims.append(Passage(start, self._at - 1, fields))

    def _word(self, slot: str) -> str:
        if slot == "n":
            return self._random.choice(_NOUNS)
        if slot == "a":
            return self._random.choice(_ADJECTIVES)
        if slot == "v":
            return self._random.choice(_VERBS)
        is_rare = self._story.number < 5 and RARE not in self._said
        return RARE if is_rare else self._world.word(self._random)

    def _say(self, words: str) -> int:
        """Add words; return where they begin."""
        start = self._at
        self._said.append(words)
        self._at += len(words)
        return start


def surname_of(name: str) -> str:
    return name.split()[1]


def host_of(outlet: str) -> str:
    _the, town, _gazette = outlet.lower().split()
    return f"{town}-gazette.example"


def html_of(text: str) -> str:
    """Return canonical HTML of a text without emphasis, links, or what HTML escapes."""
    return "\n\n".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))


def _shuffled(random: Random, items: Sequence[str]) -> list[str]:
    return random.sample(items, len(items))


def _some(
    random: Random, items: list[str], weights: list[float], count: int
) -> list[str]:
    """Draw `count` different items."""
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[random.choices(items, cum_weights=weights)[0]] = None
    return list(drawn)


def _names(random: Random, count: int, ends: str, syllables: int = 2) -> list[str]:
    """Invent `count` different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        stem = "".join(random.choices(_SYLLABLES, k=syllables))
        found[(stem + random.choice(ends.split())).capitalize()] = None
    return list(found)


def _zipf(count: int, exponent: float) -> list[float]:
    """Return cumulated weights: the n-th is drawn in proportion to (n + 2) to the power of
    -exponent."""
    return list(accumulate((rank + 2) ** -exponent for rank in range(1, count + 1)))
