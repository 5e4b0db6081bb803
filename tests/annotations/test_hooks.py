import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from annotations.core.names.matcher import LinkReason
from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.hooks import carry_over, receive_versions, study
from annotations.linking.linker import add_spelling, link_version
from annotations.models import MACHINE, Act, Annotation, State
from archive.ingest.pipeline import correct_text, take_in
from archive.models import Article, TextVersion, User
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle
from tests.support.marking import (
    acts_on,
    allegation,
    figure,
    lines_of,
    make_person,
    mention,
)
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db

TEXT = "<p>Aset Example came at noon. About 120 dockers followed him.</p><p>He denied that anybody had led them.</p>"


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html=TEXT)


def next_version(article: Article, html: str, by: User | None = None) -> TextVersion:
    return article.add_version(canonicalise(html), previous=article.version, by=by)


def receive(version: TextVersion) -> list[str]:
    [notes] = receive_versions([version], [study(version.text)])
    return notes


def acts(annotation: Annotation) -> list[str]:
    return [act.kind for act in acts_on(annotation)]


# What is carried over


def test_marks_move_to_the_new_version_with_their_words(article: Article) -> None:
    count = figure(article, "About 120", low="120", counted="dockers")
    version = next_version(article, "<p>A new beginning.</p>" + TEXT)

    assert carry_over(version) == (1, 0)

    count.refresh_from_db()
    assert (count.version, count.paragraph, count.revision) == (version, 2, 2)
    assert version.text[count.start : count.end] == count.exact == "About 120"
    assert str(count.figure.low).startswith("120")


def test_an_editors_word_is_carried_before_the_machines(
    article: Article, editor: User
) -> None:
    """Both stand at one place of the new text: on the first version the confirmed mark that
    was left behind, on the second what the machine linked."""
    aset = make_person("Aset Example")
    confirmed = mention(article, "Aset Example", aset)
    receive(next_version(article, TEXT + TEXT, editor))
    linked = Annotation.objects.filter(
        entity=aset, version=article.version, state__in=MACHINE
    )
    assert linked.exists()

    version = next_version(article, TEXT, editor)
    receive(version)

    [standing] = Annotation.objects.filter(entity=aset, version=version)
    assert (standing.pk, standing.state) == (confirmed.pk, State.CONFIRMED)


def test_marks_whose_words_or_context_changed_stay_on_the_old_version(
    article: Article,
) -> None:
    count = figure(article, "About 120", low="120", counted="dockers")
    denial = allegation(article, "anybody had led them.")
    old = article.version

    assert carry_over(next_version(article, TEXT.replace("120", "130"))) == (1, 1)

    count.refresh_from_db()
    denial.refresh_from_db()
    assert (count.version, count.revision) == (old, 1)
    assert old.text[count.start : count.end] == "About 120"
    assert denial.is_current


def test_marks_of_every_state_are_carried(article: Article) -> None:
    marks = [
        mention(article, "Aset Example", make_person(f"Aset, {state}"), state)
        for state in State
    ]

    assert carry_over(next_version(article, TEXT + "<p>The end.</p>")) == (
        len(marks),
        0,
    )

    assert {(mark.state, mark.is_current) for mark in Annotation.objects.all()} == {
        (state, True) for state in State
    }


def test_an_orphan_comes_back_when_its_words_do(article: Article) -> None:
    count = figure(article, "About 120", low="120", counted="dockers")
    carry_over(next_version(article, TEXT.replace("120", "130")))

    assert carry_over(next_version(article, TEXT)) == (1, 0)

    count.refresh_from_db()
    assert (count.is_current, count.version.number) == (True, 3)
    assert acts(count) == [Act.Kind.ORPHANED, Act.Kind.CARRIED]


def test_an_orphan_is_told_of_once(article: Article) -> None:
    count = figure(article, "About 120", low="120", counted="dockers")
    carry_over(next_version(article, TEXT.replace("120", "130")))

    assert carry_over(next_version(article, TEXT.replace("120", "140"))) == (0, 0)

    assert acts(count) == [Act.Kind.ORPHANED]


