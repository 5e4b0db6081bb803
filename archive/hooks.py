"""Receivers of what happens in the archive: functions that the settings name by their dotted
paths, so that the archive imports none of them."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from archive.models import Article, TextVersion


def study(text: str) -> Any:
    """Let the function that the settings name look at a text that may become a version; return
    what it found, for `receive_versions`. Asks no database, so that any process may call it."""
    return _call(settings.ARCHIVE_STUDIES_TEXT, text)


def receive_versions(
    versions: "Sequence[TextVersion]", studies: Sequence[Any]
) -> list[list[str]]:
    """Pass new versions, of different articles, to the receiver that the settings name, with
    what `study` found in their texts; return its sentences on what it did with the annotations
    of each."""
    notes: list[list[str]] | None = _call(
        settings.ARCHIVE_ON_NEW_VERSIONS, versions, studies
    )
    return notes or [[] for _version in versions]


def receive_correction(article: "Article") -> None:
    """Pass on an article whose metadata was corrected, such as its date."""
    _call(settings.ARCHIVE_ON_CORRECTION, article)


def _call(path: str, *arguments: Any) -> Any:
    """Call the function at a dotted path, if a setting names one."""
    if not path:
        return None
    return _imported(path)(*arguments)


@cache
def _imported(path: str) -> Any:
    return import_string(path)
