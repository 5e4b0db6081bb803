from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.core.anchoring.selectors import select
from annotations.core.names.matcher import LinkReason
from annotations.linking.linker import (
    add_spelling,
    link_articles,
    link_spellings,
    link_version,
)
from annotations.linking.matcher_cache import known_matcher
from annotations.models import Annotation, Entity, Kind, Spelling, State
from archive.models import Article
from archive.text.canonical import canonicalise
from tests.support.making import MakeArticle, make_article
from tests.support.marking import make_person, make_place, mark_before, mention

pytestmark = pytest.mark.django_db

NAMED = "<p>Aset Example came. Later Example spoke.</p>"
SURNAME_ONLY = "<p>Example spoke.</p>"


def mentions() -> list[tuple[str, str, str, str]]:
    """Every mention in reading order: its words, its entity, its state, its reason."""
    return [
        (mark.exact, str(mark.entity), mark.state, mark.reason)
        for mark in Annotation.objects.in_reading_order().select_related("entity")
    ]


# Names arrive


def test_a_new_name_is_linked_in_every_article(make_article: MakeArticle) -> None:
    articles = [
        make_article(html=NAMED),
        make_article(html=NAMED),
        make_article(html="<p>Nobody came.</p>"),
    ]
    aset = make_person("Leader")

    _form, linked = add_spelling(aset, "Aset Example")

    assert (linked.added, linked.removed, linked.articles) == (
        2,
        0,
        {articles[0].pk, articles[1].pk},
    )
    assert (
        mentions()
        == [("Aset Example", "Leader", State.LINKED, LinkReason.FULL_NAME)] * 2
    )


def test_a_spelling_that_an_entity_has_already_changes_nothing(
    make_article: MakeArticle,
) -> None:
    make_article(html=NAMED)
    aset = make_person("Leader", "Aset Example")
    first, _linked = add_spelling(aset, "Example")

    second, linked = add_spelling(aset, " Example ")

    assert first == second
    assert (linked.added, linked.removed, linked.articles) == (0, 0, set())


def test_a_mention_knows_its_words_its_context_and_its_paragraph(
    make_article: MakeArticle,
) -> None:
    article = make_article(html="<p>Rain fell.</p><p>😀 Aset Example came.</p>")
    add_spelling(make_person("Leader"), "Aset Example")

    mark = Annotation.objects.get()

    assert article.version.text[mark.start : mark.end] == mark.exact == "Aset Example"
    assert mark.selector.prefix == "Rain fell.\n\n😀 "
    assert mark.selector.suffix == " came."
    assert mark.paragraph == 2
    assert (mark.version, mark.article, mark.made_by) == (
        article.version,
        article,
        None,
    )


def test_names_in_other_scripts_are_linked_as_well(make_article: MakeArticle) -> None:
    make_article(html="<p>Қалмұханбет Қасымов жауап берді.</p>")
    add_spelling(make_person("Kasymov"), "Қалмұханбет Қасымов")

    assert [words for words, *_rest in mentions()] == ["Қалмұханбет Қасымов"]


def test_a_place_is_linked_by_one_word_and_a_person_is_not(
    make_article: MakeArticle,
) -> None:
    make_article(html="<p>In Aktau Example spoke.</p>")
    add_spelling(make_place("Town"), "Aktau")
    add_spelling(make_person("Leader"), "Example")

    assert mentions() == [
        ("Aktau", "Town", State.LINKED, LinkReason.FULL_NAME),
        ("Example", "Leader", State.SUGGESTED, LinkReason.SURNAME_ALONE),
    ]
    assert [mark.kind for mark in Annotation.objects.in_text_order()] == [
        Kind.PLACE,
        Kind.PERSON,
    ]


def test_a_form_that_may_not_stand_alone_is_only_suggested(
    make_article: MakeArticle,
) -> None:
    make_article(html="<p>Alga spoke.</p>")
    add_spelling(make_place("Party"), "Alga", linkable=False)

    assert mentions() == [("Alga", "Party", State.SUGGESTED, LinkReason.NOT_LINKABLE)]


