"""The two stacks of each editor: what is undone next, and what is done again next."""

from collections import defaultdict
from typing import Literal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations import journal
from annotations.editing import tagging
from annotations.editing.undo import last_undoable, next_redo, undo
from annotations.models import Act, State
from archive.models import Article, User
from tests.support.making import MakeArticle, make_article
from tests.support.marking import figure, make_person, mention
from tests.support.pages import Node, page_of

JOURNAL, REVIEW = reverse("annotations:act-list"), reverse("annotations:review")
UNDO, REDO = "Control+Z", "Control+Shift+Z"

Press = Literal["do", "undo", "redo"]


def do(what: str, by: User, article: Article | None = None) -> Act:
    with journal.record(
        Act.Kind.CHANGED, by=by, what=what, article=article
    ) as recorder:
        return recorder.act


def press_undo(user: User, article: Article | None = None) -> str:
    act = last_undoable(user, article)
    assert act
    undo(act, user)
    return act.what


def press_redo(user: User, article: Article | None = None) -> str:
    act = next_redo(user, article)
    assert act
    undo(act, user)
    return act.what


# Any sequence


class Model:
    """What everybody expects of undo and redo: two stacks for each user in each article, and
    two for all articles."""

    def __init__(self) -> None:
        self.done: dict[tuple[int, int | None], list[str]] = defaultdict(list)
        self.undone: dict[tuple[int, int | None], list[str]] = defaultdict(list)
        self._scopes: dict[str, set[int | None]] = {}

    def do(self, user: int, where: int | None, what: str) -> None:
        self._scopes[what] = {None, where}
        for scope in self._scopes[what]:
            self.done[user, scope].append(what)
            self.undone[user, scope].clear()

    def undo(self, user: int, what: str) -> None:
        for scope in self._scopes[what]:
            self.done[user, scope].remove(what)
            self.undone[user, scope].append(what)

    def redo(self, user: int, what: str) -> None:
        for scope in self._scopes[what]:
            # It may be that something new was done in another article since.
            if what in self.undone[user, scope]:
                self.undone[user, scope].remove(what)
            self.done[user, scope].append(what)


class TestStacks(TestCase):
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["do", "undo", "undo", "redo"]),
                st.sampled_from([0, 0, 0, 1]),
                st.sampled_from([None, 0, 1]),
            ),
            max_size=14,
        )
    )
    def test_they_are_two_stacks(
        self, steps: list[tuple[Press, int, int | None]]
    ) -> None:
        users = [
            User.objects.create(username=f"editor {n}", role="editor") for n in (0, 1)
        ]
        articles = {None: None, 0: make_article("Zero"), 1: make_article("One")}
        model = Model()
        for number, (press, who, where) in enumerate(steps):
            user, article = users[who], articles[where]
            if press == "do":
                do(str(number), user, article)
                model.do(who, where, str(number))
            elif press == "undo" and model.done[who, where]:
                model.undo(who, press_undo(user, article))
            elif press == "redo" and model.undone[who, where]:
                model.redo(who, press_redo(user, article))
            for n, each in enumerate(users):
                for scope, within in articles.items():
                    last, redo = last_undoable(each, within), next_redo(each, within)
                    expected = (model.done[n, scope][-1:], model.undone[n, scope][-1:])
                    assert (
                        [last.what] if last else [],
                        [redo.what] if redo else [],
                    ) == expected


# Single cases


def test_two_acts_are_undone_and_done_again_in_order(
    editor: User, make_article: MakeArticle
) -> None:
    article = make_article(html="<p>Petrov came. Omarov left.</p>")
    marks = [
        mention(article, name, make_person(name), State.SUGGESTED)
        for name in ("Petrov", "Omarov")
    ]
    for mark in marks:
        tagging.judge({mark.pk: mark.revision}, State.CONFIRMED, editor)

    def press(*keys: str) -> str:
        for key in keys:
            (press_undo if key == UNDO else press_redo)(editor)
        return "".join(
            article.annotations.in_text_order().values_list("state", flat=True)[n][0]
            for n in (0, 1)
        )

    assert [press(UNDO), press(UNDO), press(REDO), press(REDO)] == [
        "cs",
        "ss",
        "cs",
        "cc",
    ]
    assert next_redo(editor) is None
    assert press(UNDO, UNDO) == "ss"


