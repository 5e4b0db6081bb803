import re
import unicodedata
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.importers.report import Cleaning, ParsedReport, UnreadableReport
from archive.ingest.importers.report_text import read
from archive.text.canonical import canonicalise
from tests.support import strategies

HARBOUR = """# Dockers stop work in Port Vostok

May 3, 2004

**The Harbour Post**

Author: Aset Example; Мария Пример

Cranes stood still at noon.

PORT VOSTOK — About 120 dockers walked out. Nobody was hurt.

"We want our wages," one of them said.

*(Reuters, AP)*

Topic: Strikes, Wages

Focus: Central Asia

Source URL: <https://harbour.example/2004/05/03/dockers>
"""


def text_of(report: ParsedReport) -> str:
    return canonicalise(report.html).text


def body_of(source: str) -> str:
    """The text of a report whose head is nothing but a title."""
    return text_of(read(f"# A title\n\n{source}"))


def counts_of(report: ParsedReport) -> dict[str, int]:
    return {cleaning.code: cleaning.count for cleaning in report.cleanings}


def test_every_field_of_a_whole_report_is_read() -> None:
    report = read(HARBOUR)

    assert report.title == "Dockers stop work in Port Vostok"
    assert report.published == "2004-05-03"
    assert report.publisher == "The Harbour Post"
    assert report.authors == ["Aset Example", "Мария Пример"]
    assert report.standfirst == "Cranes stood still at noon."
    assert report.credit == "Reuters, AP"
    assert report.topics == ["Strikes", "Wages"]
    assert report.coverage == "Central Asia"
    assert report.original_address == "https://harbour.example/2004/05/03/dockers"
    assert report.cleanings == []
    assert report.notes == []


def test_the_text_of_a_report_is_its_standfirst_and_its_body() -> None:
    assert text_of(read(HARBOUR)) == (
        "Cranes stood still at noon.\n\n"
        "PORT VOSTOK — About 120 dockers walked out. Nobody was hurt.\n\n"
        '"We want our wages," one of them said.'
    )


def test_the_fields_that_were_read_are_named() -> None:
    assert read(HARBOUR).fields_read() == [
        "title",
        "standfirst",
        "authors",
        "credit",
        "publisher",
        "published",
        "topics",
        "coverage",
        "original_address",
    ]
    assert {"html", "cleanings", "notes"}.isdisjoint(
        ParsedReport(html="<p>x</p>").fields_read()
    )
    assert set(read(HARBOUR).fields_read()) <= {
        field.name for field in fields(ParsedReport)
    }


# The title


def test_a_first_line_without_a_mark_is_the_title_if_it_reads_as_one() -> None:
    report = read("\n\nDockers Stop Work\n\nThey went home at noon.\n")

    assert report.title == "Dockers Stop Work"
    assert text_of(report) == "They went home at noon."


def test_a_title_loses_its_marks_and_keeps_its_words() -> None:
    assert (
        read("# *Dockers* [stop](https://a.example) **work** & _go_ ##\n\nBody.").title
        == "Dockers stop work & go"
    )


def test_what_follows_a_heading_line_without_a_blank_line_is_kept() -> None:
    report = read("# Dockers stop work\nThey went home at noon.")

    assert (report.title, text_of(report)) == (
        "Dockers stop work",
        "They went home at noon.",
    )


@pytest.mark.parametrize(
    "source",
    [
        "They went home at noon.\n\nThen it rained.",
        "Author: Aset Example\n\nThey went home at noon.",
        "One line\nand another of the same paragraph\n\nThen it rained.",
        "x" * 300 + "\n\nThen it rained.",
        "",
    ],
)
def test_without_a_title_a_report_is_refused_with_advice(source: str) -> None:
    with pytest.raises(
        UnreadableReport, match=r"^It has no title: begin it with a line “# Title”\.$"
    ):
        read(source)


@pytest.mark.parametrize(
    "source",
    [
        "# Dockers stop work",
        "# Dockers stop work\n\nMay 3, 2004\n\nAuthor: Aset Example",
    ],
)
def test_a_title_alone_is_refused(source: str) -> None:
    with pytest.raises(UnreadableReport, match=r"^It has a title but no text\.$"):
        read(source)


