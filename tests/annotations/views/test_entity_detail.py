"""The page of a person or a place."""

from random import Random
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.models import SHOWN, Annotation, State
from annotations.views import entities
from archive.ingest.pipeline import correct_text
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, make_place, mention
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db


def lines(page: Node) -> list[str]:
    return [line["href"] for line in page.all("a", cls="line")]


def rows(page: Node, caption: str) -> list[list[str]]:
    """The words of a table, row by row."""
    table = next(
        table for table in page.all("table") if table.one("caption").words == caption
    )
    return [
        [cell.words for cell in row.walk() if cell.tag in ("td", "th")]
        for row in table.all("tr")
    ]


def walked(client: Client, address: str, rel: str) -> list[Node]:
    """The pages from `address` on, or back to the first."""
    pages, at = [], address
    while at:
        pages.append(page_of(client.get(at)))
        links = pages[-1].all("a", rel=rel)
        at = urljoin(address, links[0]["href"]) if links else ""
    return pages


def side(page: Node, heading: str) -> list[str]:
    section = next(
        part
        for part in page.all("section")
        if part.all("h2") and part.all("h2")[0].words == heading
    )
    return [item.words for item in section.all("li")]


def test_every_mention_stands_in_order_of_date_with_its_context_and_article(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov", "Petrov")
    late = make_article(
        "Late", "<p>So Petrov left.</p>", published="2012-01-26", publisher="The Post"
    )
    early = make_article(
        "Early", "<p>Ivan Petrov came. Petrov spoke.</p>", published="2011-12-19"
    )
    marks = [
        mention(early, "Ivan Petrov", petrov),
        mention(early, "Petrov", petrov, State.LINKED, nth=1),
        mention(late, "Petrov", petrov),
    ]
    page = page_of(client.get(petrov.get_absolute_url()))
    assert page.one("h1").text == "Ivan Petrov"
    assert "3 mentions in 2 articles" in page.one("p", cls="summary").words
    assert lines(page) == [mark.get_passage_url() for mark in marks]
    assert [heading.words for heading in page.all("h3")] == ["Early", "Late"]
    assert page.all("a", cls="line")[2].text == "…So Petrov left.…"
    assert [origin.words for origin in page.all("p", cls="origin")] == [
        "19 December 2011 publisher not known English",
        "26 January 2012 The Post English",
    ]


def test_what_the_machine_linked_says_so(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov met Petrov.</p>")
    mention(article, "Petrov", petrov)
    linked = mention(article, "Petrov", petrov, State.LINKED, nth=1)
    linked.reason = "full name"
    linked.save()
    abouts = [
        about.words
        for about in page_of(client.get(petrov.get_absolute_url())).all(
            "span", cls="about"
        )
    ]
    assert abouts == [
        "¶ 1 confirmed Basket: Petrov",
        "¶ 1 linked: full name Basket: Petrov",
    ]


def test_a_mark_on_the_reading_page_leads_to_its_line_here(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Then Petrov came.</p>")
    mention(article, "Petrov", petrov)
    mark = page_of(client.get(article.get_absolute_url())).one(id="text").one("a")
    address, _hash, anchor = mark["href"].partition("#")
    assert (
        page_of(client.get(address)).one("li", id=anchor).one("mark").text == "Petrov"
    )


def test_who_is_mentioned_in_the_same_articles_is_listed_most_often_first(
    client: Client, make_article: MakeArticle
) -> None:
    petrov, olga, aktau = (
        make_person("Petrov"),
        make_person("Olga"),
        make_place("Aktau"),
    )
    for words in ("Petrov, Olga, Aktau.", "Petrov, Aktau, Aktau.", "Olga."):
        article = make_article(html=f"<p>{words}</p>")
        for entity in (petrov, olga, aktau):
            if entity.name in words:
                mention(article, entity.name, entity)
    page = page_of(client.get(petrov.get_absolute_url()))
    assert side(page, "Mentioned in the same articles") == ["Aktau 2", "Olga 1"]
    assert page.link("Aktau") == aktau.get_absolute_url()


def test_what_is_claimed_by_and_about_them_and_the_figures_they_gave_are_listed(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov")
    article = make_article(
        html="<p>Petrov said 15 died, the crowd began, his men fired, nobody ordered it.</p>"
    )
    figure(article, "15 died", said_by="Ivan Petrov", said_by_entity=petrov)
    allegation(
        article,
        "the crowd began",
        "The crowd attacked first",
        claimant="Petrov",
        claimant_entity=petrov,
    )
    allegation(
        article,
        "his men fired",
        "They fired",
        accused="Petrov",
        accused_entity=petrov,
        status="denied",
    )
    page = page_of(client.get(petrov.get_absolute_url()))
    assert (
        "The crowd attacked first alleged"
        in side(page, "What Ivan Petrov says of others")[0]
    )
    assert "They fired denied" in side(page, "What is said of Ivan Petrov")[0]
    assert "15 people killed" in side(page, "Figures given by Ivan Petrov")[0]


def test_a_mention_on_an_earlier_version_is_not_listed(
    as_editor: Client, curator: User, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov.</p>")
    mention(article, "Petrov", petrov)
    correct_text(article, "<p>Popov.</p>", curator, "Misread")
    page = page_of(as_editor.get(petrov.get_absolute_url()))
    assert "0 mentions in 0 articles" in page.one("p", cls="summary").words
    assert lines(page) == []


def test_a_place_says_where_it_is(as_editor: Client) -> None:
    aktau = make_place("Aktau", latitude="43.65", longitude="0")
    assert (
        page_of(as_editor.get(aktau.get_absolute_url())).one("span", cls="geo").words
        == "43.65000, 0.00000"
    )


def test_a_person_is_no_place(client: Client) -> None:
    make_person("Aktau")
    assert (
        client.get(reverse("annotations:place-detail", args=["aktau"])).status_code
        == 404
    )


def test_who_is_named_in_nothing_public_is_not_shown_to_readers(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    mention(make_article(html="<p>Petrov.</p>", is_public=False), "Petrov", petrov)
    assert client.get(petrov.get_absolute_url()).status_code == 404
    assert as_editor.get(petrov.get_absolute_url()).status_code == 200


def test_namesakes_have_pages_of_their_own(
    as_editor: Client, make_article: MakeArticle
) -> None:
    one, other = make_person("Ivan Petrov"), make_person("Ivan Petrov")
    mention(make_article(html="<p>Ivan Petrov.</p>"), "Ivan Petrov", other)
    assert one.get_absolute_url() != other.get_absolute_url()
    assert [
        len(lines(page_of(as_editor.get(entity.get_absolute_url()))))
        for entity in (one, other)
    ] == [0, 1]


# Counts


def test_spellings_are_counted_by_outlet_and_year(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov", "Petrov")
    for title, outlet, day in (
        ("A", "The Post", "2011-12-19"),
        ("B", "The Times", "2013-01-26"),
        ("C", "", ""),
    ):
        article = make_article(
            title,
            "<p>Ivan Petrov came. Petrov spoke.</p>",
            publisher=outlet,
            published=day,
        )
        mention(article, "Petrov", petrov, nth=1)
        if outlet != "The Post":
            mention(article, "Ivan Petrov", petrov)
    page = page_of(client.get(petrov.get_absolute_url()))
    assert rows(page, "Mentions by spelling and outlet") == [
        ["Spelling", "2011–2013", "All", "outlet not known", "The Times", "The Post"],
        ["Petrov", "", "3", "1", "1", "1"],
        ["Ivan Petrov", "", "2", "1", "1", "0"],
    ]
    assert rows(page, "Mentions by spelling and year") == [
        ["Spelling", "2011", "2012", "2013", "undated"],
        ["Petrov", "1", "0", "1", "1"],
        ["Ivan Petrov", "0", "0", "1", "1"],
    ]
    assert [picture["aria-label"] for picture in page.all("svg", cls="spark")] == [
        "most in 2011",
        "most in 2013",
    ]
    for cell in page.all("th"):
        assert cell["scope"] in ("col", "row")


def test_when_they_were_mentioned_is_drawn_and_told_in_numbers(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    for day, count in (("2011-12-19", 3), ("2012-01-26", 1), ("", 2)):
        article = make_article(html=f"<p>{'Petrov ' * count}</p>", published=day)
        for nth in range(count):
            mention(article, "Petrov", petrov, nth=nth)
    section = page_of(client.get(petrov.get_absolute_url())).one(
        "section", cls="over-time"
    )
    assert (
        "Most in December 2011: 3. 2 more in articles without a date."
        in section.one("p", cls="hint").words
    )
    assert [line.words for line in section.one("ul", cls="numbers").all("li")] == [
        "December 2011 3",
        "January 2012 1",
    ]
    assert len(section.one("svg", cls="timeline").all("rect", cls="bar")) == 2
    page = page_of(client.get(section.link("January 2012")))
    assert page.all("p", cls="origin")[0].words.startswith("26 January 2012")


def test_all_in_one_month_is_a_sentence_and_no_picture(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    mention(
        make_article(html="<p>Petrov.</p>", published="2011-12-19"), "Petrov", petrov
    )
    section = page_of(client.get(petrov.get_absolute_url())).one(
        "section", cls="over-time"
    )
    assert section.one("p", cls="hint").words == "December 2011: 1 mention."
    assert not section.all("svg")


def test_an_entity_without_mentions_has_no_counts_but_a_page(as_editor: Client) -> None:
    page = page_of(as_editor.get(make_person("Petrov").get_absolute_url()))
    assert "0 mentions in 0 articles" in page.words
    assert not page.all("svg")
    assert not page.all("table")


def test_what_is_counted_is_fresh_where_all_fits_on_a_page(
    client: Client, make_article: MakeArticle
) -> None:
    petrov, article = make_person("Petrov"), make_article(html="<p>Petrov, Petrov.</p>")
    for nth in range(2):
        mention(article, "Petrov", petrov, nth=nth)
        page = page_of(client.get(petrov.get_absolute_url()))
        assert page.one("p", cls="summary").words.startswith(f"{nth + 1} mention")


def test_what_is_counted_of_many_is_kept_for_each_role(
    client: Client,
    as_editor: Client,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 1)
    petrov = make_person("Petrov")
    article, withheld = (
        make_article(html="<p>Petrov, Petrov.</p>", is_public=public)
        for public in (True, False)
    )
    for nth in range(2):
        mention(article, "Petrov", petrov, nth=nth)
    mention(withheld, "Petrov", petrov)
    for who, count in ((as_editor, 3), (client, 2), (as_editor, 3)):
        page = page_of(who.get(petrov.get_absolute_url()))
        assert page.one("p", cls="summary").words.startswith(f"{count} mentions in ")
    article.is_public = False
    article.save()
    assert client.get(petrov.get_absolute_url()).status_code == 404


def test_what_is_said_of_them_is_gone_with_its_article_even_where_it_is_kept(
    client: Client,
    as_editor: Client,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 1)
    petrov = make_person("Petrov")
    mention(make_article(html="<p>Petrov.</p>"), "Petrov", petrov)
    article = make_article(html="<p>Petrov’s men fired. 15 died.</p>")
    mention(article, "Petrov", petrov)
    allegation(
        article, "men fired", "They fired", accused="Petrov", accused_entity=petrov
    )
    figure(article, "15 died", said_by="Petrov", said_by_entity=petrov)
    assert "They fired" in page_of(client.get(petrov.get_absolute_url())).words
    article.is_public = False
    article.save()
    page = page_of(client.get(petrov.get_absolute_url()))
    assert "They fired" not in page.words
    assert "15 died" not in page.words
    assert "They fired" in page_of(as_editor.get(petrov.get_absolute_url())).words


# Suggestions


def test_editors_see_suggestions_in_their_place_and_readers_do_not(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov. Petrov. Petrov. Petrov.</p>")
    marks = [
        mention(article, "Petrov", petrov, state, nth=nth)
        for nth, state in enumerate(
            (State.CONFIRMED, State.SUGGESTED, State.LINKED, State.REJECTED)
        )
    ]
    Annotation.objects.filter(pk=marks[1].pk).update(reason="surname", named_in=None)
    page = page_of(as_editor.get(petrov.get_absolute_url()))
    assert lines(page) == [mark.get_passage_url() for mark in marks[:3]]
    assert page.one("p", cls="summary").words.startswith(
        "2 mentions in 1 article 1 suggestion to review"
    )
    suggestion = page.one("li", cls="suggestion")
    assert suggestion["id"] == f"a-{marks[1].pk}"
    assert (
        suggestion.one("span", cls="about").words
        == "¶ 1 only suggested: surname Review it"
    )
    verdict = page_of(as_editor.get(suggestion.link("Review it"))).one(
        "form", cls="verdict"
    )
    assert verdict.fields()["passage"] == f"{marks[1].pk}:1"

    page = page_of(client.get(petrov.get_absolute_url()))
    assert lines(page) == [marks[0].get_passage_url(), marks[2].get_passage_url()]
    assert "suggest" not in page.words


def test_the_review_of_a_suggestion_begins_with_it(
    as_editor: Client, make_article: MakeArticle
) -> None:
    olga, petrov = make_person("Olga"), make_person("Petrov")
    articles = [
        make_article(html="<p>Olga, Petrov.</p>", published=f"2011-12-0{day}")
        for day in (1, 2, 3)
    ]
    for article in articles:
        mention(article, "Olga", olga, State.SUGGESTED)
    mark = mention(articles[-1], "Petrov", petrov, State.SUGGESTED)
    page = page_of(as_editor.get(petrov.get_absolute_url()))
    waiting = page_of(as_editor.get(page.link("Review it"))).one("form", cls="verdict")
    assert waiting.fields()["passage"] == f"{mark.pk}:1"


# Pages


@pytest.mark.parametrize("seed", range(4))
def test_pages_are_the_whole_list_in_order_there_and_back(
    client: Client,
    as_editor: Client,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    random = Random(seed)
    monkeypatch.setattr(entities, "PAGE_SIZE", random.randrange(2, 6))
    petrov, olga = make_person("Petrov"), make_person("Olga")
    marks: list[Annotation] = []
    for n in range(12):
        day = random.choice(["", "2011-12-19", "2011-12-19", "2011-12", "2012"])
        article = make_article(
            f"Report {n}", f"<p>{'Petrov ' * 5}</p>", published=day, is_public=n % 4 > 0
        )
        for nth in random.sample(range(5), random.randrange(5)):
            marks.append(
                mention(
                    article,
                    "Petrov",
                    random.choice([petrov, petrov, olga]),
                    State.LINKED,
                    nth=nth,
                )
            )
            Annotation.objects.filter(pk=marks[-1].pk).update(
                state=random.choice(State.values)
            )
    for who, states in ((client, SHOWN), (as_editor, (*SHOWN, State.SUGGESTED))):
        seen = [
            mark
            for mark in Annotation.objects.filter(entity=petrov).select_related(
                "article"
            )
            if mark.state in states and (who is as_editor or mark.article.is_public)
        ]
        seen.sort(
            key=lambda mark: (mark.article.sort_date, mark.article_id, mark.start)
        )
        expected = [mark.get_passage_url() for mark in seen]
        pages = walked(who, petrov.get_absolute_url(), "next")
        assert [line for page in pages for line in lines(page)] == expected
        last = petrov.get_absolute_url() + (
            pages[-2].one("a", rel="next")["href"] if len(pages) > 1 else ""
        )
        back = walked(who, last, "prev")
        assert len(back) >= len(pages)
        assert lines(back[-1]) == lines(pages[0])
        assert {line for page in back for line in lines(page)} == set(expected)


def test_an_article_whose_date_is_corrected_moves(
    client: Client,
    as_curator: Client,
    make_article: MakeArticle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 2)
    petrov = make_person("Petrov")
    articles = [
        make_article(f"Day {n}", "<p>Petrov.</p>", published=f"2011-12-0{n}")
        for n in (1, 2, 3)
    ]
    marks = [mention(article, "Petrov", petrov) for article in articles]
    address = f"{articles[0].get_absolute_url()}edit/"
    fields = page_of(as_curator.get(address)).form().fields()
    as_curator.post(address, fields | {"published": "2012"})
    pages = walked(client, petrov.get_absolute_url(), "next")
    assert [lines(page) for page in pages] == [
        [marks[1].get_passage_url(), marks[2].get_passage_url()],
        [marks[0].get_passage_url()],
    ]


def test_a_later_page_says_where_it_begins(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 1)
    petrov = make_person("Petrov")
    for day in ("2011-12-19", "2012"):
        mention(make_article(html="<p>Petrov.</p>", published=day), "Petrov", petrov)
    first, second = walked(client, petrov.get_absolute_url(), "next")
    assert "This page begins at" not in first.words
    assert "This page begins at: 2012" in second.words
    assert not second.all("table")
    assert first.all("table")


def test_a_mark_leads_to_the_page_on_which_its_line_stands(
    client: Client, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entities, "PAGE_SIZE", 2)
    petrov, article = (
        make_person("Petrov"),
        make_article(html=f"<p>{'Petrov ' * 5}</p>", published="2011-12-19"),
    )
    marks = [mention(article, "Petrov", petrov, nth=nth) for nth in range(5)]
    links = page_of(client.get(article.get_absolute_url())).one(id="text").all("a")
    begins = [0, 0, 2, 3, 4]
    for nth, link in enumerate(links):
        address, _hash, anchor = link["href"].partition("#")
        page = page_of(client.get(address))
        assert anchor == f"a-{marks[nth].pk}"
        assert page.one("li", id=anchor).one("mark").text == "Petrov"
        assert lines(page)[0] == marks[begins[nth]].get_passage_url()


@pytest.mark.parametrize("at", ["x", "0", "00000000-0000-0000-0000-000000000000", ""])
def test_a_mention_that_is_not_there_gives_the_first_page(
    client: Client, make_article: MakeArticle, at: str
) -> None:
    petrov = make_person("Petrov")
    mark = mention(make_article(html="<p>Petrov.</p>"), "Petrov", petrov)
    assert lines(page_of(client.get(petrov.get_absolute_url(), {"at": at}))) == [
        mark.get_passage_url()
    ]


def test_pages_are_read_off_an_index(client: Client, make_article: MakeArticle) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table of one row as a whole.")
    petrov = make_person("Petrov")
    mark = mention(
        make_article(html="<p>Petrov.</p>", published="2011-12-19"), "Petrov", petrov
    )
    plans = []
    for query in ({}, {"after": mark.key_before}):
        with CaptureQueriesContext(connection) as queries:
            client.get(petrov.get_absolute_url(), query)
        listing = next(
            made["sql"]
            for made in queries.captured_queries
            if "LIMIT 51" in made["sql"]
        )
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {listing}")
            plans.append(cursor.fetchall()[0][3])
    name = "SEARCH annotations_annotation USING INDEX entity_in_reading_order"
    assert plans == [
        f"{name} (entity_id=?)",
        f"{name} (entity_id=? AND (sort_date,article_id,start)>(?,?,?))",
    ]
