"""Finding names: all known spellings in one pass over a text, and who each of them means there.

First the names are found, as whole words, the longest where several overlap (`finder`), in all
cases of Russian and Kazakh (`inflection`).

Then they are judged. A full name that belongs to one entity is *sure*. A surname alone is sure
where the same text holds the full name of exactly one entity with that surname, and nothing
speaks against it: another first name or initial beside it, there or elsewhere in the text; an
inflection that may be of a woman's name; a word that the text also writes small. What is not
sure is for an editor to say.

    >>> kasymov = [
    ...     KnownSpelling(1, "Kalmukhambet Kasymov", full=True),
    ...     KnownSpelling(1, "Kasymov", full=False),
    ... ]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kalmukhambet Kasymov spoke. Kasymov denied it.")]
    [True, True]
    >>> [m.sure for m in Matcher(kasymov).mentions("Kasymov denied it.")]
    [False]
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from annotations.core.names.finder import Finder, NameHit, typed_plainly, word_before
from annotations.core.names.honorifics import (
    ABBREVIATIONS,
    BEFORE_NAMES,
    NO_INITIALS,
    WOMENS_TITLES,
)
from annotations.core.names.inflection import russian_inflections
from annotations.core.names.matching_keys import loose_key, word_key
from annotations.core.names.scripts import spelling_of


class LinkReason(StrEnum):
    """Why the machine thinks that a passage mentions an entity."""

    FULL_NAME = "full name"
    # The full name stands in the same text.
    SURNAME = "surname"
    SURNAME_ALONE = "surname alone"
    SHARED = "shared name"
    NOT_LINKABLE = "never alone"
    OTHER_NAME = "other first name"
    FEMININE = "may be a woman"
    COMMON = "common word"
    # An editor rejected it, or confirmed somebody else, in an earlier version of this text.
    REJECTED_BEFORE = "rejected before"

    @property
    def label(self) -> str:
        return str(_REASON_LABELS[self])


_REASON_LABELS = {
    LinkReason.FULL_NAME: _("full name"),
    LinkReason.SURNAME: _("surname"),
    LinkReason.SURNAME_ALONE: _(
        "a surname; its bearer’s full name is not in this text"
    ),
    LinkReason.SHARED: _("a name that several bear"),
    LinkReason.NOT_LINKABLE: _("a spelling that is never linked by itself"),
    LinkReason.OTHER_NAME: _(
        "another first name stands before it, here or elsewhere in this text"
    ),
    LinkReason.FEMININE: _("it may be a woman’s name"),
    LinkReason.COMMON: _("this text also writes the word small"),
    LinkReason.REJECTED_BEFORE: _("an editor said otherwise in an earlier version"),
}


@dataclass(frozen=True)
class KnownSpelling:
    """A spelling of an entity's name. One that is `full` names it by itself; one that is
    `linkable` may be linked without an editor."""

    entity: int
    text: str
    full: bool
    linkable: bool = True
    place: bool = False


@dataclass(frozen=True)
class FoundMention:
    """A passage of a text (code points, end exclusive) that means, surely or not, an entity.

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
    """A spelling as it may stand in a text; `maybe_feminine` where that may as well be an
    inflection of a woman's name."""

    spelling: KnownSpelling
    maybe_feminine: bool = False


# Whether a mention is sure, and why or why not.
_Judgement = tuple[bool, LinkReason]
_INITIALS = re.compile(
    rf"(?<!\w)(?:(?!(?:{'|'.join(NO_INITIALS)})\.)[^\W\d_]{{1,2}}\. ?){{1,3}}$"
)
_SHE_DID = re.compile(r"\s+\w+ла(?:сь)?\b")
_NAME_AFTER = re.compile(
    r" (?:(?P<initial>[^\W\d_]{1,2}\.)|(?P<name>[^\W\d_]+) [^\W\d_]{2,}"
    r"(?:вич|вна|вны|вне|вну|вной|ұлы|улы|қызы|кызы|vich|vna|uly|kyzy)[^\W\d_]{0,3}\b)"
)
_WOMANS_TITLE = re.compile(rf"\b(?:{'|'.join(WOMENS_TITLES)})\.?\s$", re.IGNORECASE)
_BEFORE_A_SENTENCE = ".!?…:;'\"“”«»—–-("
# Code points that are looked at before a name.
_SENTENCE_REACH, _INITIALS_REACH, _TITLE_REACH = 20, 14, 12


