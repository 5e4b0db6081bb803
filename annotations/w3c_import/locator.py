"""Which text of the archive an annotation from elsewhere is of, and where its words stand in
it.

Its text is known by our own address of the text, by the text's SHA-256, or by the original
address of the article. Its words are taken where its position says, if they stand there, and
otherwise where they stand exactly once in the context that it quotes; never anywhere else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from annotations.core.anchoring.selectors import Quotable, Selector, carry, select
from annotations.core.w3c import W3CPassage
from archive.batches import batched
from archive.ingest.source_urls import address_key
from archive.models import Article, TextVersion

_OF_A_VERSION = re.compile(r"/articles/([-\w]+)/versions/(\d{1,9})/(?:text/)?$")
_OF_AN_ARTICLE = re.compile(r"/articles/([-\w]+)/(?:text/)?$")
_SHOWN = 60


class NotFound(Exception):
    """The passage does not stand in the archive; the message is a sentence that says what is
    missing."""


@dataclass(frozen=True)
class LocatedPassage:
    """Where a passage stands. `is_exact` says that it stood there in just this text."""

    version: TextVersion
    selector: Selector
    is_exact: bool


@dataclass(frozen=True)
class _TextIdentity:
    """The article that a passage is of, by key, and the version that it names, if that is here
    with the same text."""

    article: int
    version: int | None


class Locator:
    """Finds the texts of many passages; with an `article` they are all of that one, whatever
    they name."""

    def __init__(self, article: Article | None = None) -> None:
        self._article = article
        self._index: dict[tuple[str, ...], _TextIdentity | None] = {}
        self._texts: dict[int, _LocatedText] = {}
        self._current: dict[int, int] = {}

    def learn(self, passages: Iterable[W3CPassage]) -> set[int]:
        """Look up the texts of these passages, and return the keys of their articles."""
        rest: dict[tuple[str, ...], W3CPassage] = {}
        for passage in passages:
            key = _key(passage)
            if key in self._index or key in rest:
                continue
            entry = self._given(passage) or _by_address(passage)
            if entry:
                self._index[key] = entry
            else:
                rest[key] = passage
        digests = {passage.text_sha256 for passage in rest.values()}
        by_sha256 = _by_sha256(digests - {""})
        for key, passage in rest.items():
            self._index[key] = by_sha256.get(passage.text_sha256) or _by_origin(passage)
        return {entry.article for entry in self._index.values() if entry}

    def find(self, passage: W3CPassage) -> LocatedPassage:
        """Return where a passage that was learnt stands. Raises NotFound.

        What is true of an earlier version goes along to the current one as
        `core.anchoring.carry` has it, or stays there.
        """
        entry = self._index[_key(passage)]
        if entry is None:
            address = passage.text_address or _("none is named")
            raise NotFound(
                _("No article here has this text or this address: %(address)s.")
                % {"address": address}
            )
        current = self._text(self._current_version(entry.article))
        if entry.version is None or entry.version == current.version.pk:
            return current.find(passage, is_same=entry.version is not None)
        then = self._text(entry.version).find(passage, is_same=True)
        moved = carry(then.selector, current.version.text)
        if moved is None:
            return then
        return LocatedPassage(current.version, moved, is_exact=False)

    def _given(self, passage: W3CPassage) -> _TextIdentity | None:
        """Return the article that was named, and its version with this text, if it has one."""
        if self._article is None:
            return None
        same_text = None
        if passage.text_sha256:
            versions = self._article.versions.filter(sha256=passage.text_sha256)
            same_text = (
                versions.order_by("-number").values_list("pk", flat=True).first()
            )
        return _TextIdentity(self._article.pk, same_text)

    def _current_version(self, article: int) -> int:
        if article not in self._current:
            versions = Article.objects.values_list("current_version", flat=True)
            self._current[article] = versions.get(pk=article) or 0
        return self._current[article]

    def _text(self, version: int) -> "_LocatedText":
        if version not in self._texts:
            versions = TextVersion.objects.select_related("article").defer("html")
            self._texts[version] = _LocatedText(versions.get(pk=version))
        return self._texts[version]


class _LocatedText:
    """The text of one version, in which passages are looked for."""

    def __init__(self, version: TextVersion) -> None:
        self.version = version

    @cached_property
    def _quotable(self) -> Quotable:
        return Quotable(self.version.text)

    def find(self, passage: W3CPassage, *, is_same: bool) -> LocatedPassage:
        """Return where the passage stands; a position counts if the text `is_same`, or with
        words around it."""
        if (is_same or passage.before or passage.after) and self._stands_there(passage):
            start, end = passage.start or 0, passage.end or 0
            selector = select(self.version.text, start, end)
            return LocatedPassage(self.version, selector, is_exact=True)
        places = self._quotable.find(passage.words, passage.before, passage.after)
        if len(places) == 1:
            return LocatedPassage(self.version, places[0], is_exact=False)
        raise NotFound(self._why_not(passage, len(places)))

    def _stands_there(self, passage: W3CPassage) -> bool:
        text, start, end = self.version.text, passage.start, passage.end
        if start is None or end is None:
            return False
        return (
            text[start:end] == passage.words
            and text[max(0, start - len(passage.before)) : start] == passage.before
            and text.startswith(passage.after, end)
        )

    def _why_not(self, passage: W3CPassage, places: int) -> str:
        if places:
            message = _(
                "“%(words)s” stands %(places)d times in “%(title)s”, in the same context."
            )
        elif self._quotable.find(passage.words):
            message = _(
                "“%(words)s” stands in “%(title)s”, but not in the context that it quotes."
            )
        else:
            message = _("“%(words)s” does not stand in “%(title)s”.")
        words = passage.words
        if len(words) > _SHOWN:
            words = f"{words[:_SHOWN]}…"
        return message % {
            "words": words,
            "places": places,
            "title": self.version.article,
        }


def _key(passage: W3CPassage) -> tuple[str, ...]:
    return passage.text_address, passage.text_sha256, passage.original_address


def _by_address(passage: W3CPassage) -> _TextIdentity | None:
    """The version at our own address of its text; one with another SHA-256 than it gives is
    another text."""
    named = _OF_A_VERSION.search(_path(passage.text_address))
    if named is None:
        return None
    slug, number = named.groups()
    version = (
        TextVersion.objects.filter(article__slug=slug, number=number)
        .values("pk", "article", "sha256")
        .first()
    )
    if version is None or passage.text_sha256 not in ("", version["sha256"]):
        return None
    return _TextIdentity(version["article"], version["pk"])


def _by_sha256(digests: set[str]) -> dict[str, _TextIdentity]:
    """Return the newest versions with these SHA-256. Reads through all versions, which have no
    index of it."""
    index = {}
    for batch in batched(sorted(digests)):
        versions = TextVersion.objects.filter(sha256__in=batch).order_by("pk")
        for pk, article, sha256 in versions.values_list("pk", "article", "sha256"):
            index[sha256] = _TextIdentity(article, pk)
    return index


def _by_origin(passage: W3CPassage) -> _TextIdentity | None:
    """Return the article of which a passage names the original address or, at last, the address
    of our page."""
    for address in (passage.text_address, passage.original_address):
        key = _origin_key(address)
        if key:
            article = _article_key(address_key=key)
            if article:
                return _TextIdentity(article, None)
    path = _path(passage.text_address)
    own_page = _OF_A_VERSION.search(path) or _OF_AN_ARTICLE.search(path)
    article = _article_key(slug=own_page[1]) if own_page else None
    return _TextIdentity(article, None) if article else None


def _article_key(**lookup: str) -> int | None:
    return Article.objects.filter(**lookup).values_list("pk", flat=True).first()


def _origin_key(address: str) -> str:
    """Return by which key an article of this original address is found; empty where it is no
    web address."""
    if not address:
        return ""
    try:
        return address_key(address)
    except ValueError:
        return ""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
