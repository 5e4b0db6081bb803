"""BibTeX, read back with bibtexparser, the TeX in it with pylatexenc."""

import re

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.bibtex import write
from archive.citations.formats.bibtex import tex
from tests.support.export_readers import plain_of_tex as plain
from tests.support.hard_excerpts import HARD, allegation, excerpt, words


def read(*excerpts: Excerpt) -> list[Entry]:
    library = parse_string("".join(write(excerpts)))
    assert not library.failed_blocks
    return list(library.entries)


def value(entry: Entry, name: str) -> str:
    return str(entry.fields_dict[name].value)


def depth(written: str) -> int:
    """How deep the braces are at the end, as BibTeX counts them: a backslash does not hide
    one."""
    deep = 0
    for character in written:
        deep += (character == "{") - (character == "}")
        assert deep >= 0, written
    return deep


@given(words)
def test_the_braces_of_every_entry_are_balanced_as_bibtex_counts_them(
    hard: str,
) -> None:
    one = excerpt(
        hard,
        title=hard,
        authors=hard,
        publisher=hard,
        original_address=f"https://x.example/{hard}",
    )
    assert depth("".join(write([one]))) == 0


@given(words)
def test_titles_and_words_are_read_back(hard: str) -> None:
    entry, following = read(
        excerpt(hard, title=hard),
        excerpt(permalink="https://a.example/annotations/cafe-0/"),
    )
    line = " ".join(hard.split())
    assert plain(value(entry, "title")) == line
    assert line in plain(value(entry, "note"))
    assert value(following, "title") == "{Day three}"


@pytest.mark.parametrize("hard", HARD)
def test_nothing_is_left_that_tex_would_run(hard: str) -> None:
    left = re.sub(r"\\text[a-z]+\{\}|\\[$&%#_]|\{\}", "", tex(hard))
    assert not set(left) & set("\\{}$&%#_~^")


def test_an_entry_says_who_wrote_what_where_and_when() -> None:
    (entry,) = read(excerpt())
    assert entry.entry_type == "article"
    names = (
        "author",
        "title",
        "journal",
        "organization",
        "year",
        "month",
        "date",
        "url",
        "urldate",
        "language",
    )
    assert [value(entry, name) for name in names] == [
        "Petrov, Ivan and Smirnova, Olga",
        "{Day three}",
        "The Post",
        "Reuters",
        "2011",
        "12",
        "2011-12-19",
        "https://post.example/day-three",
        "2026-03-01",
        "en",
    ]
    assert plain(value(entry, "note")) == (
        "“15 people”: at least 15 people killed. Para. 2, characters 9–18 of text version 1"
    )
    assert "3c1b2f0e" in value(entry, "annote")


@pytest.mark.parametrize(
    ("published", "year", "month"),
    [
        ("2011", "2011", ""),
        ("2011-03", "2011", "3"),
        ("2011~", "2011", ""),
        ("2011-12-19?", "2011", "12"),
        ("2011-12-17/2011-12-19", "2011", "12"),
        ("2011/2012-05", "2011", ""),
        ("2011-21", "2011", ""),
        ("", "", ""),
    ],
)
def test_uncertain_dates_give_a_year_that_is_a_number(
    published: str, year: str, month: str
) -> None:
    (entry,) = read(excerpt(published=published))
    known = {name: field.value for name, field in entry.fields_dict.items()}
    assert (known.get("year", ""), known.get("month", "")) == (year, month)


@pytest.mark.parametrize(
    ("authors", "written"),
    [
        (
            "Ministry of Oil and Gas; Ivan Petrov",
            "{Ministry of Oil and Gas} and Petrov, Ivan",
        ),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Human Rights Watch", "{Human Rights Watch}"),
        ("and Sons, Ivan", "{and Sons}, Ivan"),
        ("", None),
    ],
)
def test_names_of_people_and_of_bodies_are_told_apart(
    authors: str, written: str | None
) -> None:
    (entry,) = read(excerpt(authors=authors))
    assert (
        value(entry, "author") if "author" in entry.fields_dict else None
    ) == written


@pytest.mark.parametrize(
    "published",
    [
        "2011",
        "2011-12~",
        "2011-12-17/2011-12-19",
        "../2011",
        "2011/",
        "201X",
        "2011-21",
        "2011-12-19?",
    ],
)
def test_biblatex_gets_dates_as_edtf(published: str) -> None:
    (entry,) = read(excerpt(published=published))
    assert value(entry, "date") == published


@pytest.mark.parametrize("published", ["", "{2011}", "Y17000000002", "[2011,2012]"])
def test_a_date_that_biblatex_does_not_read_is_left_out(published: str) -> None:
    (entry,) = read(excerpt(published=published))
    assert "date" not in entry.fields_dict


def test_what_no_outlet_published_is_a_page_of_the_web() -> None:
    (entry,) = read(excerpt(publisher=""))
    assert entry.entry_type == "online"
    assert "journal" not in entry.fields_dict


def test_biblatex_is_told_the_language_and_other_forms_of_the_title() -> None:
    fields = {
        "title": "День",
        "title_transliterated": "Den",
        "title_translated": "Day",
        "language": "ru",
    }
    (entry,) = read(excerpt(**fields))
    assert (value(entry, "langid"), value(entry, "titleaddon")) == (
        "russian",
        "Den [Day]",
    )
    (unknown,) = read(excerpt(language="mn"))
    assert "langid" not in unknown.fields_dict


def test_keys_are_plain_and_differ_from_passage_to_passage() -> None:
    entries = read(
        excerpt(authors="Жанар Қасымбекова"),
        excerpt(
            authors="",
            publisher="Вести",
            permalink="https://archive.example/annotations/deadbeef-0/",
        ),
        allegation(
            "They fired",
            authors="",
            publisher="",
            title="{}",
            permalink="https://a.example/annotations/cafe-0/",
        ),
    )
    keys = [entry.key for entry in entries]
    assert len(set(keys)) == 3
    assert all(key.isascii() and key.replace("-", "").isalnum() for key in keys)
