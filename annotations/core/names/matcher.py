"""Finding names: all known forms in one pass over a text, and who each of them means there.

First the places are found, as whole words, the longest name where several overlap (`finder`),
in all cases of Russian and Kazakh (`inflection`).

Then they are judged. A full name that belongs to one entity is *sure*. A surname alone is sure
where the same text holds the full name of exactly one entity with that surname, and nothing
speaks against it: another first name or initial beside it, there or elsewhere in the text; a
form that may be a woman's; a word that the text also writes small. What is not sure is for an
editor to say.

    >>> kasymov = [Form(1, "Kalmukhambet Kasymov", full=True), Form(1, "Kasymov", full=False)]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kalmukhambet Kasymov spoke. Kasymov denied it.")]
    [True, True]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kasymov denied it.")]
    [False]
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from annotations.core.names.finder import Finder, Place, typed_plainly, word_before
from annotations.core.names.honorifics import (
    ABBREVIATIONS,
    BEFORE_NAMES,
    NO_INITIALS,
    WOMENS_TITLES,
)
from annotations.core.names.inflection import russian
from annotations.core.names.matching_keys import loose_key, word_key
from annotations.core.names.scripts import spelling_of


class LinkReason(StrEnum):
    """Why the machine thinks that a passage mentions an entity."""

    FULL_NAME = "full name"
    SURNAME = "surname"
    """… and the full name stands in the same text."""
    SURNAME_ALONE = "surname alone"
    SHARED = "shared name"
    CAUTIOUS = "never alone"
    OTHER_NAME = "other first name"
    FEMININE = "may be a woman"
    COMMON = "common word"
    REFUSED = "rejected before"
    """… by an editor, or given to somebody else, in an earlier version of this text."""

    def in_words(self) -> str:
        return str(_IN_WORDS[self])


_IN_WORDS = {
    LinkReason.FULL_NAME: _("full name"),
    LinkReason.SURNAME: _("surname"),
    LinkReason.SURNAME_ALONE: _("a surname; its bearer’s full name is not in this text"),
    LinkReason.SHARED: _("a name that several bear"),
    LinkReason.CAUTIOUS: _("a spelling that is never linked by itself"),
    LinkReason.OTHER_NAME: _(
        "another first name stands before it, here or elsewhere in this text"
    ),
    LinkReason.FEMININE: _("it may be a woman’s name"),
    LinkReason.COMMON: _("this text also writes the word small"),
    LinkReason.REFUSED: _("an editor said otherwise in an earlier version"),
}


@dataclass(frozen=True)
class KnownSpelling:
    """A spelling of an entity's name. `full` names it by itself; `alone` may be linked without
    an editor."""

    entity: int
    text: str
    full: bool
    alone: bool = True
    place: bool = False


@dataclass(frozen=True)
class FoundMention:
    """A place in a text (code points, end exclusive) that means, surely or not, an entity.

    `named_at` is where its full name stands, for a surname that is sure because of it.
    """

    start: int
    end: int
    entity: int
    sure: bool
    reason: LinkReason
    named_at: int | None = None
    place: bool = False


@dataclass(frozen=True)
class Candidate:
    """A form as it may stand in a text; `doubtful` where that may as well be the form of a
    woman's name."""

    form: KnownSpelling
    doubtful: bool = False


ALL, BARE = -1, -2
"""In place of a start: every place of a text, and every one without initials."""
Strangers = dict[tuple[int, str], set[int]]
_INITIALS = re.compile(
    rf"(?<!\w)(?:(?!(?:{'|'.join(NO_INITIALS)})\.)[^\W\d_]{{1,2}}\. ?){{1,3}}$"
)
_SHE_DID = re.compile(r"\s+\w+ла(?:сь)?\b")
_NAME_BEHIND = re.compile(
    r" (?:(?P<initial>[^\W\d_]{1,2}\.)|(?P<name>[^\W\d_]+) [^\W\d_]{2,}"
    r"(?:вич|вна|вны|вне|вну|вной|ұлы|улы|қызы|кызы|vich|vna|uly|kyzy)[^\W\d_]{0,3}\b)"
)
_WOMANS_TITLE = re.compile(rf"\b(?:{'|'.join(WOMENS_TITLES)})\.?\s$", re.IGNORECASE)


