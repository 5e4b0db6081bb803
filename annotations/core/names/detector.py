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
(not_names.py).
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
    return list(_Reading(text).names())


def _class_of_capitals() -> str:
    """The capitals of Latin and Cyrillic, for use in a pattern."""
    capitals = (
        chr(c) for c in [*range(0x41, 0x250), *range(0x400, 0x530), *range(0x1E00, 0x1F00)]
    )
    return "".join(c for c in capitals if unicodedata.category(c) in ("Lu", "Lt"))


_CAPITALS = _class_of_capitals()
_CAPITAL = f"[{_CAPITALS}]"
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
_PIECE = re.compile(
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
_LINKS = {" of ", " of the ", " for ", " to ", " on ", " and ", " in "}
_FOR = re.compile(" (?:for|of|on|to) ")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:mrs?|ms|dr|gen|col|sen|gov|lt|sgt|prof|rev|hon|maj|capt|г|ул|им|пр|пос|с|т|св)\.$",
    re.IGNORECASE,
)
_TRANSPARENT = frozenset(" \u00a0\u2009\u202f\"“”«»„'‘’([{<*_#>")
_QUOTES = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'"}
_DASHES = "—–-"
_LIKE_A_SURNAME = re.compile(r"...(?:(?:[oe]v|ski)(?:a|u|im|e|i|oi|aia)?|enko)$")
_DID = re.compile(r"[ \u00a0]\w+(?:л|ла|лся|лась|ет|ит)\b")
_AS_NAMES_STAND = re.compile(
    rf", (?:who|whose|\d\d,|\d{{1,2}} \w+ \d{{4}})| (?:and|и|және|[мбп]ен) (?!I\b){_CAPITAL}"
)
_ADVERB = re.compile(r"(?:[aeiou]ll|ous|ent|ant|ing|ed|bl|at|iv|ic)ly$")
_ADJECTIVE = re.compile(
    r"(?:[ао]льн|енн|ховн|точн|адн|верн|южн|лавн|ейск)(?:ый|ий|ая|ое|ой|ого|ому|ом|ым|ую|ые|ых)$|ски[ех]$|.{3}[лдт][ыі][қк]$",
    re.IGNORECASE,
)
_IN_A_COMPOUND = re.compile(r"-[а-яәіңғүұқөһ]{3}")
_PATRONYMIC = re.compile(r"(?:[ое]вич|[ое]вна|ична|[ұу]лы|[қк]ызы|оглы)[а-яәіңғүұқөһ]{0,3}$")
_LIKE_A_PLACE = re.compile(r"...(?:stan|abad|kent)(?:a|u|om|e|da|ga|nin|dagi)?$")
_DATELINE = re.compile(
    rf"{_CAPITAL}[\w'’-]*(?:[ ,./]+\w[\w'’-]*){{0,4}}(?: ?\([^)\n]*\))? ?(?:[—–]|--|- )"
)
_ENDINGS = frozenset("а е и й у ы ь ю я ая его ей ем ему ий им ию ого ой ом ому ую ым".split())
_TITLE_CASE = 0.7
"""Share of the long words of a line that have capitals, from which it is read as a headline."""
_LONGEST_HEADLINE = 200
_FEWEST_IN_A_HEADLINE = 4
_SHORTEST_CAPITALS = 6
"""Letters from which a word in capitals inside a sentence is no abbreviation."""
_LONGEST_ABBREVIATION = 4
_SHORTEST_STEM = 3
_LONGEST_ENDING = 6
_LONGEST_DATELINE = 80
_MOST_WORDS = 10


class _CapitalRun(NamedTuple):
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


