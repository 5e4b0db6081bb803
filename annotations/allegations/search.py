"""Which allegations an editor may mean: found by words or by a permalink, or near a passage
that is being tagged."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from annotations.models import Annotation, AnnotationQuerySet, Kind, Party
from archive.models import Article, Viewer

MOST = 20
# Allegations of other articles that are offered unasked.
MOST_ELSEWHERE = 10
_MOST_WORDS = 8
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def key_in(address: str) -> UUID | None:
    """Return the key of the passage whose permalink, or whose address as an allegation, was
    pasted; None where none stands in it."""
    match = _KEY.search(address)
    return UUID(match[0]) if match else None


def allegations_seen(user: Viewer) -> AnnotationQuerySet:
    """Return the allegations of current texts, with what is needed to tell them apart."""
    seen = Annotation.objects.visible_to(user).current()
    allegations = seen.filter(kind=Kind.ALLEGATION, allegation__isnull=False)
    return allegations.select_related("allegation", "article__publisher")


def allegations_with(words: str, user: Viewer) -> list[Annotation]:
    """Return allegations in whose summary, names or passage all words stand, the newest
    first."""
    allegations = allegations_seen(user)
    for word in words.split()[:_MOST_WORDS]:
        # iregex rather than icontains: SQLite folds the case of ASCII letters alone.
        pattern = re.escape(word)
        allegations = allegations.filter(
            Q(exact__iregex=pattern)
            | Q(allegation__summary__iregex=pattern)
            | Q(allegation__claimant__iregex=pattern)
            | Q(allegation__accused__iregex=pattern)
        )
    return list(allegations.order_by("-sort_date", "article", "start")[:MOST])


def allegations_near(
    article: Article, user: Viewer, names: Iterable[str] = ()
) -> list[Annotation]:
    """Return the allegations of an article, then those made by or of whom it mentions or
    `names` name."""
    in_article = allegations_seen(user).filter(article=article).in_text_order()
    annotations = Annotation.objects.filter(version=article.current_version_id)
    mentions = annotations.visible_to(user).shown().filter(entity__isnull=False)
    is_party_here = Q(entity__in=mentions.order_by().values("entity"))
    parties = Party.objects.filter(is_party_here | Q(name__in=list(names)))
    elsewhere = allegations_seen(user).filter(
        allegation__in=parties.values("allegation")
    )
    elsewhere = elsewhere.exclude(article=article).order_by("-sort_date", "article")
    return [*in_article[:MOST], *elsewhere[:MOST_ELSEWHERE]]