# Fields in the head and in the tail


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Author: Aset Example", "authors", ["Aset Example"]),
        (
            "Authors: Aset Example, Berik Example and Vera Example",
            "authors",
            ["Aset Example", "Berik Example"],
        ),
        ("By: Aset Example", "authors", ["Aset Example"]),
        ("By Aset Example", "authors", ["Aset Example"]),
        ("*By Aset Example*", "authors", ["Aset Example"]),
        ("Автор: Асет Пример", "authors", ["Асет Пример"]),
        ("Автор Асет Пример", "authors", ["Асет Пример"]),
        (
            "Author: [Aset Example](https://harbour.example/aset)",
            "authors",
            ["Aset Example"],
        ),
        ("Topic: Strikes", "topics", ["Strikes"]),
        ("Tags: Strikes; Wages, overtime", "topics", ["Strikes", "Wages, overtime"]),
        ("Темы: Порты, Труд", "topics", ["Порты", "Труд"]),
        ("Region: Central Asia", "coverage", "Central Asia"),
        ("Credit: Reuters", "credit", "Reuters"),
        ("Publisher: The Harbour Post", "publisher", "The Harbour Post"),
        ("Издание: Портовый вестник", "publisher", "Портовый вестник"),
        ("Date: May 3, 2004", "published", "2004-05-03"),
        ("Дата: 3 мая 2004 г.", "published", "2004-05-03"),
        ("Date: 2004-05~", "published", "2004-05~"),
        (
            "Transliteration: Nikto ne vinovat",
            "title_transliterated",
            "Nikto ne vinovat",
        ),
        (
            "Transliterated title: Nikto ne vinovat",
            "title_transliterated",
            "Nikto ne vinovat",
        ),
        (
            "Транслитерация: Nikto ne vinovat",
            "title_transliterated",
            "Nikto ne vinovat",
        ),
        (
            "Translated title: Nobody is to blame",
            "title_translated",
            "Nobody is to blame",
        ),
        (
            "Перевод заголовка: Nobody is to blame",
            "title_translated",
            "Nobody is to blame",
        ),
        (
            "Перевод названия: Nobody is to blame",
            "title_translated",
            "Nobody is to blame",
        ),
        ("Language: kk", "language", "kk"),
        ("Lang: sr-Latn", "language", "sr-Latn"),
        (
            "URL: https://harbour.example/a",
            "original_address",
            "https://harbour.example/a",
        ),
        (
            "Source: <https://harbour.example/a>",
            "original_address",
            "https://harbour.example/a",
        ),
        (
            "Источник: [здесь](https://harbour.example/a)",
            "original_address",
            "https://harbour.example/a",
        ),
    ],
)
def test_a_field_is_known_by_its_name(
    line: str, name: str, value: str | list[str]
) -> None:
    report = read(f"# A title\n\n{line}\n\nThey went home at noon.")
    found = getattr(report, name)

    assert found[: len(value)] == value
    assert text_of(report) == "They went home at noon."


@pytest.mark.parametrize(
    "line",
    [
        "Weather: rain, later snow.",
        "Date: last week.",
        "Source: a man who saw it.",
        "Language: the one spoken at home.",
        "By noon the square was empty",
        "(Nobody in particular)",
        "**A bold line that is much too long to be the name of any outlet at all, is it not**",
    ],
)
def test_a_line_that_only_looks_like_a_field_stays_in_the_text(line: str) -> None:
    report = read(f"# A title\n\n{line}\n\nThey went home at noon.\n\n{line}")

    assert report.fields_read() == ["title"]
    assert text_of(report).count(line.strip("*")) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("**The Harbour Post**", "**A strike, day by day**"),
        ("Author: Aset Example", "Author: Berik Example"),
        ("May 3, 2004", "May 4, 2004"),
        ("Topic: Strikes", "Topic: Wages"),
        ("URL: https://harbour.example/a", "URL: https://harbour.example/b"),
    ],
)
def test_a_second_value_of_a_field_is_not_lost(first: str, second: str) -> None:
    report = read(
        f"# A title\n\n{first}\n\n{second}\n\nThey went home at noon. It rained."
    )

    assert text_of(report).startswith(second.strip("*"))


def test_a_field_in_the_middle_of_the_body_is_no_field() -> None:
    assert body_of("One thing.\n\nTopic: whatever.\n\nAnother thing.") == (
        "One thing.\n\nTopic: whatever.\n\nAnother thing."
    )


