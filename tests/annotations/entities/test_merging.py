"""Merging and splitting: what moves, what stays, and that undoing brings back exactly what
was."""

from random import Random

import pytest

from annotations.editing import tagging
from annotations.editing.undo import CannotUndo, undo
from annotations.entities.merging import CannotMerge, merge, split
from annotations.linking.linker import link_articles
from annotations.models import MACHINE, Act, Annotation, Change, Entity, State
from archive.models import Article, User
from tests.support.making import MakeArticle, make_article
from tests.support.marking import (
    allegation,
    everything,
    figure,
    known_parties,
    make_person,
    make_place,
    mention,
)

pytestmark = pytest.mark.django_db


def words_of(entity: Entity) -> list[tuple[str, str]]:
    return [(mark.exact, mark.state) for mark in entity.mentions.in_reading_order()]


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(
        html="<p>Aset Example spoke of 15 dead. Asset Exampel fired, he said. Example left.</p>",
    )


# What is merged


def test_spellings_mentions_and_roles_move_and_the_old_one_leads_to_the_other(
    article: Article, curator: User
) -> None:
    aset, asset = make_person("Aset Example", "Example"), make_person("Asset Exampel")
    link_articles([article.pk])
    said = figure(article, "15 dead", said_by="Asset Exampel", said_by_entity=asset)
    claim = allegation(
        article,
        "fired",
        claimant="Asset Exampel",
        claimant_entity=asset,
        accused_entity=asset,
    )

    act = merge(asset, aset, curator, "The same man, see his biography.")

    assert set(aset.spellings.values_list("text", flat=True)) == {
        "Aset Example",
        "Example",
        "Asset Exampel",
    }
    assert words_of(aset) == [
        ("Aset Example", State.LINKED),
        ("Asset Exampel", State.LINKED),
        ("Example", State.LINKED),
    ]
    said.figure.refresh_from_db()
    assert said.figure.said_by_entity == aset
    assert known_parties(claim) == {"claimant": [aset], "accused": [aset]}
    assert said.figure.said_by == "Asset Exampel"
    asset.refresh_from_db()
    assert asset.survivor == aset
    assert (act.kind, act.by, act.reason, act.passages) == (
        Act.Kind.MERGED,
        curator,
        "The same man, see his biography.",
        1,
    )


def test_a_mention_keeps_its_address_and_a_page_that_was_opened_before_notices(
    article: Article, curator: User
) -> None:
    aset, asset = make_person("Aset Example"), make_person("Asset Exampel")
    mark = mention(article, "Asset Exampel", asset)

    merge(asset, aset, curator, "one")

    there = Annotation.objects.get(pk=mark.pk)
    assert (there.entity, there.state, there.revision) == (
        aset,
        State.CONFIRMED,
        mark.revision + 1,
    )


@pytest.mark.parametrize(
    ("mine", "other", "left"),
    [
        (State.CONFIRMED, State.REJECTED, State.CONFIRMED),
        (State.REJECTED, State.CONFIRMED, State.CONFIRMED),
        (State.LINKED, State.REJECTED, State.REJECTED),
        (State.REJECTED, State.SUGGESTED, State.REJECTED),
        (State.CONFIRMED, State.CONFIRMED, State.CONFIRMED),
    ],
)
def test_of_two_mentions_at_one_place_the_editors_word_stays(
    article: Article, curator: User, mine: State, other: State, left: State
) -> None:
    aset, asset = make_person("Aset Example"), make_person("Asset Exampel")
    mention(article, "Example left", aset, mine)
    mention(article, "Example left", asset, other)
    before = everything()

    act = merge(asset, aset, curator, "one")

    assert [
        (m.entity, m.state) for m in Annotation.objects.filter(exact="Example left")
    ] == [(aset, left)]
    undo(act, curator)
    after = everything()
    judged = {
        key for key, row in before["Annotation"].items() if row["state"] not in MACHINE
    }
    assert {key: after["Annotation"][key] for key in judged} == {
        key: before["Annotation"][key] for key in judged
    }


def test_a_surname_becomes_sure_when_its_two_bearers_turn_out_to_be_one(
    article: Article, curator: User
) -> None:
    aset, asset = (
        make_person("Aset Example", "Example"),
        make_person("Asset Exampel", "Example"),
    )
    link_articles([article.pk])
    assert {m.state for m in Annotation.objects.filter(exact="Example")} == {
        State.SUGGESTED
    }

    merge(asset, aset, curator, "one")

    assert [
        (m.entity, m.state) for m in Annotation.objects.filter(exact="Example")
    ] == [(aset, State.LINKED)]


