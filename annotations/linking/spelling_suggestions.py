"""Names that are offered: other spellings of somebody known, and names that nobody is known by
yet.

Folding only proposes: what is offered becomes a spelling when a curator says so. Where to look
is known by `NameWord`, which holds the words of all names in all texts under keys of
`core.names.matching_keys`: the cost follows the texts in which something alike stands, not the
archive.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from annotations.core.anchoring.selectors import Selector, select
from annotations.core.names.detector import DetectedName
from annotations.core.names.matching_keys import (
    are_alike,
    readings,
    surnames_in,
    words_of,
)
from annotations.core.names.unlinked import unlinked_names
from annotations.linking.candidates import known_names
from annotations.linking.linker import articles_with
from annotations.models import MENTIONS, Annotation, Entity, NameWord, State
from archive.batches import BATCH_SIZE, batched
from archive.models import Article, TextVersion

Span = tuple[int, int]
_MOST_WORDS = 100
_MOST_TEXTS = 150
_LINES_SHOWN = 3
_LONGEST = 200
# Parameters of one query; SQLite takes 32,766.
_WORDS_PER_QUERY = 10_000


@dataclass(frozen=True)
class ContextLine:
    """One place of a name in the current text of an article."""

    article: Article
    place: Selector


@dataclass
class SpellingSuggestion:
    """A name as it is written, how often and in which outlets it was seen, with some of its
    places."""

    name: str
    count: int = 0
    articles: int = 0
    outlets: list[str] = field(default_factory=list)
    lines: list[ContextLine] = field(default_factory=list)

    def add(self, positions: Sequence[DetectedName], version: TextVersion) -> None:
        """Count the places of a name in one text."""
        article = version.article
        self.count += len(positions)
        self.articles += 1
        publisher = article.publisher.name if article.publisher else ""
        if publisher and publisher not in self.outlets:
            self.outlets.append(publisher)
        if len(self.lines) < _LINES_SHOWN:
            first = positions[0]
            selector = select(version.text, first.start, first.end)
            self.lines.append(ContextLine(article, selector))


@dataclass(frozen=True)
class SpellingSuggestions:
    """What is offered, the most frequent first; `read` of `found` texts in which something
    alike stands were read."""

    offers: list[SpellingSuggestion]
    read: int
    found: int


def index_names(texts: Iterable[str]) -> None:
    """Remember the words of the names in these texts, so that they are found by their other
    spellings."""
    index_words(map(words_of_names, texts))


def words_of_names(text: str) -> list[str]:
    """Return the words of the names in a text, each once, without those that are cut or too
    long."""
    words: set[str] = set()
    for unlinked in unlinked_names(text, ()):
        words.update(words_of(unlinked.name))
    return sorted(
        word for word in words if len(word) <= _LONGEST and not word.endswith(".")
    )


def index_words(words_by_text: Iterable[list[str]]) -> None:
    """Remember what `words_of_names` says of some texts."""
    words = list(dict.fromkeys(chain.from_iterable(words_by_text)))
    known: set[str] = set()
    for batch in batched(words, _WORDS_PER_QUERY):
        rows_of_words = NameWord.objects.filter(word__in=batch)
        known.update(rows_of_words.values_list("word", flat=True))
    rows = []
    for word in words:
        if word in known:
            continue
        for key in readings(word):
            if key:
                rows.append(NameWord(key=key[:_LONGEST], word=word))
    NameWord.objects.bulk_create(rows, batch_size=BATCH_SIZE, ignore_conflicts=True)


def offered_spellings(entity: Entity) -> SpellingSuggestions:
    """Return the names in the archive that may be spellings of `entity`, and that nobody is
    linked to."""
    spellings = list(entity.spellings.values_list("text", flat=True))
    ruled_out = {*spellings, *entity.refused.values_list("text", flat=True)}
    other_words, same_words = _words_like_surnames(spellings)
    # First where a surname is written otherwise, then where it is written as is known.
    likely = articles_with(other_words)
    less_likely = articles_with(same_words) - likely
    article_ids = [*sorted(likely, reverse=True), *sorted(less_likely, reverse=True)]
    article_ids_read = article_ids[:_MOST_TEXTS]
    suggestions: dict[str, SpellingSuggestion] = {}
    for marked in _marked_texts(article_ids_read, entity):
        for unlinked in unlinked_names(marked.version.text, marked.known):
            name = unlinked.name
            if name in ruled_out or not any(
                are_alike(name, text) for text in spellings
            ):
                continue
            positions = marked.without_own(unlinked.places)
            if positions:
                suggestion = suggestions.setdefault(name, SpellingSuggestion(name))
                suggestion.add(positions, marked.version)
    by_frequency = sorted(suggestions.values(), key=lambda one: (-one.count, one.name))
    return SpellingSuggestions(by_frequency, len(article_ids_read), len(article_ids))


def unknown_in(article: Article) -> list[SpellingSuggestion]:
    """Return the names in an article's current text that nobody is known by, the most frequent
    first."""
    suggestions = []
    for marked in _marked_texts([article.pk]):
        for unlinked in unlinked_names(marked.version.text, marked.known):
            suggestion = SpellingSuggestion(unlinked.name)
            suggestion.add(unlinked.places, marked.version)
            suggestions.append(suggestion)
    return suggestions


def known_alike(names: Iterable[str]) -> dict[str, list[Entity]]:
    """Return, for each of these names, whom it may be a spelling of."""
    index = known_names()
    keys_by_name = {name: index.entities_alike(name) for name in names}
    all_keys = set(chain.from_iterable(keys_by_name.values()))
    entities = Entity.objects.standing().in_bulk(all_keys)
    entities_by_name = {}
    for name, keys in keys_by_name.items():
        entities_by_name[name] = [entities[key] for key in keys if key in entities]
    return entities_by_name


def _words_like_surnames(spellings: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words in the archive that may be the surname in these spellings: those written
    otherwise, and those written the same."""
    surnames = set()
    for spelling in spellings:
        words = tuple(words_of(spelling))
        if words:
            surnames.update(surnames_in(words))
            surnames.add("".join(words))
    keys = set(chain.from_iterable(map(readings, surnames)))
    similar = NameWord.objects.filter(key__in=keys).order_by("word")
    words_alike = similar.values_list("word", flat=True).distinct()[:_MOST_WORDS]
    other_words = [word for word in words_alike if word not in surnames]
    same_words = [word for word in words_alike if word in surnames]
    return other_words, same_words


