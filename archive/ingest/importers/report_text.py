"""Reports kept as plain text or Markdown, the way that people keep them: copied from a web page
by hand.

Such a file is a head, a body and a tail. The head is the title, then any of: a date, a masthead
in bold, lines like `Author: …`, and a standfirst or caption. The tail is any of: an agency
credit in brackets, lines like `Topic: …` or `Source URL: …`. Only in the head and the tail are
lines taken for metadata; in the body every word stays. YAML front matter, where there is some,
is read first and wins.

    # Title                       heading, or the first line if it reads as a title
    December 19, 2011
    **The Example Times**         masthead
    Author: [Somebody](#)
    A standfirst.                 kept in the text too: a passage of it may be worth tagging

    CITY — The body …

    *(Reuters, AP)*               credit
    Source URL: <https://…>

Lists are not read as lists, because an item's number or dash would no longer be part of the
words.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape

import frontmatter
import yaml
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from archive.dates import earliest_day, read_date
from archive.ingest.importers.report import Cleaning, ParsedReport, UnreadableReport
from archive.ingest.source_urls import is_address
from archive.publishers import AGENCIES

_MAX_TITLE = 250
_MAX_STANDFIRST = 250
_MAX_FIELD = {
    "authors": 200,
    "topics": 200,
    "credit": 300,
    "publisher": 200,
    "coverage": 300,
    "published": 60,
}
_MAX_FIELD |= {"title_transliterated": 500, "title_translated": 500}
"""Characters of a name, as the archive keeps it. A longer one is not cut: its line stays in the
text."""
_MAX_BYLINE = 500
_LISTS = ("authors", "topics")
_AS_TYPED = (
    "credit",
    "publisher",
    "coverage",
    "language",
    "standfirst",
    "title_transliterated",
    "title_translated",
)

_HEADING = re.compile(r"^#{1,6}\s+(?P<words>.+?)\s*#*$")
_MASTHEAD = re.compile(r"^\*\*(?P<words>[^*\n]{2,60})\*\*$")
_DATELINE = re.compile(r"^[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^—–\n]{1,60}\s[—–]\s")
_CREDIT = re.compile(r"^(?P<mark>[*_]?)\((?P<words>[^()\n]{2,120})\)(?P=mark)$")
_LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\((?P<address>[^)\s]*)\)")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_RULE = re.compile(r"(?:-{3,}\s*\n)+")
_FIELDS = {
    "authors": ["author", "authors", "by", "автор", "авторы"],
    "original_address": [
        "original url",
        "source url",
        "url",
        "source",
        "original address",
        "источник",
        "адрес",
    ],
    "topics": ["topic", "topics", "tags", "тема", "темы"],
    "coverage": ["focus", "region", "coverage", "регион"],
    "credit": ["credit", "agency", "агентство"],
    "publisher": ["publisher", "outlet", "издание"],
    "published": ["date", "published", "дата"],
    "title_transliterated": ["transliteration", "transliterated title", "транслитерация"],
    "title_translated": [
        "translated title",
        "title translation",
        "перевод заголовка",
        "перевод названия",
    ],
    "language": ["language", "lang", "язык"],
    "standfirst": ["standfirst", "caption", "summary", "подзаголовок"],
}
_FIELD_OF = {label: name for name, labels in _FIELDS.items() for label in labels}
_FIELD = re.compile(r"^(?P<label>[^\W\d_]+(?: [^\W\d_]+)?):[ \t]*(?P<value>.*)$", re.DOTALL)
_BYLINE = re.compile(r"^(?:By|BY|Автор)\s+(?P<names>[^\W\d_][^.:\n]{2,120})$")
_ITEM = re.compile(r"\n(?=(?:[-*+•–—]|\d{1,3}[.)])\s)")
"""Where a line begins with a dash or a number, the line break before it is kept."""
_CLOSING = "\"'”’»)]*_"


def read(text: str) -> ParsedReport:
    """Read one report. Raises Unreadable where it has no title or no text."""
    report = ParsedReport()
    text = _read_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"), report)
    cleaner = _Cleaner(text)
    blocks = [block for block in re.split(r"\n[ \t]*\n", cleaner.text) if block.strip()]
    blocks = [block.strip("\n").rstrip() for block in blocks]
    blocks = _read_head(blocks, report, cleaner)
    blocks = _read_tail(blocks, report, cleaner)
    if not report.title:
        raise UnreadableReport(_("It has no title: begin it with a line “# Title”."))
    blocks = cleaner.join_split_paragraphs(blocks)
    if not blocks:
        raise UnreadableReport(_("It has a title but no text."))
    report.html = _markdown().render("\n\n".join(_ITEM.sub(r"\\\n", block) for block in blocks))
    if report.standfirst:
        report.html = f'<p class="standfirst">{_inline(report.standfirst)}</p>\n{report.html}'
        report.standfirst = _plain(report.standfirst)
    report.cleanings = cleaner.cleanings()
    return report


def _read_front_matter(text: str, report: ParsedReport) -> str:
    """Take the YAML between two lines `---` at the head of `text` into `report`; return what
    follows.

    Words between two such lines that are no fields are words of the report.
    """
    if not text.startswith("---\n"):
        return text
    try:
        values, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableReport(
            _("Its front matter is not YAML: %(error)s")
            % {"error": " ".join(str(error).split())}
        ) from error
    if not values:
        return _RULE.sub("", text, count=1)
    for label, value in values.items():
        name = _FIELD_OF.get(str(label).lower().replace("_", " "), str(label).lower())
        words = _words_of(
            value[0]
            if isinstance(value, list) and len(value) == 1 and name not in _LISTS
            else value
        )
        if name == "title" and words:
            report.title = words
        elif words is None or (words and not _set_field(report, name, words)):
            report.notes.append(
                _("Not understood in the front matter: %(label)s.") % {"label": label}
            )
    return str(body)


def _words_of(value: object) -> str | None:
    """Return a YAML value in one line, each item of a list before a semicolon; None where it is
    nested."""
    if isinstance(value, list):
        items = [_words_of(item) for item in value if not isinstance(item, list)]
        return (
            None
            if None in items or len(items) < len(value)
            else "".join(f"{item};" for item in items)
        )
    if isinstance(value, datetime):
        value = value.date()
    if value is None or isinstance(value, str | int | float | date):
        return " ".join(str("" if value is None else value).split())
    return None


@dataclass
class _Cleaner:
    """Removes the scars of a text and counts them."""

    text: str
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = self._sub("control", r"(?<=\S)[\x0b\x0c\x85\u2028\u2029](?=\S)", "\n", self.text)
        text = self._sub(
            "control", r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]", "", text
        )
        text = self._sub("stray-mark", r"^[ \t]*✘[ \t]*", "", text, flags=re.MULTILINE)
        text = self._sub("doubled-space", r"(?<=\S)(?:[ \t]{2,}|\t)(?=\S)", " ", text)
        self.text = self._sub(
            "dead-link", r"\[([^\]\n]+)\]\((?:#|javascript:[^)]*)?\)", r"\1", text
        )

    def _sub(self, code: str, pattern: str, by: str, text: str, flags: int = 0) -> str:
        text, count = re.subn(pattern, by, text, flags=flags)
        self.counts[code] = self.counts.get(code, 0) + count
        return text

    def join_lines(self, value: str) -> str:
        """Return a field's value on one line, counting it where it stood on several."""
        if "\n" in value.strip():
            self.counts["split-field"] = self.counts.get("split-field", 0) + 1
        return " ".join(value.split())

    def join_split_paragraphs(self, blocks: list[str]) -> list[str]:
        """Join a block that stops in mid-sentence, on a letter or comma, to one that goes on in
        small letters."""
        joined: list[str] = []
        for block in blocks:
            if joined and block[0].islower() and _stops_in_mid_sentence(joined[-1]):
                joined[-1] = f"{joined[-1]} {block}"
                self.counts["split-paragraph"] = self.counts.get("split-paragraph", 0) + 1
            else:
                joined.append(block)
        return joined

    def cleanings(self) -> list[Cleaning]:
        words = {
            "control": _("control characters removed"),
            "stray-mark": _("stray “✘” removed"),
            "doubled-space": _("doubled spaces made one"),
            "dead-link": _("dead links unlinked, their words kept"),
            "split-field": _("field joined that was split over lines"),
            "split-paragraph": _("paragraph joined that was split in mid-sentence"),
        }
        return [
            Cleaning(code, words[code], count) for code, count in self.counts.items() if count
        ]