def test_something_new_ends_redoing(editor: User) -> None:
    do("old", editor)
    press_undo(editor)
    do("new", editor)

    assert next_redo(editor) is None
    assert press_undo(editor) == "new"
    assert press_redo(editor) == "new"
    assert next_redo(editor) is None


def test_what_somebody_else_undid_is_theirs_to_do_again(
    editor: User, curator: User
) -> None:
    undo(do("mine", editor), curator)

    assert (last_undoable(editor), next_redo(editor)) == (None, None)
    assert press_redo(curator) == "mine"


def test_what_a_new_version_did_is_neither_undone_nor_the_end_of_redoing(
    editor: User,
) -> None:
    do("tagged", editor)
    press_undo(editor)
    Act.objects.create(kind=Act.Kind.CARRIED, by=editor)

    assert last_undoable(editor) is None
    assert press_redo(editor) == "tagged"


# The buttons


@pytest.fixture
def tagged(editor: User, make_article: MakeArticle) -> Act:
    article = make_article(html="<p>15 people &amp; &lt;b&gt; died.</p>")
    return tagging.delete(figure(article, "15 people & <b>").pk, 1, editor)


def history_on(client: Client, address: str) -> Node:
    return page_of(client.get(address)).one(id="history")


def buttons_on(client: Client, address: str) -> list[tuple[str, str]]:
    buttons = history_on(client, address).all("button")
    return [(button["aria-keyshortcuts"], button.words) for button in buttons]


def push(client: Client, address: str, key: str) -> str:
    form = next(
        form
        for form in history_on(client, address).all("form")
        if form.all(**{"aria-keyshortcuts": key})
    )
    return str(client.post(form["action"], form.fields()).headers["Location"])


@pytest.mark.parametrize("address", [JOURNAL, f"{JOURNAL}?mine", REVIEW])
def test_the_buttons_say_what_they_undo_and_do_again(
    as_editor: Client, tagged: Act, address: str
) -> None:
    undoing = [(UNDO, "Undo: deleted “15 people & <b>” Ctrl Z")]
    redoing = [(REDO, "Redo: deleted “15 people & <b>” Ctrl ⇧ Z")]

    assert buttons_on(as_editor, address) == undoing
    assert push(as_editor, address, UNDO) == address
    assert buttons_on(as_editor, address) == redoing
    assert push(as_editor, address, REDO) == address
    assert buttons_on(as_editor, address) == undoing


def test_they_are_on_the_server_so_that_another_browser_has_them_too(
    as_editor: Client, as_curator: Client, editor: User, tagged: Act
) -> None:
    push(as_editor, JOURNAL, UNDO)
    elsewhere = Client()
    elsewhere.force_login(editor)

    assert [key for key, _words in buttons_on(elsewhere, REVIEW)] == [REDO]
    assert buttons_on(as_curator, REVIEW) == []


def test_many_passages_are_told(as_editor: Client, editor: User) -> None:
    Act.objects.create(
        kind=Act.Kind.CONFIRMED,
        by=editor,
        what="Kasymov" + " Kasymov" * 20,
        passages=14,
    )

    ((_key, words),) = buttons_on(as_editor, JOURNAL)

    assert words.startswith("Undo: confirmed “Kasymov Kasymov")
    assert len(words) < 100


@pytest.mark.parametrize("address", [JOURNAL, REVIEW])
def test_the_pages_cost_the_same_queries_however_much_was_done(
    as_editor: Client, editor: User, address: str
) -> None:
    counts = []
    for number in range(3):
        for _each in range(4 * number):
            do("again", editor)
            press_undo(editor)
            press_redo(editor)
        if number:
            press_undo(editor)
        as_editor.get(address)
        with CaptureQueriesContext(connection) as queries:
            as_editor.get(address)
        counts.append(len(queries))
    assert len(set(counts)) == 1