def test_what_cannot_be_merged_is_refused_and_nothing_changes(
    article: Article, curator: User
) -> None:
    aset, asset, aktau = make_person("Aset"), make_person("Asset"), make_place("Aktau")
    merge(asset, aset, curator, "one")
    before = everything()

    for entity, into in ((aset, aset), (aset, aktau), (asset, aset), (aset, asset)):
        with pytest.raises(CannotMerge):
            merge(entity, into, curator, "wrong")

    assert everything() == before
    assert Act.objects.count() == 1


# What is split


def test_with_a_spelling_go_its_mentions_and_roles(
    article: Article, curator: User
) -> None:
    aset = make_person("Aset Example", "Example", "Asset Exampel")
    link_articles([article.pk])
    said = figure(article, "15 dead", said_by="Asset Exampel", said_by_entity=aset)
    own = allegation(article, "fired", claimant="Aset Example", claimant_entity=aset)
    mark = aset.mentions.get(exact="Asset Exampel")

    act = split(
        aset,
        Entity(
            kind="person", name="Asset Exampel", description="another", made_by=curator
        ),
        curator,
        "Two men.",
        spellings=[aset.spellings.get(text="Asset Exampel")],
    )

    asset = Entity.objects.get(name="Asset Exampel")
    assert (asset.description, asset.made_by) == ("another", curator)
    assert [m.pk for m in asset.mentions.all()] == [mark.pk]
    said.figure.refresh_from_db()
    assert (said.figure.said_by_entity, known_parties(own)["claimant"]) == (
        asset,
        [aset],
    )
    assert (act.kind, act.reason, act.passages) == (Act.Kind.SPLIT, "Two men.", 1)


def test_a_mention_that_is_picked_is_confirmed_and_stays_when_all_is_linked_again(
    article: Article, curator: User
) -> None:
    aset, berik = make_person("Aset Example", "Example"), make_person("Berik Example")
    link_articles([article.pk])
    surname = aset.mentions.get(exact="Example")

    split(aset, berik, curator, "It was Berik.", mentions=[surname])
    link_articles([article.pk])

    assert [
        (m.pk, m.entity, m.state) for m in Annotation.objects.filter(exact="Example")
    ] == [(surname.pk, berik, State.CONFIRMED)]


def test_what_cannot_be_split_is_refused_and_nothing_changes(
    article: Article, curator: User
) -> None:
    aset, aktau = make_person("Aset Example", "Example"), make_place("Aktau")
    before = everything()
    new = Entity(kind="person", name="New")

    for into, forms in (
        (new, []),
        (new, aset.spellings.all()),
        (aset, aset.spellings.all()[:1]),
        (aktau, aset.spellings.all()[:1]),
    ):
        with pytest.raises(CannotMerge):
            split(aset, into, curator, "wrong", spellings=forms)

    assert everything() == before


# What is undone


def test_a_merge_is_undone_mention_by_mention_after_edits_elsewhere(
    article: Article, curator: User, editor: User, make_article: MakeArticle
) -> None:
    aset, asset = make_person("Aset Example", "Example"), make_person("Asset Exampel")
    link_articles([article.pk])
    before = everything()
    act = merge(asset, aset, curator, "one")
    elsewhere = make_article(html="<p>Asset Exampel came. 20 left.</p>")
    link_articles([elsewhere.pk])
    later = figure(elsewhere, "20 left")

    undone = undo(act, curator)

    after = everything()
    assert undone.kept == []
    assert {key: after["Annotation"][key] for key in before["Annotation"]} == before[
        "Annotation"
    ]
    assert after["Spelling"] == before["Spelling"]
    assert [m.entity for m in elsewhere.annotations.exclude(entity=None)] == [asset]
    assert Annotation.objects.filter(pk=later.pk).exists()


def test_what_an_editor_said_of_a_moved_mention_since_stays(
    article: Article, curator: User, editor: User
) -> None:
    aset, asset, berik = (
        make_person("Aset Example"),
        make_person("Asset Exampel"),
        make_person("Berik"),
    )
    link_articles([article.pk])
    first = asset.mentions.get()
    act = merge(asset, aset, curator, "one")
    tagging.judge(
        {first.pk: Annotation.objects.get(pk=first.pk).revision},
        State.CONFIRMED,
        editor,
    )

    undone = undo(act, curator)

    assert [line.key for line in undone.kept] == [str(first.pk)]
    assert Annotation.objects.get(pk=first.pk).entity == aset
    assert [form.text for form in asset.spellings.all()] == ["Asset Exampel"]
    assert berik.mentions.count() == 0


def test_merges_of_the_same_people_are_undone_in_their_order(
    article: Article, curator: User
) -> None:
    one, two, three = (
        make_person("Aset Example"),
        make_person("Asset Exampel"),
        make_person("Example"),
    )
    link_articles([article.pk])
    before = everything()
    first = merge(one, two, curator, "one")
    second = merge(two, three, curator, "one")

    with pytest.raises(CannotUndo, match="Asset Exampel → Example"):
        undo(first, curator)

    undo(second, curator)
    undo(first, curator)
    assert everything() == before


