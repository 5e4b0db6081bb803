"""Which allegations an editor may mean: found by words or by a permalink, or near a passage
that is being tagged."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from annotations.models import Annotation, AnnotationQuerySet, Kind, Party
from archive.models import Article, Viewer

MOST = 20
MOST_ELSEWHERE = 10
"""Allegations of other articles that are offered unasked."""
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def key_in(address: str) -> UUID | None:
    """Return the key of the passage whose permalink, or whose address as an allegation, was
    pasted."""
    found = _KEY.search(address)
    return UUID(found[0]) if found else None


def allegations_seen(user: Viewer) -> AnnotationQuerySet:
    """The allegations of current texts, with what is needed to tell them apart."""
    seen = (
        Annotation.objects.visible_to(user)
        .current()
        .filter(kind=Kind.ALLEGATION, allegation__isnull=False)
    )
    return seen.select_related("allegation", "article__publisher")


def allegations_with(words: str, user: Viewer) -> list[Annotation]:
    """Return allegations in whose summary, names or passage all words stand, the newest
    first."""
    found = allegations_seen(user)
    for word in words.split()[:8]:
        there = Q(allegation__summary__iregex=re.escape(word)) | Q(
            exact__iregex=re.escape(word)
        )
        names = Q(allegation__claimant__iregex=re.escape(word)) | Q(
            allegation__accused__iregex=re.escape(word)
        )
        found = found.filter(there | names)
    return list(found.order_by("-sort_date", "article", "start")[:MOST])


def allegations_near(
    article: Article, user: Viewer, names: Iterable[str] = ()
) -> list[Annotation]:
    """Return the allegations of an article, then those made by or of whom it mentions or
    `names` name."""
    seen = allegations_seen(user)
    mentioned = (
        Annotation.objects.filter(version=article.current_version_id).visible_to(user).shown()
    )
    entities = mentioned.filter(entity__isnull=False).order_by().values("entity")
    shared = Party.objects.filter(Q(entity__in=entities) | Q(name__in=list(names))).values(
        "allegation"
    )
    others = seen.filter(allegation__in=shared).exclude(article=article)
    return [
        *seen.filter(article=article).in_text_order()[:MOST],
        *others.order_by("-sort_date", "article")[:MOST_ELSEWHERE],
    ]
