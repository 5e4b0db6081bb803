"""The reading page."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import State
from archive.ingest.pipeline import correct_text, take_in
from archive.models import User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention
from tests.support.pages import page_of


def test_the_text_on_the_page_is_the_text_to_the_letter(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        html="<h2>Day &amp; night</h2><p>😀 One<br>two <em>three</em></p><ul><li>four</li></ul>"
    )
    mention(article, "two three", make_person("Two"))
    figure(article, "One\ntwo")
    text = page_of(client.get(article.get_absolute_url())).one(id="text")
    assert text.text == article.version.text
    assert (
        text.text == client.get(f"{article.get_absolute_url()}text/").content.decode()
    )


@pytest.mark.django_db
def test_the_real_reports_read_to_the_letter(client: Client, seeds: Path) -> None:
    for file in sorted(seeds.glob("*.txt")):
        article = take_in(file.read_bytes(), file.name).article
        page = page_of(client.get(article.get_absolute_url()))
        assert page.one(id="text").text == article.version.text
        assert "✘" not in page.text


def test_the_strip_says_where_it_comes_from(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(
        publisher="The Post",
        published="2011-12-19",
        authors=["Olga Smirnova", "Ivan Petrov"],
        credit="Reuters, AP",
        language="kk",
        original_address="https://www.post.example/day-three-of-the-protests-in-the-west",
    )
    strip = page_of(client.get(article.get_absolute_url())).one("dl", cls="provenance")
    assert [one.words for one in strip.all("dd")][:6] == [
        "The Post",
        "19 December 2011",
        "Olga Smirnova; Ivan Petrov",
        "Reuters, AP",
        "Kazakh",
        "post.example/day-three-of-the-p…",
    ]
    assert strip.one("a", rel="noreferrer nofollow")["href"] == article.original_address


def test_what_is_not_known_is_said_or_left_out(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article(language="und")
    strip = (
        page_of(client.get(article.get_absolute_url()))
        .one("dl", cls="provenance")
        .words
    )
    assert "date not known" in strip
    assert "language not known" in strip
    assert "Publisher" not in strip


def test_a_mention_is_a_link_and_a_figure_is_a_mark_with_a_note(
    client: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Ivan Petrov")
    article = make_article(html="<p>Ivan Petrov said 15 died. He fired first.</p>")
    named = mention(article, "Ivan Petrov", petrov, State.LINKED)
    counted = figure(article, "15 died", said_by="Ivan Petrov", said_by_entity=petrov)
    claimed = allegation(article, "He fired first", "The police fired", status="denied")
    page = page_of(client.get(article.get_absolute_url()))
    text = page.one(id="text")
    link = text.one(id=f"a-{named.pk}")
    assert (link.tag, link["href"]) == (
        "a",
        f"{petrov.get_absolute_url()}?at={named.pk}#a-{named.pk}",
    )
    assert "linked" in link.classes
    assert "linked by the machine" in link["data-says"]
    assert text.one(id=f"a-{counted.pk}").tag == "mark"
    notes = page.one("ol", cls="notes").all("li")
    assert [note["data-for"] for note in notes] == [
        f"a-{counted.pk}",
        f"a-{claimed.pk}",
    ]
    assert "15 people killed" in notes[0].words
    assert notes[0].link("Ivan Petrov") == petrov.get_absolute_url()
    assert "The police fired denied" in notes[1].words
    assert page.one("section", cls="mentioned").one("li").words == "Ivan Petrov 1"


def test_readers_see_no_suggestion_and_editors_do(
    client: Client, as_editor: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article = make_article(html="<p>Petrov met Petrov.</p>")
    mention(article, "Petrov", petrov, State.SUGGESTED)
    mention(article, "Petrov", petrov, State.REJECTED, nth=1)
    marks = [
        [
            mark.classes[2]
            for mark in page_of(who.get(article.get_absolute_url()))
            .one(id="text")
            .all("a")
        ]
        for who in (client, as_editor)
    ]
    assert marks == [[], ["suggested"]]


def test_editors_have_a_table_of_all_marks_with_what_to_do(
    as_editor: Client, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>15 died.</p>")
    mark = figure(article, "15 died")
    table = page_of(as_editor.get(article.get_absolute_url())).one(
        "section", cls="marks-here"
    )
    assert table.link("Edit") == f"{mark.get_absolute_url()}edit/"
    assert table.link("Delete") == f"{mark.get_absolute_url()}delete/"
    assert "confirmed by an editor" in table.words


def test_each_role_is_offered_what_it_may_do(
    client: Client, as_editor: Client, as_curator: Client, make_article: MakeArticle
) -> None:
    address = make_article().get_absolute_url()
    offered = []
    for who in (client, as_editor, as_curator):
        page = page_of(who.get(address))
        offered.append(
            [
                bool(page.all("a", href=f"{address}{step}/"))
                for step in ("tag", "edit", "correct")
            ]
        )
        assert (
            bool(page.all("article", **{"data-tag-url": f"{address}tag/"}))
            == offered[-1][0]
        )
    assert offered == [[False] * 3, [True, False, False], [True] * 3]


def test_the_cite_box_has_every_style_and_leads_to_exports(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article("Day three", publisher="The Post", published="2011-12-19")
    cite = page_of(client.get(article.get_absolute_url())).one("section", cls="cite")
    cited = dict(
        zip(
            (dt.words for dt in cite.all("dt")),
            (dd.words for dd in cite.all("dd")),
            strict=True,
        )
    )
    address = f"http://testserver{article.get_absolute_url()}"
    assert list(cited) == [
        "Chicago (note)",
        "Chicago (bibliography)",
        "MLA 9",
        "APA 7",
        "One line",
    ]
    assert (
        cited["Chicago (note)"]
        == f"“Day Three,” The Post, December 19, 2011, archived at {address}."
    )
    assert cited["One line"] == "The Post, 19 Dec. 2011"
    for label in ("RIS", "BibTeX"):
        assert client.get(cite.link(label)).status_code == 200
    page = page_of(client.get(cite.link("or in another format")))
    assert page.one("form", cls="export").fields()["article"] == article.slug


def test_an_earlier_version_is_read_as_it_was_with_the_marks_that_stayed_on_it(
    client: Client, as_editor: Client, curator: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>15 died.</p>")
    figure(article, "15 died")
    correct_text(article, "<p>Sixteen died.</p>", curator, "Misread")
    address = reverse("archive:version-detail", args=[article.slug, 1])
    page = page_of(client.get(address))
    assert page.one(id="text").one("mark").text == "15 died"
    assert (
        "This is version 1, kept as it was; version 2 is the one that is read now"
        in page.one("p", cls="notice").words
    )
    assert (
        not page_of(as_editor.get(address))
        .one("article")
        .attributes.get("data-tag-url")
    )
    current = page_of(client.get(article.get_absolute_url()))
    assert current.one(id="text").text == "Sixteen died."
    assert not current.all("p", cls="notice")


def test_a_text_from_right_to_left_runs_that_way(
    client: Client, make_article: MakeArticle
) -> None:
    article = make_article("تقرير", "<p>نص عربي</p>", language="ar")
    text = page_of(client.get(article.get_absolute_url())).one(id="text")
    assert (text["lang"], text["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(
    "path",
    [
        "/articles/nothing/",
        "/articles/a-day-in-aktau/versions/2/",
        "/articles/%F0%9F%98%80/",
    ],
)
def test_what_is_not_there_is_no_page(
    client: Client, make_article: MakeArticle, path: str
) -> None:
    make_article()
    response = client.get(path)
    assert response.status_code == 404
    assert page_of(response).one("h1").words == "There is nothing at this address"