class _Reading:
    """What a whole text tells of its capitals."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small_words = set(_SMALL_WORD.findall(text))
        self._headlines = list(self._lines_in_title_case())
        self._pieces = list(self._found())
        self._names = {
            piece.small
            for piece in self._pieces
            if not (piece.opens or piece.headline or piece.word.isupper())
        } - OPENERS
        self._stems = frozenset().union(
            *(_stems(word) for word in self._names if is_cyrillic(word))
        )

    def names(self) -> Iterator[DetectedName]:
        for run in self._runs():
            for part in chain.from_iterable(map(_people_apart, self._divided(run))):
                name = self._trimmed(part)
                if name:
                    start, end = name[0].start, name[-1].end
                    yield DetectedName(start, end, self._text[start:end])

    def _lines_in_title_case(self) -> Iterator[tuple[int, int]]:
        """Yield where English headlines stand: lines in which nearly all long words have
        capitals, common ones too."""
        start = 0
        for line in self._text.splitlines(keepends=True):
            if len(line) <= _LONGEST_HEADLINE and self._is_in_title_case(line):
                yield start, start + len(line)
            start += len(line)

    def _is_in_title_case(self, line: str) -> bool:
        words = _LONG_WORD.findall(line)
        if (
            len(words) < _FEWEST_IN_A_HEADLINE
            or is_cyrillic(line)
            or line.rstrip().endswith((".", ",", ":", ";"))
        ):
            return False
        capitals = [word.lower() for word in words if not word[0].islower()]
        common = (
            word
            for word in capitals
            if word in self._small_words or (word in OPENERS and word not in TITLES)
        )
        return len(capitals) >= _TITLE_CASE * len(words) and any(common)

    def _found(self) -> Iterator[_CapitalRun]:
        headlines = iter([*self._headlines, (len(self._text), len(self._text))])
        line = next(headlines)
        for match in _PIECE.finditer(self._text):
            start, end = match.span()
            while line[1] <= start:
                line = next(headlines)
            if self._text[end : end + 1] in ("'", "’") and _CONTRACTED.match(self._text, end):
                continue
            if self._text[start - 1 : start] in ("-", "'", "’"):
                article = _ARTICLE.search(self._text, max(0, start - 5), start)
                start = article.start() if article else start
            word = self._text[start:end]
            yield _CapitalRun(
                start, end, word, bool(match["initial"]), self._opens(start), line[0] <= start
            )

    def _opens(self, start: int) -> bool:
        """Say whether a sentence, a quotation or a line begins at `start`."""
        text, at = self._text, start - 1
        if at > 0 and text[at] == " " and (text[at - 1].isalpha() or text[at - 1] == ","):
            return False
        quotes = False
        while at >= 0 and (
            text[at] in _TRANSPARENT or unicodedata.category(text[at])[0] == "S"
        ):
            quotes = quotes or (text[at] in _QUOTES and not text[at - 1 : at].isalnum())
            at -= 1
        if at < 0 or text[at] in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029:!?…":
            return True
        if text[at] == ".":
            return not _ABBREVIATED.search(text, max(0, at - 6), at + 1)
        if text[at] in _DASHES and at + 1 < start:
            before = text[max(0, at - _LONGEST_DATELINE) : at].rpartition("\n")[2].rstrip()
            return not _SMALL_WORD.search(before) or before[-1] in ".!?…"
        return quotes

    def _runs(self) -> Iterator[list[_CapitalRun]]:
        run: list[_CapitalRun] = []
        for piece in self._pieces:
            if run and not self._joins(run, piece):
                yield run
                run = []
            run.append(piece)
        if run:
            yield run

    def _joins(self, run: list[_CapitalRun], piece: _CapitalRun) -> bool:
        last = run[-1]
        gap = self._text[last.end : piece.start]
        if gap in _BLANKS or (not gap and last.initial):
            return self._text[last.start - 1 : last.start] != "-" and len(run) < _MOST_WORDS
        if len(gap) > _MOST_WORDS or gap[:1] != " " or gap[-1:] != " ":
            return False
        if gap in _LINKS:
            return self._is_linked_by(gap, run)
        return all(word in PARTICLES for word in gap[1:-1].split(" "))

    def _is_linked_by(self, gap: str, run: list[_CapitalRun]) -> bool:
        """Say whether of, for, and, in hold a name together, as they do in those of
        organisations."""
        last = run[-1]
        head = next((piece for piece in run if piece.small not in BEFORE_NAMES), last)
        if gap in (" of ", " of the "):
            return last.small in ORGANISATIONS or not (last.opens or last.small in DIVIDERS)
        if gap == " and ":
            return head.small in ORGANISATIONS or bool(
                _FOR.search(self._text, run[0].end, last.start)
            )
        return (head if gap == " in " else last).small in ORGANISATIONS

    def _divided(self, run: list[_CapitalRun]) -> Iterator[list[_CapitalRun]]:
        part: list[_CapitalRun] = []
        for piece in run:
            if self._divides(piece):
                yield part
                part = []
            else:
                part.append(piece)
        yield part

    def _divides(self, piece: _CapitalRun) -> bool:
        if piece.initial:
            return False
        if len(piece.word) == 1 or piece.small in DIVIDERS or piece.small in CALENDAR:
            return True
        if (
            piece.word.isupper()
            and len(piece.word) <= _LONGEST_ABBREVIATION
            and is_cyrillic(piece.word)
        ):
            return True
        return piece.headline and not self._is_a_name_elsewhere(piece)

    def _trimmed(self, part: list[_CapitalRun]) -> list[_CapitalRun]:
        """Return what of a run is a name: nothing, or some of its pieces."""
        while part and self._is_no_part(part[0], part[1:]):
            part = part[1:]
        while part and part[-1].initial:
            part = part[:-1]
        if len(part) == 1:
            return part if self._is_a_name_alone(part[0]) else []
        words = [piece for piece in part if not piece.initial]
        if all(piece.word.isupper() for piece in words):
            return part if any(map(self._is_a_name_elsewhere, words)) else []
        return (
            part
            if any(piece.small not in PEOPLES and piece.small not in OPENERS for piece in words)
            else []
        )

    def _is_no_part(self, first: _CapitalRun, rest: list[_CapitalRun]) -> bool:
        """Say whether a run's first word does not belong to the name behind it."""
        if first.initial:
            return False
        if first.small in BEFORE_NAMES or first.small in OFFICES:
            return True
        if (
            not (first.opens and rest)
            or first.small in OF_PLACES
            or self._is_a_name_elsewhere(first)
        ):
            return False
        if (
            first.small in self._small_words and rest[0].small not in self._small_words
        ):  # but Human Rights Watch
            return True
        return first.small in OPENERS or bool(_ADVERB.search(first.small))

    def _is_a_name_alone(self, piece: _CapitalRun) -> bool:
        small = piece.small
        if small in OPENERS or small in OFFICES or small in PEOPLES or small in ORGANISATIONS:
            return False
        if small in OF_PLACES or _IN_A_COMPOUND.match(self._text, piece.end):
            return False
        if piece.word.isupper():
            return self._are_capitals_of_a_name(piece)
        if is_cyrillic(small) and _ADJECTIVE.search(small):
            return False
        if small in self._small_words:
            return False
        if not piece.opens or self._is_quoted(piece):
            return True
        return self._is_a_name_elsewhere(piece) or self._is_like_a_name(piece)

    def _are_capitals_of_a_name(self, piece: _CapitalRun) -> bool:
        """Say whether a word in capitals alone is a name: a known one, where a report comes
        from, or a long one."""
        if self._is_a_name_elsewhere(piece):
            return True
        if piece.opens:
            return len(piece.word) > 2 and self._is_in_a_dateline(piece)
        return len(piece.word) >= _SHORTEST_CAPITALS and piece.small not in self._small_words

    def _is_a_name_elsewhere(self, piece: _CapitalRun) -> bool:
        return piece.small in self._names or (
            is_cyrillic(piece.word) and not self._stems.isdisjoint(_stems(piece.small))
        )

    def _is_like_a_name(self, piece: _CapitalRun) -> bool:
        key = word_key(piece.word)
        if (
            _LIKE_A_PLACE.search(key)
            or _AS_NAMES_STAND.match(self._text, piece.end)
            or self._is_in_a_dateline(piece)
        ):
            return True
        return bool(_LIKE_A_SURNAME.search(key)) and (
            not is_cyrillic(piece.word) or bool(_DID.match(self._text, piece.end))
        )

    def _is_in_a_dateline(self, piece: _CapitalRun) -> bool:
        """Say whether a report begins with this place: “Stockholm, January 10 –”."""
        line = _DATELINE.match(self._text, piece.start)
        return line is not None and not _SMALL_WORD.search(line[0])

    def _is_quoted(self, piece: _CapitalRun) -> bool:
        before, behind = (
            self._text[piece.start - 1 : piece.start],
            self._text[piece.end : piece.end + 2],
        )
        return bool(before) and _QUOTES.get(before) == behind.lstrip("!?")[:1]


