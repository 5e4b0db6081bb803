"""Where an imported annotation goes: where its words stand in their context, and nowhere
else."""

import pytest
from django.core.management import call_command

from annotations.models import Annotation
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure
from tests.support.w3c_documents import TEXT, Run, Save, foreign, taken_away


def test_a_position_counts_only_with_its_words_and_their_context(
    article: Article, run: Run, saved: Save
) -> None:
    text = article.version.text
    second = text.rindex("Ivan Petrov")
    at = {"start": second, "end": second + 11}
    context = {"prefix": "killed. ", "suffix": " left"}
    assert run(saved(foreign("Ivan Petrov", position=at, quote=context)), "--create")[
        1
    ] == [f"{saved(0)}: 1 exact."]
    assert Annotation.objects.get().start == second
    # Without context a position in another program's copy of the text proves nothing.
    _code, told, refused = run(
        saved(foreign("Ivan Petrov", id="urn:x:2", position=at)), "--create"
    )
    assert told == [f"{saved(0)}: 1 not found."]
    assert "“Ivan Petrov” stands 2 times in “Day three”" in refused[0]


@pytest.mark.parametrize(
    "exact", ["15 peopl", "5 people", "Rain in Akta", "Ivan  Petrov fired", "Petrova"]
)
def test_words_are_never_found_within_others(
    article: Article, run: Run, saved: Save, exact: str
) -> None:
    code, told, _refused = run(saved(foreign(exact)), "--create")
    assert (code, told) == (1, [f"{saved(0)}: 1 not found."])
    assert not Annotation.objects.exists()


def test_an_emoji_before_it_moves_nothing(
    article: Article, run: Run, saved: Save
) -> None:
    mark = allegation(article, "first", "The police fired")
    start, document = mark.start, taken_away(mark)
    assert run(saved(document))[1] == [f"{saved(0)}: 1 exact."]
    assert (
        Annotation.objects.get().start == start == article.version.text.index("first")
    )


def test_an_annotation_of_an_earlier_version_goes_along_or_stays_where_it_is_true(
    article: Article, run: Run, curator: User, saved: Save
) -> None:
    kept, lost = figure(article, "15 people"), figure(article, "Rain")
    keys = kept.pk, lost.pk
    documents = taken_away(kept), taken_away(lost)
    correct_text(article, TEXT.replace("Rain in", "Snow all over"), curator, "Misread")
    article.refresh_from_db()
    assert run(saved(*documents))[1] == [f"{saved(0)}: 1 exact, 1 by quote."]
    moved, stayed = (Annotation.objects.get(pk=key) for key in keys)
    assert (moved.version_id, moved.exact) == (article.current_version_id, "15 people")
    assert (stayed.version.number, stayed.exact) == (1, "Rain")
    call_command("verify_archive", verbosity=0)


def test_the_same_text_is_known_by_its_sha256_under_another_address(
    article: Article, run: Run, saved: Save
) -> None:
    document = taken_away(figure(article, "15 people"))
    source = document["target"]["source"]
    source["id"] = "https://elsewhere.example/articles/another-slug/versions/7/text/"
    del source["partOf"]
    assert run(saved(document))[1] == [f"{saved(0)}: 1 exact."]


def test_an_article_of_the_same_slug_with_another_text_is_believed_only_by_its_words(
    make_article: MakeArticle, article: Article, run: Run, saved: Save
) -> None:
    document = taken_away(figure(article, "15 people"))
    document["target"]["source"]["testimonia:sha256"] = "0" * 64
    assert run(saved(document))[1] == [f"{saved(0)}: 1 exact."]
    document["target"]["selector"][1]["prefix"] = "some other words before "
    document["id"] = document["id"].replace("annotations/", "annotations/0")
    assert run(saved(document))[1] == [f"{saved(0)}: 1 not found."]
