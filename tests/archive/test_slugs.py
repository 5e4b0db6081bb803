import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Article
from archive.slugs import MAX_LENGTH, RESERVED, free_slug, free_slugs, slug_of
from tests.support.making import MakeArticle


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Two Days in Janaozen", "two-days-in-janaozen"),
        ("Два дня в Жанаозене", "dva-dnya-v-zhanaozene"),
        ("Қалмұханбет Қасымов", "qalmukhanbet-qasymov"),
        ("“No one,” he said: 16!", "no-one-he-said-16"),
        ("— ! —", "untitled"),
        ("", "untitled"),
    ],
)
def test_words_of_any_script_make_a_readable_slug(words: str, slug: str) -> None:
    assert slug_of(words) == slug


@given(st.text(max_size=300))
def test_a_slug_is_short_and_made_of_latin_letters_digits_and_hyphens(
    words: str,
) -> None:
    slug = slug_of(words)

    assert 0 < len(slug) <= MAX_LENGTH
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_the_second_article_of_a_title_gets_a_number(make_article: MakeArticle) -> None:
    slugs = [make_article(title="In Aktau").slug for _ in range(3)]

    assert slugs == ["in-aktau", "in-aktau-2", "in-aktau-3"]


def test_a_number_that_a_title_took_itself_is_passed_over(
    make_article: MakeArticle,
) -> None:
    make_article(title="In Aktau 2")
    make_article(title="In Aktau")

    assert free_slug(Article, "In Aktau") == "in-aktau-3"


@pytest.mark.django_db
def test_a_word_that_addresses_need_themselves_is_never_a_slug() -> None:
    assert {free_slug(Article, word) for word in RESERVED} == {
        f"{word}-2" for word in RESERVED
    }


TITLES = ["X", "X 2", "Y", "x", "New", "x", "X 2", "new", "Y 2", "X 2 2", "Y", "Import"]


def test_many_titles_get_the_slugs_that_one_after_the_other_gets(
    make_article: MakeArticle,
) -> None:
    for title in ("Y", "X 3"):
        make_article(title=title)
    together = free_slugs(Article, TITLES)

    one_by_one = [make_article(title=title).slug for title in TITLES]

    assert together == one_by_one
    assert len(set(together)) == len(TITLES)
