"""What stands around a passage: it follows from the text, and is kept nowhere."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.core.anchoring.selectors import CONTEXT, select
from annotations.models import Annotation, Kind
from archive.models import Article, TextVersion
from tests.support.making import make_article

# Characters of one, two, three and four bytes in UTF-8, and a mark on the one before.
LETTERS = "ab \nяқ漢😀\u0301"


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


def mark_on(article: Article, text: str, start: int, end: int) -> None:
    """Tag a passage of a text that is made the only one of the article."""
    TextVersion.objects.filter(pk=article.version.pk).update(text=text)
    Annotation.objects.all().delete()
    mark = Annotation(kind=Kind.FIGURE)
    mark.put_on(TextVersion.objects.get(), select(text, start, end))
    mark.save()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.text(LETTERS, max_size=2 * CONTEXT),
    words=st.text(LETTERS, min_size=1, max_size=CONTEXT),
    after=st.text(LETTERS, max_size=2 * CONTEXT),
)
def test_a_database_cuts_out_the_same_context_as_we_do(
    article: Article, before: str, words: str, after: str
) -> None:
    text = before + words + after
    start, end = len(before), len(before + words)
    mark_on(article, text, start, end)

    expected = select(text, start, end)
    assert Annotation.objects.get().selector == expected
    assert Annotation.objects.with_context().get().selector == expected


def test_no_whole_text_is_read_for_a_list(article: Article) -> None:
    text = "words " * 100
    mark_on(article, text, 300, 305)

    [mark] = Annotation.objects.with_sources()

    assert mark.selector == select(text, 300, 305)
    assert mark.version.get_deferred_fields() == {"html", "text"}


def test_it_goes_along_when_a_passage_is_moved(article: Article) -> None:
    mark_on(article, "One two three four.", 0, 3)
    mark = Annotation.objects.with_context().get()

    moved = select("One two three four.", 4, 7)
    mark.put_on(mark.version, moved)

    assert mark.selector == moved
