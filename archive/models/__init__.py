"""What the archive keeps: articles, the bytes they came in as, the readable texts made from
them, and events.

    Article ─┬─ Capture      the bytes, never changed, named by their SHA-256
             ├─ TextVersion  html and text, numbered, never changed
             └─ Event        what was done, when, by whom (PREMIS)

A version is current or it is history: `Article.current_version` says which. Nothing here is
ever deleted by the archive itself.
"""

from archive.models.articles import (
    Article,
    ArticleQuerySet,
    Author,
    Byline,
    Publisher,
    Topic,
    add_versions,
    lock_articles,
)
from archive.models.generations import (
    Generation,
    edition_of_article,
    edition_of_lists,
    raise_articles,
    raise_everything,
)
from archive.models.provenance import (
    Capture,
    CaptureQuerySet,
    Event,
    TextVersion,
    TextVersionQuerySet,
    WriteOnce,
    sha256_of,
)
from archive.models.users import TestimoniaUserManager, User, Viewer

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Author",
    "Byline",
    "Capture",
    "CaptureQuerySet",
    "Event",
    "Generation",
    "Publisher",
    "TestimoniaUserManager",
    "TextVersion",
    "TextVersionQuerySet",
    "Topic",
    "User",
    "Viewer",
    "WriteOnce",
    "add_versions",
    "edition_of_article",
    "edition_of_lists",
    "lock_articles",
    "raise_articles",
    "raise_everything",
    "sha256_of",
]
