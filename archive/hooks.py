"""Who is told of what happens here: functions that settings name, so that the archive knows of
none of them."""

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from archive.models import Article, TextVersion


def receive_version(version: "TextVersion", previous: "TextVersion | None") -> list[str]:
    """Hand a new version to whoever keeps marks on texts; return their sentences on what they
    did."""
    told: list[str] = _tell(settings.ARCHIVE_ON_NEW_VERSION, version, previous) or []
    return told


def receive_correction(article: "Article") -> None:
    """Hand an article on of which something else is known than before, such as another date."""
    _tell(settings.ARCHIVE_ON_CORRECTION, article)


def _tell(path: str, *what: Any) -> Any:
    return _named(path)(*what) if path else None


@cache
def _named(path: str) -> Any:
    return import_string(path)