class Matcher:
    """All known spellings, ready to be found. Building it takes time that grows with the
    spellings: keep it."""

    def __init__(self, spellings: Iterable[KnownSpelling]) -> None:
        plain = _plain_spellings(spellings)
        candidates: dict[str, dict[KnownSpelling, Candidate]] = defaultdict(dict)
        for words, candidate in _with_inflections(plain):
            candidates[words][candidate.spelling] = candidate
        # By the finder's number of the words.
        self.candidates = [
            list(by_spelling.values()) for by_spelling in candidates.values()
        ]
        are_places = map(_are_places, self.candidates)
        self.finder = Finder(dict(zip(candidates, are_places, strict=True)))
        self._first_names = _first_names(plain)

    def with_changes(
        self, before: Iterable[KnownSpelling], after: Iterable[KnownSpelling]
    ) -> "Matcher":
        """Return a matcher in which some entities, all of whose spellings were `before`, have
        those of `after` instead.

        It takes time that grows with these spellings, and hardly with the others.
        """
        removed, added = _plain_spellings(before), _plain_spellings(after)
        entities = {spelling.entity for spelling in removed}
        changed = self._changed_candidates(removed, added, entities)
        are_places: dict[str, bool | None] = {}
        for words, candidates in changed.items():
            are_places[words] = _are_places(candidates) if candidates else None
        other = copy(self)
        other.finder = self.finder.with_changes(are_places)
        # New words have the highest numbers, and each of them is set below.
        new_count = len(other.finder.names) - len(self.candidates)
        other.candidates = self.candidates + [[]] * new_count
        for words, candidates in changed.items():
            other.candidates[other.finder.numbers[words]] = candidates
        unchanged = {
            entity: names
            for entity, names in self._first_names.items()
            if entity not in entities
        }
        other._first_names = unchanged | _first_names(added)
        return other

    def _changed_candidates(
        self,
        removed: list[KnownSpelling],
        added: list[KnownSpelling],
        entities: set[int],
    ) -> dict[str, list[Candidate]]:
        """Return the new candidates of all words under which one of `entities` was or will be
        known."""
        changed: dict[str, dict[KnownSpelling, Candidate]] = {}
        for words, _candidate in _with_inflections([*removed, *added]):
            changed[words] = {}
            if words not in self.finder.numbers:
                continue
            for candidate in self.candidates[self.finder.numbers[words]]:
                if candidate.spelling.entity not in entities:
                    changed[words][candidate.spelling] = candidate
        for words, candidate in _with_inflections(added):
            changed[words][candidate.spelling] = candidate
        return {
            words: list(by_spelling.values()) for words, by_spelling in changed.items()
        }

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """Return the hits (start, end, name, typed plainly) in `text`, in order, none
        overlapping another."""
        hits = self.finder.hits(typed_plainly(text))
        return [(start, end, self.finder.names[number]) for start, end, number in hits]

    def mentions(self, text: str) -> list[FoundMention]:
        """Return who is mentioned where in `text`, in order; an unsure passage may name several
        entities."""
        plain = typed_plainly(text)
        hits = self.finder.hits(plain)
        return list(_TextJudge(self, plain, hits).mentions()) if hits else []

    def may_be_called(self, entity: int, first_name: str) -> bool:
        """Say whether `first_name`, or the initial `K.`, is one of this person's, as far as any
        are known."""
        first_names = self._first_names.get(entity)
        if not first_names or not first_name:
            return True
        key = loose_key(word_key(first_name))
        if first_name.endswith("."):
            return any(name.startswith(key[:1]) for name in first_names)
        return key in first_names

    def knows_first_names_of(self, entity: int) -> bool:
        return entity in self._first_names


def _plain_spellings(spellings: Iterable[KnownSpelling]) -> list[KnownSpelling]:
    """Return spellings as they stand in a text that is typed plainly; those without letters
    stand nowhere."""
    plain = []
    for spelling in spellings:
        text = typed_plainly(spelling_of(spelling.text))
        if text:
            plain.append(replace(spelling, text=text))
    return plain


def _with_inflections(
    spellings: Iterable[KnownSpelling],
) -> Iterator[tuple[str, Candidate]]:
    """Yield the words as which each spelling can stand in a text."""
    for spelling in spellings:
        yield spelling.text, Candidate(spelling)
        for inflected, maybe_feminine in russian_inflections(spelling.text).items():
            yield inflected, Candidate(spelling, maybe_feminine)


def _first_names(spellings: Iterable[KnownSpelling]) -> dict[int, set[str]]:
    """Return the first names of people, as loose keys, by entity."""
    first_names: dict[int, set[str]] = defaultdict(set)
    for spelling in spellings:
        if not spelling.full or spelling.place:
            continue
        keys = first_names[spelling.entity]
        for name in (spelling.text, *russian_inflections(spelling.text)):
            keys.update(loose_key(word_key(word)) for word in name.split()[:-1])
    return dict(first_names)


def _are_places(candidates: list[Candidate]) -> bool:
    return all(candidate.spelling.place for candidate in candidates)


