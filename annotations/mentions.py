"""Linking: from known names to mentions in texts.

`link_version` makes the machine's mentions of one text exactly what the matcher finds there now, and leaves
alone whatever an editor has confirmed or rejected. It may run any number of times. `link_forms` does the same
for the articles in which some forms can stand, which the search index knows: the cost follows the hits, not the
size of the archive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from annotations.anchoring import select
from annotations.inflection import is_cyrillic, stem
from annotations.matching import Form, Matcher, Mention, Reason
from annotations.models import MACHINE, MENTIONS, Annotation, Entity, Kind, NameForm, State
from annotations.scripts import spelling_of
from archive import search
from archive.canonical import paragraph_of
from archive.models import Article, TextVersion

_TEXTS_AT_ONCE = 200
_SHORTEST = 2
"""Letters of a form that is never linked by itself."""


@dataclass
class Linked:
    """How many mentions were added and taken away, and in how many articles something changed."""

    added: int = 0
    removed: int = 0
    articles: set[int] = field(default_factory=set)

    def add(self, other: "Linked") -> None:
        self.added += other.added
        self.removed += other.removed
        self.articles |= other.articles

    def count(self, article: int, added: int, removed: int) -> None:
        self.added += added
        self.removed += removed
        if added or removed:
            self.articles.add(article)


def link_version(version: TextVersion) -> Linked:
    """Link the mentions in one text."""
    linked = Linked()
    _link([version], linked)
    return linked


def link_forms(texts: Iterable[str]) -> Linked:
    """Link again the articles in which any of these spellings can stand, inflected or not."""
    return link_articles(set().union(*map(_articles_with, texts)))


def link_articles(article_ids: Iterable[int]) -> Linked:
    """Link again the current texts of these articles."""
    linked = Linked()
    for some in _batched(sorted(article_ids), _TEXTS_AT_ONCE):
        versions = TextVersion.objects.filter(pk__in=Article.objects.filter(pk__in=some).values("current_version"))
        with transaction.atomic():
            _link(versions.select_related("article").only("text", "article__sort_date"), linked)
    return linked


def add_form(entity: Entity, text: str, *, alone: bool = True) -> tuple[NameForm, Linked]:
    """Give `entity` a spelling, if it has not got it, and link its mentions everywhere."""
    text = spelling_of(text)
    with transaction.atomic():
        form, created = NameForm.objects.get_or_create(entity=entity, text=text, defaults={"alone": alone})
        return form, link_forms([text]) if created else Linked()


def known_matcher() -> Matcher:
    """Return the matcher of all name forms; it is built again only when one of them has changed."""
    stamp = NameForm.objects.aggregate(last=Max("changed_at"), highest=Max("pk"), count=Count("pk"))
    return _matcher(stamp["last"], stamp["highest"], stamp["count"])


def _articles_with(text: str) -> set[int]:
    """Ask the search index: for the words of a spelling or, where they inflect, for their stems."""
    if is_cyrillic(text):
        return search.articles_with_words(" ".join(map(stem, text.split())), as_beginnings=True)
    return search.articles_with_words(text)


@lru_cache(maxsize=1)
def _matcher(last: datetime | None, highest: int | None, count: int) -> Matcher:
    forms = NameForm.objects.values_list("entity_id", "text", "alone", "entity__kind")
    return Matcher(_form(*row) for row in forms)


def _form(entity: int, text: str, alone: bool, kind: str) -> Form:
    """A place is named by one word, a person by two; very short forms and those in small letters never stand alone."""
    is_place = kind == Kind.PLACE
    is_name = len(text) > _SHORTEST and not text.islower()
    return Form(entity, text, full=is_place or " " in text, alone=alone and is_name, place=is_place)


def _link(versions: Iterable[TextVersion], linked: Linked) -> None:
    """Bring the machine's mentions in these texts up to date: three queries, and writes only where they differ."""
    matcher = known_matcher()
    by_version = {version.pk: version for version in versions}
    by_article = {version.article_id: version.pk for version in by_version.values()}
    marks: dict[int, list[Annotation]] = {pk: [] for pk in by_version}
    refused: dict[int, set[int | None]] = {pk: set() for pk in by_version}
    for mark in Annotation.objects.filter(article__in=by_article, kind__in=MENTIONS).order_by("start"):
        if mark.version_id in marks:
            marks[mark.version_id].append(mark)
        elif mark.state == State.REJECTED:
            refused[by_article[mark.article_id]].add(mark.entity_id)
    added: list[Annotation] = []
    removed: list[Annotation] = []
    changed: list[Annotation] = []
    for pk, version in by_version.items():
        judged = [mark for mark in marks[pk] if mark.state not in MACHINE]
        wanted = {
            (mention.start, mention.end, mention.entity): _doubted(mention, refused[pk])
            for mention in matcher.mentions(version.text)
            if not _is_judged(mention, judged)
        }
        gone = []
        for mark in marks[pk]:
            if mark.state not in MACHINE:
                continue
            mention = wanted.pop((mark.start, mark.end, mark.entity_id or 0), None)
            if mention is None:
                gone.append(mark)
            elif _say(mark, mention, version):
                changed.append(mark)
        fresh = [_annotation(version, mention) for mention in wanted.values()]
        linked.count(version.article_id, len(fresh), len(gone))
        added += fresh
        removed += gone
    Annotation.objects.filter(pk__in=[mark.pk for mark in removed]).delete()
    Annotation.objects.bulk_update(changed, ["state", "reason", "named_in", "changed_at"], batch_size=500)
    Annotation.objects.bulk_create(added, batch_size=500)


def _is_judged(mention: Mention, judged: list[Annotation]) -> bool:
    """Say whether an editor has spoken on this place: confirmed anyone there, or rejected this one."""
    return any(
        mark.start < mention.end
        and mention.start < mark.end
        and (mark.state == State.CONFIRMED or mark.entity_id == mention.entity)
        for mark in judged
    )


def _doubted(mention: Mention, refused: set[int | None]) -> Mention:
    """Doubt a mention of somebody whom an editor rejected in an earlier version, in words that changed since."""
    return replace(mention, sure=False, reason=Reason.REFUSED) if mention.entity in refused else mention


def _annotation(version: TextVersion, mention: Mention) -> Annotation:
    annotation = Annotation(kind=Kind.PLACE if mention.place else Kind.PERSON, entity_id=mention.entity)
    annotation.place(version, select(version.text, mention.start, mention.end))
    _say(annotation, mention, version)
    return annotation


def _say(annotation: Annotation, mention: Mention, version: TextVersion) -> bool:
    """Put what the machine thinks, and why, on `annotation`; say whether that changed it."""
    before = annotation.state, annotation.reason, annotation.named_in
    annotation.state = State.LINKED if mention.sure else State.SUGGESTED
    annotation.reason = mention.reason
    annotation.named_in = None if mention.named_at is None else paragraph_of(version.text, mention.named_at)
    annotation.changed_at = timezone.now()  # bulk_update does not set it by itself
    return before != (annotation.state, annotation.reason, annotation.named_in)


def _batched(items: list[int], size: int) -> Iterator[list[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))