def test_a_field_may_stand_over_its_value() -> None:
    report = read(
        "# A title\n\nThey went home.\n\nOriginal url:\n\n<https://harbour.example/a>"
    )

    assert report.original_address == "https://harbour.example/a"
    assert text_of(report) == "They went home."


def test_several_fields_may_stand_in_one_block() -> None:
    report = read(
        "# A title\n\nThey went home.\n\nTopic: Strikes\nFocus: Central Asia\nURL: https://harbour.example/a"
    )

    assert (report.topics, report.coverage) == (["Strikes"], "Central Asia")
    assert report.original_address == "https://harbour.example/a"


def test_a_field_split_over_two_lines_is_joined_and_counted() -> None:
    report = read("# A title\n\nThey went home.\n\nFocus: Центральная\nАзия")

    assert report.coverage == "Центральная Азия"
    assert report.cleanings == [
        Cleaning("split-field", "field joined that was split over lines", 1)
    ]


@pytest.mark.parametrize(
    "credit",
    [
        "*(Reuters, AP)*",
        "_(Reuters, AP)_",
        "(Reuters, AP)",
        "(Reuters/AP)",
        "(Reuters and AP)",
    ],
)
def test_agencies_in_brackets_at_the_end_are_the_credit(credit: str) -> None:
    report = read(f"# A title\n\nThey went home.\n\n{credit}")

    assert (report.credit, text_of(report)) == ("Reuters, AP", "They went home.")


def test_other_words_in_brackets_at_the_end_stay() -> None:
    assert (
        body_of("They went home.\n\n(Names have been changed)")
        == "They went home.\n\n(Names have been changed)"
    )


def test_a_name_that_no_column_holds_is_no_field() -> None:
    for line in ("Author: " + "Aset " * 50, "Topic: " + "strikes " * 40):
        report = read(f"# A title\n\nThey went home.\n\n{line}")

        assert report.fields_read() == ["title"]
        assert text_of(report).endswith(line.strip())


def test_a_byline_that_no_column_holds_is_noted() -> None:
    report = read(
        f"---\ntitle: T\nauthors: [{', '.join(f'Aset Example {n}' for n in range(40))}]\n---\nThey went home."
    )

    assert (report.authors, report.notes) == (
        [],
        ["Not understood in the front matter: authors."],
    )


# The standfirst


def test_a_caption_right_before_a_dateline_is_the_standfirst() -> None:
    report = read(
        "# A title\n\nMay 3, 2004\n\nCranes. And ships. All still.\n\nPORT VOSTOK — They went home."
    )

    assert report.standfirst == "Cranes. And ships. All still."
    assert '<p class="standfirst">Cranes. And ships. All still.</p>' in report.html


def test_the_first_paragraph_of_a_body_is_no_standfirst() -> None:
    report = read(
        "# A title\n\nMay 3, 2004\n\nThey went home. It was noon.\n\nThen it rained."
    )

    assert report.standfirst == ""


def test_a_quotation_is_no_standfirst() -> None:
    report = read(
        "# A title\n\nMay 3, 2004\n\n“We want our wages.”\n\nSo they said. They went home."
    )

    assert report.standfirst == ""


# Front matter


def test_front_matter_is_read_first_and_wins() -> None:
    report = read(
        "---\ntitle: Dockers stop work\ndate: 2004-05-03\nauthors: [Aset Example, 'Example, Berik']\n"
        "publisher: The Harbour Post\nlang: en\nurl: https://harbour.example/a\ntags: strikes, wages\n---\n\n"
        "They went home at noon."
    )

    assert (report.title, report.published, report.language) == (
        "Dockers stop work",
        "2004-05-03",
        "en",
    )
    assert report.authors == ["Aset Example", "Example, Berik"]
    assert (report.publisher, report.topics) == (
        "The Harbour Post",
        ["strikes", "wages"],
    )
    assert (report.original_address, report.notes) == ("https://harbour.example/a", [])
    assert text_of(report) == "They went home at noon."


def test_front_matter_gives_a_title_in_latin_letters_and_in_english() -> None:
    report = read(
        "---\ntitle_transliterated: Nikto ne vinovat\ntranslated title: Nobody\n---\n# Никто\n\nIt rained."
    )
    assert (report.title, report.title_transliterated, report.title_translated) == (
        "Никто",
        "Nikto ne vinovat",
        "Nobody",
    )


