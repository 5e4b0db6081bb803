"""Both engines after the one function: `make test` runs these on SQLite and on PostgreSQL."""

import unicodedata

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from annotations.core.names.matcher import KnownSpelling, Matcher
from archive import search
from archive.models import Article, ArticleQuerySet, User, Viewer
from archive.search import SearchHit, terms_of
from archive.text.canonical import CanonicalText, canonicalise
from tests.support import strategies
from tests.support.making import MakeArticle

pytestmark = pytest.mark.django_db


def found(query: str, articles: ArticleQuerySet | None = None) -> list[str]:
    """The titles of what is found, best first."""
    return [hit.article.title for hit in hits(query, articles)]


def hits(query: str, articles: ArticleQuerySet | None = None) -> list[SearchHit]:
    return search.search(Article.objects.all() if articles is None else articles, query)


@pytest.fixture
def port(make_article: MakeArticle) -> Article:
    return make_article(
        title="Dockers of Port Vostok",
        html="<p>The dockers’ café closed. About 120 walked out — Aktau/Zhanaozen trains stood still.</p>",
    )


@pytest.fixture
def town(make_article: MakeArticle) -> Article:
    return make_article(
        title="Мұнайшылар қаласы",
        html="<p>Касымов выехал в город. Слова Касымова услышали. Қалмұханбет Қасымов жауап берді.</p>",
        language="kk",
    )


# What is found


def test_words_are_found_in_titles_and_texts_in_any_order_and_case(
    port: Article, town: Article
) -> None:
    assert found("WALKED vostok") == [port.title]


def test_all_words_must_be_there(port: Article) -> None:
    assert found("dockers submarine") == []


def test_the_beginning_of_a_word_finds_the_word(port: Article) -> None:
    assert found("dock walk") == [port.title]


def test_one_or_two_letters_are_no_beginning(port: Article) -> None:
    assert found("do") == []
    assert found("120") == [port.title]


def test_words_in_quotation_marks_stand_side_by_side(port: Article) -> None:
    assert found('"walked out"') == [port.title]
    assert found("«walked out»") == found("“walked out”") == [port.title]
    assert found('"out walked"') == []
    assert found('"dock"') == []


def test_cyrillic_and_kazakh_words_are_found_in_their_cases(town: Article) -> None:
    assert (
        found("касым")
        == found("Касымова")
        == found("ҚАСЫМОВ")
        == found("мұнай")
        == [town.title]
    )


def test_accents_make_no_difference(port: Article) -> None:
    assert found("cafe") == found("CAFÉ") == found("cafe\u0301") == [port.title]


def test_letters_typed_in_two_parts_are_the_same_letters(
    make_article: MakeArticle,
) -> None:
    make_article(title="Майский выпуск", html="<p>Ёлка и йод.</p>")

    assert found(unicodedata.normalize("NFD", "майский ёлка йод")) == ["Майский выпуск"]


def test_stress_marks_do_not_split_a_word(make_article: MakeArticle) -> None:
    make_article(title="Указатель", html="<p>Касы\u0301мов, министр.</p>")

    assert found("Касымов") == found("Касы\u0301мов") == ["Указатель"]


def test_words_with_a_stroke_between_them_are_two_words(port: Article) -> None:
    assert (
        found("zhanaozen")
        == found("Aktau/Zhanaozen")
        == found("dockers’")
        == [port.title]
    )


def test_a_word_in_the_title_counts_for_more(make_article: MakeArticle) -> None:
    make_article(title="Weather", html="<p>The harbour, and rain over Aktau.</p>")
    make_article(
        title="The harbour", html="<p>And rain over Aktau, and rain again.</p>"
    )

    assert found("harbour") == ["The harbour", "Weather"]


def test_a_new_text_is_found_and_the_old_one_no_more(port: Article) -> None:
    port.add_version(canonicalise("<p>Cranes moved.</p>"))
    search.index([port.pk])

    assert found("cranes") == [port.title]
    assert found("walked") == []


def test_results_come_in_pages(make_article: MakeArticle) -> None:
    for number in range(5):
        make_article(title=f"Rain {number}")
    everything = Article.objects.all()

    pages = [
        search.search(everything, "rain", limit=2, offset=offset)
        for offset in (0, 2, 4)
    ]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({hit.article.pk for page in pages for hit in page}) == 5


def test_a_search_takes_a_fixed_number_of_queries_however_much_it_finds(
    make_article: MakeArticle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        make_article(title=f"Rain {number}", publisher="The Harbour Post")

    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
        assert len({str(hit.article.publisher) for hit in hits("rain")}) == 1


# Who finds it


def test_only_what_the_searcher_may_see_is_found(
    make_article: MakeArticle, reader: User, editor: User
) -> None:
    make_article(title="Rain seen")
    make_article(title="Rain hidden", is_public=False)

    def seen_by(user: Viewer) -> set[str]:
        return set(found("rain", Article.objects.visible_to(user)))

    assert seen_by(AnonymousUser()) == seen_by(reader) == {"Rain seen"}
    assert seen_by(editor) == {"Rain seen", "Rain hidden"}


def test_other_filters_of_a_list_narrow_a_search(make_article: MakeArticle) -> None:
    make_article(
        title="Rain one", publisher="The Harbour Post", topics=["Weather", "Ports"]
    )
    make_article(title="Rain two", publisher="The Other Post")
    narrowed = Article.objects.filter(
        publisher__name__contains="Harbour", topics__name__in=["Weather", "Ports"]
    )

    assert found("rain", narrowed.distinct()) == ["Rain one"]


# What a user may type


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        '"',
        '""',
        "*",
        "-",
        "()",
        "_",
        "…",
        "👍",
        "\x00",
        "'",
        "\\",
        "%",
        "«»",
        "\ud800",
    ],
)
def test_a_query_without_a_word_finds_nothing(port: Article, query: str) -> None:
    assert terms_of(query) == []
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        'dockers"',
        '"dockers',
        "dockers*",
        "-dockers",
        "+dockers",
        "(dockers)",
        "dockers)",
        "{dockers}",
        "dockers:*",
        "!dockers",
        "dockers & walked",
        "dockers | walked",
        "dockers <-> ''",
        "'dockers'",
        "dockers'; --",
        "dockers\\",
        "^dockers",
        "dockers\x00",
        "%dockers%",
        "dockers %s %(a)s",
    ],
)
def test_signs_of_query_languages_are_harmless(port: Article, query: str) -> None:
    assert set(found(query)) <= {port.title}
    if "%s" not in query:
        assert found(query) == [port.title]


