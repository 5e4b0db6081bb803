"""Names that are offered: other spellings of somebody known, and names that nobody is known by
yet.

Folding only proposes: what is offered becomes a spelling when a curator says so. Where to look
is known by `NameWord`, which holds the words of all names in all texts under keys of
`core.names.matching_keys`: the cost follows the texts in which something alike stands, not the
archive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotations.core.anchoring.selectors import Selector, select
from annotations.core.names.detector import DetectedName
from annotations.core.names.matching_keys import are_alike, readings, surnames_in, words_of
from annotations.core.names.unlinked import UnlinkedName, unlinked_names
from annotations.linking.candidates import known_names
from annotations.linking.linker import articles_with
from annotations.models import MENTIONS, Annotation, Entity, NameWord, State
from archive.models import Article, TextVersion

Span = tuple[int, int]
_MOST_WORDS = 100
_MOST_TEXTS = 150
_LINES = 3
_LONGEST = 200


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

    def add(self, found: UnlinkedName, version: TextVersion) -> None:
        article = version.article
        self.count += found.count
        self.articles += 1
        outlet = article.publisher.name if article.publisher else ""
        if outlet and outlet not in self.outlets:
            self.outlets.append(outlet)
        if len(self.lines) < _LINES:
            place = found.places[0]
            self.lines.append(
                ContextLine(article, select(version.text, place.start, place.end))
            )


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
    names = {found.name for text in texts for found in unlinked_names(text, ())}
    words = {
        word
        for name in names
        for word in words_of(name)
        if not word.endswith(".") and len(word) <= _LONGEST
    }
    known = set(NameWord.objects.filter(word__in=words).values_list("word", flat=True))
    fresh = [
        NameWord(key=key[:_LONGEST], word=word)
        for word in sorted(words - known)
        for key in readings(word)
        if key
    ]
    NameWord.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)


def offered_spellings(entity: Entity) -> SpellingSuggestions:
    """Return the names in the archive that may be spellings of `entity`, and that nobody is
    linked to."""
    forms = list(entity.forms.values_list("text", flat=True))
    ruled_out = {*forms, *entity.refused.values_list("text", flat=True)}
    otherwise, likewise = _words_alike(forms)
    found = articles_with(otherwise)
    rest = articles_with(likewise) - found
    some = [*sorted(found, reverse=True), *sorted(rest, reverse=True)][:_MOST_TEXTS]
    offers: dict[str, SpellingSuggestion] = {}
    for version, known, own in _texts(some, entity):
        for name in unlinked_names(version.text, known):
            places = tuple(
                place for place in name.places if not any(_covers(span, place) for span in own)
            )
            if (
                places
                and name.name not in ruled_out
                and any(are_alike(name.name, form) for form in forms)
            ):
                offers.setdefault(name.name, SpellingSuggestion(name.name)).add(
                    UnlinkedName(name.name, places), version
                )
    return SpellingSuggestions(
        sorted(offers.values(), key=lambda offer: (-offer.count, offer.name)),
        len(some),
        len(found) + len(rest),
    )


def unknown_in(article: Article) -> list[SpellingSuggestion]:
    """Return the names in an article's current text that nobody is known by, the most frequent
    first."""
    offers = []
    for version, known, _own in _texts([article.pk]):
        for name in unlinked_names(version.text, known):
            offer = SpellingSuggestion(name.name)
            offer.add(name, version)
            offers.append(offer)
    return offers


def known_alike(names: Iterable[str]) -> dict[str, list[Entity]]:
    """Return, for each of these names, whom it may be a spelling of."""
    index = known_names()
    found = {name: index.entities_alike(name) for name in names}
    entities = Entity.objects.standing().in_bulk(
        {key for keys in found.values() for key in keys}
    )
    return {
        name: [entities[key] for key in keys if key in entities] for name, keys in found.items()
    }


def _words_alike(forms: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words in the archive that may be the surname in these spellings: written
    otherwise, and likewise."""
    parted = [tuple(words) for form in forms if (words := words_of(form))]
    surnames = {word for words in parted for word in (*surnames_in(words), "".join(words))}
    keys = {key for word in surnames for key in readings(word)}
    known = (
        NameWord.objects.filter(key__in=keys)
        .order_by("word")
        .values_list("word", flat=True)
        .distinct()
    )
    found = list(known[:_MOST_WORDS])
    return [word for word in found if word not in surnames], [
        word for word in found if word in surnames
    ]


def _texts(
    articles: list[int], entity: Entity | None = None
) -> Iterator[tuple[TextVersion, list[Span], list[Span]]]:
    """Yield current texts, each with the places that are spoken for, and with those where
    `entity` is known.

    Somebody's surname may be a part of a longer spelling of theirs that is not known yet.
    """
    current = Article.objects.filter(pk__in=articles).values("current_version")
    versions = TextVersion.objects.filter(pk__in=current).select_related("article__publisher")
    versions = versions.only(
        "text",
        "article__title",
        "article__slug",
        "article__language",
        "article__publisher__name",
    )
    known: dict[int, list[Span]] = {version.pk: [] for version in versions}
    own: dict[int, list[Span]] = {version.pk: [] for version in versions}
    marks = Annotation.objects.filter(version__in=known, kind__in=MENTIONS)
    for version, start, end, whose, state in marks.values_list(
        "version", "start", "end", "entity", "state"
    ):
        is_own, is_rejected = entity is not None and whose == entity.pk, state == State.REJECTED
        if is_own and not is_rejected:
            own[version].append((start, end))
        elif is_own or not is_rejected:
            known[version].append((start, end))
    for text in versions:
        yield text, known[text.pk], own[text.pk]


def _covers(span: Span, place: DetectedName) -> bool:
    return span[0] <= place.start and place.end <= span[1]
