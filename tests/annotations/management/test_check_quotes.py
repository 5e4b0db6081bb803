"""manage.py check_quotes: what it prints in each format, and with which code it exits."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.models import Measure
from archive.citations.citation import STYLES, plain
from archive.models import Article
from tests.support.making import MakeArticle
from tests.support.marking import figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(make_article: MakeArticle) -> Article:
    article = make_article(
        "Day three",
        "<p>“Nobody gave the order to leave,” he said, and 14 boats left.</p>",
        publisher="The Post",
        published="2014-03-03",
    )
    measure = Measure.objects.create(name="Boats that left")
    figure(
        article,
        "14 boats",
        "14",
        counted="boats left",
        said_by="the captain",
        measure=measure,
    )
    return article


def run(folder: Path, *arguments: str, **files: str) -> tuple[str, int]:
    """Check manuscripts with these names and texts; return what was told and the exit code."""
    paths = []
    for name, text in files.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_text(text, encoding="utf-8")
    told = io.StringIO()
    try:
        call_command(
            "check_quotes", *map(str, paths), *arguments, stdout=told, stderr=told
        )
    except SystemExit as stop:
        return told.getvalue(), int(str(stop.code))
    return told.getvalue(), 0


def test_a_manuscript_in_which_all_is_well_exits_with_0(
    harbour: Article, tmp_path: Path
) -> None:
    told, code = run(
        tmp_path,
        a_txt="“nobody gave the order” “[N]obody gave the order … leave,” and 14 boats left, twice “boats”.",
    )
    assert code == 0
    assert told.startswith(
        "a.txt: 3 quotations · 1 figure · Too short to tell: 1 · Cut, and shown to be: 1 · "
    )


@pytest.mark.parametrize(
    "text",
    [
        "“nobody gave an order to leave”",
        "“we sang by the river all night”",
        "“the order to leave … nobody gave”",
        "And 15 boats left.",
        "At least 14 boats left.",
    ],
)
def test_whatever_is_altered_absent_or_superseded_exits_with_1(
    harbour: Article, tmp_path: Path, text: str
) -> None:
    assert run(tmp_path, a_txt=text)[1] == 1


def test_a_file_that_cannot_be_read_exits_with_2_and_harms_no_other(
    harbour: Article, tmp_path: Path
) -> None:
    told, code = run(
        tmp_path,
        str(tmp_path / "none.md"),
        a_docx="no zip",
        b_txt="“we sang by the river all night”",
    )
    assert code == 2
    assert "a.docx could not be read: It is not a DOCX file, or damaged." in told
    assert "none.md could not be read: No such file or directory" in told
    assert "Not in the archive (paragraph 1): “we sang by the river all night”" in told


def test_the_text_says_what_differs_and_where(harbour: Article, tmp_path: Path) -> None:
    told, _code = run(
        tmp_path, a_txt="He:\n\n“nobody ever gave the order” and 15 boats left."
    )
    assert (
        "\nAltered (paragraph 2): “nobody ever gave the order”\n    nobody {+ever+} gave the order\n"
        in told
    )
    assert (
        f"    {plain(STYLES['chicago'].cite(harbour.reference)).split('2014')[0]}2014, para. 1, archived at http"
        in told
    )
    assert (
        "    ≠ 14, the captain, 3 March 2014, when it was published (boats left). http"
        in told
    )


def test_json_has_one_object_on_one_line_for_each_file(
    harbour: Article, tmp_path: Path
) -> None:
    told, _code = run(
        tmp_path,
        "--format=json",
        a_txt="“nobody gave the order”",
        b_txt="And 14 boats left.",
    )
    first, second = map(json.loads, told.splitlines())
    (quotation,) = first["quotations"]
    (passage,) = quotation["passages"]
    assert (quotation["verdict"], passage["paragraph"]) == ("verbatim", 1)
    assert (
        harbour.version.text[passage["start"] : passage["end"]]
        == passage["exact"]
        == "Nobody gave the order"
    )
    (given,) = second["figures"][0]["given"]
    assert (second["clean"], given["amount"], given["speaker"]) == (
        True,
        "14",
        "the captain",
    )


def test_markdown_shows_the_words_literally(harbour: Article, tmp_path: Path) -> None:
    told, _code = run(
        tmp_path,
        "--format=markdown",
        a_txt="“nobody gave *the* order [to us] to leave”",
    )
    assert told.startswith(
        "# Quotations in “a.txt”\n\n1 quotation · 0 figures · Cut, and shown to be: 1.\n"
    )
    assert "> nobody gave \\*the\\* order \\[to us\\] to leave\n" in told


def test_withheld_articles_count_only_if_they_are_asked_for(
    make_article: MakeArticle, tmp_path: Path
) -> None:
    make_article(html="<p>Nobody gave the order to leave.</p>", is_public=False)
    assert run(tmp_path, a_txt="“nobody gave the order”")[1] == 1
    assert run(tmp_path, "--withheld", a_txt="“nobody gave the order”")[1] == 0