def test_marks_of_other_articles_stay_where_they_are(
    article: Article, make_article: MakeArticle
) -> None:
    other = make_article(html=TEXT)
    elsewhere = figure(other, "About 120", low="120", counted="dockers")

    carry_over(next_version(article, TEXT + "<p>The end.</p>"))

    elsewhere.refresh_from_db()
    assert elsewhere.article == other
    assert elsewhere.is_current


def test_the_journal_says_who_made_the_version_and_what_the_mark_was_before(
    article: Article, curator: User
) -> None:
    count = figure(article, "About 120", low="120", counted="dockers")
    version = next_version(article, "<p>A new beginning.</p>" + TEXT, curator)

    carry_over(version)

    line = lines_of(count).get()
    act = line.act
    assert (act.kind, act.by, act.article, act.passages) == (
        Act.Kind.CARRIED,
        curator,
        article,
        1,
    )
    assert line.before is not None
    assert line.after is not None
    assert (line.before["start"], line.before["version"]) == (
        27,
        article.versions.get(number=1).pk,
    )
    assert (line.after["start"], line.after["version"]) == (
        27 + len("A new beginning.\n\n"),
        version.pk,
    )


# What a new version is told


def test_names_in_the_new_text_are_linked_after_the_old_marks_are_carried(
    article: Article,
) -> None:
    aset = make_person("Aset", "Aset Example")
    confirmed = mention(article, "Aset Example", aset)
    version = next_version(article, TEXT + "<p>Aset Example left.</p>")

    notes = receive(version)

    assert notes == ["1 annotation carried over", "1 mention found"]
    assert [mark.state for mark in Annotation.objects.current().in_text_order()] == [
        State.CONFIRMED,
        State.LINKED,
    ]
    assert Annotation.objects.filter(pk=confirmed.pk, version=version).exists()


def test_a_first_version_has_nothing_to_carry(article: Article) -> None:
    make_person("Aset", "Aset Example")

    assert receive(article.version) == ["1 mention found"]
    assert receive(article.version) == []


def test_a_rejected_name_that_was_carried_is_not_proposed_again(
    article: Article,
) -> None:
    mention(
        article, "Aset Example", make_person("Aset", "Aset Example"), State.REJECTED
    )

    receive(next_version(article, TEXT + "<p>The end.</p>"))

    assert [mark.state for mark in Annotation.objects.all()] == [State.REJECTED]


def test_a_rejected_name_in_a_context_that_changed_is_only_suggested(
    article: Article,
) -> None:
    mention(
        article, "Aset Example", make_person("Aset", "Aset Example"), State.REJECTED
    )

    receive(next_version(article, TEXT.replace("at noon", "at night")))

    [found] = Annotation.objects.current()
    assert (found.state, found.reason) == (State.SUGGESTED, LinkReason.REJECTED_BEFORE)


def test_a_name_that_was_given_to_somebody_else_is_not_linked_back_where_its_context_changed(
    article: Article,
) -> None:
    make_person("Aset", "Aset Example")
    mention(article, "Aset Example", make_person("His father"))

    receive(next_version(article, TEXT.replace("at noon", "at night")))

    [found] = Annotation.objects.current()
    assert (str(found.entity), found.state, found.reason) == (
        "Aset",
        State.SUGGESTED,
        LinkReason.REJECTED_BEFORE,
    )


def test_judgements_survive_a_merge_a_new_text_and_linking_everything_again(
    make_article: MakeArticle, curator: User, editor: User
) -> None:
    article = make_article(
        html="<p>Aset Example came. Example left. Example slept. Example ate.</p>"
    )
    aset, asset, berik = (
        make_person("Aset Example", "Example"),
        make_person("Asset Example"),
        make_person("Berik"),
    )
    link_version(article.version)
    for nth, state in enumerate((State.CONFIRMED, State.REJECTED)):
        mark = aset.mentions.filter(exact="Example").in_text_order()[nth]
        tagging.judge({mark.pk: mark.revision}, state, editor)
    Annotation.objects.filter(exact="Example", state=State.LINKED).update(
        entity=berik, state=State.CONFIRMED
    )
    said = [
        (m.pk, m.exact, m.state)
        for m in Annotation.objects.exclude(state__in=MACHINE).in_text_order()
    ]

    merge(aset, asset, curator, "one")
    previous = article.version
    receive(next_version(article, "<p>First.</p>" + previous.html))
    call_command("link_mentions", verbosity=0)

    marks = Annotation.objects.exclude(state__in=MACHINE).in_text_order()
    assert [(m.pk, m.exact, m.state) for m in marks] == said
    assert [str(m.entity) for m in marks] == ["Asset Example", "Asset Example", "Berik"]
    assert all(m.is_current for m in marks)
    assert Annotation.objects.current().filter(exact="Example").count() == 3


