"""Excerpts: rows and sources put together, some hundred at a time, and never mixed up."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from annotations.baskets.contents import excerpts_in
from annotations.core.anchoring.selectors import select
from annotations.core.basket_contents import BasketContents, BasketItem
from annotations.export import excerpts
from annotations.export.excerpts import Excerpt, excerpts_of
from annotations.models import Annotation, Figure, Kind
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import figure, make_person, make_place, mention

pytestmark = pytest.mark.django_db

BASE = "https://archive.example/"
HTML = "<p>In Aktau Ivan Petrov said 15 people died.</p>"
AT_ONCE = 10


def all_excerpts() -> list[Excerpt]:
    return list(excerpts_of(Annotation.objects.in_reading_order(), BASE))


def tag_often(article: Article, count: int) -> None:
    text = article.version.text
    for start in range(count):
        mark = Annotation(kind=Kind.FIGURE)
        mark.put_on(article.version, select(text, start, start + 2))
        mark.save()
        Figure.objects.create(annotation=mark, low=start, counted="people")


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpts, "BATCH_SIZE", AT_ONCE)
    monkeypatch.setattr(excerpts, "_TEXTS_AT_ONCE", 2)


def test_articles_with_the_same_text_keep_their_own_source(
    make_article: MakeArticle,
) -> None:
    one = make_article("One", HTML, original_address="https://post.example/one")
    two = make_article("Two", HTML, original_address="https://post.example/two")
    marks = [figure(article, "15 people") for article in (one, two, one, two)]
    by_day = Annotation.objects.filter(pk__in=[mark.pk for mark in marks])
    found = list(excerpts_of(by_day.order_by("made_at", "pk"), BASE))
    assert [excerpt.source.title for excerpt in found] == ["One", "Two", "One", "Two"]
    for excerpt in found:
        title = excerpt.source.title
        assert f"“{title},”" in excerpt.citation()
        assert excerpt.permalink in excerpt.citation()
        address = f"https://post.example/{title.lower()}#:~:text="
        assert excerpt.original_link.startswith(address)


def test_a_person_and_a_place_of_one_name_have_their_own_addresses(
    make_article: MakeArticle,
) -> None:
    article = make_article(html=HTML)
    place = make_place("Aktau")
    person = make_person("Aktau")
    assert person.slug == place.slug
    mention(article, "Aktau", place)
    mention(article, "Ivan Petrov", person)
    addresses = [excerpt.entity_address for excerpt in all_excerpts()]
    assert addresses == [f"{BASE}places/aktau/", f"{BASE}people/aktau/"]


def test_passages_of_two_versions_stand_in_their_own_texts(
    make_article: MakeArticle, editor: User
) -> None:
    article = make_article(html=HTML)
    before = figure(article, "15 people")
    correct_text(article, "<p>Later 16 people had died.</p>", editor, "Corrected")
    article.refresh_from_db()
    after = figure(article, "16 people")
    items = tuple(BasketItem(mark.pk) for mark in (after, before, after))
    basket = BasketContents(items)
    old_and_new = list(excerpts_in(basket, AnonymousUser(), BASE))
    assert [excerpt.source.version for excerpt in old_and_new] == [2, 1, 2]
    for excerpt in old_and_new:
        version = f"versions/{excerpt.source.version}/text/"
        assert excerpt.source.text_address.endswith(version)
        text = excerpt.source.text
        assert text[excerpt.start : excerpt.end] == excerpt.words


@pytest.mark.usefixtures("few_at_once")
def test_a_source_is_one_object_for_all_its_passages(make_article: MakeArticle) -> None:
    for title in ("One", "Two"):
        tag_often(make_article(title, HTML), AT_ONCE * 2 + 5)
    sources = {id(excerpt.source): excerpt.source for excerpt in all_excerpts()}
    assert len(sources) == 2


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("count", [AT_ONCE, AT_ONCE * 3])
def test_queries_do_not_grow_with_the_passages_of_a_text(
    make_article: MakeArticle, django_assert_num_queries: Any, count: int
) -> None:
    tag_often(make_article(html=HTML), count)
    with django_assert_num_queries(4):
        assert len(all_excerpts()) == count


@pytest.mark.usefixtures("few_at_once")
def test_texts_are_read_several_at_a_time(
    make_article: MakeArticle, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        html = f"<p>In Aktau {number} people died.</p>"
        figure(make_article(f"Day {number}", html), f"{number} people")
    with django_assert_num_queries(3 + 3):
        excerpts = all_excerpts()
    for excerpt in excerpts:
        before, after = excerpt.before, excerpt.after
        assert before + excerpt.words + after == excerpt.source.text
