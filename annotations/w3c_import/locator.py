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
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from annotations.core.anchoring.selectors import Quotable, Selector, carry, select
from annotations.core.w3c import W3CPassage
from annotations.w3c_import.documents import TextSource
from archive.batches import batched
from archive.ingest.source_urls import address_key
from archive.models import Article, TextVersion

_OF_A_VERSION = re.compile(r"/articles/([-\w]+)/versions/(\d{1,9})/(?:text/)?$")
_OF_AN_ARTICLE = re.compile(r"/articles/([-\w]+)/(?:text/)?$")
_SHOWN = 60


class NotFound(Exception):
    """The passage does not stand in the archive; the message is a sentence that says what is
    missing."""


class LocatedPassage(NamedTuple):
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
        self._index: dict[TextSource, _TextIdentity | None] = {}
        self._texts: dict[int, _LocatedText] = {}
        self._current: dict[int, int] = {}

    def learn(self, sources: Iterable[TextSource]) -> set[int]:
        """Look up these texts, and return the keys of their articles. Costs a few queries for
        each batch of them."""
        wanted = list(dict.fromkeys(sources))
        if self._article is None:
            self._index = _identities(wanted)
        else:
            self._index = _identities_in(self._article, wanted)
        article_ids = {entry.article for entry in self._index.values() if entry}
        for batch in batched(sorted(article_ids)):
            articles = Article.objects.filter(pk__in=batch)
            for article, version in articles.values_list("pk", "current_version"):
                self._current[article] = version or 0
        return article_ids

    def load(self, sources: Iterable[TextSource]) -> set[int]:
        """Load these texts, which were learnt, and let go of all others. Return the keys of the
        versions."""
        wanted = set()
        for source in set(sources):
            entry = self._index[source]
            if entry is not None:
                wanted.add(self._current[entry.article])
                wanted.add(entry.version or 0)
        wanted.discard(0)
        texts = {key: self._texts[key] for key in wanted & self._texts.keys()}
        for batch in batched(sorted(wanted - texts.keys())):
            versions = TextVersion.objects.filter(pk__in=batch)
            for version in versions.select_related("article").defer("html"):
                texts[version.pk] = _LocatedText(version)
        self._texts = texts
        return wanted

    def find(self, source: TextSource, passage: W3CPassage) -> LocatedPassage:
        """Return where a passage of a text that was loaded stands. Raises NotFound.

        What is true of an earlier version goes along to the current one as
        `core.anchoring.carry` has it, or stays there.
        """
        entry = self._index[source]
        if entry is None:
            address = passage.text_address or _("none is named")
            raise NotFound(
                _("No article here has this text or this address: %(address)s.")
                % {"address": address}
            )
        current = self._texts[self._current[entry.article]]
        if entry.version is None or entry.version == current.version.pk:
            return current.find(passage, is_same=entry.version is not None)
        then = self._texts[entry.version].find(passage, is_same=True)
        moved = carry(then.selector, current.version.text)
        if moved is None:
            return then
        return LocatedPassage(current.version, moved, is_exact=False)


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


def _identities_in(
    article: Article, sources: list[TextSource]
) -> dict[TextSource, _TextIdentity | None]:
    """Return of each text that it is of this article, and its version with this text, if it has
    one."""
    versions = article.versions.order_by("number").values_list("sha256", "pk")
    by_sha256 = dict(versions)
    identities: dict[TextSource, _TextIdentity | None] = {}
    for source in sources:
        same_text = by_sha256.get(source.sha256)
        identities[source] = _TextIdentity(article.pk, same_text)
    return identities


def _identities(
    sources: list[TextSource],
) -> dict[TextSource, _TextIdentity | None]:
    """Return which texts these are, None of those that are not here."""
    identities: dict[TextSource, _TextIdentity | None] = {}
    identities.update(_by_address(sources))
    rest = [source for source in sources if source not in identities]
    by_sha256 = _by_sha256({source.sha256 for source in rest} - {""})
    by_origin = _by_origin(rest)
    for source in rest:
        identities[source] = by_sha256.get(source.sha256) or by_origin.get(source)
    return identities


def _by_address(sources: list[TextSource]) -> dict[TextSource, _TextIdentity]:
    """Return the versions at our own addresses of their texts; one with another SHA-256 than
    is given is another text."""
    named = {}
    for source in sources:
        match = _OF_A_VERSION.search(_path(source.address))
        if match:
            named[source] = (match[1], int(match[2]))
    versions = {}
    slugs = {slug for slug, _number in named.values()}
    for batch in batched(sorted(slugs)):
        of_articles = TextVersion.objects.filter(article__slug__in=batch)
        columns = ("article__slug", "number", "pk", "article", "sha256")
        for slug, number, *values in of_articles.values_list(*columns):
            versions[slug, number] = values
    identities = {}
    for source, address in named.items():
        pk, article, sha256 = versions.get(address, (None, None, None))
        if pk is not None and source.sha256 in ("", sha256):
            identities[source] = _TextIdentity(article, pk)
    return identities


def _by_sha256(digests: set[str]) -> dict[str, _TextIdentity]:
    """Return the newest versions with these SHA-256. Reads through all versions, which have no
    index of it."""
    index = {}
    for batch in batched(sorted(digests)):
        versions = TextVersion.objects.filter(sha256__in=batch).order_by("pk")
        for pk, article, sha256 in versions.values_list("pk", "article", "sha256"):
            index[sha256] = _TextIdentity(article, pk)
    return index


def _by_origin(sources: list[TextSource]) -> dict[TextSource, _TextIdentity]:
    """Return the articles of which the original address is named or, at last, the address of
    our page."""
    address_keys, slugs = {}, {}
    for source in sources:
        addresses = (source.address, source.original_address)
        address_keys[source] = [_origin_key(address) for address in addresses]
        path = _path(source.address)
        own_page = _OF_A_VERSION.search(path) or _OF_AN_ARTICLE.search(path)
        slugs[source] = own_page[1] if own_page else ""
    all_keys = {key for keys in address_keys.values() for key in keys}
    by_address_key = _articles_by("address_key", all_keys)
    by_slug = _articles_by("slug", set(slugs.values()))
    identities = {}
    for source in sources:
        found = [by_address_key.get(key) for key in address_keys[source]]
        found.append(by_slug.get(slugs[source]))
        for article in found:
            if article is not None:
                identities[source] = _TextIdentity(article, None)
                break
    return identities


def _articles_by(column: str, values: set[str]) -> dict[str, int]:
    """Return the keys of articles by a column, of those that have one of these values."""
    articles: dict[str, int] = {}
    for batch in batched(sorted(values - {""})):
        found = Article.objects.filter(**{f"{column}__in": batch})
        articles.update(found.values_list(column, "pk"))
    return articles


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