class _SurnameContext(NamedTuple):
    """What stands around a surname: the first of its initials (`K.`) and where they begin, and
    a first name.

    `is_weak` says that the first name may be none, and speaks of this mention alone.
    """

    initial: str
    begins: int
    first_name: str
    is_weak: bool


@dataclass
class _StrangerDoubt:
    """Which mentions of a surname in a text may be of a stranger: somebody else with that
    surname, whose first name or initial stands there."""

    everywhere: bool = False
    without_initials: bool = False
    starts: set[int] = field(default_factory=set)

    def applies_to(self, start: int, *, has_initial: bool) -> bool:
        if self.everywhere or start in self.starts:
            return True
        return self.without_initials and not has_initial


# By entity and surname.
_StrangerDoubts = dict[tuple[int, str], _StrangerDoubt]


class _TextJudge:
    """Who is meant by the names of one text."""

    def __init__(self, matcher: Matcher, text: str, hits: list[NameHit]) -> None:
        self._matcher, self._text, self._hits = matcher, text, hits
        self._contexts: dict[int, _SurnameContext] = {}  # by start
        self._has_word_cache: dict[str, bool] = {}
        # By entity, where its full name stands first.
        self._full_names: dict[int, int] = {}
        # By word, who has it in a full name that stands in this text.
        self._bearers: dict[str, set[int]] = defaultdict(set)
        for start, _end, number in hits:
            for candidate in matcher.candidates[number]:
                if candidate.spelling.full:
                    self._note_full_name(candidate.spelling, start)

    def _note_full_name(self, spelling: KnownSpelling, start: int) -> None:
        self._full_names.setdefault(spelling.entity, start)
        for word in spelling.text.split():
            self._bearers[word].add(spelling.entity)

    def mentions(self) -> Iterator[FoundMention]:
        """Yield the mentions at each hit: the one that is sure, or all that may be meant."""
        doubts = self._stranger_doubts()
        for hit in self._hits:
            possible = list(self._possible_mentions(hit, doubts))
            sure = [mention for mention in possible if mention.sure]
            yield from sure or possible

    def _possible_mentions(
        self, hit: NameHit, doubts: _StrangerDoubts
    ) -> Iterator[FoundMention]:
        start, end, number = hit
        for candidate in self._matcher.candidates[number]:
            spelling = candidate.spelling
            entity = spelling.entity
            if spelling.full:
                sure, reason = self._judge_full_name(spelling, number)
                yield FoundMention(
                    start, end, entity, sure, reason, place=spelling.place
                )
                continue
            context = self._context(start, end)
            if not self._fits(entity, context):  # N. Kasymov is somebody else
                continue
            sure, reason = self._judge_surname(candidate, hit, doubts)
            named_at = self._full_names.get(entity) if sure else None
            begins = context.begins if self._is_initial_of(entity, context) else start
            yield FoundMention(begins, end, entity, sure, reason, named_at)

    def _judge_full_name(self, spelling: KnownSpelling, number: int) -> _Judgement:
        if not spelling.linkable:
            return False, LinkReason.NOT_LINKABLE
        if len(self._entities_called(number)) > 1:
            return False, LinkReason.SHARED
        if " " not in spelling.text and self._is_written_small(spelling.text):
            return False, LinkReason.COMMON
        return True, LinkReason.FULL_NAME

    def _judge_surname(
        self, candidate: Candidate, hit: NameHit, doubts: _StrangerDoubts
    ) -> _Judgement:
        start, end, number = hit
        spelling = candidate.spelling
        entity, surname = spelling.entity, spelling.text
        if not spelling.linkable:
            return False, LinkReason.NOT_LINKABLE
        has_initial = self._is_initial_of(entity, self._context(start, end))
        if doubts[entity, surname].applies_to(start, has_initial=has_initial):
            return False, LinkReason.OTHER_NAME
        named_here = self._full_names.keys() & self._entities_called(number)
        bearers = self._bearers[surname] | named_here
        if bearers != {entity}:
            return False, LinkReason.SHARED if bearers else LinkReason.SURNAME_ALONE
        if self._is_of_a_woman(candidate, start, end):
            return False, LinkReason.FEMININE
        if self._is_written_small(surname):
            return False, LinkReason.COMMON
        return True, LinkReason.SURNAME

    def _entities_called(self, number: int) -> set[int]:
        return {
            candidate.spelling.entity for candidate in self._matcher.candidates[number]
        }

    def _stranger_doubts(self) -> _StrangerDoubts:
        """Return which surnames of whom stand after somebody else's first name, and which
        mentions that puts in doubt.

        Inside a sentence a capital tells a name, and then the surname is in doubt everywhere in
        the text. At the start of a sentence every word has a capital, and a name after the
        surname (Касымов Н., Касымов Болат Серикович) may also be the next one of a list: then
        only that mention is in doubt. After somebody else's initial the surname is in doubt
        wherever it has no initial.
        """
        doubts: _StrangerDoubts = defaultdict(_StrangerDoubt)
        for start, end, number in self._hits:
            for candidate in self._matcher.candidates[number]:
                spelling = candidate.spelling
                if spelling.full:
                    continue
                doubt = doubts[spelling.entity, spelling.text]
                context = self._context(start, end)
                if self._matcher.may_be_called(spelling.entity, context.first_name):
                    if not self._fits(spelling.entity, context):
                        doubt.without_initials = True
                elif context.is_weak:
                    doubt.starts.add(start)
                else:
                    doubt.everywhere = True
        return doubts

    def _fits(self, entity: int, context: _SurnameContext) -> bool:
        """Say whether the initials before a surname may be this person's: any may, after the
        first name."""
        if self._matcher.may_be_called(entity, context.initial):
            return True
        return self._is_first_name_of(entity, context)

    def _is_initial_of(self, entity: int, context: _SurnameContext) -> bool:
        if not context.initial or not self._matcher.knows_first_names_of(entity):
            return False
        return not self._is_first_name_of(entity, context)

    def _is_first_name_of(self, entity: int, context: _SurnameContext) -> bool:
        if not context.first_name or not self._matcher.knows_first_names_of(entity):
            return False
        return self._matcher.may_be_called(entity, context.first_name)

    def _context(self, start: int, end: int) -> _SurnameContext:
        if start not in self._contexts:
            self._contexts[start] = self._read_context(start, end)
        return self._contexts[start]

    def _read_context(self, start: int, end: int) -> _SurnameContext:
        initial, begins = self._initial_before(start)
        first_name, is_weak = self._first_name_before(begins)
        if not initial and not first_name:
            first_name, is_weak = self._name_after(end), True
        return _SurnameContext(initial, begins, first_name, is_weak)

    def _first_name_before(self, at: int) -> tuple[str, bool]:
        """Return the capitalised word right before `at` unless it is a title, and whether it
        opens a sentence."""
        if self._text[max(0, at - 1) : at] != " ":
            return "", False
        word = word_before(self._text, at - 1)
        if (
            len(word) < 2
            or not word[0].isupper()
            or word.isupper()
            or not word[-1].isalpha()
        ):
            return "", False
        if word.lower() in BEFORE_NAMES or self._is_written_small(word):
            return "", False
        start = at - 1 - len(word)
        before = self._text[max(0, start - _SENTENCE_REACH) : start].rstrip()
        return word, not before or before[-1] in _BEFORE_A_SENTENCE

    def _name_after(self, end: int) -> str:
        """Return the initial right after `end`, or the first name there that has a
        patronymic."""
        match = _NAME_AFTER.match(self._text, end)
        if match is None or not match[0][1].isupper():
            return ""
        return match["name"] or match["initial"]

    def _initial_before(self, start: int) -> tuple[str, int]:
        """Return the first of the initials right before `start` (`K. `, `К.С.`), with its full
        stop, and where it begins; an empty one begins at `start`."""
        before = self._text[max(0, start - _INITIALS_REACH) : start]
        if "." not in before[-2:]:
            return "", start
        match = _INITIALS.search(before)
        if match is None:
            return "", start
        initials = match[0]
        if not initials[0].isupper() or initials.strip() in ABBREVIATIONS:
            return "", start
        first, _stop, _others = initials.partition(".")
        return f"{first}.", start - len(initials)

    def _is_of_a_woman(self, candidate: Candidate, start: int, end: int) -> bool:
        """Say whether this may be a woman's surname: by her title, or a doubtful inflection by
        what she did, or her case."""
        surname = candidate.spelling.text
        begins = self._context(start, end).begins
        before = self._text[max(0, begins - _TITLE_REACH) : begins]
        if surname[-1] not in "aая" and _WOMANS_TITLE.search(before):
            return True
        if not candidate.maybe_feminine:
            return False
        return bool(_SHE_DID.match(self._text, end)) or self._has_word(f"{surname}ой")

    def _is_written_small(self, word: str) -> bool:
        """Say whether this text also writes the word with a small letter."""
        lower = word.lower()
        return lower.islower() and self._has_word(lower)

    def _has_word(self, word: str) -> bool:
        if word not in self._has_word_cache:
            # A search in the text is quick, and spares most texts the set of their words.
            self._has_word_cache[word] = word in self._text and word in self._words
        return self._has_word_cache[word]

    @cached_property
    def _words(self) -> set[str]:
        return set(re.findall(r"[^\W\d_]+", self._text))
