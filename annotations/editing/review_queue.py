"""The queue of suggestions: which one an editor sees next, while nobody else is at work in the
same article.

Whoever is shown a suggestion holds its article for a while; others are shown the next article.
A hold is a courtesy, not a lock: two who judge the same mention all the same are told apart by
its revision.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.core.anchoring.selectors import around
from annotations.models import Annotation, AnnotationQuerySet, Entity, ReviewHold, State
from archive.batches import BATCH_SIZE
from archive.models import User, lock_articles
from archive.pagination import keyset_page

HELD_FOR = timedelta(minutes=10)
# Characters before and after, shown to judge by.
_CONTEXT = 240


@dataclass(frozen=True)
class SuggestionInReview:
    """A suggestion with the text around it, the others for the same words, and those of the
    same name beyond.

    Where the text goes on beyond `before` and `after`, these say so with an ellipsis.
    `key` is what to pass on as `after` for the one that follows.
    """

    mention: Annotation
    before: str
    after: str
    others: list[Annotation]
    same_name: list[Annotation]
    key: str


def suggestions(entity: Entity | None = None) -> AnnotationQuerySet:
    """Return what waits for an editor: all, or what is suggested of one entity."""
    waiting = Annotation.objects.current().filter(state=State.SUGGESTED)
    return waiting.mentions_of(entity) if entity else waiting


def next_suggestion(
    editor: User, after: str = "", entity: Entity | None = None
) -> SuggestionInReview | None:
    """Return the suggestion that follows the key `after` in an article that nobody else holds,
    and hold that."""
    held = held_by_others(editor)
    with transaction.atomic():
        while True:
            free = suggestions(entity).exclude(article__in=held.values("article"))
            page = keyset_page(free.with_sources().in_reading_order(), after, 1)
            if not page.items:
                return None
            mention = page.items[0]
            lock_articles([mention.article_id])
            # Somebody may have taken the article while we waited for it: then look again.
            if not held.filter(article=mention.article_id).exists():
                break
        ReviewHold.objects.filter(Q(by=editor) | Q(article=mention.article_id)).delete()
        ReviewHold.objects.create(
            article_id=mention.article_id, by=editor, until=timezone.now() + HELD_FOR
        )
    return _in_review(mention, page.after)


def held_by_others(editor: User) -> "QuerySet[ReviewHold]":
    """Return who else reviews which article now."""
    holds = ReviewHold.objects.filter(until__gt=timezone.now()).exclude(by=editor)
    return holds.select_related("by", "article")


def _in_review(mention: Annotation, key: str) -> SuggestionInReview:
    """Put a suggestion beside the others of its article, `key` being that of its page."""
    in_article = suggestions().filter(article=mention.article_id).exclude(pk=mention.pk)
    in_article = in_article.in_text_order()
    overlapping = in_article.filter(start__lt=mention.end, end__gt=mention.start)
    of_entity = in_article.filter(entity=mention.entity).only("pk", "revision")
    before, after = around(mention.version.text, mention.start, mention.end, _CONTEXT)
    return SuggestionInReview(
        mention,
        before=before,
        after=after,
        others=list(overlapping.select_related("entity")),
        same_name=list(of_entity[:BATCH_SIZE]),
        key=key,
    )