def _read_head(blocks: list[str], report: ParsedReport, cleaner: _Cleaner) -> list[str]:
    """Take title, date, masthead, fields and standfirst from the front of `blocks`; return the
    rest."""
    rest = list(blocks)
    if rest and not report.title:
        first, *more = rest[0].split("\n", 1)
        if heading := _HEADING.match(first):
            report.title = _plain(heading["words"])
            rest[:1] = [line for line in more if line.strip()]
        elif not more and _reads_as_title(first):
            report.title = _plain(first)
            rest = rest[1:]
    had_head = False
    while rest and _read_head_block(rest[0], report, cleaner):
        rest = rest[1:]
        had_head = True
    if (
        not report.standfirst
        and len(rest) > 1
        and had_head
        and _reads_as_standfirst(rest[0], rest[1])
    ):
        report.standfirst, rest = rest[0], rest[1:]
    return rest


def _read_head_block(block: str, report: ParsedReport, cleaner: _Cleaner) -> bool:
    if masthead := _MASTHEAD.match(block):
        return _set_field(report, "publisher", masthead["words"])
    if day := read_date(block.strip("*_ ")):
        return _set_field(report, "published", day)
    byline = _BYLINE.match(block.strip("*_ "))
    if byline and byline["names"][0].isupper():
        return _set_field(report, "authors", byline["names"])
    return _read_fields(block, report, cleaner)


