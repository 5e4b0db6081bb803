"""How many died: the figures of real reports, tagged as an editor would, and those of the
demonstration.

The ledger has to show every figure, say what cannot both be true and why, and leave alone what
only looks so.
"""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

from annotations.demo import load
from annotations.editing.undo import undo
from annotations.models import Act, Annotation, Measure
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.pages import Node, page_of
from tests.support.tagging_page import follow, passage, tag_url

pytestmark = pytest.mark.django_db

WHOLE, TOWN, VILLAGE = (
    "People killed in December 2011",
    "People killed in the town",
    "People killed in the village",
)
SAID = [
    "Between 14 and 17 people.",
    "The count of officials rose from 14 to 16 plus 1 in about five weeks.",
    "The count of The Moscow Times went from at least 15 to 17 in about five weeks.",
    "The Moscow Times and officials agree on 17.",
    "“14” (officials) and “at least 15” (The Moscow Times) cannot both be true.",
]
WHY = (
    "“14” and “at least 15” cannot both be true of 19 December 2011, when it was published: "
    "the one is at most 14, the other at least 15."
)


class Tagged(NamedTuple):
    """A passage of a report, and what an editor types of it beside what its words say."""

    report: str
    words: str
    measure: str
    said_by: str = ""
    as_of: str = ""
    low: str = ""


FIGURES = [
    Tagged("2011-12-19", "at least 15 people", WHOLE),
    Tagged("2011-12-19", "14 people", WHOLE, "officials"),
    Tagged("2011-12-19", "One person", VILLAGE, as_of="2011-12-17"),
    Tagged("2012-01-26", "17 people", WHOLE),
    Tagged("2012-01-26", "16 people", TOWN, "officials", "2011-12-16"),
    Tagged("2012-01-26", "another person", VILLAGE, "officials", "2011-12-17", low="1"),
]


@pytest.fixture
def deaths() -> Measure:
    whole = Measure.objects.create(name=WHOLE, unit="people", only_rises=True)
    for name in (TOWN, VILLAGE):
        Measure.objects.create(name=name, unit="people", only_rises=True, part_of=whole)
    return whole


@pytest.fixture
def tagged(as_editor: Client, seeds: Path, deaths: Measure) -> Measure:
    for file in sorted(seeds.glob("*.txt")):
        take_in(file.read_bytes(), file.name)
    for figure in FIGURES:
        article = Article.objects.get(published=figure.report)
        form = page_of(
            as_editor.get(
                tag_url(article), passage(article, figure.words) | {"kind": "figure"}
            )
        )
        typed = {
            "measure": figure.measure,
            "said_by": figure.said_by,
            "as_of": figure.as_of,
            "counted": "people killed",
        }
        follow(as_editor, form, **typed, **({"low": figure.low} if figure.low else {}))
    return deaths


def page(client: Client, measure: Measure) -> Node:
    return page_of(client.get(measure.get_absolute_url()))


def add_up(client: Client, measure: Measure) -> None:
    keys = [
        str(Annotation.objects.get(exact=words).pk)
        for words in ("16 people", "another person")
    ]
    client.post(
        f"{measure.get_absolute_url()}add/",
        {"figures": keys, "note": "Two places on two days"},
    )


def link_replaced(client: Client, measure: Measure) -> None:
    """Take what the page offers: that the officials' first count was replaced by the one that
    was added up."""
    [offered] = [
        form
        for form in page(client, measure).one("section", cls="replaceable").all("form")
        if "officials: 14" in form.words
    ]
    assert "→ 16 plus 1" in offered.words
    client.post(offered["action"], offered.fields())


def labels(found: Node) -> list[str]:
    return [" ".join(label.words.split()) for label in found.all("text", cls="label")]


def conflicts(found: Node) -> list[str]:
    return [
        one.words.split(" 14:")[0]
        for one in found.one("section", id="conflicts").all("li")
    ]


def exported(client: Client, measure: Measure, form: str) -> str:
    return b"".join(
        client.get(f"{measure.get_absolute_url()}export/?format={form}")
    ).decode()


