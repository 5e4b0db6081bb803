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
from functools import cache
from html import unescape

import frontmatter
import yaml
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from archive.dates import earliest_day, read_written_day
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
    "title_transliterated": [
        "transliteration",
        "transliterated title",
        "транслитерация",
    ],
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
_FIELD = re.compile(
    r"^(?P<label>[^\W\d_]+(?: [^\W\d_]+)?):[ \t]*(?P<value>.*)$", re.DOTALL
)
_BYLINE = re.compile(r"^(?:By|BY|Автор)\s+(?P<names>[^\W\d_][^.:\n]{2,120})$")
# Where a line begins with a dash or a number, the line break before it is kept.
_ITEM = re.compile(r"\n(?=(?:[-*+•–—]|\d{1,3}[.)])\s)")
# The code under which it is counted, what is replaced, and by what.
_CLEANING_RULES = [
    ("control", re.compile(r"(?<=\S)[\x0b\x0c\x85\u2028\u2029](?=\S)"), "\n"),
    (
        "control",
        re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]"),
        "",
    ),
    ("stray-mark", re.compile(r"^[ \t]*✘[ \t]*", re.MULTILINE), ""),
    ("doubled-space", re.compile(r"(?<=\S)(?:[ \t]{2,}|\t)(?=\S)"), " "),
    ("dead-link", re.compile(r"\[([^\]\n]+)\]\((?:#|javascript:[^)]*)?\)"), r"\1"),
]
_OMITTED_SYNTAX = [
    "list",
    "code",
    "fence",
    "backticks",
    "hr",
    "reference",
    "html_block",
    "image",
]
_CLOSING = "\"'”’»)]*_"


def read(text: str) -> ParsedReport:
    """Read one report. Raises UnreadableReport where it has no title or no text."""
    report = ParsedReport()
    text = _read_front_matter(text.replace("\r\n", "\n").replace("\r", "\n"), report)
    cleaner = _Cleaner(text)
    blocks = _read_head(_blocks(cleaner.text), report, cleaner)
    blocks = _read_tail(blocks, report, cleaner)
    if not report.title:
        raise UnreadableReport(_("It has no title: begin it with a line “# Title”."))
    # Only now: fields in head and tail are no sentences that a block could continue.
    blocks = cleaner.join_split_paragraphs(blocks)
    if not blocks:
        raise UnreadableReport(_("It has a title but no text."))
    body = "\n\n".join(_ITEM.sub(r"\\\n", block) for block in blocks)
    report.html = _markdown().render(body)
    if report.standfirst:
        report.html = (
            f'<p class="standfirst">{_inline(report.standfirst)}</p>\n{report.html}'
        )
        report.standfirst = _plain(report.standfirst)
    report.cleanings = cleaner.cleanings()
    return report


def _blocks(text: str) -> list[str]:
    """Split a text at its blank lines; an indentation of a block's first line stays."""
    blocks = re.split(r"\n[ \t]*\n", text)
    return [block.strip("\n").rstrip() for block in blocks if block.strip()]


def _read_front_matter(text: str, report: ParsedReport) -> str:
    """Read the YAML between two lines `---` at the head of `text` into `report`; return what
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
        if not _read_front_matter_field(str(label).lower(), value, report):
            report.notes.append(
                _("Not understood in the front matter: %(label)s.") % {"label": label}
            )
    return str(body)


def _read_front_matter_field(label: str, value: object, report: ParsedReport) -> bool:
    """Put a YAML value into its field; False where it is not understood. An empty one is."""
    name = _FIELD_OF.get(label.replace("_", " "), label)
    if isinstance(value, list) and len(value) == 1 and name not in _LISTS:
        value = value[0]
    words = _words_of(value)
    if words is None:
        return False
    if not words:
        return True
    # A title is set here alone: no line of the text has a label for it.
    if name == "title":
        report.title = words
        return True
    return _set_field(report, name, words)


def _words_of(value: object) -> str | None:
    """Return a YAML value in one line, with a semicolon after each item of a list; None where
    it is nested."""
    if isinstance(value, list):
        return _words_of_items(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str | int | float | date):
        return " ".join(str(value).split())
    return None


def _words_of_items(items: list[object]) -> str | None:
    words = ""
    for item in items:
        item_words = None if isinstance(item, list) else _words_of(item)
        if item_words is None:
            return None
        words += f"{item_words};"
    return words


@dataclass
class _Cleaner:
    """Repairs the damage that copying did to a text, and counts it."""

    text: str
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # The first rule before the second: a line separator between words becomes a line break,
        # and only what is left of them is removed.
        for code, pattern, replacement in _CLEANING_RULES:
            self.text, count = pattern.subn(replacement, self.text)
            self._count(code, count)

    def _count(self, code: str, times: int = 1) -> None:
        self.counts[code] = self.counts.get(code, 0) + times

    def join_lines(self, value: str) -> str:
        """Return a field's value on one line, counting it where it stood on several."""
        if "\n" in value.strip():
            self._count("split-field")
        return " ".join(value.split())

    def join_split_paragraphs(self, blocks: list[str]) -> list[str]:
        """Join a block that stops in mid-sentence, on a letter or comma, to one that goes on in
        small letters."""
        joined: list[str] = []
        for block in blocks:
            if joined and block[0].islower() and _stops_in_mid_sentence(joined[-1]):
                joined[-1] = f"{joined[-1]} {block}"
                self._count("split-paragraph")
            else:
                joined.append(block)
        return joined

    def cleanings(self) -> list[Cleaning]:
        labels = {
            "control": _("control characters removed"),
            "stray-mark": _("stray “✘” removed"),
            "doubled-space": _("doubled spaces made one"),
            "dead-link": _("dead links unlinked, their words kept"),
            "split-field": _("field joined that was split over lines"),
            "split-paragraph": _("paragraph joined that was split in mid-sentence"),
        }
        counts = self.counts.items()
        return [Cleaning(code, labels[code], count) for code, count in counts if count]