def test_a_change_of_a_form_is_seen_when_its_articles_are_linked_again(
    make_article: MakeArticle,
) -> None:
    make_article(html="<p>In Aktau it rained.</p>")
    form, _linked = add_spelling(make_place("Town"), "Aktau")

    form.linkable = False
    form.save()
    link_spellings(["Aktau"])

    assert mentions() == [("Aktau", "Town", State.SUGGESTED, LinkReason.NOT_LINKABLE)]


def test_a_form_that_is_taken_away_takes_the_machines_links_along(
    make_article: MakeArticle,
) -> None:
    make_article(html=NAMED)
    aset = make_person("Leader", "Aset Example", "Example")
    link_spellings(["Example"])

    aset.spellings.get(text="Example").delete()
    linked = link_spellings(["Example"])

    assert (linked.added, linked.removed) == (0, 1)
    assert [words for words, *_rest in mentions()] == ["Aset Example"]


def test_a_longer_form_replaces_a_shorter_link_of_the_machine(
    make_article: MakeArticle,
) -> None:
    make_article(html=NAMED)
    aset = make_person("Leader")
    add_spelling(aset, "Example")
    assert (
        mentions()
        == [("Example", "Leader", State.SUGGESTED, LinkReason.SURNAME_ALONE)] * 2
    )

    _form, linked = add_spelling(aset, "Aset Example")

    assert (linked.added, linked.removed) == (1, 1)
    assert mentions() == [
        ("Aset Example", "Leader", State.LINKED, LinkReason.FULL_NAME),
        ("Example", "Leader", State.LINKED, LinkReason.SURNAME),
    ]


def test_a_second_bearer_of_a_surname_turns_links_into_suggestions(
    make_article: MakeArticle,
) -> None:
    make_article(html="<p>Aset Example and Berik Example came. Example spoke.</p>")
    make_person("Leader", "Aset Example", "Example")
    link_spellings(["Example"])
    once = mark_before(" spoke.", exact="Example")
    # Berik is nobody known yet.
    assert (once.state, once.reason) == (
        State.SUGGESTED,
        LinkReason.OTHER_NAME,
    )

    add_spelling(make_person("Deputy"), "Berik Example")

    assert Annotation.objects.get(exact="Example").pk == once.pk
    assert mentions()[-1] == ("Example", "Leader", State.SUGGESTED, LinkReason.SHARED)


# Articles arrive


def test_known_names_are_linked_in_a_new_text(make_article: MakeArticle) -> None:
    make_person("Leader", "Aset Example", "Example")
    article = make_article(html=NAMED)

    linked = link_version(article.version)

    assert (linked.added, linked.articles) == (2, {article.pk})


def test_linking_again_changes_nothing(make_article: MakeArticle) -> None:
    article = make_article(html=NAMED)
    make_person("Leader", "Aset Example", "Example")
    link_version(article.version)
    before = set(Annotation.objects.values_list("pk", "changed_at"))

    for linked in (
        link_version(article.version),
        link_articles([article.pk]),
        link_spellings(["Example"]),
    ):
        assert (linked.added, linked.removed, linked.articles) == (0, 0, set())

    assert set(Annotation.objects.values_list("pk", "changed_at")) == before


def test_only_the_current_text_is_linked_again(make_article: MakeArticle) -> None:
    article = make_article(html=NAMED)
    article.add_version(
        canonicalise("<p>Aset Example left.</p>"), previous=article.version
    )

    add_spelling(make_person("Leader"), "Aset Example")

    assert [mark.is_current for mark in Annotation.objects.all()] == [True]


def test_the_number_of_queries_does_not_depend_on_the_number_of_mentions(
    make_article: MakeArticle,
) -> None:
    make_person("Leader", "Aset Example", "Example")
    few, many = make_article(html=NAMED).version, make_article(html=NAMED * 20).version
    known_matcher()

    with CaptureQueriesContext(connection) as for_few:
        assert link_version(few).added == 2
    with CaptureQueriesContext(connection) as for_many:
        assert link_version(many).added == 40

    held = connection.features.has_select_for_update
    assert len(for_few) == len(for_many)
    assert (
        len([query for query in for_many if "SAVEPOINT" not in query["sql"]])
        == 7 + 2 * held
    )


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL plans by what the tables hold."
)
def test_linking_reads_the_mentions_of_its_own_articles_alone(
    make_article: MakeArticle,
) -> None:
    articles = [make_article(html=NAMED).pk for _n in range(20)]
    make_person("Aset", "Aset Example")
    with CaptureQueriesContext(connection) as made:
        link_articles(articles)

    reads = [
        query["sql"]
        for query in made
        if 'FROM "annotations_annotation"' in query["sql"]
    ]
    assert len(reads) == 2
    for read in reads:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {read}")
            plan = str(cursor.fetchall())
        assert "(article_id=?" in plan or "(version_id=?" in plan


