"""One act as a page, and the button that undoes it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations import journal
from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.entities.merging import split
from annotations.linking.linker import link_articles
from annotations.models import Act, Annotation, Entity, State
from annotations.views.journal import PAGE_SIZE
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention
from tests.support.pages import Node, page_of


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        "Day three", "<p>Ivan Petrov said that 15 people died. He fired first.</p>"
    )


@pytest.fixture
def mark(article: Article) -> Annotation:
    return figure(article, "15 people")


@pytest.fixture
def deleted(mark: Annotation, editor: User) -> Act:
    return tagging.delete(mark.pk, 1, editor)


def named(ivan: Any, by: User) -> Act:
    with journal.record(Act.Kind.NAMED, by=by, what=ivan.name) as recorder:
        ivan.name = "Somebody else"
        recorder.save(ivan)
    return recorder.act


def page_for(client: Client, act: Act) -> Node:
    response = client.get(act.get_absolute_url())
    assert response.status_code == 200
    return page_of(response)


def messages_of(response: Any) -> Node:
    return page_of(response).one("ul", cls="messages")


def undo_buttons(page: Node) -> list[Node]:
    return page.one("main").all("form", cls="undo")


def send(client: Client, form: Node, **typed: str) -> Any:
    return client.post(form["action"], form.fields() | typed)


# What it shows


def test_it_says_what_was_done_where_and_by_whom_and_what_changed(
    as_editor: Client, article: Article, deleted: Act
) -> None:
    page = page_for(as_editor, deleted)

    assert page.one("h1").words == "Deleted “15 people”"
    facts = page.one("dl", cls="facts")
    assert "editor" in facts.words
    assert facts.link("Day three") == article.get_absolute_url()
    rows = page.one("table", cls="changes").one("tbody").all("tr")
    assert [row.one("th").words for row in rows] == [
        "Figure 15 people",
        "Annotation 15 people",
    ]
    assert "people killed" in rows[0].all("td")[0].words
    assert [row.all("td")[1].words for row in rows] == ["not there", "not there"]


def test_what_an_act_changed_stands_beside_what_it_was(
    as_editor: Client, mark: Annotation
) -> None:
    address = reverse("annotations:annotation-edit", args=[mark.pk])
    form = page_of(as_editor.get(address)).form()
    as_editor.post(address, form.fields() | {"low": "16"})

    rows = (
        page_for(as_editor, Act.objects.get())
        .one("table", cls="changes")
        .one("tbody")
        .all("tr")
    )

    figure_row = next(row for row in rows if row.one("th").words == "Figure 15 people")
    kept = [
        [part.words for part in cell.one("dl").walk() if part.tag in ("dt", "dd")]
        for cell in figure_row.all("td")
    ]
    assert kept == [["value", "15"], ["value", "16"]]


def test_whom_a_mention_meant_is_told_by_name_also_when_they_are_gone(
    as_editor: Client, article: Article, curator: User
) -> None:
    ivan = make_person("Ivan Petrov", "Petrov")
    mention(article, "Ivan Petrov", ivan)
    brother = Entity(kind="person", name="Igor Petrov", made_by=curator)
    act = split(ivan, brother, curator, "Two men", mentions=ivan.mentions.all())

    undo(act, curator)
    assert not Entity.objects.filter(name="Igor Petrov").exists()

    rows = page_for(as_editor, act).one("table", cls="changes").one("tbody").all("tr")
    row = next(row for row in rows if row.one("th").words == "Annotation Ivan Petrov")
    assert [cell.all("dd")[0].words for cell in row.all("td")] == [
        "Ivan Petrov",
        "Igor Petrov",
    ]
    assert "made_at" not in page_for(as_editor, act).words


def test_the_lines_of_a_large_act_go_over_pages(
    as_editor: Client, editor: User, make_article: MakeArticle
) -> None:
    count = PAGE_SIZE + 5
    article, ivan = (
        make_article(html=f"<p>{'Ivan Petrov. ' * count}</p>"),
        make_person("Ivan Petrov"),
    )
    link_articles([article.pk])
    act, _stayed = tagging.judge(
        dict.fromkeys(ivan.mentions.values_list("pk", flat=True), 1),
        State.CONFIRMED,
        editor,
    )
    assert act

    first = page_for(as_editor, act)
    second = page_of(as_editor.get(act.get_absolute_url() + first.link("Next page")))

    assert [len(page.one("tbody").all("tr")) for page in (first, second)] == [
        PAGE_SIZE,
        5,
    ]


def test_it_costs_the_same_queries_however_many_lines_it_has(
    as_editor: Client, editor: User, make_article: MakeArticle
) -> None:
    ivan, counts = make_person("Ivan Petrov"), []
    for count in (2, 30):
        article = make_article(html=f"<p>{'Ivan Petrov. ' * count}</p>")
        link_articles([article.pk])
        marks = ivan.mentions.filter(article=article).values_list("pk", flat=True)
        act, _stayed = tagging.judge(dict.fromkeys(marks, 1), State.CONFIRMED, editor)
        assert act
        page_for(as_editor, act)
        with CaptureQueriesContext(connection) as queries:
            page_for(as_editor, act)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_act_of_an_account_that_is_gone_is_nobodys(
    as_curator: Client, editor: User, deleted: Act
) -> None:
    editor.delete()
    assert (
        "an account that is gone"
        in page_for(as_curator, deleted).one("dl", cls="facts").words
    )


def test_what_is_no_act_is_no_page(as_editor: Client, deleted: Act) -> None:
    assert (
        as_editor.get(
            reverse("annotations:act-detail", args=[deleted.pk + 1])
        ).status_code
        == 404
    )


@pytest.mark.parametrize("kind", ["figure", "mention"])
def test_no_link_in_it_leads_nowhere(
    as_editor: Client, editor: User, article: Article, kind: str
) -> None:
    ivan = make_person("Ivan Petrov")
    mark = (
        figure(article, "15 people")
        if kind == "figure"
        else mention(article, "Ivan Petrov", ivan)
    )
    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.note(mark)
    tagging.delete(mark.pk, 1, editor)

    for act in Act.objects.all():
        links = {node["href"] for node in page_for(as_editor, act).one("main").all("a")}
        assert [link for link in links if as_editor.get(link).status_code == 404] == []


# The button


def test_the_button_undoes_it_and_the_page_then_says_by_whom(
    as_editor: Client, as_curator: Client, mark: Annotation, deleted: Act
) -> None:
    response = send(as_curator, undo_buttons(page_for(as_curator, deleted))[0])

    assert response.headers["Location"] == deleted.get_absolute_url()
    assert Annotation.objects.get() == mark
    page = page_for(as_editor, deleted)
    undone = Act.objects.get(kind=Act.Kind.UNDONE)
    assert (
        "curator"
        in page.one("dl", cls="facts").one("a", href=undone.get_absolute_url()).words
    )
    assert not undo_buttons(page)
    assert undo_buttons(page_for(as_editor, undone))


def test_the_message_has_a_button_that_does_it_again(
    as_editor: Client, mark: Annotation, deleted: Act
) -> None:
    response = as_editor.post(deleted.get_absolute_url(), follow=True)
    told = messages_of(response)
    assert "Undid: deleted “15 people”." in told.words

    send(as_editor, told.one("form"))

    assert not Annotation.objects.exists()
    assert Act.objects.last().label == "did again: deleted “15 people”"  # type: ignore[union-attr]


def test_after_tagging_a_message_offers_to_undo_it(
    as_editor: Client, article: Article
) -> None:
    address = reverse("annotations:annotation-create", args=[article.slug])
    start = article.version.text.index("He fired first")
    query = {
        "version": "1",
        "start": str(start),
        "end": str(start + 14),
        "kind": "allegation",
    }
    form = page_of(as_editor.get(address, query)).form()
    typed = {"summary": "He fired", "claimant": "a witness", "status": "alleged"}
    tagged = as_editor.post(form["action"], form.fields() | typed, follow=True)
    assert Annotation.objects.get().tag == "He fired (alleged)"

    response = send(as_editor, messages_of(tagged).one("form"))

    assert response.headers["Location"] == article.get_absolute_url()
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("verdict", ["confirm", "reject"])
def test_after_a_verdict_a_message_offers_to_undo_it(
    as_editor: Client, article: Article, verdict: str
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"), State.LINKED)
    address = reverse("annotations:review")
    judged = as_editor.post(
        address, {"verdict": verdict, "passage": f"{mark.pk}:1"}, follow=True
    )
    assert Annotation.objects.get().state != State.LINKED

    response = send(as_editor, messages_of(judged).one("form"))

    assert response.headers["Location"] == address
    assert Annotation.objects.get().state == State.LINKED


def test_after_an_edit_and_a_deletion_a_message_offers_to_undo_it(
    as_editor: Client, mark: Annotation
) -> None:
    edit, delete = (
        reverse(f"annotations:annotation-{name}", args=[mark.pk])
        for name in ("edit", "delete")
    )
    form = page_of(as_editor.get(edit)).form()
    saved = as_editor.post(edit, form.fields() | {"low": "16"}, follow=True)
    gone = as_editor.post(
        delete, page_of(as_editor.get(delete)).form().fields(), follow=True
    )
    assert not Annotation.objects.exists()

    send(as_editor, messages_of(gone).one("form"))
    assert Annotation.objects.get().tag == "16 people killed"
    send(as_editor, messages_of(saved).one("form"))
    assert Annotation.objects.get().tag == "15 people killed"


def test_a_message_of_nothing_that_can_be_undone_has_no_button(
    as_editor: Client, deleted: Act
) -> None:
    as_editor.post(deleted.get_absolute_url())
    again = as_editor.post(deleted.get_absolute_url(), follow=True)
    warning = next(
        item for item in messages_of(again).all("li") if "warning" in item.classes
    )
    assert "This was undone already." in warning.words
    assert not warning.all("form")


# Where it leads


@pytest.mark.parametrize(
    "where",
    ["/", "/review/", "/articles/?kind=figure&after=", "http://testserver/figures/"],
)
def test_it_leads_back_to_where_the_button_stood(
    as_editor: Client, deleted: Act, where: str
) -> None:
    assert (
        as_editor.post(deleted.get_absolute_url(), {"next": where}).headers["Location"]
        == where
    )


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/",
        "http:///evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
        "",
    ],
)
def test_it_leads_to_no_other_archive(
    as_editor: Client, mark: Annotation, deleted: Act, where: str
) -> None:
    response = as_editor.post(deleted.get_absolute_url(), {"next": where})
    assert response.headers["Location"] == mark.get_passage_url()


@pytest.mark.parametrize("where", ["nonsense", "?"])
def test_a_word_that_is_no_page_is_no_error(
    as_editor: Client, mark: Annotation, deleted: Act, where: str
) -> None:
    response = as_editor.post(deleted.get_absolute_url(), {"next": where})
    assert response.status_code == 302


def test_it_leads_to_the_article_where_there_are_several_passages_or_none(
    as_editor: Client, editor: User, article: Article
) -> None:
    ivan = make_person("Ivan Petrov", "Petrov")
    marks = [mention(article, words, ivan) for words in ("Ivan Petrov", "He")]
    act, _stayed = tagging.judge({mark.pk: 1 for mark in marks}, State.REJECTED, editor)
    assert act
    assert (
        as_editor.post(act.get_absolute_url()).headers["Location"]
        == article.get_absolute_url()
    )


def test_it_leads_to_the_undoing_where_several_articles_were_concerned(
    as_editor: Client, editor: User, make_article: MakeArticle
) -> None:
    articles, ivan = (
        [make_article(html="<p>Ivan Petrov.</p>") for _n in (1, 2)],
        make_person("Ivan Petrov"),
    )
    marks = [mention(article, "Ivan Petrov", ivan) for article in articles]
    act, _stayed = tagging.judge({mark.pk: 1 for mark in marks}, State.REJECTED, editor)
    assert act
    response = as_editor.post(act.get_absolute_url())
    assert (
        response.headers["Location"]
        == Act.objects.get(kind=Act.Kind.UNDONE).get_absolute_url()
    )


# What it tells


def test_what_was_changed_since_is_told_with_how_much_it_is(
    as_editor: Client, editor: User, curator: User, make_article: MakeArticle
) -> None:
    article, ivan = (
        make_article(html="<p>Ivan Petrov. Ivan Petrov. Ivan Petrov.</p>"),
        make_person("Ivan Petrov"),
    )
    link_articles([article.pk])
    marks = list(ivan.mentions.in_text_order())
    act, _stayed = tagging.judge(
        {mark.pk: 1 for mark in marks}, State.CONFIRMED, editor
    )
    assert act
    tagging.delete(marks[1].pk, 2, curator)

    told = messages_of(as_editor.post(act.get_absolute_url(), follow=True))

    assert "1 thing was changed since and stays as it is." in told.words
    assert [mark.state for mark in ivan.mentions.in_text_order()] == [
        State.LINKED,
        State.REJECTED,
        State.LINKED,
    ]


def test_what_was_undone_already_is_told_and_stays(
    as_editor: Client, mark: Annotation, deleted: Act
) -> None:
    undo(deleted, User.objects.get(username="editor"))

    response = as_editor.post(deleted.get_absolute_url(), follow=True)

    assert "This was undone already." in messages_of(response).words
    assert Act.objects.count() == 2


def test_what_cannot_be_undone_is_told_so(as_curator: Client, article: Article) -> None:
    act = Act.objects.create(kind=Act.Kind.CARRIED, what="Day three", article=article)
    assert not undo_buttons(page_for(as_curator, act))

    response = as_curator.post(act.get_absolute_url(), follow=True)

    assert "This cannot be undone." in messages_of(response).words


# Who may


def test_names_are_undone_by_curators_only(
    as_editor: Client, as_curator: Client, curator: User
) -> None:
    ivan = make_person("Ivan Petrov")
    act = named(ivan, curator)

    assert not undo_buttons(page_for(as_editor, act))
    refused = as_editor.post(act.get_absolute_url(), follow=True)
    assert "Only a curator may undo this." in messages_of(refused).words
    ivan.refresh_from_db()
    assert ivan.name == "Somebody else"

    send(as_curator, undo_buttons(page_for(as_curator, act))[0])
    ivan.refresh_from_db()
    assert ivan.name == "Ivan Petrov"


def test_readers_neither_see_it_nor_undo_it(
    client: Client, reader: User, deleted: Act
) -> None:
    assert [
        send(deleted.get_absolute_url()).status_code
        for send in (client.get, client.post)
    ] == [302, 302]
    client.force_login(reader)
    assert [
        send(deleted.get_absolute_url()).status_code
        for send in (client.get, client.post)
    ] == [403, 403]
    assert not Annotation.objects.exists()


# Pages that lead to it


def test_a_suggestion_that_a_verdict_took_away_is_not_told_as_deleted(
    as_editor: Client, editor: User, article: Article
) -> None:
    """To bring it back would undo what somebody said of another person."""
    ivan, senior = (
        make_person("Ivan Petrov"),
        make_person("Ivan Petrov senior", "Ivan Petrov"),
    )
    link_articles([article.pk])
    mine, theirs = (Annotation.objects.get(entity=entity) for entity in (ivan, senior))
    tagging.judge({mine.pk: 1}, State.CONFIRMED, editor)
    assert not Annotation.objects.filter(pk=theirs.pk).exists()

    response = as_editor.get(reverse("annotations:annotation-edit", args=[theirs.pk]))

    assert response.status_code in (404, 410)
    assert "was deleted" not in page_of(response).one("h1").words
    assert not page_of(response).one("main").all("form", method="post")


def test_the_history_of_a_passage_costs_the_same_queries_however_long_it_is(
    as_editor: Client, editor: User, curator: User, article: Article
) -> None:
    claim, counts = allegation(article, "He fired first"), []
    for _round in range(3):
        undone = undo(
            tagging.delete(
                claim.pk, Annotation.objects.get(pk=claim.pk).revision, editor
            ),
            curator,
        )
        assert undone.kept == []
        as_editor.get(claim.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert as_editor.get(claim.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2]