def _read_head(blocks: list[str], report: ParsedReport, cleaner: _Cleaner) -> list[str]:
    """Read title, date, masthead, fields and standfirst from the front of `blocks`; return the
    rest."""
    rest = list(blocks)
    if rest and not report.title:
        rest = _read_title(rest, report)
    # The order of these lines varies from outlet to outlet.
    start = 0
    while start < len(rest) and _read_head_block(rest[start], report, cleaner):
        start += 1
    rest = rest[start:]
    # Only after other lines of a head: else any short first paragraph would be taken.
    if start == 0 or report.standfirst or len(rest) < 2:
        return rest
    if _reads_as_standfirst(rest[0], rest[1]):
        report.standfirst = rest.pop(0)
    return rest


def _read_title(blocks: list[str], report: ParsedReport) -> list[str]:
    """Read a heading, or a lone line that reads as a title; return what stands after it."""
    first, _newline, more = blocks[0].partition("\n")
    heading = _HEADING.match(first)
    if heading:
        report.title = _plain(heading["words"])
        return [more, *blocks[1:]] if more.strip() else blocks[1:]
    if not more and _reads_as_title(first):
        report.title = _plain(first)
        return blocks[1:]
    return blocks


def _read_head_block(block: str, report: ParsedReport, cleaner: _Cleaner) -> bool:
    masthead = _MASTHEAD.match(block)
    if masthead:
        return _set_field(report, "publisher", masthead["words"])
    unmarked = block.strip("*_ ")
    day = read_written_day(unmarked)
    if day:
        return _set_field(report, "published", day)
    byline = _BYLINE.match(unmarked)
    if byline and byline["names"][0].isupper():
        return _set_field(report, "authors", byline["names"])
    return _read_fields(block, report, cleaner)


def _read_tail(blocks: list[str], report: ParsedReport, cleaner: _Cleaner) -> list[str]:
    """Read credit and fields from the end of `blocks`; return what stands before them."""
    rest = list(blocks)
    while rest:
        if _is_address_under_its_label(rest):
            if not _read_fields(f"{rest[-2]} {rest[-1]}", report, cleaner):
                break
            rest = rest[:-2]
        elif _read_credit(rest[-1], report) or _read_fields(rest[-1], report, cleaner):
            rest = rest[:-1]
        else:
            break
    return rest


def _is_address_under_its_label(blocks: list[str]) -> bool:
    """Say whether the last two blocks are `Source URL:` and, by itself, the address."""
    if len(blocks) < 2 or not _ADDRESS.fullmatch(blocks[-1].strip("<> ")):
        return False
    label = _FIELD.match(blocks[-2])
    return label is not None and not label["value"]


def _read_credit(block: str, report: ParsedReport) -> bool:
    credit = _CREDIT.match(block)
    if not credit or report.credit:
        return False
    names = [name.strip() for name in re.split(r"[,/;]| and | и ", credit["words"])]
    # Words in brackets may be a remark: all of them must be agencies.
    if not AGENCIES.issuperset(names):
        return False
    report.credit = ", ".join(names)
    return True


