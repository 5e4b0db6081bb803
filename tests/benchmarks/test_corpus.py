"""The files that the measured programs take in hold the same, and our own commands take them
in whole."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations.models import Annotation, Entity, Kind, State
from archive.models import Article
from benchmarks.corpus import Corpus, entity_kinds, passages_of, write_corpus
from benchmarks.news import World

ARTICLES = 3
MARKS = 40


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Corpus:
    return write_corpus(World(), ARTICLES, tmp_path / "corpus")


def test_every_passage_of_a_story_is_where_it_says() -> None:
    world = World()
    story = world.story(1)

    passages = passages_of(story, entity_kinds(world))

    assert len(passages) == MARKS
    for passage in passages:
        assert story.text[passage.start : passage.end] == passage.words


def test_all_files_hold_the_same_annotations(corpus: Corpus) -> None:
    rows = corpus.rows("annotations").read_text(encoding="utf-8").splitlines()
    page = json.loads(corpus.jsonld.read_text(encoding="utf-8"))

    words = [json.loads(row)["words"] for row in rows]
    quoted = [item["target"]["selector"][1]["exact"] for item in page["items"]]
    assert corpus.annotations == ARTICLES * MARKS
    assert words == quoted
    assert len(words) == corpus.annotations


def test_the_annotations_of_a_publisher_are_counted(corpus: Corpus) -> None:
    outlets = {World().story(number).outlet for number in range(ARTICLES)}

    counts = [corpus.annotations_of(outlet) for outlet in outlets]

    assert sum(counts) == corpus.annotations
    assert corpus.annotations_of("The Nowhere Gazette") == 0


@pytest.mark.django_db
def test_our_commands_import_the_files_whole(corpus: Corpus) -> None:
    call_command("import_articles", str(corpus.stories), "--jobs", "1")
    call_command("import_annotations", str(corpus.jsonld), "--create")

    assert Article.objects.count() == ARTICLES
    assert Annotation.objects.count() == corpus.annotations
    assert Annotation.objects.filter(kind=Kind.ALLEGATION).count() == 2 * ARTICLES
    assert set(Annotation.objects.values_list("state", flat=True)) == {State.CONFIRMED}
    assert Entity.objects.filter(name=World().people[0], kind=Kind.PERSON).exists()