def test_a_merge_can_be_done_again_with_the_same_result(
    article: Article, curator: User
) -> None:
    aset, asset = (
        make_person("Aset Example", "Example"),
        make_person("Asset Exampel", "Example"),
    )
    link_articles([article.pk])
    act = merge(asset, aset, curator, "one")
    merged = everything()

    undone = undo(act, curator)
    undo(undone.act, curator)

    assert everything() == merged


SEQUENCES = 100
WORLDS = range(10)


def _world() -> list[Entity]:
    """Three people and a place with spellings that overlap, in texts of two scripts, judged
    here and there."""
    people = [
        make_person("Aset Example", "Example", "Асет Касымов", "Касымов"),
        make_person("Asset Exampel", "Example", "Asset Example"),
        make_person("Berik Example", "Example", "Касымов"),
    ]
    place = make_place("Example", "Aktau")
    articles = [
        make_article(
            html="<p>Aset Example met Asset Exampel in Aktau. Example spoke of 15 dead.</p>"
        ),
        make_article(
            html="<p>Berik Example said that Example fired first. Асет Касымов молчал.</p>"
        ),
        make_article(
            html="<p>О Касымове говорили. Касымов ушёл. Asset Example stayed.</p>"
        ),
    ]
    link_articles([article.pk for article in articles])
    figure(articles[0], "15 dead", said_by="Asset Exampel", said_by_entity=people[1])
    allegation(
        articles[1],
        "Example fired first",
        claimant="Berik Example",
        claimant_entity=people[2],
        accused="Example",
        accused_entity=people[0],
    )
    editor = User.objects.create(username="ed", role="editor")
    judged = [State.CONFIRMED, State.REJECTED]
    found = Annotation.objects.filter(kind="person").order_by(
        "article", "start", "entity"
    )
    for n, mark in enumerate(found):
        now = Annotation.objects.filter(pk=mark.pk).first()
        if now and n % 3 == 0:
            tagging.judge({now.pk: now.revision}, judged[n % 2], editor)
    return [*people, place]


def _merge_or_split(random: Random, curator: User) -> Act:
    entities = Entity.objects.order_by("pk")
    entity, other = random.choice(list(entities)), random.choice(list(entities))
    if random.random() < 0.5:
        return merge(entity, other, curator, "random")
    into = (
        other
        if random.random() < 0.4
        else Entity(kind=entity.kind, name=random.choice(["Example", "New"]))
    )
    return split(
        entity,
        into,
        curator,
        "random",
        spellings=[form for form in entity.spellings.all() if random.random() < 0.4],
        mentions=[
            mark for mark in entity.mentions.in_reading_order() if random.random() < 0.2
        ],
    )


def _is_an_editors_word(line: Change) -> bool:
    """A place that was picked for somebody since, by an act of other people, stays with
    them."""
    return Annotation.objects.filter(pk=line.key).exclude(state__in=MACHINE).exists()


def _sequence(random: Random, curator: User) -> int:
    """Merge, split, undo and do again at random, then undo what still stands, the last first;
    return how much."""
    done: list[Act] = []
    undone: list[Act] = []
    for _step in range(random.randint(2, 6)):
        try:
            if done and random.random() < 0.35:
                act = random.choice(done + undone)
                taken_back = undo(act, curator)
                assert all(_is_an_editors_word(line) for line in taken_back.kept)
                was, becomes = (done, undone) if act in done else (undone, done)
                was.remove(act)
                becomes.append(taken_back.act)
            else:
                done.append(_merge_or_split(random, curator))
        except (CannotMerge, CannotUndo):
            continue
    for act in sorted(done, key=lambda each: each.pk, reverse=True):
        assert undo(act, curator).kept == []
    return len(done) + len(undone)


@pytest.mark.parametrize("world", WORLDS)
def test_any_sequence_of_merging_splitting_and_undoing_leaves_the_archive_as_it_was(
    world: int, curator: User
) -> None:
    random = Random(world)
    _world()
    before, done = everything(), 0

    for number in range(SEQUENCES):
        done += _sequence(random, curator)
        assert everything() == before, (world, number)

    assert done > SEQUENCES


def test_what_is_linked_after_a_merge_is_what_linking_everything_again_finds(
    curator: User,
) -> None:
    """So that undoing may rely on it."""
    people = _world()
    merge(people[1], people[0], curator, "one")
    merged = everything()

    link_articles(Article.objects.values_list("pk", flat=True))

    assert everything() == merged