def _read_fields(block: str, report: ParsedReport, cleaner: _Cleaner) -> bool:
    """Read a block that is wholly `Label: value` lines; a line without a label continues the
    one before."""
    fields: list[tuple[str, str]] = []
    for line in block.split("\n"):
        labelled = _FIELD.match(line)
        if labelled and labelled["label"].lower() in _FIELD_OF:
            fields.append((_FIELD_OF[labelled["label"].lower()], labelled["value"]))
        elif fields:
            name, value = fields.pop()
            fields.append((name, f"{value}\n{line}"))
        else:
            return False
    if any(len(value) > _MAX_STANDFIRST * 2 for _name, value in fields):
        return False
    # The first that is not understood ends it, with those before it already set.
    return all(
        _set_field(report, name, cleaner.join_lines(value)) for name, value in fields
    )


def _set_field(report: ParsedReport, name: str, value: str) -> bool:
    """Put `value` into the field `name`; False where it is not understood or is another than an
    earlier line's."""
    value = value.strip()
    if name == "original_address":
        return _set_address(report, value)
    if name == "published":
        return _set_if_free(report, name, _edtf_of(value))
    if name == "authors":
        return _set_if_free(report, name, _listed(value, r",| and | и "))
    if name == "topics":
        return _set_if_free(report, name, _listed(value, ","))
    if name == "language" and not _LANGUAGE.fullmatch(value):
        return False
    return name in _AS_TYPED and _set_if_free(report, name, _plain(value))


def _set_address(report: ParsedReport, value: str) -> bool:
    """Put an address into its field: bare, in angle brackets, or that of a Markdown link."""
    link = _LINK.search(value)
    address = link["address"] if link else value.strip("<>")
    return is_address(address) and _set_if_free(report, "original_address", address)


def _edtf_of(value: str) -> str:
    """Return a date that is EDTF already, or else written out; empty where it is neither."""
    try:
        earliest_day(value)
    except ValueError:
        return read_written_day(value)
    return value


def _set_if_free(report: ParsedReport, name: str, value: str | list[str]) -> bool:
    """Put `value` into a field that is empty or has it already; False, and nothing is changed,
    where it cannot be."""
    if not value or getattr(report, name) not in ("", [], value):
        return False
    names = value if isinstance(value, list) else [value]
    longest = _MAX_FIELD.get(name)
    if longest and max(map(len, names)) > longest:
        return False
    if name == "authors" and len("; ".join(names)) > _MAX_BYLINE:
        return False
    setattr(report, name, value)
    return True


def _listed(value: str, separator: str) -> list[str]:
    """Split a list of names at semicolons where there are some, else at `separator`."""
    # A semicolon wins: `Doe, Jane; Roe, John` are two names.
    if ";" in value:
        separator = ";"
    return [_plain(part) for part in re.split(separator, value) if part.strip()]


def _stops_in_mid_sentence(block: str) -> bool:
    if not block[-1].islower() and block[-1] != ",":
        return False
    # Headings and quotations stop without a full stop and are complete.
    last_line = block.rsplit("\n", 1)[-1]
    return not _HEADING.match(last_line) and not last_line.startswith(">")


def _reads_as_title(line: str) -> bool:
    if len(line) > _MAX_TITLE or _FIELD.match(line):
        return False
    return not line.rstrip(_CLOSING).endswith((".", ";", ":", ","))


def _reads_as_standfirst(block: str, following: str) -> bool:
    """Say whether `block` stands before the body: right before a dateline, or as one short
    sentence."""
    if len(block) > _MAX_STANDFIRST or block.startswith(">"):
        return False
    if _DATELINE.match(block) or _HEADING.match(block):
        return False
    if _DATELINE.match(following):
        return True
    # Words that somebody said are the report itself.
    if re.search(r"[\"“”«»]", block):
        return False
    sentences = re.findall(r"[.!?…]+[\"”’»)]*(?=\s|$)", block)
    return len(sentences) <= 1


def _plain(markdown: str) -> str:
    """Return the words of one line of Markdown without its marks."""
    words = re.sub(r"<[^>]+>", "", _inline(markdown))
    return " ".join(unescape(words).split())


def _inline(markdown: str) -> str:
    return str(_markdown().renderInline(markdown))


@cache
def _markdown() -> MarkdownIt:
    """Return a parser of CommonMark without what would take words or signs away."""
    parser = MarkdownIt("commonmark", {"html": False}).disable(_OMITTED_SYNTAX)
    # It lists its rules when it is used first, which two threads must not do at once.
    parser.render("words")
    return parser
