"""Names in a text: runs of capitalised words that may be of people, places or organisations.

A capital tells a name inside a sentence; at the beginning of one, every word has it. So a text
is read twice. First it is cut into runs, which never cross a full stop or the end of a line,
and the words that have their capital inside a sentence are remembered. Then each run is cut
down to its names: titles and offices divide it (Interior Minister Kalmukhambet Kasymov),
months, peoples and common openers are no names, and the first word of a sentence counts where
something else speaks for it. In headlines, where all words have capitals, only names that the
text also has elsewhere count.

    >>> [name.words for name in names_in("Officials said that Interior Minister K. Kasymov had left Aktau on Monday.")]
    ['K. Kasymov', 'Aktau']

It works with Latin and Cyrillic letters, and knows the words of English, Russian and Kazakh
(`stopwords`).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from annotations.core.names.honorifics import BEFORE_NAMES
from annotations.core.names.inflection import is_cyrillic, is_kazakh_ending
from annotations.core.names.matching_keys import word_key
from annotations.core.names.romanization_tables import ARTICLES, CHILD_OF
from annotations.core.names.stopwords import (
    CALENDAR,
    DIVIDERS,
    OF_PLACES,
    OFFICES,
    OPENERS,
    ORGANISATIONS,
    PARTICLES,
    PEOPLES,
    TITLES,
)


@dataclass(frozen=True)
class DetectedName:
    """A name where it stands: `text[start:end] == words`, in code points."""

    start: int
    end: int
    words: str


def names_in(text: str) -> list[DetectedName]:
    """Return the names in `text`, in order, none overlapping another. Takes time that grows
    with the text."""
    return list(_TextReader(text).names())


# The blocks of Unicode with the letters of Latin and Cyrillic.
_ALPHABETS = (range(0x41, 0x250), range(0x400, 0x530), range(0x1E00, 0x1F00))


def _all_capitals() -> str:
    """Return the capitals of Latin and Cyrillic, for use in a pattern."""
    letters = map(chr, chain(*_ALPHABETS))
    return "".join(c for c in letters if unicodedata.category(c) in ("Lu", "Lt"))


_CAPITALS = _all_capitals()
_CAPITAL = f"[{_CAPITALS}]"
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_CAPITALISED = re.compile(
    rf"(?<!\w)(?<!\w['’ʼ])(?:"
    rf"(?P<initial>(?:{_CAPITAL}|Zh|Kh|Sh|Ch|Ts|Ye|Yu|Ya|Yo|Dzh|Dj|Gh|Ju|Ja|Je|St|Дж)\.(?=[ \u00a0]?{_CAPITAL}))"
    rf"|Co-operation|{_CAPITAL}{_LETTER}*"
    rf"(?:['’ʼ](?!(?:re|ve|ll)\b){_LETTER}{{2,}}|-(?:(?:на|de|la|le|sur|upon|on|el|al|и)-)?{_CAPITAL}{_LETTER}*)*"
    rf"(?: (?:{'|'.join(CHILD_OF)})(?!\w)|\.(?:kz|com|org|net|ru|uz|kg|asia|Asia|info)(?!\w))?)"
)
_ARTICLE = re.compile(rf"(?<!\w)(?:(?:{'|'.join(ARTICLES)})-|[dl]['’])$")
_SMALL_WORD = re.compile(rf"(?<![\w'’ʼ-])[^\W\d_{_CAPITALS}]{_LETTER}+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CONTRACTED = re.compile(r"['’](?:t|m|d|re|ve|ll)\b")
_BLANKS = {" ", "\u00a0", "\u2009", "\u202f"}
_LINKING_WORDS = {" of ", " of the ", " for ", " to ", " on ", " and ", " in "}
_PURPOSE = re.compile(" (?:for|of|on|to) ")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:mrs?|ms|dr|gen|col|sen|gov|lt|sgt|prof|rev|hon|maj|capt|г|ул|им|пр|пос|с|т|св)\.$",
    re.IGNORECASE,
)
_SEEN_THROUGH = frozenset(" \u00a0\u2009\u202f\"“”«»„'‘’([{<*_#>")
_QUOTES = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
_DASHES = "—–-"
_LIKE_A_SURNAME = re.compile(r"...(?:(?:[oe]v|ski)(?:a|u|im|e|i|oi|aia)?|enko)$")
_VERB_AFTER = re.compile(r"[ \u00a0]\w+(?:л|ла|лся|лась|ет|ит)\b")
_BEHIND_A_NAME = re.compile(
    rf", (?:who|whose|\d\d,|\d{{1,2}} \w+ \d{{4}})| (?:and|и|және|[мбп]ен) (?!I\b){_CAPITAL}"
)
_ADVERB = re.compile(r"(?:[aeiou]ll|ous|ent|ant|ing|ed|bl|at|iv|ic)ly$")
_ADJECTIVE = re.compile(
    r"(?:[ао]льн|енн|ховн|точн|адн|верн|южн|лавн|ейск)(?:ый|ий|ая|ое|ой|ого|ому|ом|ым|ую|ые|ых)$|ски[ех]$|.{3}[лдт][ыі][қк]$",
    re.IGNORECASE,
)
_IN_A_COMPOUND = re.compile(r"-[а-яәіңғүұқөһ]{3}")
_PATRONYMIC = re.compile(
    r"(?:[ое]вич|[ое]вна|ична|[ұу]лы|[қк]ызы|оглы)[а-яәіңғүұқөһ]{0,3}$"
)
_LIKE_A_PLACE = re.compile(r"...(?:stan|abad|kent)(?:a|u|om|e|da|ga|nin|dagi)?$")
_DATELINE = re.compile(
    rf"{_CAPITAL}[\w'’-]*(?:[ ,./]+\w[\w'’-]*){{0,4}}(?: ?\([^)\n]*\))? ?(?:[—–]|--|- )"
)
_ENDINGS = frozenset(
    "а е и й у ы ь ю я ая его ей ем ему ий им ию ого ой ом ому ую ым".split()
)
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BEFORE_A_SENTENCE = _LINE_ENDS + ":!?…"
# Code points up to the full stop of an abbreviation such as `Prof.`
_ABBREVIATION_REACH = 6
# Share of the long words of a line that have capitals, from which it is read as a
# headline.
_TITLE_CASE = 0.7
_LONGEST_HEADLINE = 200
_FEWEST_IN_A_HEADLINE = 4
# Letters from which a word in capitals inside a sentence is no abbreviation.
_SHORTEST_CAPITALS = 6
_LONGEST_ABBREVIATION = 4
_SHORTEST_STEM = 3
_LONGEST_ENDING = 6
_LONGEST_DATELINE = 80
_MOST_WORDS = 10


class _Capital(NamedTuple):
    """A word with a capital, or an initial; it `opens` where every word would have one."""

    start: int
    end: int
    word: str
    initial: bool
    opens: bool
    headline: bool

    @property
    def small(self) -> str:
        return self.word.lower()


# Capitalised words that follow one another.
_Run = list[_Capital]


class _TextReader:
    """What a whole text tells of its capitals."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small_words = set(_SMALL_WORD.findall(text))
        self._headlines = list(self._headline_spans())
        self._capitals = list(self._find_capitals())
        self._names = self._words_that_are_names()
        self._name_stems: set[str] = set()
        for word in self._names:
            if is_cyrillic(word):
                self._name_stems |= _stems(word)

    def names(self) -> Iterator[DetectedName]:
        for run in self._runs():
            for part in self._divide(run):
                for candidate in _separate_people(part):
                    name = self._trim(candidate)
                    if name:
                        start, end = name[0].start, name[-1].end
                        yield DetectedName(start, end, self._text[start:end])

    def _words_that_are_names(self) -> set[str]:
        """Return, in small letters, the words that have their capital inside a sentence."""
        names = set()
        for capital in self._capitals:
            if not (capital.opens or capital.headline or capital.word.isupper()):
                names.add(capital.small)
        return names - OPENERS

    def _headline_spans(self) -> Iterator[tuple[int, int]]:
        """Yield where English headlines stand: lines in which nearly all long words have
        capitals, common ones too."""
        start = 0
        for line in self._text.splitlines(keepends=True):
            if len(line) <= _LONGEST_HEADLINE and self._is_in_title_case(line):
                yield start, start + len(line)
            start += len(line)

    def _is_in_title_case(self, line: str) -> bool:
        words = _LONG_WORD.findall(line)
        if len(words) < _FEWEST_IN_A_HEADLINE or is_cyrillic(line):
            return False
        if line.rstrip().endswith((".", ",", ":", ";")):
            return False
        capitals = [word.lower() for word in words if not word[0].islower()]
        if len(capitals) < _TITLE_CASE * len(words):
            return False
        return any(self._is_common(word) for word in capitals)

    def _is_common(self, word: str) -> bool:
        return word in self._small_words or (word in OPENERS and word not in TITLES)

    def _find_capitals(self) -> Iterator[_Capital]:
        end_of_text = len(self._text)
        # The last one is never passed, so that `next` always has an answer.
        headlines = iter([*self._headlines, (end_of_text, end_of_text)])
        headline_start, headline_end = next(headlines)
        for match in _CAPITALISED.finditer(self._text):
            start, end = match.span()
            while headline_end <= start:
                headline_start, headline_end = next(headlines)
            if self._is_contracted(end):
                continue
            start = self._start_with_article(start)
            yield _Capital(
                start,
                end,
                self._text[start:end],
                initial=bool(match["initial"]),
                opens=self._opens(start),
                headline=headline_start <= start,
            )

    def _is_contracted(self, end: int) -> bool:
        """Say whether a word that ends there goes on as in `Don't` and `We'll`."""
        if self._text[end : end + 1] not in ("'", "’"):
            return False
        return _CONTRACTED.match(self._text, end) is not None

    def _start_with_article(self, start: int) -> int:
        """Return where a name begins whose first capital is at `start`: al-Assad, d'Artagnan."""
        if self._text[start - 1 : start] not in ("-", "'", "’"):
            return start
        article = _ARTICLE.search(self._text, max(0, start - 5), start)
        return article.start() if article else start

    def _opens(self, start: int) -> bool:
        """Say whether a sentence, a quotation or a line begins at `start`."""
        text, at = self._text, start - 1
        if (
            at > 0
            and text[at] == " "
            and (text[at - 1].isalpha() or text[at - 1] == ",")
        ):
            return False  # by far the most frequent case
        is_quoted = False
        while at >= 0 and _is_seen_through(text[at]):
            if text[at] in _QUOTES and not text[at - 1 : at].isalnum():
                is_quoted = True
            at -= 1
        if at < 0 or text[at] in _BEFORE_A_SENTENCE:
            return True
        if text[at] == ".":
            return not _ABBREVIATED.search(
                text, max(0, at - _ABBREVIATION_REACH), at + 1
            )
        if text[at] in _DASHES and at + 1 < start:
            return self._opens_after_dash(at)
        return is_quoted

    def _opens_after_dash(self, dash: int) -> bool:
        """Say whether a report begins after a dash (`AKTAU, Dec 16 —`), or a speech."""
        before = self._text[max(0, dash - _LONGEST_DATELINE) : dash]
        line = before.rpartition("\n")[2].rstrip()
        return not _SMALL_WORD.search(line) or line[-1] in ".!?…"

    def _runs(self) -> Iterator[_Run]:
        run: _Run = []
        for capital in self._capitals:
            if run and not self._joins(run, capital):
                yield run
                run = []
            run.append(capital)
        if run:
            yield run

    def _joins(self, run: _Run, capital: _Capital) -> bool:
        last = run[-1]
        gap = self._text[last.end : capital.start]
        if gap in _BLANKS or (not gap and last.initial):
            is_after_hyphen = self._text[last.start - 1 : last.start] == "-"
            return not is_after_hyphen and len(run) < _MOST_WORDS
        if len(gap) > _MOST_WORDS or not gap.startswith(" ") or not gap.endswith(" "):
            return False
        if gap in _LINKING_WORDS:
            return self._is_linked_by(gap, run)
        return all(word in PARTICLES for word in gap[1:-1].split(" "))

    def _is_linked_by(self, gap: str, run: _Run) -> bool:
        """Say whether of, for, and, in hold a name together, as they do in those of
        organisations."""
        last = run[-1]
        if gap in (" of ", " of the "):
            if last.small in ORGANISATIONS:
                return True
            return not last.opens and last.small not in DIVIDERS
        if gap == " and ":
            if _head_of(run).small in ORGANISATIONS:
                return True
            return _PURPOSE.search(self._text, run[0].end, last.start) is not None
        if gap == " in ":
            return _head_of(run).small in ORGANISATIONS
        return last.small in ORGANISATIONS

    def _divide(self, run: _Run) -> Iterator[_Run]:
        part: _Run = []
        for capital in run:
            if self._divides(capital):
                yield part
                part = []
            else:
                part.append(capital)
        yield part

    def _divides(self, capital: _Capital) -> bool:
        if capital.initial:
            return False
        word, small = capital.word, capital.small
        if len(word) == 1 or small in DIVIDERS or small in CALENDAR:
            return True
        if word.isupper() and len(word) <= _LONGEST_ABBREVIATION and is_cyrillic(word):
            return True
        return capital.headline and not self._is_a_name_elsewhere(capital)

    def _trim(self, part: _Run) -> _Run:
        """Return what of a run is a name: nothing, or some of its words."""
        while part and self._is_no_part(part[0], part[1:]):
            part = part[1:]
        while part and part[-1].initial:
            part = part[:-1]
        if not part:
            return []
        is_name = (
            self._is_a_name_alone(part[0]) if len(part) == 1 else self._is_a_name(part)
        )
        return part if is_name else []

    def _is_a_name(self, part: _Run) -> bool:
        """Say whether several words are a name."""
        words = [capital for capital in part if not capital.initial]
        if all(capital.word.isupper() for capital in words):
            return any(self._is_a_name_elsewhere(capital) for capital in words)
        return not all(word.small in PEOPLES or word.small in OPENERS for word in words)

    def _is_no_part(self, first: _Capital, rest: _Run) -> bool:
        """Say whether a run's first word does not belong to the name after it."""
        if first.initial:
            return False
        small = first.small
        if small in BEFORE_NAMES or small in OFFICES:
            return True
        if not first.opens or not rest or small in OF_PLACES:
            return False
        if self._is_a_name_elsewhere(first):
            return False
        if small in self._small_words and rest[0].small not in self._small_words:
            return True  # but Human Rights Watch
        return small in OPENERS or _ADVERB.search(small) is not None

    def _is_a_name_alone(self, capital: _Capital) -> bool:
        small = capital.small
        if (
            small in OPENERS
            or small in OFFICES
            or small in PEOPLES
            or small in ORGANISATIONS
        ):
            return False
        if small in OF_PLACES or _IN_A_COMPOUND.match(self._text, capital.end):
            return False
        if capital.word.isupper():
            return self._are_capitals_of_a_name(capital)
        if is_cyrillic(small) and _ADJECTIVE.search(small):
            return False
        if small in self._small_words:
            return False
        if not capital.opens or self._is_quoted(capital):
            return True
        return self._is_a_name_elsewhere(capital) or self._is_like_a_name(capital)

    def _are_capitals_of_a_name(self, capital: _Capital) -> bool:
        """Say whether a word in capitals alone is a name: a known one, where a report comes
        from, or a long one."""
        if self._is_a_name_elsewhere(capital):
            return True
        if capital.opens:
            return len(capital.word) > 2 and self._is_in_a_dateline(capital)
        return (
            len(capital.word) >= _SHORTEST_CAPITALS
            and capital.small not in self._small_words
        )

    def _is_a_name_elsewhere(self, capital: _Capital) -> bool:
        if capital.small in self._names:
            return True
        if not is_cyrillic(capital.word):
            return False
        return not self._name_stems.isdisjoint(_stems(capital.small))

    def _is_like_a_name(self, capital: _Capital) -> bool:
        key = word_key(capital.word)
        if _LIKE_A_PLACE.search(key) or _BEHIND_A_NAME.match(self._text, capital.end):
            return True
        if self._is_in_a_dateline(capital):
            return True
        if not _LIKE_A_SURNAME.search(key):
            return False
        # In Cyrillic adjectives end as surnames do, so that a verb has to speak for a person.
        if not is_cyrillic(capital.word):
            return True
        return _VERB_AFTER.match(self._text, capital.end) is not None

    def _is_in_a_dateline(self, capital: _Capital) -> bool:
        """Say whether a report begins with this place: “Stockholm, January 10 –”."""
        line = _DATELINE.match(self._text, capital.start)
        return line is not None and not _SMALL_WORD.search(line[0])

    def _is_quoted(self, capital: _Capital) -> bool:
        """Say whether the word stands alone in quotation marks: «Алга!»."""
        before = self._text[capital.start - 1 : capital.start]
        if before not in _QUOTES:
            return False
        after = self._text[capital.end : capital.end + 2].lstrip("!?")
        return after[:1] == _QUOTES[before]


