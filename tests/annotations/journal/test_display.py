"""The changes of an act as people read them: labels, values and names, also of what is gone."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations import journal
from annotations.journal.display import ChangeDisplay, display_changes
from annotations.models import (
    Act,
    Change,
    Measure,
    State,
)
from archive.models import Article, User
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        html="<p>Aset Example said that about 120 to 130 dockers had been told to go home.</p>"
    )


@pytest.fixture
def act(editor: User) -> Act:
    return Act.objects.create(kind=Act.Kind.CHANGED, by=editor)


def line(act: Act, table: str, key: Any, **rows: Any) -> Change:
    """Write one line of the journal: `before` and `after`."""
    return Change.objects.create(act=act, table=table, key=str(key), **rows)


def shown(change: Change, **passages: str) -> ChangeDisplay:
    [display] = display_changes([change], passages)
    return display


def test_of_a_changed_row_only_what_differs_is_shown(act: Act) -> None:
    change = line(
        act,
        Change.Table.FIGURE,
        "a",
        before={"counted": "people", "unit": "tonnes", "high": None},
        after={"counted": "dockers", "unit": "tonnes", "high": "130"},
    )

    display = shown(change)

    assert display.line == change
    assert display.before == {"what is counted": "people", "upper value": "—"}
    assert display.after == {"what is counted": "dockers", "upper value": "130"}


def test_of_a_new_row_only_what_is_filled_is_shown(act: Act) -> None:
    row = {"low": "15.0000", "high": None, "unit": "", "qualifier": "at_least"}

    display = shown(line(act, Change.Table.FIGURE, "a", after=row))

    assert display.before is None
    assert display.after == {"value": "15", "qualifier": "at least"}


def test_of_a_deleted_row_what_it_said_is_shown(act: Act) -> None:
    row = {"low": "1500.5000", "unit": ""}

    display = shown(line(act, Change.Table.FIGURE, "a", before=row))

    assert (display.before, display.after) == ({"value": "1500.5"}, None)


def test_a_row_that_an_act_was_only_about_says_nothing(act: Act) -> None:
    display = shown(line(act, Change.Table.FIGURE, "a", before={}, after={}))

    assert (display.before, display.after) == ({}, {})


def test_yes_and_no_are_words(act: Act) -> None:
    change = line(
        act,
        Change.Table.MEASURE,
        1,
        before={"only_rises": True},
        after={"only_rises": False},
    )

    assert shown(change).before == {"can only rise": "yes"}
    assert shown(change).after == {"can only rise": "no"}


def test_an_empty_value_is_a_dash(act: Act) -> None:
    change = line(
        act,
        Change.Table.FIGURE,
        "a",
        before={"unit": "", "high": None},
        after={"unit": "tonnes", "high": "2"},
    )

    assert shown(change).before == {"unit": "—", "upper value": "—"}


def test_keys_and_columns_that_no_longer_exist_are_not_shown(act: Act) -> None:
    row = {"id": "a", "prefix": "x", "mood": "removed by a migration", "exact": "home"}

    display = shown(line(act, Change.Table.ANNOTATION, "a", after=row))

    assert display.after == {"words": "home"}


def test_who_is_meant_is_shown_by_the_name_of_today(act: Act) -> None:
    aset = make_person("Aset")
    change = line(
        act,
        Change.Table.ANNOTATION,
        "a",
        before={"entity": None, "state": "suggested"},
        after={"entity": aset.pk, "state": "confirmed"},
    )

    assert shown(change).before == {
        "who or where is meant": "—",
        "state": "suggested by the machine",
    }
    assert shown(change).after == {
        "who or where is meant": "Aset",
        "state": "confirmed by an editor",
    }


def test_who_is_gone_is_shown_by_the_name_that_the_act_recorded(act: Act) -> None:
    gone = line(act, Change.Table.ENTITY, 70, before={"name": "Aset", "kind": "person"})
    mark = line(act, Change.Table.ANNOTATION, "a", before={"entity": 70})

    _entity, display = display_changes([gone, mark], {})

    assert display.before == {"who or where is meant": "Aset"}


def test_a_person_is_known_by_the_name_of_today_where_a_line_has_no_name(
    act: Act,
) -> None:
    aset = make_person("Aset Example")
    change = line(
        act,
        Change.Table.ENTITY,
        aset.pk,
        before={"description": ""},
        after={"description": "a docker"},
    )

    assert shown(change).words == "Aset Example"


def test_a_spelling_is_known_by_its_text_of_today(act: Act) -> None:
    spelling = make_person("Aset").spellings.get()
    change = line(
        act,
        Change.Table.SPELLING,
        spelling.pk,
        before={"linkable": True},
        after={"linkable": False},
    )

    assert shown(change).words == "Aset"
    assert shown(change).after == {"may be linked by the machine": "no"}


def test_a_text_version_is_shown_by_its_number(act: Act, article: Article) -> None:
    article.add_version(canonicalise("<p>They were sent home.</p>"))
    row = {"version": article.version.pk}

    display = shown(line(act, Change.Table.ANNOTATION, "a", after=row))

    assert display.after == {"text version": "2"}


def test_a_measure_is_shown_by_its_name_of_today(act: Act) -> None:
    measure = Measure.objects.create(name="Dockers dismissed")
    row = {"measure": measure.pk}

    assert shown(line(act, Change.Table.FIGURE, "a", after=row)).after == {
        "measure": "Dockers dismissed"
    }


def test_a_measure_that_is_gone_is_shown_by_the_name_that_the_act_recorded(
    act: Act,
) -> None:
    gone = line(act, Change.Table.MEASURE, 70, before={"name": "Dockers dismissed"})
    mark = line(act, Change.Table.FIGURE, "a", before={"measure": 70})

    _measure, display = display_changes([gone, mark], {})

    assert display.before == {"measure": "Dockers dismissed"}


def test_the_name_after_an_act_counts_and_not_the_one_before(act: Act) -> None:
    renamed = line(
        act, Change.Table.MEASURE, 70, before={"name": "Old"}, after={"name": "New"}
    )
    mark = line(act, Change.Table.FIGURE, "a", after={"measure": 70})

    _measure, display = display_changes([renamed, mark], {})

    assert display.after == {"measure": "New"}


def test_what_is_called_nowhere_is_shown_by_its_key(act: Act) -> None:
    row = {"entity": 70, "measure": 71}

    display = shown(line(act, Change.Table.FIGURE, "a", after=row))

    assert display.after == {"measure": "71"}
    mark = shown(line(act, Change.Table.ANNOTATION, "a", after={"entity": 70}))
    assert mark.after == {"who or where is meant": "70"}


def test_a_figure_is_known_by_the_words_of_its_passage(
    act: Act, article: Article
) -> None:
    mark = figure(article, "120 to 130", low="120")
    change = line(
        act,
        Change.Table.FIGURE,
        mark.pk,
        before={"annotation": str(mark.pk), "low": "120"},
        after={"annotation": str(mark.pk), "low": "121"},
    )

    assert shown(change).words == "120 to 130"


def test_a_figure_is_known_by_the_words_that_the_page_already_has(act: Act) -> None:
    change = line(
        act, Change.Table.FIGURE, "a", before={"low": "1"}, after={"low": "2"}
    )

    assert shown(change, a="120 to 130").words == "120 to 130"


def test_a_figure_is_known_by_the_words_of_a_passage_that_went_with_it(
    act: Act,
) -> None:
    went = line(act, Change.Table.ANNOTATION, "a", before={"exact": "120 to 130"})
    change = line(act, Change.Table.FIGURE, "a", before={"low": "120"})

    _passage, display = display_changes([went, change], {})

    assert display.words == "120 to 130"


def test_a_row_is_known_by_its_words_before_those_of_its_passage(act: Act) -> None:
    change = line(act, Change.Table.STATUS, 1, after={"note": "He denied it."})

    assert shown(change, **{"1": "told to go"}).words == "He denied it."


def test_a_succession_names_both_figures_by_their_words(
    act: Act, article: Article
) -> None:
    earlier = figure(article, "120", low="120")
    later = figure(article, "130", low="130")
    row = {"earlier": str(earlier.pk), "later": str(later.pk)}

    display = shown(line(act, Change.Table.SUCCESSION, 1, after=row))

    assert display.after == {"earlier": "120", "later": "130"}


def test_a_party_is_known_by_the_allegation_that_it_belongs_to(
    act: Act, article: Article
) -> None:
    mark = allegation(article, "told to go", summary="The port sent them home")
    row = {"allegation": str(mark.pk), "role": "accused"}

    display = shown(line(act, Change.Table.PARTY, "p", before=row, after={**row}))

    assert display.words == "The port sent them home"


def test_an_answer_is_known_by_the_claim_and_names_what_answers_it(
    act: Act, article: Article
) -> None:
    claim = allegation(article, "told to go", summary="The port sent them home")
    answer = allegation(article, "go home", summary="They left by themselves")
    row = {"claim": str(claim.pk), "answer": str(answer.pk), "relation": "denies"}

    display = shown(line(act, Change.Table.ANSWER, 1, after=row))

    assert display.words == "The port sent them home"
    assert display.after == {
        "what is answered": "The port sent them home",
        "the answer": "They left by themselves",
        "what it does": "denies",
    }


def test_an_allegation_that_is_gone_is_named_by_what_the_act_recorded(
    act: Act,
) -> None:
    key = str(uuid4())
    gone = line(act, Change.Table.ALLEGATION, key, before={"summary": "They were shot"})
    party = line(act, Change.Table.PARTY, "p", before={"allegation": key})

    displays = display_changes([gone, party], {})

    assert [display.words for display in displays] == ["They were shot"] * 2


def test_a_row_that_nothing_names_has_no_words(act: Act) -> None:
    assert shown(line(act, Change.Table.TOTAL, 1, after={"measure": 70})).words == ""


def test_a_passage_that_says_so_is_shown_by_its_words(
    act: Act, article: Article
) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"))
    row = {"passage": str(mark.pk), "status": "denied"}

    display = shown(line(act, Change.Table.STATUS, 1, after=row))

    assert display.after == {
        "passage that says so": "Aset Example",
        "where it stands": "denied",
    }


def test_many_changes_cost_as_many_queries_as_one(
    act: Act, article: Article, editor: User
) -> None:
    with journal.record(Act.Kind.TAGGED, by=editor) as recorder:
        for words in ("Aset", "Example", "dockers"):
            mark = mention(article, words, make_person(words), State.SUGGESTED)
            mark.confirm()
            recorder.save(mark)
    lines = list(Change.objects.all())

    def queries_for(changes: list[Change]) -> int:
        with CaptureQueriesContext(connection) as queries:
            display_changes(changes, {})
        return len(queries)

    assert queries_for(lines) == queries_for(lines[:1])
