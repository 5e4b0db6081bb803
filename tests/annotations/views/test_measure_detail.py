"""The page of one measure: every figure, drawn and tabled, what conflicts, and what editors
state about them."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.editing.tagging import delete
from annotations.editing.undo import undo
from annotations.models import (
    Act,
    Addend,
    Annotation,
    Figure,
    Measure,
    Succession,
    Total,
)
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def deaths() -> Measure:
    return Measure.objects.create(
        name="People killed",
        description="In the town and the village.",
        only_rises=True,
    )


@pytest.fixture
def town(deaths: Measure) -> Measure:
    return Measure.objects.create(name="Killed in the town", part_of=deaths)


@pytest.fixture
def early(make_article: MakeArticle, deaths: Measure) -> Article:
    """Two figures of one day that cannot both be true."""
    article = make_article(
        html="<p>At least 15 died. 14 died.</p>",
        published="2011-12-19",
        publisher="The Post",
    )
    figure(article, "At least 15", qualifier="at_least", measure=deaths)
    figure(article, "14 died", "14", measure=deaths, said_by="officials")
    return article


@pytest.fixture
def late(make_article: MakeArticle, deaths: Measure, town: Measure) -> Article:
    article = make_article(
        html="<p>17 in all. 16 in town, 1 more.</p>",
        published="2012-01-26",
        publisher="The News",
    )
    figure(article, "17 in all", "17", measure=deaths)
    figure(article, "16 in town", "16", measure=town, said_by="officials")
    figure(
        article,
        "1 more",
        "1",
        measure=Measure.objects.create(name="Village", part_of=deaths),
        said_by="officials",
    )
    return article


def page(client: Client, measure: Measure) -> Node:
    return page_of(client.get(measure.get_absolute_url()))


def post(client: Client, measure: Measure, tail: str, **sent: Any) -> Node:
    return page_of(
        client.post(f"{measure.get_absolute_url()}{tail}", sent, follow=True)
    )


def row_keys(found: Node) -> list[str]:
    return [row["id"] for row in found.one("tbody").all("tr")]


def figure_of(words: str) -> Figure:
    return Figure.objects.get(annotation__exact=words)


def test_every_figure_stands_in_order_of_publication_with_its_words_and_source(
    client: Client, deaths: Measure, late: Article, early: Article
) -> None:
    found = page(client, deaths)
    rows = [row.words for row in found.one("tbody").all("tr")]
    assert rows[0].startswith(
        "at least 15 ≠Cannot be true beside 14 officials “At least 15”"
    )
    assert rows[0].endswith(
        "The Post not said The Post, 19 December 2011 · ¶ 1 Basket: At least 15"
    )
    assert [words.split(" ")[0] for words in rows] == ["at", "14", "17", "16", "1"]
    assert "Killed in the town" in rows[3]
    assert found.link("“14 died”") == figure_of("14 died").annotation.get_passage_url()
    assert found.one("p", cls="lead").words == "In the town and the village."


def test_what_is_agreed_and_what_is_not_is_said_before_anything_else(
    client: Client, deaths: Measure, early: Article, late: Article
) -> None:
    assert page(client, deaths).one(id="said").words == (
        "Between 14 and 17. “14” (officials) and “at least 15” (The Post) cannot both be true."
    )


def test_figures_that_cannot_both_be_true_are_flagged_with_the_reason(
    client: Client, deaths: Measure, early: Article
) -> None:
    found = page(client, deaths)
    why = (
        "“14” and “at least 15” cannot both be true of 19 December 2011, when it was published: "
        "the one is at most 14, the other at least 15."
    )
    flags = found.all("a", cls="flag")
    assert [flag.words for flag in flags] == [
        "≠Cannot be true beside 14 officials",
        "≠Cannot be true beside at least 15 The Post",
    ]
    assert {flag["title"] for flag in flags} == {why}
    assert why in found.one("section", id="conflicts").words


def test_each_figure_is_drawn_with_the_shape_of_its_qualifier(
    client: Client, deaths: Measure, early: Article, late: Article
) -> None:
    found = page(client, deaths)
    labels = [" ".join(label.words.split()) for label in found.all("text", cls="label")]
    assert labels == [
        "≥ 15 · The Post",
        "14 · officials",
        "17 · The News",
        "16 · officials",
        "1 · officials",
    ]
    assert len(found.one("figure").all("a")) == 5
    assert len(found.all("circle", cls="ring")) == 2
    # The line, its sign, and that of the legend.
    assert len(found.all("svg", cls="clash")) == 3
    assert [name.words for name in found.all("p", cls="panel-name")] == [
        "Killed in the town",
        "Village",
    ]
    assert [each.words for each in found.one("ul", cls="legend").all("li")] == [
        "officials",
        "The Post",
        "The News",
    ]


def test_a_sum_is_stated_by_an_editor_compared_and_shown_as_such(
    as_editor: Client, client: Client, deaths: Measure, early: Article, late: Article
) -> None:
    form = page_of(as_editor.get(f"{deaths.get_absolute_url()}add/"))
    assert len(form.all("input", name="figures")) == 5
    keys = [str(figure_of(words).pk) for words in ("16 in town", "1 more")]
    post(as_editor, deaths, "add/", figures=keys, note="Two places, two days")
    found = page(client, deaths)
    row = found.one("tr", cls="sum").words
    assert row.startswith(
        "16 plus 1 = 17 Added up by an editor, not by a source: Two places, two days What was added: 16, 1"
    )
    assert (
        "The count of officials rose from 14 to 16 plus 1 in about five weeks."
        in found.one(id="said").words
    )
    assert "The News and officials agree on 17." in found.one(id="said").words
    assert "16 plus 1 = 17 · officials" in [
        " ".join(label.words.split()) for label in found.all("text", cls="label")
    ]


def test_one_figure_is_no_sum_and_nothing_typed_is_lost(
    as_editor: Client, deaths: Measure, early: Article
) -> None:
    address = f"{deaths.get_absolute_url()}add/"
    response = as_editor.post(
        address, {"figures": [str(figure_of("14 died").pk)], "note": "Alone"}
    )
    assert response.status_code == 400
    found = page_of(response)
    assert "Choose at least two figures to add." in found.words
    assert found.one("input", name="note")["value"] == "Alone"
    assert not Total.objects.exists()


def test_amounts_of_which_nothing_sure_follows_are_not_added(
    as_editor: Client, deaths: Measure, early: Article
) -> None:
    Figure.objects.filter(annotation__exact="14 died").update(qualifier="at_most")
    keys = [str(key) for key in Figure.objects.values_list("pk", flat=True)]
    assert (
        "nothing sure follows"
        in page_of(
            as_editor.post(
                f"{deaths.get_absolute_url()}add/", {"figures": keys, "note": "x"}
            )
        ).words
    )


def test_a_sum_goes_with_any_figure_in_it_and_comes_back_with_it(
    as_editor: Client, editor: User, deaths: Measure, late: Article
) -> None:
    keys = [str(figure_of(words).pk) for words in ("16 in town", "1 more")]
    post(as_editor, deaths, "add/", figures=keys, note="Two places")
    mark = Annotation.objects.get(exact="1 more")
    act = delete(mark.pk, mark.revision, editor)
    assert not Total.objects.exists()
    assert not Addend.objects.exists()
    assert undo(act, editor).kept == []
    assert Addend.objects.count() == 2
    assert "16 plus 1" in page(as_editor, deaths).words


def test_a_total_is_taken_apart_and_that_is_undone(
    as_editor: Client, editor: User, deaths: Measure, late: Article
) -> None:
    keys = [str(figure_of(words).pk) for words in ("16 in town", "1 more")]
    post(as_editor, deaths, "add/", figures=keys, note="Two places")
    found = post(as_editor, deaths, f"totals/{Total.objects.get().pk}/delete/")
    assert "16 plus 1" not in found.one("main").words
    undo(Act.objects.latest("pk"), editor)
    assert Addend.objects.count() == 2


def test_a_figure_that_its_speaker_replaced_stays_and_leads_to_the_later_one(
    as_editor: Client,
    client: Client,
    editor: User,
    make_article: MakeArticle,
    deaths: Measure,
    early: Article,
) -> None:
    later = make_article(html="<p>16 died.</p>", published="2011-12-20")
    figure(later, "16 died", "16", measure=deaths, said_by="Officials")
    offered = page(as_editor, deaths).one("section", cls="replaceable").form()
    found = page_of(as_editor.post(offered["action"], offered.fields(), follow=True))
    assert Succession.objects.get().later == figure_of("16 died")
    assert (
        "Replaced by 16 (Officials)"
        in page(client, deaths).one("tr", cls="replaced").words
    )
    assert (
        "Replaces 14 (officials)"
        in page(client, deaths).one(id=f"f-{figure_of('16 died').pk}").words
    )
    assert not found.all("section", cls="replaceable")
    post(
        as_editor, deaths, "supersede/", earlier=str(figure_of("14 died").pk), unlink=""
    )
    assert not Succession.objects.exists()
    undo(Act.objects.latest("pk"), editor)
    assert Succession.objects.exists()


def test_a_correction_of_the_same_day_is_no_contradiction(
    as_editor: Client, make_article: MakeArticle, deaths: Measure
) -> None:
    article = make_article(html="<p>14 died, no: 16 died.</p>", published="2011-12-19")
    for words, low in (("14 died", "14"), ("16 died", "16")):
        figure(article, words, low, measure=deaths, said_by="officials")
    assert page(as_editor, deaths).all("a", cls="flag")
    earlier, later = (str(figure_of(words).pk) for words in ("14 died", "16 died"))
    found = post(as_editor, deaths, "supersede/", earlier=earlier, later=later)
    assert not found.all("a", cls="flag")


def test_many_speakers_are_told_apart_by_letters(
    client: Client, make_article: MakeArticle, deaths: Measure
) -> None:
    words = " ".join(f"n{number}" for number in range(20))
    article = make_article(html=f"<p>{words}</p>", published="2011-12-19")
    for number in range(20):
        figure(
            article,
            f"n{number} " if number < 19 else "n19",
            str(number),
            measure=deaths,
            said_by=f"Voice {number}",
        )
    found = page(client, deaths)
    letters = [
        label.one("tspan", cls="who").words for label in found.all("text", cls="label")
    ]
    assert sorted(letters) == sorted(f"· {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
    assert [each.words for each in found.one("ul", cls="legend").all("li")][:2] == [
        "A Voice 0",
        "B Voice 1",
    ]


def test_a_figure_is_replaced_by_a_sum_that_its_speaker_gave_later(
    as_editor: Client, client: Client, deaths: Measure, early: Article, late: Article
) -> None:
    keys = [str(figure_of(words).pk) for words in ("16 in town", "1 more")]
    told = post(
        as_editor,
        deaths,
        "supersede/",
        earlier=str(figure_of("14 died").pk),
        later=keys[0],
    )
    assert "or added up for it" in told.words
    post(as_editor, deaths, "add/", figures=keys, note="Two places")
    post(
        as_editor,
        deaths,
        "supersede/",
        earlier=str(figure_of("14 died").pk),
        later=keys[0],
    )
    assert (
        "Replaced by 16 plus 1 (officials)"
        in page(client, deaths).one("tr", cls="replaced").words
    )
    post(as_editor, deaths, f"totals/{Total.objects.get().pk}/delete/")
    assert (
        "Replaced by 16 (officials)"
        in page(client, deaths).one("tr", cls="replaced").words
    )


def test_a_later_figure_that_a_reader_may_not_see_is_not_told_of(
    as_editor: Client,
    client: Client,
    make_article: MakeArticle,
    deaths: Measure,
    early: Article,
) -> None:
    later = make_article(
        html="<p>16 died.</p>", published="2011-12-20", is_public=False
    )
    figure(later, "16 died", "16", measure=deaths, said_by="officials")
    earlier = figure_of("14 died")
    post(
        as_editor,
        deaths,
        "supersede/",
        earlier=str(earlier.pk),
        later=str(figure_of("16 died").pk),
    )
    assert page(as_editor, deaths).all("tr", cls="replaced")
    assert not page(client, deaths).all("tr", cls="replaced")
    assert (
        "Replaced"
        not in page_of(client.get(earlier.annotation.get_absolute_url())).words
    )


@pytest.mark.parametrize(
    ("links", "refusal"),
    [
        (
            [("14 died", "At least 15"), ("At least 15", "14 died")],
            "was itself replaced by the earlier one",
        ),
        ([("14 died", "At least 15"), ("14 died", "17 in all")], "is linked already"),
        (
            [("14 died", "16 in town")],
            "Only figures of one measure, or added up for it",
        ),
        ([("14 died", "14 died")], "was itself replaced"),
    ],
)
def test_what_cannot_replace_each_other_is_refused_in_words(
    as_editor: Client,
    deaths: Measure,
    early: Article,
    late: Article,
    links: list[tuple[str, str]],
    refusal: str,
) -> None:
    keys = [
        {"earlier": str(figure_of(one).pk), "later": str(figure_of(other).pk)}
        for one, other in links
    ]
    told = [post(as_editor, deaths, "supersede/", **each).words for each in keys]
    assert refusal in told[-1]


def test_a_measure_is_made_described_and_undone(
    as_editor: Client, editor: User
) -> None:
    found = page_of(
        as_editor.post(
            "/figures/new/", {"name": "Boats taken", "unit": "boats"}, follow=True
        )
    )
    measure = Measure.objects.get()
    assert "No figure is linked to this measure yet." in found.words
    post(as_editor, measure, "edit/", name="Boats burnt", only_rises="on")
    assert (Measure.objects.get().name, Measure.objects.get().slug) == (
        "Boats burnt",
        "boats-taken",
    )
    undo(Act.objects.latest("pk"), editor)
    assert Measure.objects.get().name == "Boats taken"
    undo(Act.objects.earliest("pk"), editor)
    assert not Measure.objects.exists()


def test_a_measure_that_is_in_use_outlasts_the_undoing_of_its_making(
    as_editor: Client, editor: User, make_article: MakeArticle
) -> None:
    as_editor.post("/figures/new/", {"name": "Boats"})
    figure(
        make_article(html="<p>15 boats.</p>"), "15 boats", measure=Measure.objects.get()
    )
    undone = undo(Act.objects.get(kind=Act.Kind.MEASURED), editor)
    assert [line.table for line in undone.kept] == ["measure"]
    assert Measure.objects.exists()


def test_a_measure_is_no_part_of_its_own_parts(
    as_editor: Client, deaths: Measure, town: Measure
) -> None:
    response = as_editor.post(
        f"{deaths.get_absolute_url()}edit/",
        {"name": "People killed", "part_of": town.pk},
    )
    assert response.status_code == 400
    deaths.refresh_from_db()
    assert deaths.part_of is None


def test_readers_see_a_measure_only_with_a_figure_that_they_may_read(
    client: Client, as_editor: Client, deaths: Measure, early: Article
) -> None:
    assert client.get(deaths.get_absolute_url()).status_code == 200
    Article.objects.update(is_public=False)
    assert client.get(deaths.get_absolute_url()).status_code == 404
    assert (
        client.get(f"{deaths.get_absolute_url()}export/?format=csv").status_code == 404
    )
    assert "People killed" not in page_of(client.get("/figures/")).words
    assert as_editor.get(deaths.get_absolute_url()).status_code == 200


def test_a_total_of_what_a_reader_may_not_see_is_not_shown(
    client: Client, as_editor: Client, deaths: Measure, early: Article, late: Article
) -> None:
    keys = [str(figure_of(words).pk) for words in ("14 died", "1 more")]
    post(as_editor, deaths, "add/", figures=keys, note="Two places")
    assert "14 plus 1" in page(client, deaths).words
    Article.objects.filter(pk=late.pk).update(is_public=False)
    assert "14 plus 1" not in page(client, deaths).words


def test_the_ledger_is_exported_with_what_speaks_against_each_figure(
    client: Client, as_editor: Client, deaths: Measure, early: Article, late: Article
) -> None:
    keys = [str(figure_of(words).pk) for words in ("16 in town", "1 more")]
    post(as_editor, deaths, "add/", figures=keys, note="Two places")

    def exported(form: str) -> str:
        response = client.get(f"{deaths.get_absolute_url()}export/?format={form}")
        return b"".join(response).decode()

    rows = list(csv.DictReader(StringIO(exported("csv"))))
    assert [row["figure"] for row in rows] == [
        "at least 15",
        "14",
        "17",
        "16",
        "1",
        "16 plus 1 = 17",
    ]
    assert "cannot both be true" in rows[1]["cannot_both_be_true"]
    assert (
        rows[1]["permalink"]
        == f"http://testserver{figure_of('14 died').annotation.get_absolute_url()}"
    )
    assert rows[5]["added_by_an_editor"] == "Two places"
    told = json.loads(exported("json"))
    assert told["said"][0] == "Between 14 and 17."
    assert [row["value"] for row in told["rows"]] == ["15", "14", "17", "16", "1", "17"]
    assert "\n> 14 died\n" in exported("markdown")


def test_a_measure_costs_the_same_queries_whatever_it_shows(
    client: Client, make_article: MakeArticle, deaths: Measure, early: Article
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(deaths.get_absolute_url())
        return len(captured)

    figure(early, "15 died", measure=deaths)
    before = queries()
    for number in range(57):
        article = make_article(
            html=f"<p>{number} died.</p>",
            published="2012-01-01",
            publisher=f"Paper {number}",
        )
        who = make_person(f"Speaker {number}")
        figure(
            article,
            f"{number} died",
            str(number),
            measure=deaths,
            said_by=who.name,
            said_by_entity=who,
        )
    assert queries() == before