def test_nothing_is_linked_over_what_an_editor_said_however_marks_lie_in_each_other(
    make_article: MakeArticle,
) -> None:
    leader, port = make_person("Leader", "Aset Example"), make_place("Port")
    text = make_article(html=f"<p>{'Aset Example. ' * 30}</p>").version
    random = Random(8)
    for _ in range(25):
        start = random.randrange(len(text.text) - 30)
        state = random.choice((State.CONFIRMED, State.REJECTED))
        mark = Annotation(
            kind=Kind.PERSON, entity=random.choice((leader, port)), state=state
        )
        mark.kind = mark.entity.kind if mark.entity else mark.kind
        mark.put_on(text, select(text.text, start, start + random.randint(1, 30)))
        mark.save()

    link_version(text)

    judged = list(Annotation.objects.exclude(state=State.LINKED))
    linked = set(
        Annotation.objects.filter(state=State.LINKED).values_list("start", "end")
    )
    assert linked == {
        (start, start + 12)
        for start in range(0, 30 * 14, 14)
        if not any(
            mark.start < start + 12
            and start < mark.end
            and (mark.state == State.CONFIRMED or mark.entity_id == leader.pk)
            for mark in judged
        )
    }


@pytest.mark.parametrize("others", [0, 1200])
def test_the_matcher_knows_every_name_as_it_is_now(others: int) -> None:
    """It learns a few names, is built anew for many, and forgets what was rolled back."""
    leader = make_person("Leader", "Aset Example")
    found = [len(known_matcher().mentions("Aset Example and Aset Other."))]

    with transaction.atomic():
        Spelling.objects.bulk_create(
            Spelling(entity=leader, text=f"Aset Name{n}") for n in range(others)
        )
        make_person("Other", "Aset Other")
        found.append(len(known_matcher().mentions("Aset Example and Aset Other.")))
        transaction.set_rollback(True)
    found.append(len(known_matcher().mentions("Aset Example and Aset Other.")))
    leader.spellings.filter(text="Aset Example").update(
        text="Aset Sample", changed_at=timezone.now()
    )
    found.append(len(known_matcher().mentions("Aset Example and Aset Other.")))
    found.append(len(known_matcher().mentions("Aset Sample.")))
    leader.spellings.all().delete()
    found.append(len(known_matcher().mentions("Aset Sample.")))

    assert found == [1, 2, 1, 0, 1, 0]


def test_the_command_links_everything_again(
    make_article: MakeArticle, capsys: pytest.CaptureFixture[str]
) -> None:
    make_article(html=NAMED)
    make_article(html=SURNAME_ONLY)
    make_person("Leader", "Aset Example", "Example")

    call_command("link_mentions")

    assert (
        capsys.readouterr().out == "2 articles read; 3 mentions added, 0 taken back.\n"
    )


# What editors have said


@pytest.mark.parametrize("state", [State.CONFIRMED, State.REJECTED])
def test_what_an_editor_judged_is_left_alone(
    make_article: MakeArticle, state: State
) -> None:
    article = make_article(html=NAMED)
    aset = make_person("Leader", "Aset Example", "Example")
    judged = mention(article, "Aset Example", aset, state)
    changed_at = judged.changed_at

    link_version(article.version)
    aset.spellings.all().delete()
    link_version(article.version)

    judged.refresh_from_db()
    assert (judged.state, judged.changed_at) == (state, changed_at)
    assert Annotation.objects.get() == judged


def test_nothing_is_proposed_where_an_editor_has_confirmed_somebody(
    make_article: MakeArticle,
) -> None:
    article = make_article(html=NAMED)
    confirmed = mention(article, "Aset Example", make_person("Another"))

    add_spelling(make_person("Leader"), "Example")
    add_spelling(make_person("Deputy"), "Aset Example")

    (other,) = Annotation.objects.exclude(pk=confirmed.pk)
    assert (other.exact, other.start) == (
        "Example",
        article.version.text.rindex("Example"),
    )


