"""The journal: what an act writes down of the rows that it changed."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from annotations import journal
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Change,
    Entity,
    Figure,
    Qualifier,
    Spelling,
    State,
    Status,
)
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        html="<p>Aset Example said that about 120 to 130 dockers had been told to go home.</p>"
    )


def again(annotation: Annotation) -> Annotation:
    return Annotation.objects.get(pk=annotation.pk)


def test_a_snapshot_is_json_and_comes_back_as_it_was(article: Article) -> None:
    aset = make_person("Aset")
    mention(article, "Aset Example", aset)
    figure(
        article,
        "120 to 130",
        low="120.5",
        high=Decimal(130),
        qualifier=Qualifier.ABOUT,
        said_by_entity=aset,
    )
    allegation(
        article,
        "told to go",
        accused="the port",
        claimant_entity=aset,
        status=Status.DENIED,
    )

    for row in (
        *Annotation.objects.all(),
        *Figure.objects.all(),
        *Allegation.objects.all(),
    ):
        kept = journal.snapshot(row)
        assert json.loads(json.dumps(kept)) == kept


def test_a_snapshot_holds_the_passage_and_who_made_it(
    article: Article, editor: User
) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"))
    mark.made_by = editor
    mark.save()

    kept = journal.snapshot(again(mark))

    assert (kept["start"], kept["end"], kept["exact"]) == (0, 12, "Aset Example")
    assert (kept["entity"], kept["made_by"], kept["version"]) == (
        mark.entity_id,
        editor.pk,
        article.version.pk,
    )
    assert kept["id"] == str(mark.pk)
    assert datetime.fromisoformat(kept["made_at"]) == again(mark).made_at
    assert "changed_at" not in kept


def test_an_unchanged_figure_has_the_same_snapshot_and_a_changed_one_another(
    article: Article,
) -> None:
    mark = figure(article, "120 to 130", low="120")
    before = journal.snapshot(again(mark).figure)

    assert journal.snapshot(again(mark).figure) == before

    Figure.objects.update(counted="people")
    assert journal.snapshot(again(mark).figure) == {**before, "counted": "people"}


def test_a_figure_can_be_made_again_from_its_snapshots(article: Article) -> None:
    aset = make_person("Aset")
    figure(
        article,
        "120 to 130",
        low="120.5",
        high=Decimal(130),
        said_by="the port",
        said_by_entity=aset,
    )
    assert made_again(Figure)[0].said_by_entity == aset


def test_an_allegation_can_be_made_again_from_its_snapshots(article: Article) -> None:
    aset = make_person("Aset")
    mark = allegation(
        article,
        "told to go",
        accused="the port",
        accused_entity=aset,
        status=Status.CHARGED,
    )
    assert made_again(Allegation) == [mark.allegation]


def made_again(model: type[Any]) -> list[Any]:
    """Delete all annotations and make them again from what JSON kept of them; return their
    figures or allegations."""
    rows = [*Annotation.objects.all(), *model.objects.all()]
    kept = json.loads(json.dumps([journal.snapshot(row) for row in rows]))
    Annotation.objects.all().delete()
    for row, values in zip(rows, kept, strict=True):
        recorder = journal.Recorder(Act())
        recorder.restore([type(row)(**journal.as_attributes(type(row), values))])
    made = [
        journal.snapshot(row)
        for row in (*Annotation.objects.all(), *model.objects.all())
    ]
    assert made == [{**kept[0], "revision": kept[0]["revision"] + 1}, kept[1]]
    return list(model.objects.all())


def test_an_act_and_its_lines_outlive_what_they_are_of(
    article: Article, editor: User
) -> None:
    mark = again(figure(article, "120 to 130", low="120"))
    kept = [
        ("figure", journal.snapshot(mark.figure)),
        ("annotation", journal.snapshot(mark)),
    ]

    with journal.record(
        Act.Kind.DELETED, by=editor, what=mark.exact, passages=1, article=article
    ) as recorder:
        recorder.delete([mark])

    act = Act.objects.get()
    assert (act.kind, act.by, act.article, str(act)) == (
        Act.Kind.DELETED,
        editor,
        article,
        "deleted “120 to 130”",
    )
    assert [(line.table, line.before) for line in act.changes.all()] == kept
    assert {(line.key, line.after) for line in act.changes.all()} == {
        (str(mark.pk), None)
    }
    assert not Annotation.objects.exists()
    assert not Figure.objects.exists()


def test_acts_stand_in_the_order_in_which_things_were_done(
    article: Article, editor: User
) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"))
    kinds = [Act.Kind.TAGGED, Act.Kind.CHANGED, Act.Kind.CARRIED]
    for kind in kinds:
        with journal.record(kind, by=editor) as recorder:
            recorder.note(mark)

    assert [act.kind for act in Act.objects.all()] == kinds
    assert [line.act.kind for line in journal.changes_of(mark)] == kinds


def test_of_a_changed_row_what_differs_is_kept_and_who_is_meant(
    article: Article, editor: User
) -> None:
    aset = make_person("Aset")
    mark = mention(article, "Aset Example", aset, State.LINKED)

    with journal.record(Act.Kind.CONFIRMED, by=editor) as recorder:
        mark.confirm()
        recorder.save(mark)

    line = Change.objects.get()
    assert (line.table, line.key) == ("annotation", str(mark.pk))
    assert line.before == {"state": "linked", "entity": aset.pk}
    assert line.after == {"state": "confirmed", "entity": aset.pk}


def test_a_row_that_is_saved_as_it_was_has_no_line(
    article: Article, editor: User
) -> None:
    mark = again(figure(article, "120 to 130", low="120"))

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.save(mark)
        mark.figure.low = Decimal("120.0000")
        recorder.save(mark.figure)

    assert Act.objects.get().changes.count() == 0


def test_a_row_has_one_line_however_often_the_act_changes_it(
    article: Article, editor: User
) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"), State.SUGGESTED)
    other = make_person("Other")

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.note(mark)
        recorder.update_each([(mark, {"state": "linked"})])
        recorder.update([again(mark)], state=State.CONFIRMED, entity_id=other.pk)
        recorder.note(mark)

    line = Change.objects.get()
    assert line.before == {"state": "suggested", "entity": mark.entity_id}
    assert line.after == {"state": "confirmed", "entity": other.pk}
    assert (again(mark).state, again(mark).entity) == (State.CONFIRMED, other)


def test_what_comes_and_goes_in_one_act_has_no_line(
    article: Article, editor: User
) -> None:
    with journal.record(Act.Kind.NAMED, by=editor) as recorder:
        aset = Entity(kind="person", name="Aset")
        recorder.save(aset)
        recorder.save(Spelling(entity=aset, text="Aset"))
        recorder.delete(Spelling.objects.all())

    assert [(line.table, line.before) for line in Change.objects.all()] == [
        ("entity", None)
    ]


def test_changes_in_bulk_raise_the_revision_and_the_time_of_change(
    article: Article, editor: User
) -> None:
    aset = make_person("Aset")
    marks = [
        mention(article, words, aset, State.SUGGESTED) for words in ("Aset", "Example")
    ]

    with journal.record(Act.Kind.CONFIRMED, by=editor) as recorder:
        recorder.update_each((again(mark), {"state": "confirmed"}) for mark in marks)
        recorder.update(map(again, marks), state=State.REJECTED)

    for mark in marks:
        assert (again(mark).state, again(mark).revision) == (State.REJECTED, 3)
        assert again(mark).changed_at > mark.changed_at


def test_an_act_that_fails_has_not_happened(article: Article, editor: User) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"), State.SUGGESTED)

    def fail() -> None:
        with journal.record(Act.Kind.CONFIRMED, by=editor) as recorder:
            recorder.update_each([(again(mark), {"state": "confirmed"})])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert again(mark).state == State.SUGGESTED
    assert not Act.objects.exists()


def test_what_is_put_back_was_made_when_it_was_made(
    article: Article, editor: User
) -> None:
    mark = again(figure(article, "120 to 130", low="120"))
    Annotation.objects.update(
        made_at=datetime.fromisoformat("2011-12-16T12:00:00.123456+00:00"),
        made_by=editor,
    )
    mark = again(mark)
    Annotation.objects.all().delete()

    with journal.record(Act.Kind.UNDONE, by=editor) as recorder:
        recorder.restore([mark])

    assert again(mark).made_at.isoformat() == "2011-12-16T12:00:00.123456+00:00"
    assert again(mark).made_by == editor
    line = Change.objects.get()
    assert (line.before, line.after) == (None, journal.snapshot(again(mark)))
