import json
from decimal import Decimal

import pytest

from annotations import journal
from annotations.models import Allegation, Annotation, Change, Figure, Qualifier, Status
from archive.models import Article, User
from tests.making import MakeArticle
from tests.marking import allegation, figure, make_person, mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    return make_article(html="<p>Aset Example said that about 120 to 130 dockers had been told to go home.</p>")


def again(annotation: Annotation) -> Annotation:
    return Annotation.objects.get(pk=annotation.pk)


def test_a_snapshot_is_json_and_comes_back_as_it_was(article: Article) -> None:
    aset = make_person("Aset")
    marks = [
        mention(article, "Aset Example", aset),
        figure(article, "120 to 130", low="120.5", high=Decimal(130), qualifier=Qualifier.ABOUT, said_by_entity=aset),
        allegation(article, "told to go", accused="the port", claimant_entity=aset, status=Status.DENIED),
    ]

    for mark in marks:
        kept = journal.snapshot(again(mark))
        assert json.loads(json.dumps(kept)) == kept


def test_a_snapshot_holds_the_passage_and_who_made_it(article: Article, editor: User) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"))
    mark.made_by = editor
    mark.save()

    kept = journal.snapshot(again(mark))

    assert (kept["start"], kept["end"], kept["exact"]) == (0, 12, "Aset Example")
    assert (kept["entity"], kept["made_by"], kept["version"]) == (mark.entity_id, editor.pk, article.text.pk)
    assert kept["id"] == str(mark.pk)


def test_an_unchanged_mark_has_the_same_snapshot_and_a_changed_one_another(article: Article) -> None:
    mark = figure(article, "120 to 130", low="120")
    before = journal.snapshot(again(mark))

    assert journal.snapshot(again(mark)) == before

    Figure.objects.update(counted="people")
    assert journal.snapshot(again(mark)) != before


def test_a_figure_can_be_made_again_from_its_snapshot(article: Article) -> None:
    aset = make_person("Aset")
    mark = again(figure(article, "120 to 130", low="120.5", high=Decimal(130), said_by="the port", said_by_entity=aset))
    kept = json.loads(json.dumps(journal.snapshot(mark)))
    mark.delete()

    details = kept.pop("figure")
    made = Annotation.objects.create(**journal.as_fields(Annotation, kept))
    Figure.objects.create(annotation=made, **journal.as_fields(Figure, details))

    assert journal.snapshot(again(made)) == {**kept, "figure": details}
    assert again(made).figure.said_by_entity == aset


def test_an_allegation_can_be_made_again_from_its_snapshot(article: Article) -> None:
    aset = make_person("Aset")
    mark = again(allegation(article, "told to go", accused="the port", accused_entity=aset, status=Status.CHARGED))
    kept = json.loads(json.dumps(journal.snapshot(mark)))
    mark.delete()

    details = kept.pop("allegation")
    made = Annotation.objects.create(**journal.as_fields(Annotation, kept))
    Allegation.objects.create(annotation=made, **journal.as_fields(Allegation, details))

    assert journal.snapshot(again(made)) == {**kept, "allegation": details}


def test_a_line_of_the_journal_outlives_its_annotation(article: Article, editor: User) -> None:
    mark = figure(article, "120 to 130", low="120")
    key, before = mark.pk, journal.snapshot(again(mark))
    journal.record(Change.Act.DELETED, mark, editor, before=before, after=None)

    mark.delete()

    line = Change.objects.get(annotation_id=key)
    assert (line.before, line.after, line.by, line.article) == (before, None, editor, article)


def test_lines_stand_in_the_order_in_which_things_were_done(article: Article, editor: User) -> None:
    mark = mention(article, "Aset Example", make_person("Aset"))
    for act in (Change.Act.MADE, Change.Act.CHANGED, Change.Act.CARRIED):
        journal.record(act, mark, editor, before=None, after=None)

    assert [line.act for line in Change.objects.all()] == [Change.Act.MADE, Change.Act.CHANGED, Change.Act.CARRIED]