class Matcher:
    """All known forms, ready to be found. Building it takes time that grows with the forms:
    keep it."""

    def __init__(self, forms: Iterable[KnownSpelling]) -> None:
        plain = _plain(forms)
        patterns: dict[str, dict[KnownSpelling, Candidate]] = defaultdict(dict)
        for words, candidate in _standing(plain):
            patterns[words][candidate.form] = candidate
        self.candidates = [list(candidates.values()) for candidates in patterns.values()]
        self.finder = Finder(
            dict(zip(patterns, map(_are_places, self.candidates), strict=True))
        )
        self._first_names = _first_names(plain)

    def changed(
        self, before: Iterable[KnownSpelling], after: Iterable[KnownSpelling]
    ) -> "Matcher":
        """Return a matcher in which some entities, all of whose forms were `before`, have those
        of `after` instead.

        It takes time that grows with these forms, and hardly with the others.
        """
        gone, come = _plain(before), _plain(after)
        entities = {form.entity for form in gone}
        touched: dict[str, dict[KnownSpelling, Candidate]] = {}
        for words, _candidate in [*_standing(gone), *_standing(come)]:
            there = (
                self.candidates[self.finder.numbers[words]]
                if words in self.finder.numbers
                else []
            )
            touched[words] = {
                each.form: each for each in there if each.form.entity not in entities
            }
        for words, candidate in _standing(come):
            touched[words][candidate.form] = candidate
        now = {words: list(candidates.values()) for words, candidates in touched.items()}
        other = copy(self)
        other.finder = self.finder.changed(
            {words: _are_places(some) if some else None for words, some in now.items()}
        )
        other.candidates = self.candidates + [[]] * (
            len(other.finder.names) - len(self.candidates)
        )
        for words, candidates in now.items():
            other.candidates[other.finder.numbers[words]] = candidates
        kept = {
            entity: names
            for entity, names in self._first_names.items()
            if entity not in entities
        }
        other._first_names = kept | _first_names(come)
        return other

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """Return the places (start, end, form, typed plainly) in `text`, in order, none
        overlapping another."""
        places = self.finder.places(typed_plainly(text))
        return [(start, end, self.finder.names[number]) for start, end, number in places]

    def mentions(self, text: str) -> list[FoundMention]:
        """Return who is mentioned where in `text`, in order; an unsure place may name several
        entities."""
        plain = typed_plainly(text)
        places = self.finder.places(plain)
        return list(_Judgement(self, plain, places).mentions()) if places else []

    def may_be_called(self, entity: int, first_name: str) -> bool:
        """Say whether `first_name`, or the initial `K.`, is one of this person's, as far as any
        are known."""
        known = self._first_names.get(entity)
        if not known or not first_name:
            return True
        key = loose_key(word_key(first_name))
        return (
            any(name.startswith(key[:1]) for name in known)
            if first_name.endswith(".")
            else key in known
        )

    def knows_first_names_of(self, entity: int) -> bool:
        return entity in self._first_names


def _plain(forms: Iterable[KnownSpelling]) -> list[KnownSpelling]:
    """Return the forms as they stand in a text that is typed plainly; those without letters
    stand nowhere."""
    plain = (replace(form, text=typed_plainly(spelling_of(form.text))) for form in forms)
    return [form for form in plain if form.text]


def _standing(plain: Iterable[KnownSpelling]) -> Iterator[tuple[str, Candidate]]:
    """Yield the words as which each form can stand in a text."""
    for form in plain:
        yield form.text, Candidate(form)
        for inflected, doubtful in russian(form.text).items():
            yield inflected, Candidate(form, doubtful)


def _first_names(plain: Iterable[KnownSpelling]) -> dict[int, set[str]]:
    """Return the first names of people, as loose keys, by entity."""
    known: dict[int, set[str]] = defaultdict(set)
    for form in plain:
        if form.full and not form.place:
            firsts = {
                word for name in (form.text, *russian(form.text)) for word in name.split()[:-1]
            }
            known[form.entity] |= {loose_key(word_key(word)) for word in firsts}
    return dict(known)


