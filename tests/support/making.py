"""Articles for tests, made as an intake makes them but for the file."""

from typing import Any, Protocol

from archive import search
from archive.compression import compress
from archive.models import Article, Capture, Publisher, sha256_of
from archive.text.canonical import canonicalise


class MakeArticle(Protocol):
    def __call__(self, title: str = ..., html: str = ..., **fields: Any) -> Article: ...


def make_article(
    title: str = "A day in Aktau", html: str = "<p>Nothing happened.</p>", **fields: Any
) -> Article:
    """Put an article with one text version into the archive and its index; marks are not made.

    `publisher`, `authors` and `topics` are given by name.
    """
    authors, topics = fields.pop("authors", []), fields.pop("topics", [])
    if name := fields.pop("publisher", ""):
        fields["publisher"], _created = Publisher.objects.get_or_create(name=name)
    article = Article.objects.create(title=title, **{"language": "en"} | fields)
    article.set_authors(authors)
    article.set_topics(topics)
    article.add_version(canonicalise(html))
    search.index([article.pk])
    return article


def capture_of(
    article: Article, content: bytes = b"bytes", filename: str = "day.txt"
) -> Capture:
    """Keep `content` as bytes that the article came in as."""
    return Capture.objects.create(
        article=article,
        sha256=sha256_of(content),
        compressed=compress(content),
        size=len(content),
        filename=filename,
        media_type="text/plain",
        encoding="UTF-8",
    )