def _head_of(run: _Run) -> _Capital:
    """Return the first word that is no title; the last word, where all are."""
    for capital in run:
        if capital.small not in BEFORE_NAMES:
            return capital
    return run[-1]


def _is_seen_through(character: str) -> bool:
    """Say whether a sentence may begin in front of this character as well as after it."""
    return character in _SEEN_THROUGH or unicodedata.category(character).startswith("S")


def _separate_people(part: _Run) -> list[_Run]:
    """Divide a run of Cyrillic words that holds a full name and another right before or after
    it.

    Russian sets a place before a name (президент России Дмитрий Медведев), Kazakh may set one
    after it.
    """
    for at in range(1, len(part)):
        given, surname = part[at - 1], part[at]
        if given.initial or not _is_cyrillic_surname(surname):
            continue
        begin, end = at - 1, at + 1
        if _is_patronymic(given):
            begin = 0
        if end < len(part) and _is_patronymic(part[end]):
            end = len(part)
        names = (part[:begin], part[begin:end], part[end:])
        return [name for name in names if name]
    return [part]


def _is_cyrillic_surname(capital: _Capital) -> bool:
    if not is_cyrillic(capital.word):
        return False
    return _LIKE_A_SURNAME.search(word_key(capital.word)) is not None


def _is_patronymic(capital: _Capital) -> bool:
    return _PATRONYMIC.search(capital.small) is not None


@lru_cache(maxsize=65536)
def _stems(word: str) -> frozenset[str]:
    """Return what a Cyrillic word may be without an ending of Russian or Kazakh, and the
    word."""
    stems = {word}
    for cut in range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word)):
        ending = word[cut:]
        if ending in _ENDINGS or is_kazakh_ending(ending):
            stems.add(word[:cut])
    return frozenset(stems)
