"""The journal that an archive has from before there were acts."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from annotations.editing.undo import undo
from annotations.models import Act, Annotation, State
from archive.models import User
from tests.support.marking import acts_on, lines_of

pytestmark = pytest.mark.django_db(transaction=True)

LINES_ALONE = [("archive", "0002_search"), ("annotations", "0001_initial")]
AT = datetime.fromisoformat("2011-12-16T12:00:00.123456+00:00")


def migrate(to: list[tuple[str, str]]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


@pytest.fixture
def newest() -> Iterator[Callable[[], None]]:
    """Migrates to where the code is; in the end the database is left there, whatever happened."""

    def forward() -> None:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    yield forward
    forward()


class Before:
    """An archive as it was before there were acts: the models of that time, and one article."""

    def __init__(self) -> None:
        self.apps = migrate(LINES_ALONE)
        self.editor = self.model("archive", "User").objects.create(
            username="editor", role="editor"
        )
        self.article = self.model("archive", "Article").objects.create(
            title="A day", slug="a-day", language="en"
        )
        text = "Aset said that 15 people died."
        self.version = self.model("archive", "TextVersion").objects.create(
            article=self.article,
            number=1,
            html=f"<p>{text}</p>",
            text=text,
            sha256="0" * 64,
        )
        self.article.current_version = self.version
        self.article.save()
        self.aset = self.model("annotations", "Entity").objects.create(
            kind="person", name="Aset", slug="aset"
        )

    def model(self, app: str, name: str) -> Any:
        return self.apps.get_model(app, name)

    def mark(self, kind: str, start: int, end: int, **fields: Any) -> Any:
        place = {
            "start": start,
            "end": end,
            "exact": self.version.text[start:end],
            "paragraph": 1,
        }
        return self.model("annotations", "Annotation").objects.create(
            article=self.article,
            version=self.version,
            kind=kind,
            made_by=self.editor,
            **place,
            **fields,
        )

    def mention(self, **fields: Any) -> Any:
        return self.mark("person", 0, 4, entity=self.aset, **fields)

    def figure(self, low: str = "15.5") -> Any:
        mark = self.mark("figure", 15, 24)
        said = {
            "qualifier": "at_least",
            "counted": "people killed",
            "said_by": "Aset",
            "said_by_entity": self.aset,
        }
        self.model("annotations", "Figure").objects.create(
            annotation=mark, low=Decimal(low), **said
        )
        return mark

    def line(
        self,
        act: str,
        mark: Any,
        *,
        before: Any = None,
        after: Any = None,
        by: Any = None,
    ) -> None:
        Change = self.model("annotations", "Change")
        line = Change.objects.create(
            act=act,
            annotation_id=mark.pk,
            article=self.article,
            by=by,
            before=before,
            after=after,
        )
        Change.objects.filter(pk=line.pk).update(at=AT)


def kept(mark: Any, **changed: Any) -> dict[str, Any]:
    """What a line held of an annotation: all but the times, and its figure in it."""
    values = {
        "id": str(mark.pk),
        "article": mark.article_id,
        "version": mark.version_id,
        "kind": mark.kind,
        "start": mark.start,
        "end": mark.end,
        "exact": mark.exact,
        "prefix": "",
        "suffix": "",
        "paragraph": 1,
        "entity": mark.entity_id,
        "state": mark.state,
        "reason": "",
        "named_in": None,
        "revision": mark.revision,
        "made_by": mark.made_by_id,
    }
    if mark.kind == "figure":
        values["figure"] = {
            "low": "15.5000",
            "high": None,
            "qualifier": "at_least",
            "counted": "people killed",
            "said_by": "Aset",
            "said_by_entity": mark.figure.said_by_entity_id,
        }
    return values | changed


def with_figure(values: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return values | {"figure": values["figure"] | changed}


def test_every_line_becomes_an_act_of_whoever_did_it_then(
    newest: Callable[[], None],
) -> None:
    then = Before()
    mark, count = then.mention(), then.figure()
    then.line("made", mark, after=kept(mark), by=then.editor)
    then.line(
        "changed",
        mark,
        before=kept(mark, state="linked"),
        after=kept(mark),
        by=then.editor,
    )
    then.line(
        "carried",
        count,
        before=kept(count, start=12),
        after=kept(count),
        by=then.editor,
    )
    then.line("orphaned", count, before=kept(count), after=kept(count))
    then.line("deleted", count, before=kept(count), by=then.editor)

    newest()

    acts = list(Act.objects.all())
    assert [act.kind for act in acts] == [
        "tagged",
        "changed",
        "carried",
        "orphaned",
        "deleted",
    ]
    assert [act.what for act in acts] == [
        "Aset",
        "Aset",
        "15 people",
        "15 people",
        "15 people",
    ]
    assert {
        (act.at, act.article.slug if act.article else "", act.passages) for act in acts
    } == {(AT, "a-day", 1)}
    assert [act.by.username if act.by else "" for act in acts] == [
        "editor",
        "editor",
        "editor",
        "",
        "editor",
    ]
    assert acts_on(mark) == acts[:2]
    assert acts_on(count) == acts[2:]


def test_a_figure_in_a_line_becomes_a_line_of_its_own(
    newest: Callable[[], None],
) -> None:
    then = Before()
    count = then.figure()
    old = kept(count)
    then.line(
        "changed",
        count,
        before=old,
        after=with_figure(old, low="16.0000"),
        by=then.editor,
    )
    then.line("orphaned", count, before=old, after=old)

    newest()

    changed, orphaned = acts_on(count)
    of_annotation, of_figure = lines_of(count).filter(act=changed)
    assert (of_annotation.table, of_figure.table) == ("annotation", "figure")
    assert (of_annotation.before, of_annotation.after) == ({}, {})
    assert (of_figure.before, of_figure.after) == (
        {"low": old["figure"]["low"]},
        {"low": "16.0000"},
    )
    assert {
        (line.before == line.after == {})
        for line in lines_of(count).filter(act=orphaned)
    } == {True}


def test_what_was_deleted_then_can_be_brought_back_now(
    newest: Callable[[], None],
) -> None:
    then = Before()
    count = then.figure()
    then.line("made", count, after=kept(count), by=then.editor)
    then.line("deleted", count, before=kept(count), by=then.editor)
    then.model("annotations", "Annotation").objects.all().delete()
    newest()
    curator = User.objects.create_user("curator", role="curator")

    assert undo(Act.objects.get(kind=Act.Kind.DELETED), curator).kept == []

    there = Annotation.objects.get()
    assert (there.pk, there.exact, there.state, there.made_by_id) == (
        count.pk,
        "15 people",
        "confirmed",
        count.made_by_id,
    )
    assert (str(there.figure.low), there.tag) == (
        "15.5000",
        "at least 15.5 people killed",
    )
    assert there.figure.said_by_entity_id == then.aset.pk
    assert undo(Act.objects.get(kind=Act.Kind.TAGGED), curator).kept == []
    assert not Annotation.objects.exists()


def test_what_was_changed_then_can_be_changed_back_now(
    newest: Callable[[], None],
) -> None:
    then = Before()
    mark, count = then.mention(), then.figure(low="16")
    old = kept(count)
    then.line(
        "changed",
        count,
        before=old,
        after=with_figure(old, low="16.0000"),
        by=then.editor,
    )
    then.line(
        "changed",
        mark,
        before=kept(mark, state="linked"),
        after=kept(mark),
        by=then.editor,
    )
    newest()
    curator = User.objects.create_user("curator", role="curator")

    assert [undo(act, curator).kept for act in Act.objects.all()[:2]] == [[], []]

    assert str(Annotation.objects.get(pk=count.pk).figure.low) == "15.5000"


def test_of_mentions_that_stand_twice_an_editors_word_is_left(
    newest: Callable[[], None],
) -> None:
    then = Before()
    linked, rejected, confirmed = (
        then.mention(state=state) for state in ("linked", "rejected", "confirmed")
    )
    elsewhere = [
        then.mark("person", 5, 9, entity=then.aset, state=state)
        for state in ("suggested", "linked")
    ]
    figures = [then.figure(), then.mark("figure", 15, 24)]

    newest()

    assert set(
        Annotation.objects.exclude(kind="figure").values_list("pk", "state")
    ) == {
        (confirmed.pk, State.CONFIRMED),
        (elsewhere[1].pk, State.LINKED),
    }
    assert {mark.pk for mark in Annotation.objects.filter(kind="figure")} == {
        mark.pk for mark in figures
    }
    assert not {linked.pk, rejected.pk, uuid4()} & set(
        Annotation.objects.values_list("pk", flat=True)
    )
