"""What editors say of allegations: parties, history and answers, each an act that can be
undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.allegations import services as alleging
from annotations.allegations.services import (
    CannotAnswer,
    answer,
    change_status,
    take_back_status,
    unlink_answer,
)
from annotations.editing.tagging import delete
from annotations.editing.undo import undo
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Answer,
    Party,
    Relation,
    StatusChange,
    names_in,
)
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, everything, known_parties, make_person

pytestmark = pytest.mark.django_db

WORDS = "nobody gave them the order to fire on the square"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        html="<p>He fired first, she said. He denied it. Olga saw it all.</p>",
        published="2011-12-19",
    )


@pytest.fixture
def claim(article: Article) -> Allegation:
    return allegation(article, "He fired first").allegation


@pytest.fixture
def denial(article: Article) -> Allegation:
    return allegation(
        article, "He denied it", "He did not fire", claimant="the guard"
    ).allegation


def status_of(claim: Allegation) -> str:
    return Allegation.objects.get(pk=claim.pk).status


# Where it stands


def test_the_status_is_the_one_since_the_latest_day_not_the_one_recorded_last(
    claim: Allegation, editor: User
) -> None:
    for status, day in (
        ("convicted", "2012-06-04"),
        ("charged", "2012-01"),
        ("denied", "2011-12-18"),
    ):
        change_status(StatusChange(allegation=claim, status=status, date=day), editor)
    assert status_of(claim) == "convicted"


def test_a_status_without_a_day_stands_since_its_passage_was_published(
    claim: Allegation, editor: User, make_article: MakeArticle
) -> None:
    later = make_article(html="<p>He is charged.</p>", published="2012-01-26")
    passage = allegation(later, "He is charged", "He fired")
    change = StatusChange(allegation=claim, status="charged", passage=passage)
    change_status(change, editor)
    assert (change.day_display, status_of(claim)) == ("26 January 2012", "charged")


def test_what_was_recorded_and_what_was_taken_back_can_both_be_undone(
    claim: Allegation, editor: User
) -> None:
    change = StatusChange(
        allegation=claim, status="charged", date="2012-01-26", note="By the prosecutor"
    )
    before = everything()
    recorded = change_status(change, editor)
    took = take_back_status(change, editor)
    assert (status_of(claim), claim.statuses.count()) == ("alleged", 1)
    assert undo(took, editor).kept == []
    assert status_of(claim) == "charged"
    assert undo(recorded, editor).kept == []
    assert everything() == before


def test_undoing_an_earlier_record_leaves_the_status_of_the_later(
    claim: Allegation, editor: User
) -> None:
    first = change_status(
        StatusChange(allegation=claim, status="charged", date="2012-01-26"), editor
    )
    change_status(
        StatusChange(allegation=claim, status="convicted", date="2012-06-04"), editor
    )
    undo(first, editor)
    assert status_of(claim) == "convicted"
    assert [one.status for one in claim.statuses.all()] == ["alleged", "convicted"]


def test_a_passage_that_goes_leaves_the_status_and_comes_back_to_it(
    claim: Allegation, denial: Allegation, editor: User
) -> None:
    passage = denial.annotation
    change_status(
        StatusChange(allegation=claim, status="denied", passage=passage), editor
    )
    act = delete(passage.pk, passage.revision, editor)
    assert status_of(claim) == "denied"
    assert undo(act, editor).kept == []
    assert StatusChange.objects.filter(allegation=claim, passage=passage).exists()


# Answers


def test_an_answer_is_linked_unlinked_and_linked_again(
    claim: Allegation, denial: Allegation, editor: User
) -> None:
    linked = answer(claim, denial, Relation.DENIES, editor)
    assert (
        linked.label == "linked the answer “He did not fire — denies: The police fired”"
    )
    act = unlink_answer(Answer.objects.get(), editor)
    assert not Answer.objects.exists()
    undo(act, editor)
    assert Answer.objects.get().relation == "denies"
    undo(linked, editor)
    assert not Answer.objects.exists()


def test_no_allegation_answers_itself_or_another_twice(
    claim: Allegation, denial: Allegation, editor: User
) -> None:
    with pytest.raises(CannotAnswer, match="cannot answer itself"):
        answer(claim, claim, Relation.DENIES, editor)
    answer(claim, denial, Relation.DENIES, editor)
    with pytest.raises(CannotAnswer, match="already"):
        answer(claim, denial, Relation.REPEATS, editor)
    assert Act.objects.count() == 1


def test_answers_go_with_either_end_and_come_back_with_it(
    claim: Allegation, denial: Allegation, editor: User
) -> None:
    answer(claim, denial, Relation.DENIES, editor)
    for end in (claim, denial):
        mark = Annotation.objects.get(pk=end.pk)
        before = everything()
        act = delete(mark.pk, mark.revision, editor)
        assert not Answer.objects.exists()
        assert undo(act, editor).kept == []
        assert everything() == before


def test_what_somebody_has_answered_outlasts_the_undoing_of_its_tagging(
    as_editor: object, claim: Allegation, denial: Allegation, editor: User
) -> None:
    mark = claim.annotation
    gone = undo(delete(mark.pk, mark.revision, editor), editor)
    answer(claim, denial, Relation.DENIES, editor)
    kept = undo(gone.act, editor).kept
    assert {line.table for line in kept} >= {"allegation", "annotation"}
    assert Answer.objects.exists()


# Parties


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20),
        max_size=6,
    )
)
def test_names_are_the_same_when_they_are_read_again(typed: list[str]) -> None:
    names = names_in("; ".join(typed))
    assert names_in("; ".join(names)) == names
    assert all(name == name.strip() and ";" not in name for name in names)


def test_a_party_that_was_moved_to_another_person_stays_theirs_when_the_words_change(
    article: Article, editor: User
) -> None:
    make_person("Petrov")
    meant = make_person("Ivan Petrov")
    mark = allegation(article, "He fired first", claimant="Olga; Petrov")
    Party.objects.filter(name="Petrov").update(entity=meant)
    claim = Allegation.objects.get()
    claim.claimant = "Petrov; a witness"
    with alleging._allegation_act(Act.Kind.CHANGED, claim, "x", editor) as recorder:
        alleging.save_allegation(claim, recorder)
    assert known_parties(mark)["claimant"] == [meant, None]


# The same text in several outlets


def copies(make_article: MakeArticle, *credits: str) -> list[Allegation]:
    articles = [
        make_article(html=f"<p>He said {WORDS}.</p>", credit=credit)
        for credit in credits
    ]
    return [allegation(article, WORDS).allegation for article in articles]


def test_the_same_words_of_one_agency_have_one_wording(
    make_article: MakeArticle,
) -> None:
    one, other, elsewhere, nobodys = copies(
        make_article, "Reuters, AP", "AP and Reuters", "Interfax", ""
    )
    assert one.wording == other.wording
    assert len({one.wording, elsewhere.wording, nobodys.wording}) == 3


def test_a_corrected_credit_and_other_words_change_the_wording(
    make_article: MakeArticle, editor: User
) -> None:
    one, other = copies(make_article, "AP", "Reuters")
    article = Article.objects.get(pk=other.annotation.article_id)
    article.credit = "AP"
    article.save()
    other.refresh_from_db()
    assert other.wording == one.wording


def test_a_new_version_of_the_text_keeps_all_of_it(
    claim: Allegation, denial: Allegation, editor: User
) -> None:
    answer(claim, denial, Relation.DENIES, editor)
    before = claim.annotation.article
    correct_text(
        before,
        f"<p>On the day after.</p>{before.version.html}",
        editor,
        "A line was lost",
    )
    assert Answer.objects.visible_to(editor).count() == 1