def test_front_matter_may_end_its_lines_as_windows_does() -> None:
    report = read(
        "---\r\ntitle: Dockers stop work\r\n---\r\n\r\nThey went home.\r\n\r\nIt rained.\r\n"
    )

    assert (report.title, text_of(report)) == (
        "Dockers stop work",
        "They went home.\n\nIt rained.",
    )


def test_one_name_in_a_list_is_one_name() -> None:
    assert read(
        "---\ntitle: T\nauthors: ['Example, Berik']\n---\nThey went home."
    ).authors == ["Example, Berik"]


def test_a_list_of_one_is_taken_for_that_one() -> None:
    report = read(
        "---\ntitle: [T]\npublisher: [The Harbour Post]\nlanguage: [en]\n---\nThey went home."
    )

    assert (report.title, report.publisher, report.language) == (
        "T",
        "The Harbour Post",
        "en",
    )


def test_a_time_in_front_matter_gives_its_day() -> None:
    assert (
        read("---\ntitle: T\ndate: 2004-05-03 12:30:00\n---\nThey went home.").published
        == "2004-05-03"
    )


def test_what_front_matter_leaves_empty_is_not_known() -> None:
    report = read(
        "---\ntitle: T\nauthor:\ntags: []\npublisher: ''\ndate: null\n---\nThey went home."
    )

    assert report.fields_read() == ["title"]
    assert report.notes == []


@pytest.mark.parametrize(
    "line",
    [
        "layout: post",
        "date: last week",
        "url: here",
        "author: {name: Aset}",
        "tags: [[a], b]",
        "html: <p>x</p>",
    ],
)
def test_what_is_not_understood_in_front_matter_is_noted(line: str) -> None:
    report = read(f"---\ntitle: T\n{line}\n---\nThey went home.")

    assert report.notes == [
        f"Not understood in the front matter: {line.split(':')[0]}."
    ]
    assert report.fields_read() == ["title"]


@pytest.mark.parametrize(
    "lines", ["title: [", "title: T\n\tdate: x", "date: 2004-02-31", "a: " + "[" * 3000]
)
def test_broken_front_matter_is_refused_in_one_sentence(lines: str) -> None:
    with pytest.raises(
        UnreadableReport, match=r"^Its front matter is not YAML: [^\n]+$"
    ):
        read(f"---\n{lines}\n---\nThey went home.")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    report = read("---\n\nDockers Stop Work\n\nThey went home.\n\n---\n\nIt rained.")

    assert report.title == "Dockers Stop Work"
    assert text_of(report).replace("---", "").split() == [
        "They",
        "went",
        "home.",
        "It",
        "rained.",
    ]


# Scars


def test_stray_marks_are_removed_and_counted() -> None:
    report = read("# A title\n\n✘They went home.\n\n ✘ It rained.\n\nIt rained again.")

    assert text_of(report) == "They went home.\n\nIt rained.\n\nIt rained again."
    assert [str(cleaning) for cleaning in report.cleanings] == [
        "stray “✘” removed: 2 times"
    ]


def test_dead_links_keep_their_words() -> None:
    report = read(
        "# A title\n\nThe [office](#) and [its head](javascript:void) and [a paper]() spoke."
    )

    assert text_of(report) == "The office and its head and a paper spoke."
    assert counts_of(report) == {"dead-link": 3}


def test_doubled_spaces_become_one() -> None:
    report = read("# A  title\n\n**The  Harbour Post**\n\nThey\twent  home.")

    assert (report.title, report.publisher, text_of(report)) == (
        "A title",
        "The Harbour Post",
        "They went home.",
    )
    assert counts_of(report) == {"doubled-space": 4}


def test_a_paragraph_split_in_mid_sentence_is_joined() -> None:
    report = read(
        "# A title\n\nThey all turned to the\n\nuse of strong words.\n\nIt rained."
    )

    assert (
        text_of(report) == "They all turned to the use of strong words.\n\nIt rained."
    )
    assert counts_of(report) == {"split-paragraph": 1}


@pytest.mark.parametrize("first", ["## The day before", "> They said that"])
def test_a_heading_or_a_quotation_does_not_swallow_the_paragraph_after_it(
    first: str,
) -> None:
    report = read(f"# A title\n\nIt rained.\n\n{first}\n\nde facto nobody worked.")

    assert text_of(report).endswith("\n\nde facto nobody worked.")
    assert counts_of(report) == {}


