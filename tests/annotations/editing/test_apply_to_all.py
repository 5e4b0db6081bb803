"""Applying a tag to all: which other places are offered, what becomes of them, and that it is
undone as one."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.core.anchoring.selectors import select
from annotations.editing import tagging
from annotations.editing.apply_to_all import (
    ApplyCandidates,
    Scope,
    SpanKey,
    TagState,
    find_candidates,
)
from annotations.editing.tagging import ApplyResult, StaleRevision
from annotations.editing.undo import undo
from annotations.journal.recorder import AlreadyDone
from annotations.linking.linker import link_articles
from annotations.models import Act, Annotation, Entity, Kind, State
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import make_article
from tests.support.marking import (
    everything,
    figure,
    make_person,
    make_place,
    mark_before,
    mention,
)
from tests.support.pages import Node, page_of

pytestmark = pytest.mark.django_db

FREE, SAME, OTHER, REJECTED = (
    TagState.FREE,
    TagState.SAME,
    TagState.OTHER,
    TagState.REJECTED,
)


def article_of(*paragraphs: str, title: str = "A day") -> Article:
    return make_article(title, "".join(f"<p>{each}</p>" for each in paragraphs))


@pytest.fixture
def aset(db: None) -> Entity:
    return make_person("Aset Omarov")


@pytest.fixture
def dina(db: None) -> Entity:
    return make_person("Dina Omarova", "Omarov")


def seen(found: ApplyCandidates) -> list[tuple[str, TagState]]:
    """What stands right after each place, as a name for it, and what there is now."""
    return [(line.place.suffix.split()[0], line.standing) for line in found.lines]


def apply(
    mark: Annotation, by: User, scope: Scope = Scope.ARTICLE, *only: str
) -> ApplyResult:
    """Apply a tag to what is offered or, where words after the places are given, to those."""
    lines = find_candidates(mark, scope).lines
    chosen = [
        line
        for line in lines
        if (line.place.suffix.split()[0] in only if only else line.is_likely)
    ]
    return tagging.apply(mark.pk, mark.revision, [line.key for line in chosen], by)


def tagged(entity: Entity, state: State = State.CONFIRMED) -> list[str]:
    found = entity.mentions.filter(state=state).order_by("article", "start")
    return [mark.selector.suffix.split()[0] for mark in found]


# Which places are offered


def test_each_place_is_offered_with_what_is_there(aset: Entity, dina: Entity) -> None:
    words = "Omarov one. Omarov two. Omarov three. Omarov four. Omarov five. Omarov six. Omarov seven."
    article = article_of(words)
    mark = mention(article, "Omarov", aset, nth=0)
    mention(article, "Omarov", aset, State.CONFIRMED, nth=1)
    mention(article, "Omarov", aset, State.SUGGESTED, nth=2)
    mention(article, "Omarov", aset, State.LINKED, nth=3)
    mention(article, "Omarov", aset, State.REJECTED, nth=4)
    mention(article, "Omarov", dina, State.CONFIRMED, nth=5)
    found = find_candidates(mark, Scope.ARTICLE)
    assert seen(found) == [
        ("three.", SAME),
        ("four.", SAME),
        ("five.", REJECTED),
        ("six.", OTHER),
        ("seven.", FREE),
    ]
    assert [line.is_likely for line in found.lines] == [True, True, False, False, True]
    assert [mark.name for line in found.lines for mark in line.others] == [
        "Dina Omarova"
    ]
    assert (found.count, found.confirmed) == (5, 1)


@pytest.mark.parametrize(
    ("there", "standing"),
    [
        ([("aset", State.SUGGESTED), ("dina", State.SUGGESTED)], SAME),
        ([("aset", State.REJECTED), ("dina", State.LINKED)], REJECTED),
        ([("aset", State.REJECTED), ("dina", State.CONFIRMED)], OTHER),
        ([("dina", State.SUGGESTED)], OTHER),
        ([("dina", State.LINKED)], OTHER),
        ([("dina", State.REJECTED)], FREE),
    ],
)
def test_what_editors_said_goes_before_what_the_machine_thinks(
    aset: Entity, dina: Entity, there: list[tuple[str, State]], standing: TagState
) -> None:
    article = article_of("Omarov one. Omarov two.")
    mark = mention(article, "Omarov", aset)
    for name, state in there:
        mention(article, "Omarov", {"aset": aset, "dina": dina}[name], state, nth=1)
    assert seen(find_candidates(mark, Scope.ARTICLE)) == [("two.", standing)]


def test_words_are_the_same_however_blanks_hyphens_and_apostrophes_are_typed(
    aset: Entity,
) -> None:
    article = article_of(
        "Al-Omarov O'Neil one.", "Al‑Omarov\u00a0O’Neil two. Al-OmarovO'Neil three."
    )
    mark = mention(article, "Al-Omarov O'Neil", aset)
    assert [
        line.place.exact for line in find_candidates(mark, Scope.ARTICLE).lines
    ] == ["Al‑Omarov\u00a0O’Neil"]


def test_only_whole_words_and_no_endings_are_the_same(aset: Entity) -> None:
    person = article_of(
        "Omarov one. Omarov’s two. Omarova three. Omarov-Smith four. omarov five. McOmarov six."
    )
    mark = mention(person, "Omarov", aset)
    assert seen(find_candidates(mark, Scope.ARTICLE)) == [("’s", FREE)]
    place = article_of("Алма бір. Алмада екі. Алматы үш. Алма төрт.")
    town = mention(place, "Алма", make_place("Алма"))
    assert seen(find_candidates(town, Scope.ARTICLE)) == [("төрт.", FREE)]


def test_places_are_code_points_of_the_text(aset: Entity) -> None:
    article = article_of("😀 Әсет Омаров 👩‍👩‍👧 келді.", "Қазір 🧮 Әсет Омаров кетті.")
    mark = mention(article, "Әсет Омаров", aset)
    [line] = find_candidates(mark, Scope.ARTICLE).lines
    text = article.version.text
    assert line.place == select(text, text.rindex("Әсет"), text.rindex("Омаров") + 6)


def test_a_longer_name_is_what_stands_there(aset: Entity, dina: Entity) -> None:
    article = article_of(
        "Omarov one. Erlan Omarov two. Aset Omarov three. Aset Omarov four. Omarov Street five."
    )
    mark = mention(article, "Omarov", aset)
    mention(article, "Erlan Omarov", make_person("Erlan Omarov"))
    mention(article, "Aset Omarov", aset, State.LINKED)
    mention(article, "Aset Omarov", aset, State.CONFIRMED, nth=1)
    mention(article, "Omarov Street", make_place("Omarov Street"), State.LINKED)
    found = find_candidates(mark, Scope.ARTICLE)
    assert seen(found) == [("two.", OTHER), ("three.", SAME), ("Street", OTHER)]
    assert found.confirmed == 1


def test_the_whole_archive_is_searched_newest_first(aset: Entity) -> None:
    first = article_of("Omarov one.", title="First")
    article_of("Nobody.", title="Omarov in the title alone")
    last = article_of("Omarov two. Omarov three.", title="Last")
    mark = mention(first, "Omarov", aset)
    found = find_candidates(mark, Scope.ARCHIVE)
    assert [
        (line.article, *each)
        for line, each in zip(found.lines, seen(found), strict=True)
    ] == [
        (last, "two.", FREE),
        (last, "three.", FREE),
    ]
    assert find_candidates(mark, Scope.ARTICLE).lines == []


def test_of_an_article_only_the_current_text_counts(
    aset: Entity, curator: User
) -> None:
    between = "and so the first of these days went by."
    article = article_of(f"Omarov one {between} Omarov two.")
    mark = mention(article, "Omarov", aset)
    mention(article, "Omarov", aset, nth=1)
    correct_text(
        article,
        f"<p>Omarov one {between} Omarov three.</p>",
        curator,
        "A word was wrong",
    )
    mark.refresh_from_db()
    assert seen(find_candidates(mark, Scope.ARTICLE)) == [("three.", FREE)]


def all_pages(mark: Annotation) -> list[ApplyCandidates]:
    pages = [find_candidates(mark, Scope.ARCHIVE)]
    while pages[-1].after:
        pages.append(find_candidates(mark, Scope.ARCHIVE, pages[-1].after))
    return pages


def test_more_lines_than_a_page_holds_are_counted_and_come_on_the_next(
    aset: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        "Omarov one. Omarov two. Omarov three.",
        "Omarov four. Omarov five.",
        "Omarov six. Omarov seven.",
    )
    mark = mention([article_of(text) for text in texts][-1], "Omarov", aset)
    monkeypatch.setattr("annotations.editing.apply_to_all.MOST_LINES", 2)
    pages = all_pages(mark)
    assert [[after for after, _standing in seen(page)] for page in pages] == [
        ["seven.", "four."],
        ["five.", "one."],
        ["two.", "three."],
    ]
    assert [page.count for page in pages] == [6, 4, 2]


def test_more_articles_than_are_read_for_a_page_come_on_the_next(
    aset: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article_of(f"Omarov {number}.") for number in ("one", "two", "three")]
    mark = mention(articles[0], "Omarov", aset)
    monkeypatch.setattr("annotations.editing.apply_to_all.MOST_TEXTS", 1)
    assert [(seen(page), page.read, page.articles) for page in all_pages(mark)] == [
        ([("three.", FREE)], 1, 3),
        ([("two.", FREE)], 1, 2),
        ([], 1, 1),
    ]


def test_finding_costs_the_same_queries_however_much_is_found(aset: Entity) -> None:
    mark = mention(article_of("Omarov one."), "Omarov", aset)
    counts = []
    for more in (1, 8):
        for number in range(more):
            mention(
                article_of(f"Omarov {number}. Omarov."), "Omarov", aset, State.LINKED
            )
        with CaptureQueriesContext(connection) as queries:
            for line in find_candidates(mark, Scope.ARCHIVE).lines:
                assert line.article.get_absolute_url()
        counts.append(len(queries))
    assert counts == [3, 3]


@pytest.mark.parametrize(
    "typed",
    ["", "1", "1:2", "1:2:x", "x:1:1:", "-1:1:1:", "1:1:99999999999:", "²:1:1:"],
)
def test_what_is_no_place_is_none(typed: str) -> None:
    assert SpanKey.read(typed) is None


@pytest.mark.parametrize(
    "place", [SpanKey(12, 1, 340, ""), SpanKey(12, 1, 340, "0a1b2c3d")]
)
def test_a_place_is_read_as_it_is_written(place: SpanKey) -> None:
    assert SpanKey.read(str(place)) == place


# What becomes of them


def test_what_is_chosen_is_tagged_confirmed_and_moved_as_one_act(
    aset: Entity, dina: Entity, editor: User
) -> None:
    article = article_of(
        "Omarov one. Omarov two. Omarov three. Omarov four. Omarov five. Omarov six."
    )
    mark = mention(article, "Omarov", aset)
    suggested = mention(article, "Omarov", aset, State.SUGGESTED, nth=1)
    rejected = mention(article, "Omarov", aset, State.REJECTED, nth=2)
    hers = mention(article, "Omarov", dina, nth=3)
    mention(article, "Omarov", dina, nth=4)
    applied = apply(mark, editor, Scope.ARTICLE, "two.", "three.", "four.", "six.")
    assert (applied.count, applied.left_out) == (4, 0)
    assert tagged(aset) == ["one.", "two.", "three.", "four.", "six."]
    assert tagged(dina) == ["five."]
    for kept in (suggested, rejected, hers):
        kept.refresh_from_db()
        assert (kept.entity, kept.state, kept.revision) == (aset, State.CONFIRMED, 2)
    fresh = mark_before(" six.")
    assert (fresh.made_by, fresh.kind, fresh.article, fresh.paragraph) == (
        editor,
        Kind.PERSON,
        article,
        1,
    )
    act = Act.objects.get()
    assert (act.kind, act.by, act.article, act.what) == (
        Act.Kind.APPLIED,
        editor,
        article,
        "Omarov",
    )
    assert act.label == "applied to all “Omarov” (4 passages)"


def test_undoing_brings_everything_back_and_redoing_does_it_again(
    aset: Entity, dina: Entity, editor: User
) -> None:
    """In texts that the machine has linked, in one of which it takes marks back and finds them
    again."""
    aset.spellings.create(text="Omarov")
    first = article_of("Aset Omarov one. Omarov two. Omarov three.")
    second = article_of("Dina Omarova four. Omarov five. Omarov six. Omarov seven.")
    third = article_of("Omarov eight. Omarov nine.")
    articles = [first.pk, second.pk, third.pk]
    link_articles(articles)
    mark = mark_before(" two.")
    tagging.judge({mark.pk: 1}, State.CONFIRMED, editor)
    tagging.judge(
        {mark_before(" eight.", entity=aset).pk: 1},
        State.REJECTED,
        editor,
    )
    tagging.judge(
        {mark_before(" nine.", entity=dina).pk: 1},
        State.CONFIRMED,
        editor,
    )
    mark.refresh_from_db()
    before = everything()

    places = [line.key for line in find_candidates(mark, Scope.ARCHIVE).lines]
    assert len(places) == 7
    act = tagging.apply(mark.pk, mark.revision, places, editor).act
    assert act
    assert len(tagged(aset)) == 8
    after = everything()
    link_articles(articles)
    assert everything() == after

    undone = undo(act, editor)
    assert undone.kept == []
    assert everything() == before
    redone = undo(undone.act, editor)
    assert redone.kept == []
    assert everything() == after
    undo(redone.act, editor)
    assert everything() == before


def test_a_longer_mention_of_the_same_is_confirmed_and_none_laid_into_it(
    aset: Entity, editor: User
) -> None:
    article = article_of("Omarov one. Aset Omarov two.")
    mark = mention(article, "Omarov", aset)
    mention(article, "Aset Omarov", aset, State.LINKED)
    apply(mark, editor)
    assert [(each.exact, each.state) for each in aset.mentions.order_by("start")] == [
        ("Omarov", State.CONFIRMED),
        ("Aset Omarov", State.CONFIRMED),
    ]


def test_a_longer_mention_of_somebody_else_stays_if_an_editor_said_so(
    aset: Entity, editor: User
) -> None:
    other = make_person("Erlan Omarov")
    article = article_of("Omarov one. Erlan Omarov two. Erlan Omarov three.")
    mark = mention(article, "Omarov", aset)
    mention(article, "Erlan Omarov", other)
    mention(article, "Erlan Omarov", other, State.LINKED, nth=1)
    apply(mark, editor, Scope.ARTICLE, "two.", "three.")
    assert tagged(aset) == ["one.", "two.", "three."]
    assert [(each.exact, each.state) for each in other.mentions.all()] == [
        ("Erlan Omarov", State.CONFIRMED)
    ]


def test_what_others_said_of_the_same_words_holds_no_more(
    aset: Entity, dina: Entity, editor: User
) -> None:
    """Where two were confirmed at one place one becomes the mention, and the other is
    rejected."""
    article = article_of("Omarov one. Omarov two. Omarov three.")
    third = make_person("Erlan Omarov")
    mark = mention(article, "Omarov", aset)
    mention(article, "Omarov", aset, State.REJECTED, nth=1)
    mention(article, "Omarov", dina, nth=1)
    mention(article, "Omarov", dina, nth=2)
    mention(article, "Omarov", third, nth=2)
    before = everything()
    applied = apply(mark, editor, Scope.ARTICLE, "two.", "three.")
    assert tagged(aset) == ["one.", "two.", "three."]
    assert (tagged(dina), tagged(third)) == ([], [])
    assert applied.act
    undo(applied.act, editor)
    assert everything() == before


def test_of_several_that_stand_there_the_one_an_editor_confirmed_keeps_its_address(
    aset: Entity, dina: Entity, editor: User
) -> None:
    article, third = article_of("Omarov one. Omarov two."), make_person("Erlan Omarov")
    mark = mention(article, "Omarov", aset)
    for state, whose in (
        (State.SUGGESTED, dina),
        (State.CONFIRMED, third),
        (State.LINKED, make_person("A. Omarov")),
    ):
        mention(article, "Omarov", whose, state, nth=1)
    kept = third.mentions.get()
    apply(mark, editor, Scope.ARTICLE, "two.")
    assert [each.pk for each in aset.mentions.order_by("start")] == [mark.pk, kept.pk]
    assert Annotation.objects.count() == 2


def test_a_place_of_a_person_may_become_a_place(aset: Entity, editor: User) -> None:
    town = make_place("Omarov")
    article = article_of("Omarov one. Omarov two.")
    mark = mention(article, "Omarov", town)
    moved = mention(article, "Omarov", aset, nth=1)
    apply(mark, editor, Scope.ARTICLE, "two.")
    moved.refresh_from_db()
    assert (moved.kind, moved.entity) == (Kind.PLACE, town)


def test_places_that_changed_meanwhile_are_left_out_and_counted(
    aset: Entity, dina: Entity, editor: User, curator: User
) -> None:
    article, corrected = (
        article_of("Omarov one. Omarov two. Omarov three."),
        article_of("Omarov four. Omarov five."),
    )
    mark = mention(article, "Omarov", aset)
    keys = [line.key for line in find_candidates(mark, Scope.ARCHIVE).lines]
    correct_text(
        corrected, "<p>So Omarov four. Omarov five.</p>", curator, "A word was missing"
    )
    mention(article, "Omarov", dina, nth=2)
    applied = tagging.apply(
        mark.pk, mark.revision, [*keys, SpanKey(999999, 1, 0, "")], editor
    )
    assert (applied.count, applied.left_out) == (1, 4)
    assert (tagged(aset), tagged(dina)) == (["one.", "two."], ["three."])


def test_what_only_the_machine_did_meanwhile_does_not_count_as_a_change(
    aset: Entity, editor: User
) -> None:
    article = article_of("Omarov one. Omarov two.")
    mark = mention(article, "Omarov", aset)
    keys = [line.key for line in find_candidates(mark, Scope.ARTICLE).lines]
    mention(article, "Omarov", aset, State.SUGGESTED, nth=1)
    assert tagging.apply(mark.pk, mark.revision, keys, editor).count == 1
    assert tagged(aset) == ["one.", "two."]


def test_where_nothing_is_left_nothing_is_done(aset: Entity, editor: User) -> None:
    mark = mention(article_of("Omarov one. Omarov two."), "Omarov", aset)
    for places in (
        [],
        [SpanKey(mark.article_id, 2, 12, "")],
        [SpanKey(mark.article_id, 1, 13, "")],
    ):
        assert tagging.apply(mark.pk, mark.revision, places, editor) == ApplyResult(
            None, 0, len(places)
        )
    assert not Act.objects.exists()


def test_a_tag_that_was_changed_meanwhile_is_not_applied(
    aset: Entity, dina: Entity, editor: User
) -> None:
    mark = mention(article_of("Omarov one. Omarov two."), "Omarov", aset)
    keys = [line.key for line in find_candidates(mark, Scope.ARTICLE).lines]
    Annotation.objects.update(entity=dina, revision=2)
    with pytest.raises(StaleRevision):
        tagging.apply(mark.pk, 1, keys, editor)
    assert Annotation.objects.count() == 1


def test_what_is_asked_for_twice_is_done_once(aset: Entity, editor: User) -> None:
    mark = mention(article_of("Omarov one. Omarov two."), "Omarov", aset)
    keys, key = (
        [line.key for line in find_candidates(mark, Scope.ARTICLE).lines],
        uuid4(),
    )
    act = tagging.apply(mark.pk, 1, keys, editor, key).act
    with pytest.raises(AlreadyDone) as done:
        tagging.apply(mark.pk, 1, keys, editor, key)
    assert done.value.act == act
    assert Annotation.objects.count() == 2


# The page


def url_of(mark: Annotation) -> str:
    return reverse("annotations:annotation-apply", args=[mark.pk])


def boxes(page: Node) -> list[tuple[str, bool]]:
    """What stands right after each place, and whether it is chosen."""
    found = []
    for label in page.all("label", cls="place"):
        after = label.all("span", cls="context")[1].text.split()[0].rstrip("…")
        found.append((after, "checked" in label.one("input").attributes))
    return found


def sent(page: Node) -> dict[str, list[str]]:
    """What a browser would send of the form as it stands."""
    form = page.form()
    places = [
        box["value"]
        for box in form.all("input", name="place")
        if "checked" in box.attributes
    ]
    return {**{name: [value] for name, value in form.fields().items()}, "place": places}


@pytest.fixture
def mark(aset: Entity, dina: Entity) -> Annotation:
    """One place of three in an article, one of which is somebody else's; and another
    article."""
    article_of("Omarov four.", title="Another day")
    article = article_of("Omarov one. Omarov two. Omarov three.")
    mention(article, "Omarov", dina, nth=2)
    return mention(article, "Omarov", aset)


def test_the_page_shows_the_places_and_says_whose_they_are(
    as_editor: Client, mark: Annotation
) -> None:
    page = page_of(as_editor.get(url_of(mark)))
    assert boxes(page) == [("two.", True), ("three.", False)]
    assert "Dina Omarova, confirmed by an editor" in page.one("li", cls="other").words
    assert "2 places." in page.one("main").words
    archive = page_of(as_editor.get(page.link("In the whole archive")))
    assert boxes(archive) == [("two.", True), ("three.", False), ("four.", True)]
    assert archive.link("Another day")


def test_the_page_of_a_passage_leads_there_for_editors(
    client: Client, as_editor: Client, mark: Annotation
) -> None:
    for reader, count in ((client, 0), (as_editor, 1)):
        page = page_of(reader.get(mark.get_absolute_url()))
        assert len(page.all("a", href=url_of(mark))) == count


def test_the_form_works_without_script_and_offers_to_undo(
    as_editor: Client, aset: Entity, mark: Annotation
) -> None:
    form = sent(page_of(as_editor.get(f"{url_of(mark)}?in=archive")))
    response = as_editor.post(url_of(mark), form, follow=True)
    assert response.redirect_chain == [(mark.get_passage_url(), 302)]
    messages = page_of(response).one("ul", cls="messages")
    assert "Tagged 2 places as Aset Omarov." in messages.words
    assert (
        messages.one("form", cls="undo")["action"]
        == Act.objects.get().get_absolute_url()
    )
    assert tagged(aset) == ["four.", "one.", "two."]
    assert as_editor.post(url_of(mark), form).status_code == 302
    assert (Act.objects.count(), aset.mentions.count()) == (1, 3)


def test_what_was_left_out_is_told(
    as_editor: Client, mark: Annotation, curator: User
) -> None:
    form = sent(page_of(as_editor.get(url_of(mark))))
    form["place"] += ["1:2", f"{mark.article_id}:1:13:"]
    words = (
        page_of(as_editor.post(url_of(mark), form, follow=True))
        .one("ul", cls="messages")
        .words
    )
    assert (
        "Tagged 1 place as Aset Omarov. 1 place has changed since and was left out."
        in words
    )


def test_where_nothing_was_chosen_that_is_told(
    as_editor: Client, mark: Annotation
) -> None:
    form = sent(page_of(as_editor.get(url_of(mark)))) | {"place": []}
    response = as_editor.post(url_of(mark), form, follow=True)
    assert response.redirect_chain == [(url_of(mark), 302)]
    assert "No place was chosen." in page_of(response).one("ul", cls="messages").words
    assert not Act.objects.exists()


def test_the_desk_is_given_a_part_and_then_the_pieces_that_changed(
    as_editor: Client, mark: Annotation
) -> None:
    asks = {"HX-Request": "true"}
    page = page_of(as_editor.get(url_of(mark), headers=asks))
    assert not page.all("header")
    form = {**sent(page), "shown": [""], "shown_version": ["1"]}
    response = page_of(as_editor.post(url_of(mark), form, headers=asks))
    assert [node["data-paragraph"] for node in response.all(cls="piece")] == ["1"]
    said = response.one(id="said")
    assert (said.words, said["data-apply"]) == (
        "Tagged 1 place as Aset Omarov.",
        str(mark.pk),
    )
    again = page_of(as_editor.post(url_of(mark), form, headers=asks))
    assert again.one(id="said").words.startswith("Applied to all")
    gone = form | {"key": [str(uuid4())], "place": [f"{mark.article_id}:1:13:"]}
    response = page_of(as_editor.post(url_of(mark), gone, headers=asks))
    assert (
        response.one(id="said").words == "1 place has changed since and was left out."
    )


def test_a_tag_that_was_changed_meanwhile_is_shown_as_it_is_now(
    as_editor: Client, curator: User, mark: Annotation
) -> None:
    form = sent(page_of(as_editor.get(url_of(mark))))
    tagging.delete(mark.pk, mark.revision, curator)
    response = as_editor.post(url_of(mark), form, headers={"HX-Request": "true"})
    assert (response.status_code, "applied nowhere" in page_of(response).words) == (
        409,
        True,
    )
    assert (
        as_editor.post(url_of(mark), form).headers["Location"]
        == mark.get_absolute_url()
    )
    assert as_editor.get(url_of(mark)).status_code == 404
    Annotation.objects.filter(pk=mark.pk).delete()
    assert as_editor.post(url_of(mark), form).status_code == 410


def test_figures_and_allegations_are_not_applied(as_editor: Client) -> None:
    number = figure(article_of("15 boats. 15 boats."), "15 boats")
    for response in (as_editor.get(url_of(number)), as_editor.post(url_of(number))):
        assert response.status_code == 404


def test_what_is_not_shown_is_told(
    as_editor: Client, mark: Annotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    mention(mark.article, "Omarov", mark.entity, nth=1)  # type: ignore[arg-type]
    monkeypatch.setattr("annotations.editing.apply_to_all.MOST_LINES", 1)
    page = page_of(as_editor.get(f"{url_of(mark)}?in=archive"))
    words = page.one("main").words
    assert "The first 1 of 2 places." in words
    assert "1 more is tagged so by an editor." in words
    page = page_of(as_editor.get(page.link("Show the next ones")))
    assert boxes(page) == [("four.", True)]
    monkeypatch.setattr("annotations.editing.apply_to_all.MOST_TEXTS", 1)
    words = page_of(as_editor.get(f"{url_of(mark)}?in=archive")).one("main").words
    assert "1 of the 2 articles in which these words may stand were read." in words


def test_where_the_words_stand_nowhere_else_that_is_told(
    as_editor: Client, mark: Annotation, aset: Entity
) -> None:
    alone = mention(article_of("Nobody but Aset spoke."), "Aset", aset)
    for scope, words in (
        ("article", "at no other place in this article"),
        ("archive", "nowhere else"),
    ):
        page = page_of(as_editor.get(f"{url_of(alone)}?in={scope}")).one("main")
        assert words in page.words
        assert not page.all("form", cls="apply-form")


@pytest.mark.parametrize(
    "asked",
    ["in=elsewhere", "after=x", "in=archive&after=9:9:9:9:9", "after=%C2%B2:1:1:"],
)
def test_an_address_that_makes_no_sense_shows_the_page(
    as_editor: Client, mark: Annotation, asked: str
) -> None:
    assert as_editor.get(f"{url_of(mark)}?{asked}").status_code == 200


def test_the_page_costs_the_same_queries_however_much_it_shows(
    as_editor: Client, mark: Annotation
) -> None:
    counts = []
    for more in (1, 8):
        for number in range(more):
            other = make_article(
                f"Day {number}",
                "<p>Omarov came. Omarov left.</p>",
                publisher=f"Paper {number}",
            )
            mention(other, "Omarov", mark.entity, State.LINKED)  # type: ignore[arg-type]
        with CaptureQueriesContext(connection) as queries:
            as_editor.get(f"{url_of(mark)}?in=archive")
        counts.append(len(queries))
    assert counts[0] == counts[1]
