"""Paging by key."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive.models import Article, ArticleQuerySet
from archive.pagination import key_of, keyset_page, with_parameter
from tests.support.making import MakeArticle

ORDERS: dict[str, ArticleQuerySet] = {
    "newest first": Article.objects.newest_first(),
    "reading order": Article.objects.in_reading_order(),
    "title": Article.objects.order_by("title", "pk"),
    "title, falling": Article.objects.order_by("-title", "-pk"),
}


def walk(rows: ArticleQuerySet, size: int) -> list[int]:
    """Follow `after` from the first page to the last."""
    seen: list[int] = []
    page = keyset_page(rows, "", size)
    assert page.is_first
    while True:
        seen += [row.pk for row in page.items]
        assert len(page) <= size
        if not page.after:
            return seen
        page = keyset_page(rows, page.after, size)
        assert not page.is_first


def walk_back(rows: ArticleQuerySet, size: int) -> list[list[int]]:
    """Go to the last page, then follow `before` to the first; return the pages on the way
    back."""
    page = keyset_page(rows, "", size)
    while page.after:
        page = keyset_page(rows, page.after, size)
    seen = [[row.pk for row in page.items]]
    while page.before:
        page = keyset_page(rows, "", size, before=page.before)
        seen.append([row.pk for row in page.items])
    return seen


class TestWalking(TestCase):
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(
        days=st.lists(st.integers(min_value=0, max_value=3), max_size=12),
        titles=st.lists(
            st.sampled_from(["a", "A", "б", "Б", "é", "zz", "", '"', "😀"]),
            min_size=12,
            max_size=12,
        ),
        size=st.integers(min_value=1, max_value=5),
        order=st.sampled_from(sorted(ORDERS)),
    )
    def test_following_the_keys_visits_every_row_once_and_in_order(
        self, days: list[int], titles: list[str], size: int, order: str
    ) -> None:
        Article.objects.bulk_create(
            Article(
                title=title,
                slug=f"s{n}",
                sort_date=date(2011, 12, 19) + timedelta(days=day),
            )
            for n, (day, title) in enumerate(zip(days, titles, strict=False))
        )
        rows = ORDERS[order].all()
        everything = [row.pk for row in rows]
        assert walk(rows, size) == everything
        back = walk_back(rows, size)
        assert back[-1] == everything[:size]
        assert sorted({pk for page in back for pk in page}) == sorted(everything)
        assert all(len(page) == size for page in back[1:])


def test_a_row_added_meanwhile_shifts_no_page(make_article: MakeArticle) -> None:
    for day in (1, 2, 3):
        make_article(f"Day {day}", published=f"2011-12-0{day}")
    rows = Article.objects.newest_first()
    first = keyset_page(rows, "", 2)
    make_article("Day 4", published="2011-12-04")
    assert [row.title for row in keyset_page(rows, first.after, 2).items] == ["Day 1"]


def test_the_last_page_has_no_key_even_when_it_is_full(
    make_article: MakeArticle,
) -> None:
    for n in range(4):
        make_article(f"Report {n}")
    page = keyset_page(Article.objects.newest_first(), "", 2)
    last = keyset_page(Article.objects.newest_first(), page.after, 2)
    assert (len(last), last.after) == (2, "")


def test_a_first_page_that_is_full_has_nothing_before_it(
    make_article: MakeArticle,
) -> None:
    for n in range(4):
        make_article(f"Report {n}")
    rows = Article.objects.newest_first()
    second = keyset_page(rows, keyset_page(rows, "", 2).after, 2)

    back = keyset_page(rows, "", 2, before=second.before)

    assert (len(back), back.before) == (2, "")
    assert back.is_first


@pytest.mark.parametrize(
    "after",
    [
        "[",
        "{}",
        "null",
        "7",
        "[]",
        "[1]",
        "[1, 2, 3]",
        '["2011-12-19"]',
        '"2011-12-19"',
        "\0",
        '["soon", 1]',
        '["2011-12-19", "x"]',
        '["2011-12-19", null]',
        "[null, 1]",
        '["2011-12-19", [1]]',
        "[[1], 1]",
        '["2011-12-19", {"a": 1}]',
        '["2011-13-45", 1]',
        '["2011-12-19", Infinity]',
        '["2011-12-19", NaN]',
        '["2011-12-19", -99999999999999999999999999]',
        '["2011-12-19", -1e999]',
        '["2011-12-19\\u0000", 1]',
        '["2011-12-19", "\\ud800"]',
        "[" * 100_000,
    ],
    ids=lambda after: after[:40],
)
def test_a_key_that_was_not_made_here_gives_the_first_page(
    make_article: MakeArticle, after: str
) -> None:
    article = make_article(published="2011-12-19")
    page = keyset_page(Article.objects.newest_first(), after, 5)
    assert (page.is_first, page.items) == (True, [article])


@pytest.mark.parametrize("name", ["\0", "\ud800", "x\0y"])
def test_a_key_with_letters_that_no_database_keeps_gives_the_first_page(
    make_article: MakeArticle, name: str
) -> None:
    article = make_article()
    page = keyset_page(
        Article.objects.order_by("title", "pk"), json.dumps([name, 0]), 5
    )
    assert (page.is_first, page.items) == (True, [article])


def test_a_key_beyond_all_rows_gives_an_empty_page(make_article: MakeArticle) -> None:
    make_article(published="2011-12-19")
    page = keyset_page(Article.objects.newest_first(), '["0001-01-01", 0]', 5)
    assert (page.is_first, page.items, page.after) == (False, [], "")


def test_a_page_in_front_of_a_row_that_is_gone_leads_up_to_where_it_stood(
    make_article: MakeArticle,
) -> None:
    articles = [make_article(published=f"2011-12-0{day}") for day in (1, 2, 3, 4)]
    page = keyset_page(
        Article.objects.in_reading_order(), f'["2011-12-04", {articles[3].pk}]', 2
    )
    back = keyset_page(Article.objects.in_reading_order(), "", 2, before=page.before)
    assert (page.items, back.items, back.after) == (
        [],
        articles[1:3],
        key_of(Article.objects.in_reading_order(), articles[2]),
    )


def test_a_page_with_too_little_in_front_is_the_first_and_full(
    make_article: MakeArticle,
) -> None:
    articles = [make_article(published=f"2011-12-0{day}") for day in (1, 2, 3)]
    rows = Article.objects.in_reading_order()
    page = keyset_page(rows, "", 2, before=key_of(rows, articles[1]))
    assert (page.items, page.is_first) == (articles[:2], True)


def test_a_parameter_is_changed_taken_away_and_always_starts_from_the_first_page() -> (
    None
):
    query = QueryDict("publisher=The+Post&after=%5B1%5D&before=%5B1%5D&topic=Oil")
    assert with_parameter(query) == "?publisher=The+Post&topic=Oil"
    assert with_parameter(query, topic="", after="x") == "?publisher=The+Post&after=x"
    assert with_parameter(query, topic="Нефть & газ") == (
        "?publisher=The+Post&topic=%D0%9D%D0%B5%D1%84%D1%82%D1%8C+%26+%D0%B3%D0%B0%D0%B7"
    )


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_a_key_is_compared_as_one_row_value(
    make_article: MakeArticle, order: str
) -> None:
    rows = ORDERS[order].all()
    key = key_of(rows, make_article())
    with CaptureQueriesContext(connection) as queries:
        keyset_page(rows, key, 5)
        keyset_page(rows, "", 5, before=key)
    compared = [
        re.search(r"\) ([<>]) \(", query["sql"])
        for query in queries.captured_queries[:2]
    ]
    assert {found[1] for found in compared if found} == {"<", ">"}


def test_a_page_is_read_from_another_queryset_in_its_own_order(
    make_article: MakeArticle,
) -> None:
    for title in ("B", "C", "A"):
        make_article(title)
    page = keyset_page(Article.objects.order_by("title", "pk").only("title"), "", 2)
    read = page.read_from(Article.objects.exclude(title="B"))
    assert [article.title for article in read.items] == ["A"]
    assert read.after == page.after != ""
    read = page.read_from(Article.objects.order_by("-pk"))
    assert [article.title for article in read.items] == ["A", "B"]