def test_control_characters_go_and_part_no_word_or_join_none() -> None:
    report = read("# A title\n\nThey\x07 went\x0bhome\x0cand\u2028stayed.\x1a")

    assert text_of(report).split() == ["They", "went", "home", "and", "stayed."]
    assert counts_of(report)["control"] == 5


def test_a_clean_report_has_no_cleanings() -> None:
    assert read("# A title\n\nThey went home.\n\nIt rained.").cleanings == []


# The body


def test_markdown_becomes_headings_quotations_links_and_emphasis() -> None:
    report = read(
        "# A title\n\nIt *rained* **hard**.\n\n## The day before\n\n> We want our wages.\n\n"
        "See [the list](https://harbour.example/list).\n\nLine one\\\nline two."
    )

    assert canonicalise(report.html).html == (
        "<p>It <em>rained</em> <strong>hard</strong>.</p>\n\n<h2>The day before</h2>\n\n"
        "<blockquote><p>We want our wages.</p></blockquote>\n\n"
        '<p>See <a href="https://harbour.example/list">the list</a>.</p>\n\n<p>Line one<br>\nline two.</p>'
    )


@pytest.mark.parametrize(
    "lines",
    [
        "1. The first demand\n2. The second demand",
        "16. A number that a list would count anew",
        "1) One\n2) Two",
        "- bread\n- milk",
        "* bread\n* milk",
        "+ bread\n+ milk",
        "— Who gave the order?\n— Nobody.",
        "• bread\n• milk",
    ],
)
def test_numbers_and_dashes_of_lists_stay_as_they_are(lines: str) -> None:
    assert (
        body_of(f"They asked for this:\n\n{lines}\n\nNothing came.")
        == f"They asked for this:\n\n{lines}\n\nNothing came."
    )


def test_a_list_right_below_its_paragraph_keeps_its_lines() -> None:
    assert body_of("They wanted\n- bread\n- milk") == "They wanted\n- bread\n- milk"


def test_html_in_a_report_is_words() -> None:
    assert (
        body_of("He wrote <b>no</b> & <script>run()</script>.")
        == "He wrote <b>no</b> & <script>run()</script>."
    )


@pytest.mark.parametrize(
    "line",
    [
        "[Editor]: https://harbour.example/a is down.",
        "[Editor]: nobody",
        "    indented by four blanks",
        "~~~ waves ~~~",
        "![A crane](https://harbour.example/crane.jpg)",
        "Was it `he' or `she'?",
        "***",
        "5 * 3 * 2",
        "a_b_c and 2^3",
        "C:\\harbour\\crane",
        "| a | table | of | words |",
        "<https://harbour.example/a>",
        "AT&T; &c.",
    ],
)
def test_signs_of_other_markup_cost_no_word(line: str) -> None:
    wanted = re.sub(r"\(https:[^)]*\)", "", line)

    assert re.findall(
        r"\w+", body_of(f"It rained.\n\n{line}\n\nIt rained again.")
    ) == re.findall(r"\w+", f"It rained. {wanted} It rained again.")


_BODY_SIGNS = [
    "—",
    "-",
    "14",
    "1.",
    "*",
    "**",
    "_",
    "`",
    "#",
    ">",
    "[",
    "]",
    "(",
    ")",
    ":",
    "[1]:",
    "[note]: ",
    "\\",
    "|",
]
_lines = st.lists(
    st.one_of(
        strategies.words,
        st.sampled_from([*_BODY_SIGNS, "<", "&", "~", "===", "---", "✘", "✘ "]),
    )
)
_paragraphs = st.lists(_lines.map(" ".join), min_size=1, max_size=3).map("\n".join)


@given(st.lists(_paragraphs, max_size=5))
def test_no_word_of_a_body_is_ever_lost(paragraphs: list[str]) -> None:
    body = "\n\n".join(
        ["It rained. It was noon.", *paragraphs, "It rained again. It was night."]
    )

    report = read(f"# A title\n\n{body}")

    wanted = unicodedata.normalize("NFC", body)
    assert re.findall(r"[^\W_]+", text_of(report)) == re.findall(r"[^\W_]+", wanted)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for source in (
        text,
        f"# A title\n\n{text}",
        f"---\n{text}\n---\n# A title\n\nIt rained.",
    ):
        try:
            told = read(source).title
        except UnreadableReport as refusal:
            told = str(refusal)

        assert told