def test_every_figure_of_the_reports_is_drawn_and_tabled(
    as_editor: Client, client: Client, tagged: Measure
) -> None:
    add_up(as_editor, tagged)
    found = page(client, tagged)
    values = [
        " ".join(row.one("strong").words.split())
        for row in found.one("tbody").all("tr")
    ]
    assert values == ["at least 15", "14", "1", "17", "16", "1", "16 plus 1 = 17"]
    assert labels(found) == [
        "≥ 15 · The Moscow Times",
        "14 · officials",
        "16 plus 1 = 17 · officials",
        "17 · The Moscow Times",
        "16 · officials",
        "1 · The Moscow Times",
        "1 · officials",
    ]


def test_what_cannot_both_be_true_is_flagged_for_the_right_reason(
    as_editor: Client, client: Client, editor: User, tagged: Measure
) -> None:
    add_up(as_editor, tagged)
    assert any(
        "this count can only rise" in why for why in conflicts(page(client, tagged))
    )
    link_replaced(as_editor, tagged)
    found = page(client, tagged)
    assert conflicts(found) == [WHY]
    assert found.one(id="said").words == " ".join(SAID)
    flagged = {
        row.one("strong").words
        for row in found.one("tbody").all("tr")
        if row.all("a", cls="flag")
    }
    assert flagged == {"at least 15", "14"}
    assert len(found.all("circle", cls="ring")) == 2
    undo(Act.objects.get(kind=Act.Kind.SUPERSEDED), editor)
    assert len(conflicts(page(client, tagged))) > 1


def test_a_count_that_was_replaced_and_the_sum_that_replaced_it_lead_to_each_other(
    as_editor: Client, client: Client, tagged: Measure
) -> None:
    add_up(as_editor, tagged)
    link_replaced(as_editor, tagged)
    found = page(client, tagged)
    earlier, total = found.one("tr", cls="replaced"), found.one("tr", cls="sum")
    assert earlier.link("16 plus 1") == f"#{total['id']}"
    assert total.all("p", cls="later")[0].words == "What was added: 16, 1"
    assert f"#{earlier['id']}" in [link["href"] for link in total.all("a")]
    mark = Annotation.objects.get(exact="14 people")
    later = Annotation.objects.get(exact="16 people")
    assert (
        page_of(client.get(mark.get_absolute_url())).link("16 people killed")
        == later.get_absolute_url()
    )
    assert (
        page_of(client.get(later.get_absolute_url())).link("14 people killed")
        == mark.get_absolute_url()
    )


def test_the_ledger_of_the_reports_is_exported_with_links_both_ways(
    as_editor: Client, client: Client, tagged: Measure
) -> None:
    add_up(as_editor, tagged)
    link_replaced(as_editor, tagged)
    rows = list(csv.DictReader(StringIO(exported(client, tagged, "csv"))))
    first, total = rows[1], rows[-1]
    assert (first["words"], first["cannot_both_be_true"]) == ("14 people", WHY)
    assert (first["replaced_by"], total["replaces"]) == (
        total["permalink"],
        first["permalink"],
    )
    told = json.loads(exported(client, tagged, "json"))
    assert told["said"] == SAID
    assert [row["words"] for row in told["rows"] if "words" in row] == [
        figure.words for figure in FIGURES
    ]
    assert "\n> at least 15 people\n" in exported(client, tagged, "markdown")


def test_the_demonstration_shows_it_in_three_languages(client: Client) -> None:
    load()
    found = page(client, Measure.objects.get(part_of=None))
    assert found.one(id="said").words == " ".join(SAID)
    assert conflicts(found) == [WHY]
    assert labels(found) == [
        "≥ 15 · The Moscow Times ×3",
        "14 · officials ×3",
        "16 plus 1 = 17 · officials ×3",
        "17 · The Moscow Times ×3",
        "16 · officials ×3",
        "1 · The Moscow Times ×3",
        "1 · officials ×3",
    ]
    languages = {
        link["lang"]
        for row in found.one("tbody").all("tr")
        for link in row.all("a")
        if "lang" in link.attributes
    }
    assert languages == {"en", "ru", "kk"}


def test_who_cannot_see_the_picture_is_told_the_same(client: Client) -> None:
    load()
    found = page(client, Measure.objects.get(part_of=None)).one("figure")
    told = [panel.words for panel in found.one("div", cls="unseen").all("p")]
    assert told[0].startswith(
        "People killed in the unrest of December 2011: at least 15 (The Moscow Times, 19 December"
    )
    assert "16 plus 1 (officials, 16 December 2011 and 17 December 2011)" in told[0]
    assert len(told) == 3
