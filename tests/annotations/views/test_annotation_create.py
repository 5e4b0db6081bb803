"""Tagging a passage, with and without JavaScript: a script only fills in what these forms
hold."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.editing.undo import undo
from annotations.journal.snapshots import as_attributes, snapshot
from annotations.models import (
    Act,
    Annotation,
    Change,
    Entity,
    Figure,
    Kind,
    Measure,
    State,
)
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from archive.text.canonical import canonicalise, paragraphs
from tests.support.making import MakeArticle
from tests.support.marking import figure, known_parties, make_person, mention
from tests.support.pages import page_of
from tests.support.tagging_page import follow, passage, tag_url

HTML = "<p>Rain fell on Aktau.</p><p>Ivan Petrov said that 15 people died. Petrov saw them, said Petrov’s wife.</p>"

MILLIONS = ("1200000", "1500000", "between", "tonnes")
FIFTEEN = ("15", "", "at_least", "человек погибли")


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=HTML)


def test_a_figure_is_linked_to_a_measure_by_its_name(
    as_editor: Client, article: Article
) -> None:
    deaths = Measure.objects.create(name="People killed")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    assert [
        option.words for option in page.one("datalist", id="measures").all("option")
    ] == ["People killed"]
    follow(
        as_editor,
        page,
        measure=" People  killed ",
        as_of="2011-12-16/..",
        unit="people",
    )
    figure = Figure.objects.get()
    assert (figure.measure, figure.as_of, figure.unit) == (
        deaths,
        "2011-12-16/..",
        "people",
    )


def test_a_measure_that_is_not_known_is_made_only_where_that_is_said(
    as_editor: Client, editor: User, article: Article
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    refused = follow(as_editor, page, measure="Poeple killed")
    assert refused.status_code == 400
    again = page_of(refused)
    assert "No measure is called “Poeple killed”." in again.words
    assert not Measure.objects.exists()
    follow(as_editor, again, new_measure="on")
    assert str(Figure.objects.get().measure) == "Poeple killed"
    undo(Act.objects.get(), editor)
    assert not Measure.objects.exists()


def test_a_day_that_is_no_date_is_refused_and_what_was_typed_stays(
    as_editor: Client, article: Article
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    refused = page_of(follow(as_editor, page, as_of="last week", counted="the dead"))
    assert "“last week” is not a date in EDTF." in refused.words
    assert refused.form().fields()["counted"] == "the dead"


def test_without_a_script_one_goes_from_paragraph_to_words_to_the_tag(
    as_editor: Client, article: Article
) -> None:
    paragraphs = page_of(as_editor.get(tag_url(article)))
    assert [
        button.words[:10] for button in paragraphs.all("button", name="paragraph")
    ] == [
        "Rain fell ",
        "Ivan Petro",
    ]
    words = page_of(as_editor.get(tag_url(article), {"paragraph": "2"}))
    assert words.one("input", type="hidden", name="paragraph")["value"] == "2"
    chosen = as_editor.get(
        tag_url(article), {"paragraph": "2", "words": "Ivan Petrov"}, follow=True
    )
    page = page_of(chosen)
    assert page.one("mark").text == "Ivan Petrov"
    response = follow(as_editor, page)
    mark = Annotation.objects.get()
    assert response.headers["Location"] == f"{article.get_absolute_url()}#a-{mark.pk}"
    assert (
        mark.selector.exact
        == article.version.text[mark.start : mark.end]
        == "Ivan Petrov"
    )
    assert (mark.paragraph, mark.state, mark.tag) == (2, State.CONFIRMED, "Ivan Petrov")


def test_words_that_stand_twice_in_a_paragraph_are_asked_about(
    as_editor: Client, article: Article
) -> None:
    page = page_of(
        as_editor.get(tag_url(article), {"paragraph": "2", "words": "Petrov"})
    )
    places = page.one("section", role="alert").all("a")
    assert [place.one("mark").text for place in places] == ["Petrov"] * 3
    assert places[0].words.startswith("…Ivan Petrov said that")
    chosen = page_of(as_editor.get(tag_url(article) + places[2]["href"]))
    follow(as_editor, chosen, entity="new", name="Petrova")
    tagged = Annotation.objects.get(state=State.CONFIRMED)
    assert tagged.start == article.version.text.rindex("Petrov")


def test_the_kind_stays_chosen_through_the_steps(
    as_editor: Client, article: Article
) -> None:
    step = page_of(as_editor.get(tag_url(article), {"kind": "figure"}))
    assert step.one("input", name="kind")["value"] == "figure"
    query = {"kind": "figure", "paragraph": "2", "words": "15 people"}
    page = page_of(as_editor.get(tag_url(article), query, follow=True))
    assert page.all("input", name="low")


@pytest.mark.parametrize("number", ["0", "3", "-1", "two", "²"])
def test_a_paragraph_that_is_not_there_is_chosen_again(
    as_editor: Client, article: Article, number: str
) -> None:
    page = page_of(as_editor.get(tag_url(article), {"paragraph": number}))
    assert len(page.all("button", name="paragraph")) == 2


def test_words_that_do_not_stand_in_the_paragraph_are_asked_for_again(
    as_editor: Client, article: Article
) -> None:
    response = as_editor.get(
        tag_url(article), {"paragraph": "1", "words": "Ivan Petrov"}
    )
    assert response.status_code == 400
    page = page_of(response)
    assert (
        "“Ivan Petrov” does not stand in this paragraph" in page.one(role="alert").words
    )
    assert page.one("textarea", name="words").text.strip() == "Ivan Petrov"


def test_a_selection_brings_its_offsets_and_skips_the_steps(
    as_editor: Client, article: Article
) -> None:
    response = as_editor.get(
        tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
    )
    assert page_of(response).one("mark").text == "15 people died"


def test_a_figure_keeps_its_range_its_measure_and_who_said_it(
    as_editor: Client, article: Article
) -> None:
    speaker = make_person("Ivan Petrov")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    follow(
        as_editor,
        page,
        low="15",
        high="20",
        qualifier="between",
        counted="people killed",
        said_by="Ivan Petrov",
    )
    mark = Annotation.objects.get()
    assert (mark.kind, mark.tag) == (Kind.FIGURE, "between 15 and 20 people killed")
    assert (mark.figure.low, mark.figure.high, mark.figure.said_by_entity) == (
        Decimal(15),
        Decimal(20),
        speaker,
    )


@pytest.mark.parametrize(
    ("said", "passage_of", "low", "high", "qualifier", "counted", "told"),
    [
        (
            "He said that at least 15 people were killed.",
            "at least 15 people",
            "15",
            "",
            "at_least",
            "people killed",
            "Sure:",
        ),
        (
            "Between 1.2 and 1.5 million tonnes, he said.",
            "Between 1.2 and 1.5 million tonnes",
            *MILLIONS,
            "Sure:",
        ),
        (
            "Не менее пятнадцати человек погибли.",
            "Не менее пятнадцати человек",
            *FIFTEEN,
            "Sure:",
        ),
        (
            "On December 16 it rained.",
            "December 16",
            "",
            "",
            "exactly",
            "",
            "The words give no number",
        ),
        (
            "Dozens of people came.",
            "Dozens of people",
            "12",
            "",
            "more_than",
            "people",
            "Check this:",
        ),
    ],
)
def test_a_new_figure_is_read_from_its_words(
    as_editor: Client,
    make_article: MakeArticle,
    said: str,
    passage_of: str,
    low: str,
    high: str,
    qualifier: str,
    counted: str,
    told: str,
) -> None:
    article = make_article(html=f"<p>{said}</p>")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, passage_of) | {"kind": "figure"}
        )
    )
    sent = page.form().fields()
    assert (sent["low"], sent["high"], sent["qualifier"], sent["counted"]) == (
        low,
        high,
        qualifier,
        counted,
    )
    assert page.one(cls="from-words").words.startswith(told)
    assert not page.all(role="alert")


def test_a_passage_that_is_too_long_for_a_figure_is_not_read(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html=f"<p>At least 15 people died{' and more' * 300}.</p>")
    page = page_of(
        as_editor.get(
            tag_url(article),
            passage(article, article.version.text) | {"kind": "figure"},
        )
    )
    assert page.form().fields()["low"] == ""


def test_a_figure_that_was_read_is_saved_as_it_stands_or_as_corrected(
    as_editor: Client, article: Article
) -> None:
    address, asked = (
        tag_url(article),
        passage(article, "15 people") | {"kind": "figure"},
    )
    follow(as_editor, page_of(as_editor.get(address, asked)))
    follow(
        as_editor,
        page_of(as_editor.get(address, asked)),
        low="16",
        counted="people killed",
    )
    assert {mark.tag for mark in Annotation.objects.all()} == {
        "15 people died",
        "16 people killed",
    }


def test_a_figure_of_before_is_not_read_again(
    as_editor: Client, article: Article
) -> None:
    mark = figure(article, "15 people", low="16", counted="dead")
    page = page_of(
        as_editor.get(reverse("annotations:annotation-edit", args=[mark.pk]))
    )
    assert (page.form().fields()["low"], page.form().fields()["counted"]) == (
        "16",
        "dead",
    )


def test_an_allegation_keeps_who_says_what_of_whom(
    as_editor: Client, article: Article
) -> None:
    accused = make_person("Ivan Petrov")
    page = page_of(
        as_editor.get(
            tag_url(article),
            passage(article, "Petrov saw them") | {"kind": "allegation"},
        )
    )
    typed = {
        "summary": "He was there",
        "claimant": "his wife",
        "accused": "Ivan Petrov; a guard",
        "status": "denied",
    }
    follow(as_editor, page, **typed)
    mark = Annotation.objects.get()
    assert (str(mark.allegation), mark.allegation.claimant) == (
        "He was there (denied)",
        "his wife",
    )
    assert known_parties(mark) == {"claimant": [None], "accused": [accused, None]}


def test_a_place_is_made_and_linked_in_every_article(
    as_editor: Client, article: Article, make_article: MakeArticle
) -> None:
    other = make_article("Another day", "<p>From Aktau to Shetpe.</p>")
    page = page_of(
        as_editor.get(tag_url(article), passage(article, "Aktau") | {"kind": "place"})
    )
    follow(as_editor, page, description="Town on the Caspian Sea")
    aktau = Entity.objects.get()
    assert (aktau.kind, aktau.description) == (Kind.PLACE, "Town on the Caspian Sea")
    assert [
        (mark.article, mark.state) for mark in aktau.mentions.order_by("made_at")
    ] == [
        (article, State.CONFIRMED),
        (other, State.LINKED),
    ]


def test_a_known_person_is_proposed_and_chosen(
    as_editor: Client, article: Article
) -> None:
    petrov = make_person("Ivan Petrov", "Petrov")
    make_person("Olga Smirnova")
    page = page_of(as_editor.get(tag_url(article), passage(article, "Ivan Petrov")))
    radios = page.all("input", type="radio", name="entity")
    assert [radio["value"] for radio in radios] == [str(petrov.pk), "new"]
    assert "checked" in radios[0].attributes
    follow(as_editor, page)
    assert Annotation.objects.get(exact="Ivan Petrov").entity == petrov
    assert Entity.objects.count() == 2


def test_another_name_can_be_looked_for(as_editor: Client, article: Article) -> None:
    olga = make_person("Olga Smirnova")
    query = passage(article, "Ivan Petrov") | {"kind": "person", "find": "Olga"}
    page = page_of(as_editor.get(tag_url(article), query))
    assert str(olga.pk) in [
        radio["value"] for radio in page.all("input", name="entity")
    ]
    assert page.one("input", name="find")["value"] == "Olga"
    follow(as_editor, page, entity=str(olga.pk))
    assert Annotation.objects.get().entity == olga


def test_a_place_cannot_be_tagged_as_a_person(
    as_editor: Client, article: Article
) -> None:
    person = make_person("Aktau")
    data = passage(article, "Aktau") | {"kind": "place", "entity": str(person.pk)}
    assert as_editor.post(tag_url(article), data).status_code == 400
    assert not Annotation.objects.filter(state=State.CONFIRMED).exists()


def test_only_a_curator_is_offered_to_add_a_spelling(
    as_editor: Client, as_curator: Client, article: Article
) -> None:
    make_person("Ivan Petrov")
    query = passage(article, "Petrov saw")
    assert not page_of(as_editor.get(tag_url(article), query)).all(
        "input", name="add_spelling"
    )
    assert page_of(as_curator.get(tag_url(article), query)).all(
        "input", name="add_spelling"
    )


def test_a_mention_that_the_machine_found_is_confirmed_and_not_doubled(
    as_editor: Client, article: Article, editor: User
) -> None:
    petrov = make_person("Ivan Petrov")
    found = mention(article, "Ivan Petrov", petrov, State.LINKED)
    follow(
        as_editor,
        page_of(as_editor.get(tag_url(article), passage(article, "Ivan Petrov"))),
    )
    mark = Annotation.objects.get()
    assert (mark.pk, mark.state, mark.revision) == (found.pk, State.CONFIRMED, 2)
    line = Change.objects.get()
    assert (line.act.kind, line.act.by, line.act.article) == (
        Act.Kind.TAGGED,
        editor,
        article,
    )
    assert (line.before, line.after) == (
        {"state": "linked", "entity": petrov.pk},
        {"state": "confirmed", "entity": petrov.pk},
    )


def test_passages_may_overlap_and_cross_and_both_show(
    as_editor: Client, client: Client, article: Article
) -> None:
    for words, kind, typed in (
        (
            "said that 15 people died",
            "figure",
            {"low": "15", "counted": "people killed"},
        ),
        (
            "15 people died. Petrov saw them",
            "allegation",
            {"summary": "He saw it", "claimant": "his wife"},
        ),
    ):
        page = page_of(
            as_editor.get(tag_url(article), passage(article, words) | {"kind": kind})
        )
        follow(as_editor, page, **typed)
    text = page_of(client.get(article.get_absolute_url())).one(id="text")
    assert text.text == article.version.text
    for mark in Annotation.objects.all():
        pieces = text.all("mark", cls=mark.kind)
        inner = [piece for piece in pieces if piece["data-annotation"] == str(mark.pk)]
        assert "".join(piece.text for piece in inner) == mark.exact


def test_offsets_count_code_points_also_beyond_emoji(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>😀😀 Қасымов 😀 spoke.</p>")
    selected = {"version": "1", "start": "3", "end": "10", "exact": "Қасымов"}
    page = page_of(as_editor.get(tag_url(article), selected))
    follow(as_editor, page)
    assert Annotation.objects.get().exact == "Қасымов"


def test_white_space_at_the_ends_of_a_selection_is_left_out(
    as_editor: Client, article: Article
) -> None:
    data = passage(article, " Aktau") | {
        "kind": "place",
        "entity": "new",
        "name": "Aktau",
    }
    as_editor.post(tag_url(article), data)
    assert Annotation.objects.get().exact == "Aktau"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("0", "0"),
        ("9", "3"),
        ("0", "100000"),
        ("-4", "3"),
        ("", "3"),
        ("x", "3"),
        ("19", "21"),
    ],
)
def test_offsets_that_are_no_passage_are_told_and_tag_nothing(
    as_editor: Client, article: Article, start: str, end: str
) -> None:
    data: dict[str, Any] = {
        "version": "1",
        "start": start,
        "end": end,
        "kind": "person",
        "entity": "new",
        "name": "Nobody",
    }
    assert as_editor.get(tag_url(article), data).status_code == 400
    response = as_editor.post(tag_url(article), data)
    assert response.status_code == 409
    page = page_of(response)
    assert page.one("h1").words == "Nothing was saved: the passage was not found"
    assert "Nobody" in page.one("dl").words
    assert not Annotation.objects.exists()


def test_words_other_than_those_at_the_offsets_are_told(
    as_editor: Client, article: Article
) -> None:
    data = passage(article, "Ivan Petrov") | {
        "exact": "Ivan Popov",
        "entity": "new",
        "name": "Ivan Popov",
    }
    response = as_editor.post(tag_url(article), data)
    assert response.status_code == 409
    assert (
        "The words at this place are “Ivan Petrov”"
        in page_of(response).one(role="alert").words
    )
    assert not Annotation.objects.exists()


def test_a_version_that_never_was_is_told(as_editor: Client, article: Article) -> None:
    response = as_editor.post(
        tag_url(article), passage(article, "Aktau") | {"version": "7", "kind": "place"}
    )
    assert "This article has no version 7" in page_of(response).one(role="alert").words


def test_a_passage_of_a_text_corrected_meanwhile_is_shown_again_in_the_new_one(
    as_editor: Client, article: Article, curator: User
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    correct_text(
        article, f"<p>A new first line.</p>{HTML}", curator, "A line was missing"
    )
    shown = follow(as_editor, page, low="15", counted="people killed")
    assert shown.status_code == 409
    assert not Annotation.objects.exists()
    again = page_of(shown)
    assert "Your words stand in the new version too" in again.one(role="alert").words
    assert again.one("input", name="low")["value"] == "15"
    follow(as_editor, again)
    mark = Annotation.objects.get()
    assert (mark.version.number, mark.exact, mark.tag) == (
        2,
        "15 people died",
        "15 people killed",
    )


def test_a_passage_that_a_correction_took_away_is_told_with_what_was_typed(
    as_editor: Client, article: Article, curator: User
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    correct_text(article, HTML.replace("15", "16"), curator, "The number was misread")
    response = follow(as_editor, page, low="15", counted="people killed")
    assert response.status_code == 409
    lost = page_of(response)
    assert "The text was corrected meanwhile" in lost.one(role="alert").words
    assert "people killed" in lost.one("dl").words


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "told"),
    [
        (
            "figure",
            {"low": "many", "counted": "people killed"},
            "people killed",
            "Enter a number",
        ),
        (
            "figure",
            {"low": "20", "high": "15", "counted": "people killed"},
            "people killed",
            "must be greater",
        ),
        ("allegation", {"summary": "", "claimant": "his wife"}, "his wife", "required"),
        (
            "person",
            {"entity": "new", "name": " ", "description": "His wife"},
            "His wife",
            "cannot be empty",
        ),
    ],
)
def test_what_was_typed_stays_where_something_in_it_is_wrong(
    as_editor: Client,
    article: Article,
    kind: str,
    typed: dict[str, str],
    kept: str,
    told: str,
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "Petrov saw them") | {"kind": kind}
        )
    )
    response = follow(as_editor, page, **typed)
    assert response.status_code == 400
    again = page_of(response)
    assert kept in again.form().fields().values()
    assert told in again.words
    assert not Annotation.objects.exists()


def test_a_figure_of_more_digits_than_fit_is_refused_in_words(
    as_editor: Client, article: Article
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    assert follow(as_editor, page, low="1" * 40, counted="people").status_code == 400
    assert follow(as_editor, page, low="NaN", counted="people").status_code == 400


def test_an_unknown_kind_is_taken_for_a_person(
    as_editor: Client, article: Article
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "Ivan Petrov") | {"kind": "rumour"}
        )
    )
    assert page.one("legend").words == "Who is meant?"


def test_an_address_with_a_broken_annotation_in_it_is_no_page(
    as_editor: Client, article: Article
) -> None:
    for query in (
        {"paragraph": "2", "words": "Ivan"},
        {"paragraph": "2", "words": "Petrov"},
    ):
        assert (
            as_editor.get(
                tag_url(article), {"annotation": "nonsense"} | query
            ).status_code
            == 404
        )


def test_the_journal_says_who_tagged_it(
    as_editor: Client, article: Article, editor: User
) -> None:
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    follow(as_editor, page, low="15", counted="people killed")
    act, mark = Act.objects.get(), Annotation.objects.get()
    assert (act.kind, act.by, act.what, act.passages) == (
        Act.Kind.TAGGED,
        editor,
        "15 people died",
        1,
    )
    lines = act.changes.all()
    assert [(line.table, line.key, line.before) for line in lines] == [
        ("annotation", str(mark.pk), None),
        ("figure", str(mark.pk), None),
    ]
    for line, row in zip(lines, (mark, mark.figure), strict=True):
        assert as_attributes(type(row), line.after or {}) == as_attributes(
            type(row), snapshot(row)
        )
    assert mark.made_by == editor


def test_two_figures_may_stand_on_the_same_words(
    as_editor: Client, article: Article
) -> None:
    figure(article, "15 people died")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    follow(as_editor, page, low="15", counted="people shot")
    assert Annotation.objects.count() == 2


def test_a_text_that_is_one_long_paragraph_can_be_tagged(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html=canonicalise("word " * 3000 + "Aktau.").html)
    query = {"paragraph": "1", "words": "Aktau", "kind": "place"}
    follow(as_editor, page_of(as_editor.get(tag_url(article), query, follow=True)))
    assert Annotation.objects.get().end == 15005


def test_a_figure_that_was_read_says_which_words_to_check(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Nearly 15 people may have died.</p>")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "Nearly 15 people") | {"kind": "figure"}
        )
    )
    doubts = [doubt.words for doubt in page.one(cls="from-words").all("li")]
    assert [doubt.split("”")[0] for doubt in doubts] == ["“Nearly", "“may"]


def test_who_gave_figures_before_is_offered_as_a_speaker(
    as_editor: Client, article: Article
) -> None:
    figure(article, "15 people died", said_by="officials")
    page = page_of(
        as_editor.get(
            tag_url(article), passage(article, "15 people died") | {"kind": "figure"}
        )
    )
    assert page.one("input", name="said_by")["list"] == "speakers"
    assert [
        option.words for option in page.one("datalist", id="speakers").all("option")
    ] == ["officials"]


def test_words_are_chosen_in_a_paragraph_that_is_shown(
    as_editor: Client, article: Article
) -> None:
    page = page_of(as_editor.get(tag_url(article), {"paragraph": "1"}))

    quoted = page.one("blockquote").words
    assert quoted == " ".join(paragraphs(article.version.text)[0][1].split())