def _are_places(candidates: list[Candidate]) -> bool:
    return all(candidate.form.place for candidate in candidates)


class _Context(NamedTuple):
    """What stands around a surname: the first of its initials (`K.`) and where they begin, and
    a first name.

    `only_here` says that the first name may be none, and speaks of this place alone.
    """

    initial: str
    begins: int
    name: str
    only_here: bool


class _Judgement:
    """Who is meant at the places of one text."""

    def __init__(self, matcher: Matcher, text: str, places: list[Place]) -> None:
        self._matcher, self._text, self._places = matcher, text, places
        self._arounds: dict[int, _Context] = {}  # by start
        self._had: dict[str, bool] = {}  # by word, whether it is one of the text's
        self._full_names: dict[int, int] = {}  # by entity, where its full name stands first
        self._bearers: dict[str, set[int]] = defaultdict(
            set
        )  # by key of a word, who has it in a full name here
        for start, _end, number in places:
            for candidate in matcher.candidates[number]:
                if candidate.form.full:
                    self._full_names.setdefault(candidate.form.entity, start)
                    for word in candidate.form.text.split():
                        self._bearers[word].add(candidate.form.entity)

    def mentions(self) -> Iterable[FoundMention]:
        """Yield the mentions at each place: the one that is sure, or all that may be meant."""
        strangers = self._strangers()
        for start, end, number in self._places:
            meant = list(self._meant(start, end, number, strangers))
            yield from [mention for mention in meant if mention.sure] or meant

    def _meant(
        self, start: int, end: int, number: int, strangers: Strangers
    ) -> Iterable[FoundMention]:
        for candidate in self._matcher.candidates[number]:
            form = candidate.form
            if form.full:
                yield FoundMention(
                    start, end, form.entity, *self._judge_full(form, number), place=form.place
                )
            elif self._fits(
                form.entity, around := self._around(start, end)
            ):  # N. Kasymov is somebody else
                sure, reason = self._judge_surname(candidate, start, end, number, strangers)
                named_at = self._full_names.get(form.entity) if sure else None
                from_here = around.begins if self._is_initial_of(form.entity, around) else start
                yield FoundMention(from_here, end, form.entity, sure, reason, named_at)

    def _judge_full(self, form: KnownSpelling, number: int) -> tuple[bool, LinkReason]:
        if not form.alone:
            return False, LinkReason.CAUTIOUS
        if len({candidate.form.entity for candidate in self._matcher.candidates[number]}) > 1:
            return False, LinkReason.SHARED
        if " " not in form.text and self._is_written_small(form.text):
            return False, LinkReason.COMMON
        return True, LinkReason.FULL_NAME

    def _judge_surname(
        self, candidate: Candidate, start: int, end: int, number: int, strangers: Strangers
    ) -> tuple[bool, LinkReason]:
        form = candidate.form
        sharing = {other.form.entity for other in self._matcher.candidates[number]}
        meant = self._bearers[form.text] | (self._full_names.keys() & sharing)
        if not form.alone:
            return False, LinkReason.CAUTIOUS
        speaking = (
            {ALL, start}
            if self._is_initial_of(form.entity, self._around(start, end))
            else {ALL, start, BARE}
        )
        if strangers[form.entity, form.text] & speaking:
            return False, LinkReason.OTHER_NAME
        if meant != {form.entity}:
            return False, LinkReason.SHARED if meant else LinkReason.SURNAME_ALONE
        if self._is_of_a_woman(candidate, start, end):
            return False, LinkReason.FEMININE
        if self._is_written_small(form.text):
            return False, LinkReason.COMMON
        return True, LinkReason.SURNAME

    def _strangers(self) -> Strangers:
        """Return which surnames of whom stand behind somebody else's first name, and at which
        places that speaks.

        Inside a sentence a capital tells a name, and then the surname is in doubt all through
        the text (`ALL`). At its beginning every word has one, and a name behind the surname
        (Касымов Н., Касымов Болат Серикович) may also be the next one of a list: then only that
        place is in doubt. Behind somebody else's initial it is in doubt wherever it has none
        (`BARE`).
        """
        strangers: Strangers = defaultdict(set)
        for start, end, number in self._places:
            for candidate in self._matcher.candidates[number]:
                form = candidate.form
                if form.full:
                    continue
                around = self._around(start, end)
                if not self._matcher.may_be_called(form.entity, around.name):
                    strangers[form.entity, form.text].add(start if around.only_here else ALL)
                elif not self._fits(form.entity, around):
                    strangers[form.entity, form.text].add(BARE)
        return strangers

    def _fits(self, entity: int, around: _Context) -> bool:
        """Say whether the initials before a surname may be this person's: any may, behind the
        first name."""
        return self._matcher.may_be_called(entity, around.initial) or self._is_first_name_of(
            entity, around
        )

    def _is_initial_of(self, entity: int, around: _Context) -> bool:
        knows = self._matcher.knows_first_names_of(entity)
        return bool(around.initial) and knows and not self._is_first_name_of(entity, around)

    def _is_first_name_of(self, entity: int, around: _Context) -> bool:
        knows = self._matcher.knows_first_names_of(entity)
        return bool(around.name) and knows and self._matcher.may_be_called(entity, around.name)

    def _around(self, start: int, end: int) -> _Context:
        if start not in self._arounds:
            initial, begins = self._initial_before(start)
            name = self._first_name_before(begins)
            if not initial and not name[0]:
                name = self._name_behind(end), True
            self._arounds[start] = _Context(initial, begins, *name)
        return self._arounds[start]

    def _first_name_before(self, at: int) -> tuple[str, bool]:
        """Return the capitalised word right before `at` unless it is a title, and whether it
        opens a sentence."""
        word = word_before(self._text, at - 1) if self._text[max(0, at - 1) : at] == " " else ""
        if len(word) < 2 or not word[0].isupper() or word.isupper() or not word[-1].isalpha():
            return "", False
        if word.lower() in BEFORE_NAMES or self._is_written_small(word):
            return "", False
        start = at - 1 - len(word)
        before = self._text[max(0, start - 20) : start].rstrip()[-1:]
        return word, before == "" or before in ".!?…:;'\"“”«»—–-("

    def _name_behind(self, end: int) -> str:
        """Return the initial right behind `end`, or the first name there that has a
        patronymic."""
        found = _NAME_BEHIND.match(self._text, end)
        return (found["name"] or found["initial"]) if found and found[0][1].isupper() else ""

    def _initial_before(self, start: int) -> tuple[str, int]:
        """Return the first of the initials right before `start` (`K. `, `К.С.`), with its full
        stop, and its place."""
        nearby = self._text[max(0, start - 14) : start]
        found = _INITIALS.search(nearby) if "." in nearby[-2:] else None
        if found is None or not found[0][0].isupper() or found[0].strip() in ABBREVIATIONS:
            return "", start
        return f"{found[0].partition('.')[0]}.", start - len(found[0])

    def _is_of_a_woman(self, candidate: Candidate, start: int, end: int) -> bool:
        """Say whether this may be a woman's surname: by her title, or a doubtful form by what
        she did, or her case."""
        surname, begins = candidate.form.text, self._around(start, end).begins
        if surname[-1] not in "aая" and _WOMANS_TITLE.search(
            self._text[max(0, begins - 12) : begins]
        ):
            return True
        if not candidate.doubtful:
            return False
        return bool(_SHE_DID.match(self._text, end)) or self._has_word(f"{surname}ой")

    def _is_written_small(self, word: str) -> bool:
        """Say whether this text also writes the word with a small letter."""
        return word.lower().islower() and self._has_word(word.lower())

    def _has_word(self, word: str) -> bool:
        if word not in self._had:
            self._had[word] = word in self._text and word in self._words
        return self._had[word]

    @cached_property
    def _words(self) -> set[str]:
        """All words of the text: few texts need them."""
        return set(re.findall(r"[^\W\d_]+", self._text))