@pytest.mark.parametrize(
    "query",
    ["dockers AND NOT walked", "title:dockers", "NEAR(dockers walked)", "dockers OR x"],
)
def test_words_of_query_languages_are_words(port: Article, query: str) -> None:
    assert found(query) == []


@given(st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_whatever_is_typed_is_answered(query: str) -> None:
    assert isinstance(found(query), list)


@pytest.mark.parametrize(
    "query",
    ["x" * 5000, "ы" * 3000 + " rain", "rain " * 3000, '"' + "rain " * 3000 + '"'],
)
def test_a_query_of_any_length_is_answered(port: Article, query: str) -> None:
    assert found(query) == []


# What is shown


def test_found_words_are_marked_in_title_and_snippet(port: Article) -> None:
    (hit,) = hits("dockers walked")

    assert hit.title_html == "<mark>Dockers</mark> of Port Vostok"
    assert "<mark>walked</mark>" in hit.snippet_html


def test_a_title_is_shown_whole(make_article: MakeArticle) -> None:
    make_article(title="A day in Aktau/Zhanaozen & on it")

    assert (
        hits("zhanaozen")[0].title_html
        == "A day in Aktau/<mark>Zhanaozen</mark> &amp; on it"
    )


def test_html_in_a_title_and_a_text_is_shown_as_words(
    make_article: MakeArticle,
) -> None:
    make_article(
        title="<script>alert('title')</script> & rain",
        html="<p>Rain &lt;script&gt;alert(1)&lt;/script&gt; &amp; wind</p>",
    )

    (hit,) = hits("rain")

    for shown in (hit.title_html, hit.snippet_html):
        assert "<script" not in shown
        assert "<mark>" in shown
        assert "&amp;" in shown
        assert "&lt;script&gt;" in shown


def test_a_snippet_of_a_long_text_is_short(make_article: MakeArticle) -> None:
    make_article(
        html="<p>"
        + "Before it. " * 2000
        + "Then the crane fell. "
        + "After it. " * 2000
        + "</p>"
    )

    (hit,) = hits("crane")

    assert "<mark>crane</mark> fell" in hit.snippet_html
    assert len(hit.snippet_html) < 600


# Long texts


@pytest.fixture
def book(make_article: MakeArticle) -> Article:
    """More than 300,000 characters, of 60,000 different words."""
    numbered = " ".join(f"w{number:x}" for number in range(60_000))
    return make_article(
        title="A book",
        html=f"<p>First words here. {numbered} The last words, Zhanaozen.</p>",
    )


def test_a_very_long_text_is_found_by_its_first_and_last_words(book: Article) -> None:
    assert len(book.version.text) > 300_000
    assert found("first zhanaozen") == found("wea5f") == [book.title]


def test_every_word_of_a_very_long_text_is_found(book: Article) -> None:
    sought = [f"w{number:x}" for number in range(0, 60_000, 997)]

    assert all(search.articles_with_words(word) == {book.pk} for word in sought)
    assert search.articles_with_words(" ".join(sought)) == {book.pk}


# Where names can stand


def test_articles_with_words_hold_each_of_them_in_any_order(
    port: Article, town: Article
) -> None:
    assert (
        search.articles_with_words("Vostok Port")
        == search.articles_with_words("walked-dockers")
        == {port.pk}
    )
    assert search.articles_with_words("Касымов") == {town.pk}
    assert search.articles_with_words("Каcымов with a Latin c") == set()
    assert search.articles_with_words("…") == search.articles_with_words("_") == set()


_separators = st.sampled_from(
    [" ", "-", "’", "'", ". ", "/", "_", "\u0301", "\u00ad", "\u2060", "\n"]
)
_names = st.lists(strategies.words, min_size=1, max_size=3).flatmap(
    lambda words: st.lists(_separators, min_size=len(words), max_size=len(words)).map(
        lambda signs: "".join(
            word + sign for word, sign in zip(words, signs, strict=True)
        ).strip()
    )
)


@given(_names, st.lists(st.one_of(strategies.prose, _names), max_size=3), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_every_article_in_which_the_matcher_finds_a_name_is_among_them(
    make_article: MakeArticle, name: str, around: list[str], data: st.DataObject
) -> None:
    text = unicodedata.normalize(
        "NFC", " ".join(data.draw(st.permutations([*around, name])))
    )
    article = make_article(title="x", html="<p>x</p>")
    article.add_version(CanonicalText("", text))
    search.index([article.pk])

    if Matcher([KnownSpelling(1, name, full=True)]).hits(text):
        assert article.pk in search.articles_with_words(name)
