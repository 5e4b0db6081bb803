"""The journal: what an act writes down of the rows that it changed."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from annotations import journal
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Change,
    Entity,
    Figure,
    Measure,
    Party,
    Qualifier,
    Spelling,
    State,
    Status,
    Total,
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


# Many rows at once


def test_many_changes_that_differ_are_all_saved_and_written_down(
    make_article: MakeArticle, editor: User
) -> None:
    words = [f"docker{number}" for number in range(12)]
    article = make_article(html=f"<p>{' '.join(words)}</p>")
    marks = [figure(article, word) for word in words]
    changes = [
        (again(mark).figure, {"counted": f"people {number}", "low": str(number)})
        for number, mark in enumerate(marks)
    ]

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update_each(changes)

    stored = [again(mark).figure for mark in marks]
    assert [row.counted for row in stored] == [f"people {n}" for n in range(12)]
    assert [row.low for row in stored] == list(range(12))
    assert Change.objects.count() == 12


@pytest.mark.parametrize("count", [2, 12])
def test_a_change_raises_the_revision_by_one_however_many_differ(
    make_article: MakeArticle, editor: User, count: int
) -> None:
    words = [f"docker{number}" for number in range(count)]
    article = make_article(html=f"<p>{' '.join(words)}</p>")
    marks = [figure(article, word) for word in words]
    Annotation.objects.update(revision=5)
    changes: list[tuple[Annotation, dict[str, Any]]] = [
        (again(mark), {"reason": f"reason {number}"})
        for number, mark in enumerate(marks)
    ]

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update_each(changes)

    for number, mark in enumerate(marks):
        stored = again(mark)
        assert (stored.reason, stored.revision) == (f"reason {number}", 6)
        assert stored.changed_at > mark.changed_at


def test_an_update_raises_the_revision_of_each_row_and_says_how_many_there_were(
    article: Article, editor: User
) -> None:
    first = mention(article, "Aset", make_person("Aset"))
    second = mention(article, "Example", make_person("Example"))
    Annotation.objects.filter(pk=second.pk).update(revision=5)

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        count = recorder.update([again(first), again(second)], state=State.REJECTED)

    assert count == 2
    assert [again(mark).revision for mark in (first, second)] == [2, 6]


def test_a_change_of_nothing_only_raises_the_revision(
    article: Article, editor: User
) -> None:
    mark = mention(article, "Aset", make_person("Aset"))

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update_each([(again(mark), {})])

    assert again(mark).revision == 2
    assert not Change.objects.exists()


def test_nothing_is_done_to_no_rows(editor: User) -> None:
    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update_each([])
        recorder.bulk_create([])
        recorder.restore([])
        recorder.delete([])
        assert recorder.update([], state=State.REJECTED) == 0

    assert not Change.objects.exists()


def test_new_rows_have_a_line_each(article: Article, editor: User) -> None:
    aset = make_person("Aset")

    with journal.record(Act.Kind.NAMED, by=editor) as recorder:
        recorder.bulk_create(
            [Spelling(entity=aset, text=text) for text in ("Asset", "Әсет")]
        )

    lines = Change.objects.all()
    assert [line.before for line in lines] == [None, None]
    assert [line.after and line.after["text"] for line in lines] == ["Asset", "Әсет"]
    assert aset.spellings.count() == 3


# What is deleted with a row


def test_who_is_deleted_is_meant_by_nobody_any_longer_and_that_is_written_down(
    article: Article, editor: User
) -> None:
    aset = make_person("Aset")
    said = figure(article, "120", said_by_entity=aset)

    with journal.record(Act.Kind.DELETED, by=editor) as recorder:
        recorder.delete([aset])

    assert again(said).figure.said_by_entity is None
    lines = {line.table: (line.before, line.after) for line in Change.objects.all()}
    assert lines["figure"] == ({"said_by_entity": aset.pk}, {"said_by_entity": None})
    assert lines["entity"][1] is None
    assert lines["spelling"][1] is None
    assert not Spelling.objects.exists()


def test_a_total_goes_with_a_figure_in_it(article: Article, editor: User) -> None:
    measure = Measure.objects.create(name="Dockers dismissed")
    marks = [figure(article, words) for words in ("120", "130")]
    total = Total.objects.create(measure=measure, note="Two ports")
    for mark in marks:
        total.addends.create(figure=mark.figure)

    with journal.record(Act.Kind.DELETED, by=editor) as recorder:
        recorder.delete([again(marks[0])])

    assert not Total.objects.exists()
    assert [mark.figure.pk for mark in map(again, marks[1:])] == [marks[1].pk]
    assert sorted(Change.objects.values_list("table", flat=True)) == [
        "addend",
        "addend",
        "annotation",
        "figure",
        "total",
    ]


def test_an_allegation_goes_with_its_passage_its_parties_and_its_statuses(
    article: Article, editor: User
) -> None:
    mark = allegation(article, "told to go", accused="the port")

    with journal.record(Act.Kind.DELETED, by=editor) as recorder:
        recorder.delete([again(mark)])

    assert not Allegation.objects.exists()
    assert sorted(Change.objects.values_list("table", flat=True)) == [
        "allegation",
        "annotation",
        "party",
        "party",
        "statuschange",
    ]


# An act


def test_an_act_keeps_what_it_is_given(article: Article, editor: User) -> None:
    key = uuid4()
    with journal.record(Act.Kind.TAGGED, by=editor) as first:
        pass
    with journal.record(
        Act.Kind.UNDONE,
        by=editor,
        what="x" * 400,
        passages=3,
        reason="One man",
        article=article,
        undoes=first.act,
        origin=first.act,
        key=key,
    ) as recorder:
        pass

    act = Act.objects.get(pk=recorder.act.pk)
    assert (act.kind, act.by, act.what) == ("undone", editor, "x" * 300)
    assert (act.passages, act.reason, act.article) == (3, "One man", article)
    assert (act.undoes, act.origin, act.key) == (first.act, first.act, key)


def test_what_an_act_is_of_may_be_said_while_it_lasts(editor: User) -> None:
    with journal.record(Act.Kind.TAGGED, by=editor) as recorder:
        recorder.act.what = "Aset"
        recorder.act.passages = 14

    assert str(Act.objects.get()) == "tagged “Aset” (14 passages)"


def test_an_act_that_is_written_twice_writes_its_changes_once(
    article: Article, editor: User
) -> None:
    with journal.record(Act.Kind.NAMED, by=editor) as recorder:
        recorder.save(Entity(kind="person", name="Aset"))
        recorder.write()

    assert Change.objects.count() == 1


def test_what_is_asked_for_again_is_not_done_again(editor: User, curator: User) -> None:
    key = uuid4()
    with (
        journal.once(key, editor),
        journal.record(Act.Kind.TAGGED, by=editor, key=key) as recorder,
    ):
        pass

    with (
        pytest.raises(journal.AlreadyDone, match="done already") as done,
        journal.once(key, editor),
    ):
        pytest.fail("It was done again.")

    assert done.value.act == recorder.act
    assert journal.act_under(key, editor) == recorder.act
    assert journal.act_under(key, curator) is None
    assert journal.act_under(None, editor) is None


def test_what_another_request_did_meanwhile_is_said_to_be_done(editor: User) -> None:
    key = uuid4()

    def do_it_beside_another() -> None:
        with journal.once(key, editor):
            Act.objects.create(kind=Act.Kind.TAGGED, by=editor, key=key)
            raise ZeroDivisionError

    with pytest.raises(journal.AlreadyDone):
        do_it_beside_another()


def test_another_error_is_raised_as_it_is(editor: User) -> None:
    with pytest.raises(ZeroDivisionError), journal.once(uuid4(), editor):
        raise ZeroDivisionError


def test_the_changes_of_a_passage_are_found_by_itself_or_its_key(
    article: Article, editor: User
) -> None:
    mark, other = (
        mention(article, words, make_person(words)) for words in ("Aset", "go")
    )
    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.note(mark)
        recorder.note(other)

    for changes in (
        journal.changes_of(mark),
        journal.changes_under(mark.pk),
        journal.changes_under(str(mark.pk)),
    ):
        assert [line.key for line in changes] == [str(mark.pk)]


# What comes back


def test_what_comes_back_has_a_further_revision_and_the_date_of_today(
    article: Article, editor: User
) -> None:
    mark = again(mention(article, "Aset", make_person("Aset")))
    Annotation.objects.all().delete()
    Article.objects.update(sort_date="2011-12-16")

    with journal.record(Act.Kind.UNDONE, by=editor) as recorder:
        recorder.restore([mark])

    assert again(mark).revision == 2
    assert str(again(mark).sort_date) == "2011-12-16"


def test_a_party_that_changes_says_which_allegation_it_belongs_to(
    article: Article, editor: User
) -> None:
    mark = allegation(article, "told to go")
    party = Party.objects.get()

    with journal.record(Act.Kind.CHANGED, by=editor) as recorder:
        recorder.update([party], name="a docker")

    line = Change.objects.get()
    assert line.after == {"name": "a docker", "allegation": str(mark.pk)}
    assert line.before == {"name": "a witness", "allegation": str(mark.pk)}
