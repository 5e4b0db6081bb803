"""Undoing: what an act changed becomes what it was, but for what somebody has changed since."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations import journal
from annotations.core.anchoring.selectors import occurrences, select
from annotations.editing import tagging
from annotations.editing.undo import UNDOABLE, CannotUndo, may_undo, undo
from annotations.forms import DETAILS
from annotations.linking.linker import add_spelling, link_articles
from annotations.models import Act, Annotation, Entity, Kind, Spelling, State
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle
from tests.support.marking import (
    allegation,
    everything,
    figure,
    known_parties,
    make_person,
    mention,
)

pytestmark = pytest.mark.django_db

HTML = "<p>Ivan Petrov said that 15 people died. He fired first. Olga Petrova denied it.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=HTML)


@pytest.fixture
def other(make_article: MakeArticle) -> Article:
    return make_article(
        "Elsewhere", "<p>On Monday Ivan Petrov came. Ivan Petrov left.</p>"
    )


def tag(
    article: Article, words: str, by: User, kind: Kind = Kind.PERSON, **typed: Any
) -> tuple[Annotation, Act]:
    """Tag the first place of `words` as an editor does in the form."""
    return tagging.tag(
        article.version,
        _selector(article, words),
        kind,
        _details(kind, words, by, typed),
        by,
    )


def change(mark: Annotation, by: User, words: str = "", **typed: Any) -> Act:
    """Change a tag as an editor does in the form, which was opened just now."""
    mark = again(mark)
    words, kind = words or mark.exact, Kind(mark.kind)
    details = _details(kind, words, by, typed, mark)
    selector = _selector(mark.article, words)
    return tagging.change(
        mark.pk, mark.revision, mark.article.version, selector, details, by
    )[1]


def judge(state: State, by: User, *marks: Annotation) -> Act:
    act, stayed = tagging.judge(
        {mark.pk: again(mark).revision for mark in marks}, state, by
    )
    assert act is not None
    assert stayed == 0
    return act


def delete(mark: Annotation, by: User) -> Act:
    return tagging.delete(mark.pk, again(mark).revision, by)


def again(mark: Annotation) -> Annotation:
    return Annotation.objects.get(pk=mark.pk)


def correct(article: Article, html: str, by: User) -> None:
    article.refresh_from_db()
    correct_text(article, html, by, "A correction")
    article.refresh_from_db()


def _selector(article: Article, words: str) -> Any:
    start = occurrences(article.version.text, words)[0]
    return select(article.version.text, start, start + len(words))


def _details(
    kind: Kind,
    words: str,
    by: User,
    typed: dict[str, Any],
    instance: Annotation | None = None,
) -> Any:
    details = DETAILS[kind](typed, kind=kind, words=words, user=by, instance=instance)
    assert details.is_valid(), details.errors
    return details


COUNT = {"qualifier": "exactly", "low": "15", "counted": "people killed"}
CLAIM = {"summary": "He fired", "claimant": "a witness", "status": "alleged"}


# Each kind of act, undone and done again


# An act that everything is there for.
Doing = Callable[[], Act]


def tag_somebody_known(article: Article, other: Article, by: User) -> Doing:
    ivan = make_person("Ivan")
    return lambda: tag(article, "Ivan Petrov", by, entity=str(ivan.pk))[1]


def tag_what_the_machine_found(article: Article, other: Article, by: User) -> Doing:
    olga = Entity.objects.get(name="Olga Petrova")
    return lambda: tag(article, "Olga Petrova", by, entity=str(olga.pk))[1]


def tag_a_figure(article: Article, other: Article, by: User) -> Doing:
    return lambda: tag(
        article, "15 people", by, Kind.FIGURE, **COUNT, said_by="Olga Petrova"
    )[1]


def tag_an_allegation(article: Article, other: Article, by: User) -> Doing:
    return lambda: tag(
        article, "He fired first", by, Kind.ALLEGATION, **CLAIM, accused="Olga Petrova"
    )[1]


def tag_somebody_new(article: Article, other: Article, by: User) -> Doing:
    return lambda: tag(
        article, "Ivan Petrov", by, entity="new", name="Ivan Ivanovich Petrov"
    )[1]


def change_who_is_meant(article: Article, other: Article, by: User) -> Doing:
    mark = mention(article, "Ivan Petrov", make_person("Ivan"))
    olga = Entity.objects.get(name="Olga Petrova")
    return lambda: change(mark, by, entity=str(olga.pk))


def change_to_somebody_new(article: Article, other: Article, by: User) -> Doing:
    mark = mention(article, "Ivan Petrov", make_person("Ivan"))
    return lambda: change(mark, by, entity="new", name="Ivan Ivanovich Petrov")


def change_the_words(article: Article, other: Article, by: User) -> Doing:
    ivan = make_person("Ivan")
    mark, _rejected = (
        mention(article, "Ivan Petrov", ivan),
        mention(article, "Petrov", ivan, State.REJECTED),
    )
    return lambda: change(mark, by, "Petrov", entity=str(ivan.pk))


def change_a_figure(article: Article, other: Article, by: User) -> Doing:
    mark = figure(article, "15 people", said_by="the port")
    return lambda: change(
        mark,
        by,
        "15 people died",
        **COUNT | {"low": "15.5", "high": "20", "said_by": "Olga Petrova"},
    )


def confirm_one(article: Article, other: Article, by: User) -> Doing:
    link_articles([article.pk])
    mark = Annotation.objects.get(entity__name="Olga Petrova")
    return lambda: judge(State.CONFIRMED, by, mark)


def reject_one(article: Article, other: Article, by: User) -> Doing:
    link_articles([article.pk])
    mark = Annotation.objects.get(entity__name="Olga Petrova")
    return lambda: judge(State.REJECTED, by, mark)


def _found(article: Article, other: Article) -> list[Annotation]:
    make_person("Ivan Petrov")
    link_articles([article.pk, other.pk])
    return list(Annotation.objects.filter(entity__name="Ivan Petrov"))


def confirm_many(article: Article, other: Article, by: User) -> Doing:
    marks = _found(article, other)
    return lambda: judge(State.CONFIRMED, by, *marks)


def reject_many(article: Article, other: Article, by: User) -> Doing:
    marks = _found(article, other)
    return lambda: judge(State.REJECTED, by, *marks)


def reject_what_was_confirmed(article: Article, other: Article, by: User) -> Doing:
    mark = mention(article, "Ivan Petrov", make_person("Ivan"))
    return lambda: delete(mark, by)


def delete_a_figure(article: Article, other: Article, by: User) -> Doing:
    olga = Entity.objects.get(name="Olga Petrova")
    said: dict[str, Any] = {
        "low": "15.5",
        "high": "20.25",
        "qualifier": "between",
        "said_by": "Olga",
        "said_by_entity": olga,
    }
    mark = _made_in_2011(figure(article, "15 people", **said), by)
    return lambda: delete(mark, by)


def delete_an_allegation(article: Article, other: Article, by: User) -> Doing:
    olga = Entity.objects.get(name="Olga Petrova")
    said: dict[str, Any] = {
        "claimant": "Olga",
        "claimant_entity": olga,
        "accused": "the police",
        "accused_entity": olga,
    }
    mark = _made_in_2011(
        allegation(article, "He fired first", status="denied", **said), by
    )
    return lambda: delete(mark, by)


def _made_in_2011(mark: Annotation, by: User) -> Annotation:
    made_at = datetime.fromisoformat("2011-12-16T12:00:00.123456+00:00")
    Annotation.objects.filter(pk=mark.pk).update(made_at=made_at, made_by=by)
    return mark


@pytest.mark.parametrize(
    "prepare",
    [
        tag_somebody_known,
        tag_what_the_machine_found,
        tag_a_figure,
        tag_an_allegation,
        tag_somebody_new,
        change_who_is_meant,
        change_to_somebody_new,
        change_the_words,
        change_a_figure,
        confirm_one,
        reject_one,
        confirm_many,
        reject_many,
        reject_what_was_confirmed,
        delete_a_figure,
        delete_an_allegation,
    ],
)
def test_what_is_undone_is_as_it_was_and_what_is_done_again_as_it_became(
    article: Article,
    other: Article,
    editor: User,
    curator: User,
    prepare: Callable[[Article, Article, User], Doing],
) -> None:
    make_person("Olga Petrova")
    do = prepare(article, other, editor)
    link_articles([article.pk, other.pk])
    before = everything()
    act = do()
    after = everything()
    assert after != before

    undone = undo(act, curator)
    assert (undone.kept, everything()) == ([], before)
    redone = undo(undone.act, editor)
    assert (redone.kept, everything()) == ([], after)
    undone_again = undo(redone.act, curator)
    assert (undone_again.kept, everything()) == ([], before)
    assert [(each.kind, each.by) for each in Act.objects.all()] == [
        (act.kind, editor),
        (Act.Kind.UNDONE, curator),
        (Act.Kind.REDONE, editor),
        (Act.Kind.UNDONE, curator),
    ]
    assert {each.origin for each in Act.objects.exclude(pk=act.pk)} == {act}
    assert {(each.what, each.passages, each.article) for each in Act.objects.all()} == {
        (act.what, act.passages, act.article)
    }


# What is more to be said of some of them


def test_a_new_person_goes_with_spellings_and_all_that_the_machine_linked(
    article: Article, other: Article, editor: User
) -> None:
    _mark, act = tag(article, "Ivan Petrov", editor, entity="new", name="Petrov, Ivan")
    assert set(Spelling.objects.values_list("text", flat=True)) == {
        "Petrov, Ivan",
        "Ivan Petrov",
    }
    assert Annotation.objects.filter(article=other, state=State.LINKED).count() == 2
    keys = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (Entity, Spelling, Annotation)
    }

    undone = undo(act, editor)

    assert not any(model.objects.exists() for model in keys)
    undo(undone.act, editor)
    assert {
        model: set(model.objects.values_list("pk", flat=True)) for model in keys
    } == keys
    assert Annotation.objects.filter(article=other, state=State.LINKED).count() == 2


def test_a_spelling_that_was_added_goes_and_the_person_stays(
    article: Article, other: Article, curator: User
) -> None:
    ivan = make_person("The harbour master")
    _mark, act = tag(
        article, "Ivan Petrov", curator, entity=str(ivan.pk), add_spelling="on"
    )
    assert Annotation.objects.filter(article=other).count() == 2

    undo(act, curator)

    assert list(ivan.spellings.values_list("text", flat=True)) == ["The harbour master"]
    assert not Annotation.objects.filter(article=other).exists()


def test_what_comes_back_is_as_old_as_it_was_and_of_whoever_made_it(
    article: Article, editor: User, curator: User
) -> None:
    mark = _made_in_2011(figure(article, "15 people", low="15.1234"), editor)

    undo(delete(mark, curator), curator)

    there = again(mark)
    assert there.made_at.isoformat() == "2011-12-16T12:00:00.123456+00:00"
    assert (there.made_by, str(there.figure.low)) == (editor, "15.1234")


def test_a_page_that_was_opened_before_notices_what_was_undone(
    article: Article, editor: User
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"), State.LINKED)
    act = judge(State.CONFIRMED, editor, mark)
    seen = again(mark).revision

    undo(act, editor)

    assert again(mark).revision > seen
    assert tagging.judge({mark.pk: seen}, State.REJECTED, editor) == (None, 1)


def test_a_page_that_was_opened_before_notices_that_the_value_of_a_figure_was_undone(
    article: Article, editor: User
) -> None:
    mark, _act = tag(article, "15 people", editor, Kind.FIGURE, **COUNT)
    act = change(mark, editor, **COUNT | {"low": "16"})
    seen = [again(mark).revision]
    for _time in range(2):
        act = undo(act, editor).act
        seen.append(again(mark).revision)

    assert seen == sorted(set(seen))


def test_what_comes_back_is_noticed_by_a_form_that_is_older_than_its_last_change(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    seen = mark.revision
    change(mark, curator, **COUNT | {"counted": "people injured"})
    undo(delete(mark, curator), curator)

    details = _details(
        Kind.FIGURE,
        "15 people",
        editor,
        COUNT | {"counted": "people shot"},
        again(mark),
    )
    with pytest.raises(tagging.StaleRevision):
        tagging.change(mark.pk, seen, article.version, mark.selector, details, editor)


def test_what_was_undone_is_not_undone_twice(
    article: Article, editor: User, curator: User
) -> None:
    act = delete(figure(article, "15 people"), editor)
    undo(act, curator)
    there = everything()

    with pytest.raises(CannotUndo, match="This was undone already"):
        undo(act, editor)

    assert everything() == there
    assert Act.objects.count() == 2


@pytest.mark.parametrize("kind", [Act.Kind.CARRIED, Act.Kind.ORPHANED])
def test_what_the_machine_did_with_a_new_text_is_not_undone(
    article: Article, curator: User, kind: Act.Kind
) -> None:
    mark = figure(article, "15 people")
    correct(
        article,
        HTML.replace("15", "16" if kind == Act.Kind.ORPHANED else "On Friday 15"),
        curator,
    )
    correct(article, f"<p>A first line.</p>{HTML}", curator)
    act = Act.objects.filter(kind=kind)[0]
    there = everything()

    with pytest.raises(CannotUndo, match="This cannot be undone"):
        undo(act, curator)

    assert everything() == there
    assert again(mark).is_current


# What somebody changed since


def test_what_somebody_changed_since_stays_and_is_told_of(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    marks = _found(article, other)
    act = judge(State.CONFIRMED, editor, *marks)
    delete(marks[1], curator)

    undone = undo(act, editor)

    assert [line.key for line in undone.kept] == [str(marks[1].pk)]
    assert [again(mark).state for mark in marks] == [
        State.LINKED,
        State.REJECTED,
        State.LINKED,
    ]
    assert {line.key for line in undone.act.changes.all()} == {
        str(marks[0].pk),
        str(marks[2].pk),
    }


def test_what_was_left_out_is_not_done_again_either(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    marks = _found(article, other)
    act = judge(State.CONFIRMED, editor, *marks)
    delete(marks[1], curator)

    redone = undo(undo(act, editor).act, editor)

    assert redone.kept == []
    assert [again(mark).state for mark in marks] == [
        State.CONFIRMED,
        State.REJECTED,
        State.CONFIRMED,
    ]


def test_who_was_said_to_be_meant_since_stays(
    article: Article, editor: User, curator: User
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan"), State.SUGGESTED)
    act = judge(State.CONFIRMED, editor, mark)
    change(mark, curator, entity=str(make_person("Petrov").pk))

    undone = undo(act, editor)

    assert [line.key for line in undone.kept] == [str(mark.pk)]
    assert (again(mark).tag, again(mark).state) == ("Petrov", State.CONFIRMED)


def test_a_column_that_the_act_did_not_change_may_have_changed(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    act = change(mark, editor, **COUNT | {"counted": "people injured"})
    change(mark, curator, **COUNT | {"counted": "people injured", "low": "16"})

    assert undo(act, editor).kept == []

    assert again(mark).tag == "16 people killed"


def test_a_column_that_was_changed_again_stays(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    act = change(mark, editor, **COUNT | {"counted": "people injured"})
    change(mark, curator, **COUNT | {"counted": "people shot"})

    undone = undo(act, editor)

    assert [(line.table, line.key) for line in undone.kept] == [
        ("figure", str(mark.pk))
    ]
    assert again(mark).tag == "15 people shot"


def test_a_figure_that_somebody_changed_since_it_was_tagged_stays(
    article: Article, editor: User, curator: User
) -> None:
    mark, act = tag(article, "15 people", editor, Kind.FIGURE, **COUNT)
    change(mark, curator, **COUNT | {"low": "16"})

    undone = undo(act, editor)

    assert undone.kept
    assert again(mark).tag == "16 people killed"


def test_what_is_gone_since_is_told_of(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    act = change(mark, editor, **COUNT | {"low": "16"})
    delete(mark, curator)

    undone = undo(act, editor)

    assert [line.key for line in undone.kept] == [str(mark.pk)]
    assert not Annotation.objects.exists()


def test_a_new_person_whom_somebody_else_tagged_since_stays(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    mark, act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")
    theirs, _act = tag(other, "Ivan Petrov", curator, entity=str(mark.entity_id))

    undone = undo(act, editor)

    assert [(line.table, line.key) for line in undone.kept] == [
        ("entity", str(mark.entity_id))
    ]
    assert list(Annotation.objects.filter(state=State.CONFIRMED)) == [theirs]
    assert again(theirs).tag == "Ivan Petrov"


@pytest.mark.parametrize("role", ["said_by", "claimant", "accused"])
def test_a_new_person_who_is_named_in_a_role_since_stays(
    article: Article, other: Article, editor: User, curator: User, role: str
) -> None:
    mark, act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")
    if role == "said_by":
        tag(other, "left", curator, Kind.FIGURE, **COUNT, said_by="Ivan Petrov")
    else:
        tag(other, "left", curator, Kind.ALLEGATION, **CLAIM | {role: "Ivan Petrov"})

    assert [line.table for line in undo(act, editor).kept] == ["entity"]

    assert list(Entity.objects.all()) == [mark.entity]


def test_a_new_person_with_a_spelling_that_was_added_since_stays_with_it(
    article: Article, other: Article, editor: User
) -> None:
    mark, act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")
    ivan = mark.entity
    assert ivan
    add_spelling(ivan, "Petrov")

    assert [line.table for line in undo(act, editor).kept] == ["entity"]

    assert list(ivan.spellings.values_list("text", flat=True)) == [
        "Ivan Petrov",
        "Petrov",
    ]


def test_a_place_that_somebody_has_taken_since_is_theirs(
    article: Article, editor: User, curator: User
) -> None:
    """Where the mention stood somebody has tagged the same person, so that it cannot stand
    there again."""
    ivan = make_person("Ivan")
    mark = mention(article, "Ivan Petrov", ivan)
    act = change(mark, editor, "Petrov", entity=str(ivan.pk))
    theirs, _act = tag(article, "Ivan Petrov", curator, entity=str(ivan.pk))

    undone = undo(act, editor)

    assert [line.key for line in undone.kept] == [str(mark.pk)]
    assert (again(mark).exact, again(theirs).exact) == ("Petrov", "Ivan Petrov")


def test_a_place_that_the_machine_has_taken_since_is_given_back(
    article: Article, editor: User
) -> None:
    ivan = make_person("Ivan Petrov", "Petrov")
    mark = mention(article, "Ivan Petrov", ivan)
    act = change(mark, editor, "15", entity=str(ivan.pk))
    assert Annotation.objects.get(exact="Ivan Petrov").state == State.LINKED

    assert undo(act, editor).kept == []

    assert Annotation.objects.get(exact="Ivan Petrov") == mark
    assert again(mark).state == State.CONFIRMED


def test_a_spelling_that_somebody_gave_since_is_not_doubled(
    article: Article, curator: User
) -> None:
    ivan = make_person("Ivan")
    _mark, act = tag(
        article, "Ivan Petrov", curator, entity=str(ivan.pk), add_spelling="on"
    )
    undone = undo(act, curator)
    theirs, _linked = add_spelling(ivan, "Ivan Petrov")

    redone = undo(undone.act, curator)

    assert [line.table for line in redone.kept] == ["spelling"]
    assert list(ivan.spellings.filter(text="Ivan Petrov")) == [theirs]


def test_a_new_person_comes_back_at_another_address_where_a_namesake_has_theirs(
    article: Article, other: Article, editor: User
) -> None:
    first, act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")
    undone = undo(act, editor)
    second, _act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")

    redone = undo(undone.act, editor)

    assert redone.kept == []
    assert set(Annotation.objects.filter(state=State.CONFIRMED)) == {first, second}
    assert Entity.objects.count() == 2
    slugs = {entity.pk: entity.slug for entity in Entity.objects.all()}
    assert slugs[second.entity_id or 0] == "ivan-petrov"
    assert slugs[first.entity_id or 0] not in ("ivan-petrov", "")
    assert set(
        Annotation.objects.filter(article=other).values_list("state", flat=True)
    ) == {State.SUGGESTED}


# Several acts


def test_acts_undone_in_reverse_lead_back_to_where_all_began(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    make_person("Olga Petrova")
    link_articles([article.pk, other.pk])
    states = [everything()]
    done: list[Act] = []
    first, act = tag(article, "Ivan Petrov", editor, entity="new", name="Ivan Petrov")
    elsewhere = list(Annotation.objects.filter(article=other).order_by("start"))
    count: list[Annotation] = []

    def tag_count() -> Act:
        mark, tagged = tag(
            article, "15 people", editor, Kind.FIGURE, **COUNT, said_by="Ivan Petrov"
        )
        count.append(mark)
        return tagged

    done.append(act)
    states.append(everything())
    steps: list[Doing] = [
        lambda: judge(State.CONFIRMED, curator, *elsewhere),
        tag_count,
        lambda: change(
            count[0], curator, "15 people died", **COUNT | {"low": "16", "said_by": ""}
        ),
        lambda: change(elsewhere[0], editor, entity="new", name="Another Petrov"),
        lambda: judge(State.REJECTED, curator, first, elsewhere[1]),
        lambda: delete(count[0], editor),
    ]
    for do in steps:
        done.append(do())
        states.append(everything())

    undone = []
    for number in reversed(range(len(done))):
        undone.append(undo(done[number], curator))
        assert (undone[-1].kept, everything()) == ([], states[number]), done[number]
    for number, each in enumerate(reversed(undone), start=1):
        assert (undo(each.act, editor).kept, everything()) == ([], states[number]), (
            done[number - 1]
        )


def test_an_act_undone_before_those_after_it_takes_back_its_own_part(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    marks = _found(article, other)
    confirmed = judge(State.CONFIRMED, editor, *marks)
    count, tagged = tag(article, "15 people", curator, Kind.FIGURE, **COUNT)
    changed = change(count, editor, **COUNT | {"low": "16"})

    assert undo(confirmed, editor).kept == []
    assert {again(mark).state for mark in marks} == {State.LINKED}
    assert again(count).tag == "16 people killed"
    assert undo(changed, editor).kept == []
    assert undo(tagged, editor).kept == []
    assert not Annotation.objects.filter(pk=count.pk).exists()


def test_a_first_act_cannot_be_undone_under_a_second_of_the_same_row(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    marks = _found(article, other)
    confirmed = judge(State.CONFIRMED, editor, *marks)
    rejected = judge(State.REJECTED, curator, marks[0])

    first = undo(confirmed, editor)
    assert [line.key for line in first.kept] == [str(marks[0].pk)]
    assert again(marks[0]).state == State.REJECTED
    undo(rejected, curator)
    assert [again(mark).state for mark in marks] == [
        State.CONFIRMED,
        State.LINKED,
        State.LINKED,
    ]


# After a new text


def test_what_was_confirmed_is_undone_though_it_was_carried_to_a_new_text(
    article: Article, other: Article, editor: User, curator: User
) -> None:
    marks = _found(article, other)
    act = judge(State.CONFIRMED, editor, *marks)
    correct(article, f"<p>A first line.</p>{HTML}", curator)

    assert undo(act, editor).kept == []

    assert {again(mark).state for mark in marks} == {State.LINKED}
    assert {mark.is_current for mark in Annotation.objects.all()} == {True}
    assert Annotation.objects.count() == len(marks)


def test_what_was_rejected_is_undone_though_it_was_left_after(
    article: Article, editor: User, curator: User
) -> None:
    mark = mention(article, "Ivan Petrov", make_person("Ivan Petrov"))
    act = delete(mark, editor)
    correct(article, HTML.replace("Ivan Petrov", "Ivan P."), curator)

    assert undo(act, editor).kept == []

    assert again(mark).state == State.CONFIRMED
    assert list(Annotation.objects.orphaned()) == [mark]


def test_what_was_deleted_comes_back_on_the_text_that_it_was_on(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    old = article.version
    act = delete(mark, editor)
    correct(article, HTML.replace("15 people", "16 people"), curator)

    assert undo(act, editor).kept == []

    assert again(mark).version == old
    assert list(Annotation.objects.orphaned()) == [mark]


def test_an_orphan_that_was_placed_goes_back_to_being_one(
    article: Article, editor: User, curator: User
) -> None:
    mark = figure(article, "15 people")
    old = article.version
    correct(article, HTML.replace("15 people", "16 people"), curator)
    act = change(mark, editor, "16 people", **COUNT | {"low": "16"})
    assert again(mark).is_current

    assert undo(act, editor).kept == []

    assert (again(mark).version, again(mark).tag) == (old, "15 people killed")
    assert list(Annotation.objects.orphaned()) == [mark]


def test_what_was_tagged_and_carried_since_can_be_undone(
    article: Article, editor: User, curator: User
) -> None:
    """Nobody said anything of it meanwhile: it only moved with its words."""
    mark, act = tag(
        article, "He fired first", editor, entity=str(make_person("Ivan").pk)
    )
    correct(article, f"<p>A first line.</p>{HTML}", curator)

    assert undo(act, editor).kept == []

    assert not Annotation.objects.filter(pk=mark.pk).exists()


# After what it pointed at is gone


def test_roles_of_somebody_who_is_gone_are_empty(
    article: Article, editor: User
) -> None:
    ivan = make_person("Ivan")
    count = figure(article, "15 people", said_by="Ivan", said_by_entity=ivan)
    claim = allegation(
        article,
        "He fired first",
        claimant="Ivan",
        claimant_entity=ivan,
        accused_entity=ivan,
    )
    acts = [delete(count, editor), delete(claim, editor)]
    ivan.delete()

    assert [undo(act, editor).kept for act in acts] == [[], []]

    count, claim = again(count), again(claim)
    assert (count.figure.said_by, count.figure.said_by_entity) == ("Ivan", None)
    assert claim.allegation.claimant == "Ivan"
    assert known_parties(claim) == {"claimant": [None], "accused": [None]}


def test_a_role_that_was_changed_is_empty_where_the_one_before_is_gone(
    article: Article, editor: User
) -> None:
    ivan = make_person("Ivan")
    mark = figure(article, "15 people", said_by="Ivan", said_by_entity=ivan)
    act = change(mark, editor, **COUNT, said_by="the port")
    ivan.delete()

    assert undo(act, editor).kept == []

    assert (again(mark).figure.said_by, again(mark).figure.said_by_entity) == (
        "Ivan",
        None,
    )


def test_a_mention_of_somebody_who_is_gone_does_not_come_back(
    article: Article, editor: User
) -> None:
    ivan, olga = make_person("Ivan"), make_person("Olga")
    mark = mention(article, "Ivan Petrov", ivan)
    act = change(mark, editor, entity=str(olga.pk))
    ivan.delete()

    undone = undo(act, editor)

    assert [line.key for line in undone.kept] == [str(mark.pk)]
    assert again(mark).entity == olga


def test_a_detail_does_not_come_back_without_its_annotation(
    article: Article, editor: User, curator: User
) -> None:
    act = delete(figure(article, "15 people"), editor)
    version = article.version
    article.add_version(canonicalise(HTML))
    version.delete()

    undone = undo(act, curator)

    assert {line.table for line in undone.kept} == {"annotation", "figure"}
    assert not Annotation.objects.exists()


def test_what_an_account_that_is_gone_made_is_nobodys(
    article: Article, editor: User, curator: User
) -> None:
    mark, _act = tag(article, "15 people", editor, Kind.FIGURE, **COUNT)
    act = delete(mark, curator)
    editor.delete()

    assert undo(act, curator).kept == []

    assert again(mark).made_by is None


# Who may


CURATED = {
    Act.Kind.NAMED,
    Act.Kind.REFUSED,
    Act.Kind.MERGED,
    Act.Kind.SPLIT,
    Act.Kind.IMPORTED,
    Act.Kind.EMBARGOED,
    Act.Kind.LIFTED,
}


@pytest.mark.parametrize("kind", Act.Kind)
def test_tags_are_undone_by_editors_and_names_by_curators(
    reader: User, editor: User, curator: User, admin: User, kind: Act.Kind
) -> None:
    act = Act.objects.create(kind=kind)
    may = [
        may_undo(act, user)
        for user in (AnonymousUser(), reader, editor, curator, admin)
    ]
    if kind in CURATED:
        assert may == [False, False, False, True, True]
    elif kind in UNDOABLE:
        assert may == [False, False, True, True, True]
    else:
        assert not any(may)


def test_an_undoing_is_undone_by_whom_its_origin_is(
    editor: User, curator: User
) -> None:
    for kind, may in ((Act.Kind.TAGGED, True), (Act.Kind.NAMED, False)):
        origin = Act.objects.create(kind=kind)
        undone = Act.objects.create(kind=Act.Kind.UNDONE, undoes=origin, origin=origin)
        assert (may_undo(undone, editor), may_undo(undone, curator)) == (may, True)


def test_names_are_undone_with_their_spellings(
    article: Article, other: Article, curator: User
) -> None:
    ivan = make_person("Ivan Petrov")
    link_articles([article.pk, other.pk])
    before = everything()
    with journal.record(Act.Kind.NAMED, by=curator, what="Ivan Petrov") as recorder:
        ivan.name = "Ivan Ivanovich"
        recorder.save(ivan)
        recorder.delete(ivan.spellings.all())
        add_spelling(ivan, "Ivan", recorder)
        link_articles([article.pk, other.pk], recorder)
    after = everything()
    assert after != before

    undone = undo(recorder.act, curator)
    assert (undone.kept, everything()) == ([], before)
    assert (undo(undone.act, curator).kept, everything()) == ([], after)


def test_undoing_many_rows_costs_as_many_queries_as_undoing_few(
    make_article: MakeArticle, editor: User, django_assert_max_num_queries: Any
) -> None:
    ivan = make_person("Ivan Petrov")
    few, many = (
        make_article(html="<p>Ivan Petrov. </p>" * 3),
        make_article(html="<p>Ivan Petrov. </p>" * 60),
    )
    link_articles([few.pk, many.pk])
    counts = []
    for article in (few, many):
        act = judge(State.CONFIRMED, editor, *ivan.mentions.filter(article=article))
        with django_assert_max_num_queries(60) as queries:
            undo(act, editor)
        counts.append(len(queries))
    assert counts[0] == counts[1]