@dataclass
class _MarkedText:
    """A text with the spans that are spoken for, and those where an entity is known already."""

    version: TextVersion
    known: list[Span] = field(default_factory=list)
    own: list[Span] = field(default_factory=list)

    def without_own(self, positions: Iterable[DetectedName]) -> list[DetectedName]:
        """Leave out the positions that lie within a mention of the entity itself."""
        return [position for position in positions if not self._is_within_own(position)]

    def _is_within_own(self, position: DetectedName) -> bool:
        return any(
            start <= position.start and position.end <= end for start, end in self.own
        )


def _marked_texts(
    article_ids: list[int], entity: Entity | None = None
) -> Iterator[_MarkedText]:
    """Yield the current texts of articles.

    Mentions of `entity` count as its own, not as spoken for: a surname may be a part of a
    longer spelling that is not known yet.
    """
    current = Article.objects.filter(pk__in=article_ids).values("current_version")
    versions = TextVersion.objects.filter(pk__in=current).select_related(
        "article__publisher"
    )
    versions = versions.only(
        "text",
        "article__title",
        "article__slug",
        "article__language",
        "article__publisher__name",
    )
    texts = {version.pk: _MarkedText(version) for version in versions}
    mentions = Annotation.objects.filter(version__in=texts, kind__in=MENTIONS)
    columns = ("version", "start", "end", "entity", "state")
    for version, start, end, entity_id, state in mentions.values_list(*columns):
        is_own = entity is not None and entity_id == entity.pk
        is_rejected = state == State.REJECTED
        if is_own and not is_rejected:
            texts[version].own.append((start, end))
        elif is_own or not is_rejected:
            texts[version].known.append((start, end))
    yield from texts.values()