def _people_apart(part: list[_CapitalRun]) -> list[list[_CapitalRun]]:
    """Divide a run of Cyrillic words that holds a full name and another right before or behind
    it.

    Russian sets a place before a name (президент России Дмитрий Медведев), Kazakh may set one
    behind it.
    """
    for at in range(1, len(part)):
        given, surname = part[at - 1], part[at]
        if given.initial or not (
            is_cyrillic(surname.word) and _LIKE_A_SURNAME.search(word_key(surname.word))
        ):
            continue
        begin = 0 if _is_patronymic(given) else at - 1
        end = len(part) if part[at + 1 :] and _is_patronymic(part[at + 1]) else at + 1
        return [name for name in (part[:begin], part[begin:end], part[end:]) if name]
    return [part]


def _is_patronymic(piece: _CapitalRun) -> bool:
    return bool(_PATRONYMIC.search(piece.small))


@lru_cache(maxsize=65536)
def _stems(word: str) -> frozenset[str]:
    """Return what a Cyrillic word may be without an ending of Russian or Kazakh, and the
    word."""
    cuts = range(max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING), len(word))
    return frozenset(
        [
            word,
            *(
                word[:cut]
                for cut in cuts
                if word[cut:] in _ENDINGS or is_kazakh_ending(word[cut:])
            ),
        ]
    )
