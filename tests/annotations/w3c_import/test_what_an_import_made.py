"""What an import made is told by the rows themselves, until somebody touches them: undoing,
redoing and the pages of the journal are as if each row had been written down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from annotations import journal
from annotations.allegations.services import change_status
from annotations.editing.tagging import judge
from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.linking.linker import link_articles
from annotations.linking.matcher_cache import known_matcher
from annotations.models import (
    Act,
    Annotation,
    Change,
    Entity,
    Figure,
    Party,
    Spelling,
    State,
    Status,
    StatusChange,
)
from annotations.views import journal as journal_page
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import (
    allegation,
    everything,
    figure,
    lines_of,
    make_person,
    mention,
)
from tests.support.pages import page_of
from tests.support.w3c_documents import Run, Save, foreign, taken_away

Import = Callable[[], Act]


@pytest.fixture(params=["as it is", "written down"])
def imported(
    request: pytest.FixtureRequest, article: Article, run: Run, saved: Save
) -> Import:
    """Imports a mention, a figure and an allegation: once as imports are now, once with the
    changes that imports wrote before."""

    def imported() -> Act:
        documents = (
            taken_away(mention(article, "Ivan Petrov", make_person("Ivan Petrov"))),
            taken_away(figure(article, "15 people", said_by="Ivan Petrov")),
            taken_away(allegation(article, "He fired", accused="the mayor; a guard")),
        )
        assert run(saved(*documents))[0] == 0
        act = Act.objects.get(kind=Act.Kind.IMPORTED)
        if request.param == "written down":
            journal.write_down(journal.made_by(act))
            assert Annotation.objects.filter(made_in__isnull=False).count() == 0
        return act

    return imported


def passage(kind: str) -> Annotation:
    return Annotation.objects.get(kind=kind, state=State.CONFIRMED)


def test_an_import_writes_down_only_whom_it_made(
    article: Article, run: Run, saved: Save
) -> None:
    records = foreign("Rain in Aktau", "place"), foreign("15 people killed", "figure")
    run(saved(*records[:1]), "--create")
    act = Act.objects.get()
    assert [line.table for line in act.changes.all()] == ["entity"]
    assert journal.made_by(act).count() == 1


def test_undoing_takes_back_all_of_it_and_redoing_brings_it_back(
    imported: Import, curator: User
) -> None:
    act = imported()
    before = everything()
    times = dict(Annotation.objects.values_list("pk", "made_at"))
    undone = undo(act, curator)
    assert not undone.kept
    assert not Annotation.objects.filter(state=State.CONFIRMED).exists()
    assert not Party.objects.exists()
    assert not StatusChange.objects.exists()
    redone = undo(undone.act, curator)
    assert not redone.kept
    assert everything() == before
    assert dict(Annotation.objects.values_list("pk", "made_at")) == times
    assert not undo(redone.act, curator).kept
    assert not Party.objects.exists()


def test_what_another_editor_judged_since_stays(
    imported: Import, editor: User, curator: User
) -> None:
    act = imported()
    seen = passage("person")
    judge({seen.pk: seen.revision}, State.REJECTED, editor)
    undone = undo(act, curator)
    assert {change.key for change in undone.kept} == {str(seen.pk)}
    left = Annotation.objects.get(pk=seen.pk)
    assert left.state == State.REJECTED
    assert not Figure.objects.exists()
    assert not Party.objects.exists()


def test_what_was_changed_and_changed_back_goes(
    imported: Import, editor: User, curator: User
) -> None:
    act = imported()
    seen = passage("person")
    rejected, _left = judge({seen.pk: seen.revision}, State.REJECTED, editor)
    assert rejected is not None
    undo(rejected, editor)
    assert not undo(act, curator).kept
    assert not Annotation.objects.filter(pk=seen.pk).exists()


def test_a_figure_that_was_changed_since_stays_with_its_passage(
    imported: Import, editor: User, curator: User
) -> None:
    act = imported()
    figure = Figure.objects.get()
    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        figure.counted = "miners killed"
        recorder.save(figure)
    undone = undo(act, curator)
    assert {change.key for change in undone.kept} == {str(figure.pk)}
    assert Figure.objects.get().counted == "miners killed"
    assert Annotation.objects.filter(state=State.CONFIRMED).count() == 1


def test_a_status_that_was_recorded_since_keeps_the_allegation(
    imported: Import, editor: User, curator: User
) -> None:
    act = imported()
    claim = passage("allegation").allegation
    denied = StatusChange(allegation=claim, status=Status.DENIED, date="2012-01-26")
    stated = change_status(denied, editor)
    written = act.changes.filter(table=Change.Table.STATUS)
    assert [(line.after or {}).get("status") for line in written] == ["alleged"]
    assert {change.table for change in undo(act, curator).kept} >= {"allegation"}
    assert [one.status for one in StatusChange.objects.all()] == ["denied"]
    undo(stated, editor)
    assert not StatusChange.objects.exists()


def test_a_merge_of_a_party_is_taken_back_before_and_after(
    imported: Import, curator: User
) -> None:
    make_person("the mayor")
    act = imported()
    known = Party.objects.get(name="the mayor")
    assert known.entity is not None
    before = everything()
    merged = merge(known.entity, make_person("Mayor of Aktau"), curator, "the same")
    undo(merged, curator)
    Entity.objects.filter(name="Mayor of Aktau").delete()
    after = everything()
    for name in ("Annotation", "Allegation", "Party", "StatusChange", "Figure"):
        assert after[name] == before[name]
    assert not undo(act, curator).kept


def test_a_passage_tells_that_it_was_imported_and_what_came_after(
    imported: Import, client: Client, editor: User
) -> None:
    act = imported()
    seen = passage("person")
    (making,) = journal.changes_of(seen)
    assert (making.act, making.before) == (act, None)
    assert making.after == journal.snapshot(seen)
    judge({seen.pk: seen.revision}, State.CONFIRMED, editor)
    client.force_login(editor)
    assert "imported" in page_of(client.get(seen.get_absolute_url())).words
    judge({seen.pk: seen.revision + 1}, State.REJECTED, editor)
    seen.refresh_from_db()
    acts = [change.act.kind for change in journal.changes_of(seen)]
    assert acts[0] == Act.Kind.IMPORTED
    assert acts[-1] == Act.Kind.REJECTED
    assert lines_of(seen)[0].act == act


def test_the_page_of_the_act_tells_all_of_it_also_once_it_is_undone(
    imported: Import, client: Client, curator: User
) -> None:
    act = imported()
    client.force_login(curator)
    words = page_of(client.get(act.get_absolute_url())).words
    for said in ("Ivan Petrov", "15 people", "He fired", "the mayor", "a guard"):
        assert said in words
    undo(act, curator)
    again = page_of(client.get(act.get_absolute_url())).words
    for said in ("Ivan Petrov", "15 people", "He fired", "the mayor", "a guard"):
        assert said in again


def test_the_page_of_a_large_act_is_paged(
    article: Article,
    run: Run,
    saved: Save,
    client: Client,
    curator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ("Rain in Aktau", "Rain", "in Aktau", "Aktau", "He fired")
    run(saved(*(foreign(one, "place") for one in words)), "--create")
    act = Act.objects.get()
    client.force_login(curator)
    monkeypatch.setattr(journal_page, "PAGE_SIZE", 3)
    seen: list[tuple[str, str]] = []
    key = ""
    for _page in range(9):
        response: Any = client.get(act.get_absolute_url(), {"after": key})
        rows = response.context["page"].items
        assert len(rows) <= 3
        seen += [(row.table, row.key) for row in rows]
        key = response.context["page"].after
        if not key:
            break
    expected = [("entity", str(one.pk)) for one in Entity.objects.order_by("pk")]
    passages = Annotation.objects.order_by("start", "pk")
    expected += [("annotation", str(one.pk)) for one in passages]
    assert seen == expected


def test_what_the_machine_takes_back_is_still_told(
    article: Article, run: Run, saved: Save
) -> None:
    petrov = make_person("Ivan Petrov")
    linked = taken_away(mention(article, "Ivan Petrov", petrov, State.LINKED))
    assert run(saved(linked))[0] == 0
    act = Act.objects.get()
    made = Annotation.objects.get(made_in=act)
    Spelling.objects.all().delete()
    link_articles([article.pk])
    assert not Annotation.objects.exists()
    (line,) = act.changes.all()
    assert (line.key, (line.after or {}).get("state")) == (str(made.pk), "linked")


def test_an_import_that_breaks_off_leaves_nothing_and_is_simply_run_again(
    article: Article, run: Run, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    petrov = make_person("Ivan Petrov")
    documents = (
        taken_away(mention(article, "Ivan Petrov", petrov)),
        taken_away(figure(article, "15 people")),
        taken_away(allegation(article, "He fired")),
    )
    before = everything()
    for part in ("make", "write"):
        with monkeypatch.context() as broken:
            broken.setattr(journal.Recorder, part, _stop_in_the_middle(part))
            with pytest.raises(KeyboardInterrupt):
                run(saved(*documents))
        assert everything() == before
        assert not Act.objects.exists()
    assert run(saved(*documents))[1] == [f"{saved(0)}: 3 exact."]


def _stop_in_the_middle(part: str) -> Callable[..., None]:
    """A method of the recorder that stops the program the second time that it is called or,
    where it is called once only, at once."""
    done = getattr(journal.Recorder, part)
    calls = []

    def stopping(recorder: journal.Recorder, *given: Any) -> None:
        calls.append(part)
        if len(calls) == 2 or part == "write":
            raise KeyboardInterrupt
        done(recorder, *given)

    return stopping


@pytest.mark.parametrize("kind", ["mention", "figure", "allegation"])
def test_an_import_costs_the_same_queries_for_ten_and_for_two_hundred(
    make_article: MakeArticle,
    run: Run,
    saved: Save,
    kind: str,
    django_assert_num_queries: Any,
) -> None:
    article = make_article("Many", f"<p>{' '.join(f'word{n}' for n in range(210))}</p>")
    word = make_person("Word")
    say: dict[str, Callable[[str], Annotation]] = {
        "mention": lambda words: mention(article, words, word),
        "figure": lambda words: figure(article, words),
        "allegation": lambda words: allegation(article, words, words),
    }
    documents = [taken_away(say[kind](f"word{n}")) for n in range(210)]
    known_matcher()  # it is kept in the process
    # On PostgreSQL the articles are locked too: once more before they are linked, and before
    # their tags are counted.
    if connection.features.has_select_for_update:
        locks = {"mention": 3, "figure": 2, "allegation": 2}[kind]
    else:
        locks = 0
    queries = {"mention": 22, "figure": 15, "allegation": 19}[kind]
    for part in (documents[:10], documents[10:]):
        file = saved(*part)
        with django_assert_num_queries(queries + locks):
            assert run(file)[1] == [f"{file}: {len(part)} exact."]