def test_what_was_rejected_is_not_proposed_again_but_another_may_be(
    make_article: MakeArticle,
) -> None:
    article = make_article(html=SURNAME_ONLY)
    aset = make_person("Leader", "Example")
    mention(article, "Example", aset, State.REJECTED)

    add_spelling(make_person("Deputy"), "Example")

    assert {(name, state) for _words, name, state, _reason in mentions()} == {
        ("Leader", State.REJECTED),
        ("Deputy", State.SUGGESTED),
    }


def test_a_confirmed_shorter_mention_is_not_replaced_by_a_longer_one(
    make_article: MakeArticle,
) -> None:
    article = make_article(html="<p>Aset Example came.</p>")
    aset = make_person("Leader", "Example")
    confirmed = mention(article, "Example", aset)

    add_spelling(aset, "Aset Example")

    assert Annotation.objects.get() == confirmed


def test_figures_and_allegations_are_none_of_the_machines_business(
    make_article: MakeArticle,
) -> None:
    article = make_article(html=NAMED)
    claim = Annotation(kind=Kind.ALLEGATION, state=State.LINKED)
    claim.put_on(
        article.version,
        mention(
            article, "Aset Example came", make_person("X"), State.REJECTED
        ).selector,
    )
    claim.save()

    link_version(article.version)

    assert Annotation.objects.filter(pk=claim.pk).exists()


# The order makes no difference

FORMS = [
    ("Aset", "Aset Example"),
    ("Aset", "Example"),
    ("Berik", "Berik Example"),
    ("Berik", "Example"),
    ("Aset", "Aset Example Junior"),
    ("Town", "Example"),
]
TEXTS = [
    "<p>Aset Example came. Example spoke.</p>",
    "<p>Example spoke to Berik Example.</p>",
    "<p>Aset Example Junior and Berik Example; Example; Aset Example.</p>",
    "<p>Example.</p>",
]
_STEPS: list[tuple[str, int]] = [("form", n) for n in range(len(FORMS))] + [
    ("text", n) for n in range(len(TEXTS))
]


def _outcome(steps: list[tuple[str, int]]) -> set[tuple[str, int, str, str, str]]:
    """What is linked at the end, when forms and texts arrive in this order; nothing of it is
    kept."""
    with transaction.atomic():
        entities = {
            name: make_place(name) if name == "Town" else make_person(name)
            for name, _text in FORMS
        }
        Spelling.objects.all().delete()
        for what, number in steps:
            if what == "form":
                name, text = FORMS[number]
                add_spelling(entities[name], text)
            else:
                link_version(
                    make_article(title=str(number), html=TEXTS[number]).version
                )
        found = {
            (
                mark.article.title,
                mark.start,
                mark.exact,
                f"{mark.entity}: {mark.state}",
                mark.reason,
            )
            for mark in Annotation.objects.select_related("article", "entity")
        }
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_it_does_not_matter_in_which_order_names_and_articles_arrive(seed: int) -> None:
    steps = list(_STEPS)
    expected = _outcome(steps)
    Random(seed).shuffle(steps)

    assert len(expected) > len(TEXTS)
    assert _outcome(steps) == expected


# The three real reports

KASYMOV = ["Kalmukhambet Kasymov", "Kalmuhambet Kasymov", "Kasymov"]


@pytest.mark.parametrize("forms", list(permutations(KASYMOV)))
def test_the_minister_is_mentioned_nine_times_in_the_real_reports(
    seeds: Path, forms: tuple[str, ...]
) -> None:
    call_command("import_articles", seeds, verbosity=0)
    minister = Entity.objects.create(kind=Kind.PERSON, name="The minister")
    for form in forms:
        add_spelling(minister, form)

    found = Annotation.objects.mentions_of(minister).shown().current()

    by_article = [
        found.filter(article=article).count()
        for article in Article.objects.order_by("captures__filename")
    ]
    assert by_article == [6, 0, 3]
    assert {mark.state for mark in found} == {State.LINKED}
    assert not any(mark.selector.suffix[:1].isalpha() for mark in found)