def test_a_machines_link_is_never_there_twice(article: Article) -> None:
    make_person("Aset", "Aset Example")
    receive(article.version)
    for html in (TEXT.replace("came at noon", "came at last"), TEXT):
        receive(next_version(article, html))

    assert Annotation.objects.current().count() == 1


# The archive calls it


def test_an_intake_links_names_and_a_correction_carries_marks(curator: User) -> None:
    make_person("Aset", "Aset Example")

    taken = take_in(b"# A title\n\nAset Example came at noon.", "a.txt")
    _version, notes = correct_text(
        taken.article,
        "<p>So Aset Example came at noon.</p>",
        curator,
        "A word was missing.",
    )

    assert taken.notes == ["1 mention found"]
    assert notes[0] in ("1 annotation carried over", "0 annotations carried over")
    assert Annotation.objects.current().get().exact == "Aset Example"


def test_the_archive_runs_without_anybody_to_tell(settings: Settings) -> None:
    make_person("Aset", "Aset Example")
    settings.ARCHIVE_ON_NEW_VERSIONS = settings.ARCHIVE_ON_CORRECTION = ""
    settings.ARCHIVE_STUDIES_TEXT = ""
    taken = take_in(b"# A title\n\nAset Example came at noon.", "a.txt")
    taken.article.published = "2011-12-19"
    taken.article.save()

    assert taken.notes == []
    assert not Annotation.objects.exists()


def test_marks_learn_the_date_that_a_curator_corrects(
    as_curator: Client, make_article: MakeArticle
) -> None:
    petrov = make_person("Petrov")
    article, other = (
        make_article(f"Report {n}", "<p>Petrov.</p>", published="2011-12-19")
        for n in range(2)
    )
    mark, untouched = (
        mention(article, "Petrov", petrov),
        mention(other, "Petrov", petrov),
    )
    assert str(mark.sort_date) == "2011-12-19"

    address = f"{article.get_absolute_url()}edit/"
    fields = page_of(as_curator.get(address)).form().fields()
    assert (
        as_curator.post(address, fields | {"published": "2011-11"}).status_code == 302
    )

    dates = dict(Annotation.objects.values_list("pk", "sort_date"))
    assert {pk: str(day) for pk, day in dates.items()} == {
        mark.pk: "2011-11-01",
        untouched.pk: "2011-12-19",
    }


def test_no_date_is_saved_that_marks_did_not_learn(
    make_article: MakeArticle, settings: Settings
) -> None:
    article = make_article(published="2011-12-19")
    settings.ARCHIVE_ON_CORRECTION = "annotations.hooks.nothing_of_that_name"
    article.published = "2011-12-20"
    with pytest.raises(ImportError):
        article.save()
    article.refresh_from_db()
    assert article.published == "2011-12-19"


def test_what_is_linked_later_and_what_is_brought_back_has_the_date_of_its_article(
    make_article: MakeArticle, editor: User
) -> None:
    article = make_article(
        html="<p>Aset Example counted 15 boats.</p>", published="2011-12-19"
    )
    mark = figure(article, "15 boats")
    act = tagging.delete(mark.pk, mark.revision, editor)
    article.published = "2011-12-20"
    article.save()
    undo(act, editor)
    add_spelling(make_person("Aset"), "Aset Example")

    dates = Annotation.objects.values_list("kind", "sort_date")
    assert {kind: str(day) for kind, day in dates} == {
        "figure": "2011-12-20",
        "person": "2011-12-20",
    }