def _read_tail(blocks: list[str], report: ParsedReport, cleaner: _Cleaner) -> list[str]:
    """Take credit and fields from the end of `blocks`; return what stands before them."""
    rest = list(blocks)
    while rest:
        lone_address = _ADDRESS.fullmatch(rest[-1].strip("<> "))
        if (
            lone_address
            and len(rest) > 1
            and (label := _FIELD.match(rest[-2]))
            and not label["value"]
        ):
            if not _read_fields(f"{rest[-2]} {rest[-1]}", report, cleaner):
                break
            rest = rest[:-2]
        elif _read_credit(rest[-1], report) or _read_fields(rest[-1], report, cleaner):
            rest = rest[:-1]
        else:
            break
    return rest


def _read_credit(block: str, report: ParsedReport) -> bool:
    found = _CREDIT.match(block)
    if not found or report.credit:
        return False
    names = [name.strip() for name in re.split(r"[,/;]| and | и ", found["words"])]
    if not all(name in AGENCIES for name in names):
        return False
    report.credit = ", ".join(names)
    return True


def _read_fields(block: str, report: ParsedReport, cleaner: _Cleaner) -> bool:
    """Take a block that is wholly `Label: value` lines; a line without a label goes on with the
    one before."""
    found: list[tuple[str, str]] = []
    for line in block.split("\n"):
        labelled = _FIELD.match(line)
        if labelled and labelled["label"].lower() in _FIELD_OF:
            found.append((_FIELD_OF[labelled["label"].lower()], labelled["value"]))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        else:
            return False
    if any(len(value) > _MAX_STANDFIRST * 2 for _name, value in found):
        return False
    return all(_set_field(report, name, cleaner.join_lines(value)) for name, value in found)


def _set_field(report: ParsedReport, name: str, value: str) -> bool:
    """Put `value` into the field `name`; False where it is not understood or is another than an
    earlier line's."""
    value = value.strip()
    if name == "original_address":
        address = value.strip("<>")
        if link := _LINK.search(value):
            address = link["address"]
        return is_address(address) and _give(report, name, address)
    if name == "published":
        try:
            earliest_day(value)
        except ValueError:
            value = read_date(value)
        return _give(report, name, value)
    if name in _LISTS:
        return _give(report, name, _listed(value, by_and=name == "authors"))
    if name == "language" and not _LANGUAGE.fullmatch(value):
        return False
    return name in _AS_TYPED and _give(report, name, _plain(value))


def _give(report: ParsedReport, name: str, value: str | list[str]) -> bool:
    """Put `value` into a field that is empty or has it already; False, and nothing is changed,
    where it cannot be."""
    names = value if isinstance(value, list) else [value]
    longest = _MAX_FIELD.get(name)
    if not value or getattr(report, name) not in ("", [], value):
        return False
    if longest and any(len(words) > longest for words in names):
        return False
    if name == "authors" and len("; ".join(names)) > _MAX_BYLINE:
        return False
    setattr(report, name, value)
    return True


def _listed(value: str, *, by_and: bool) -> list[str]:
    """Split a list of names: at semicolons where there are some, else at commas (and at
    “and”)."""
    separator = ";" if ";" in value else r",| and | и " if by_and else ","
    return [_plain(part) for part in re.split(separator, value) if part.strip()]


def _stops_in_mid_sentence(block: str) -> bool:
    last_line = block.rsplit("\n", 1)[-1]
    return (
        (block[-1].islower() or block[-1] == ",")
        and not _HEADING.match(last_line)
        and not last_line.startswith(">")
    )


def _reads_as_title(line: str) -> bool:
    return (
        len(line) <= _MAX_TITLE
        and not line.rstrip(_CLOSING).endswith((".", ";", ":", ","))
        and not _FIELD.match(line)
    )


def _reads_as_standfirst(block: str, following: str) -> bool:
    """Say whether `block` stands before the body: right before a dateline, or as one short
    sentence."""
    if (
        _DATELINE.match(block)
        or _HEADING.match(block)
        or len(block) > _MAX_STANDFIRST
        or block.startswith(">")
    ):
        return False
    if _DATELINE.match(following):
        return True
    sentences = re.findall(r"[.!?…]+[\"”’»)]*(?=\s|$)", block)
    return len(sentences) <= 1 and not re.search(r"[\"“”«»]", block)


def _plain(markdown: str) -> str:
    """Return the words of one line of Markdown without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", _inline(markdown))).split())


def _inline(markdown: str) -> str:
    return str(_markdown().renderInline(markdown))


def _markdown() -> MarkdownIt:
    """CommonMark without what would take words or signs away: lists, code, rules, link
    definitions and raw HTML."""
    off = ["list", "code", "fence", "backticks", "hr", "reference", "html_block", "image"]
    return MarkdownIt("commonmark", {"html": False}).disable(off)
