"""What is known of an entity beyond the list of its mentions: counts of them, and what else is
said.

How often, where and when it is mentioned, under which spellings and beside whom is asked of all
mentions that a user may see, when it is first asked for. That is dear where they are many:
pages keep what they make of it, see docs/adr/0010.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from annotations.allegations.threads import with_claims, with_responses
from annotations.entities.spelling_table import SpellingCount, SpellingTable, spelling_table
from annotations.entities.timeline import Timeline, timeline
from annotations.models import Annotation, AnnotationQuerySet, Answer, Entity, Party, State
from archive.models import Article, Viewer, sha256_of
from archive.pagination import KeysetPage
from archive.roles import Role, role_of

MOST_BESIDE = 12
MOST_PASSAGES = 10
SECONDS_KEPT = 60


@dataclass(frozen=True)
class Statement:
    """The first passages of each kind that name an entity as who says, or of whom it is said.

    What answers an allegation and accuses nobody stands among the answers alone.
    """

    allegations_made: list[Annotation]
    allegations_against: list[Annotation]
    answers_given: list[Annotation]
    figures_given: list[Annotation]

    @property
    def stamp(self) -> str:
        """Another one when one of the passages, or of what answers it or is answered by it, is
        another or changes."""
        claims = [*self.allegations_made, *self.allegations_against, *self.answers_given]
        said = [f"{one.pk} {one.changed_at}" for one in (*claims, *self.figures_given)]
        for allegation in (one.allegation for one in claims):
            said.append(allegation.response.stamp if allegation.response else "")
            said += [
                f"{link.pk} {link.claim.annotation.changed_at}"
                for link in allegation.claims_answered
            ]
        return sha256_of(" ".join(said).encode())


class EntityProfile:
    """`page` is the page of the entity's mentions beside which it is shown."""

    def __init__(self, entity: Entity, user: Viewer, page: KeysetPage[Annotation]) -> None:
        self._entity = entity
        self._user = user
        self._role = role_of(user)
        self._page = page
        self._seen = Annotation.objects.visible_to(user).current().order_by()

    @property
    def stamp(self) -> str | None:
        """A key under which counts may be kept for a while: another one when a mention on the
        only page changes.

        None where they must be counted anew: for editors, as long as that is cheap.
        """
        if not self._page.is_whole:
            return "many"
        if self._role.includes(Role.EDITOR):
            return None
        changes = [mention.changed_at for mention in self._page.items]
        return f"{len(changes)}-{max(changes, default=None)}"

    @property
    def mentions(self) -> int:
        return sum(mentions for _day, mentions, _articles in self._days)

    @property
    def articles(self) -> int:
        return sum(articles for _day, _mentions, articles in self._days)

    @property
    def undated(self) -> int:
        """Mentions in articles without a date."""
        return sum(
            mentions for day, mentions, _articles in self._days if day == Article.NO_DATE
        )

    @cached_property
    def timeline(self) -> Timeline | None:
        return timeline(
            (day, mentions) for day, mentions, _articles in self._days if day != Article.NO_DATE
        )

    @cached_property
    def spellings(self) -> SpellingTable:
        year = Substr(Cast("sort_date", CharField()), 1, 4)
        rows = self._mentions.values_list(
            "exact", "article__language", "article__publisher__name", year
        )
        no_date = Article.NO_DATE.year
        return spelling_table(
            SpellingCount(
                exact, language, outlet or "", 0 if int(year) == no_date else int(year), count
            )
            for exact, language, outlet, year, count in rows.annotate(count=Count("*"))
        )

    @cached_property
    def beside(self) -> list[tuple[Entity, int]]:
        """Who and what is mentioned in the same articles, and in how many of them, most
        first."""
        together = self._seen.shown().filter(
            article__in=self._mentions.values("article"), entity__isnull=False
        )
        counted = (
            together.exclude(entity=self._entity)
            .values_list("entity")
            .annotate(n=Count("article", distinct=True))
        )
        counts = dict(counted.order_by("-n", "entity")[:MOST_BESIDE])
        entities = Entity.objects.in_bulk(counts)
        return sorted(
            ((entities[pk], n) for pk, n in counts.items()),
            key=lambda row: (-row[1], row[0].name),
        )

    @cached_property
    def suggested(self) -> int:
        """Mentions that wait for a judgement; none for readers."""
        return self._seen.mentions_of(self._entity).filter(state=State.SUGGESTED).count()

    @cached_property
    def said(self) -> Statement:
        """What they allege, what is alleged of them, what they answered, and the figures they
        gave.

        Which passages these are is kept, but whether the user may see them is asked each time.
        """
        key = (
            f"entity-said:{self._entity.pk}:{self._role}:{sha256_of(str(self.stamp).encode())}"
        )
        keys = (
            cache.get_or_set(key, self._keys_of_said, SECONDS_KEPT)
            if self.stamp
            else self._keys_of_said()
        )
        rows = self._seen.with_sources().in_bulk(list(chain(*keys or ())))
        with_claims(with_responses(rows.values(), self._user), self._user)
        return Statement(*([rows[pk] for pk in some if pk in rows] for some in keys or ()))

    def _keys_of_said(self) -> list[list[UUID]]:
        parties = Party.objects.filter(entity=self._entity)
        made, against = (parties.filter(role=role).values("allegation") for role in Party.Role)
        answers = self._seen.filter(
            allegation__in=Answer.objects.filter(answer__in=made).values("answer")
        )
        only_answers = answers.filter(allegation__accused="").values("pk")
        passages = (
            self._seen.filter(allegation__in=made).exclude(pk__in=only_answers),
            self._seen.filter(allegation__in=against),
            answers,
            self._seen.filter(figure__said_by_entity=self._entity),
        )
        return [
            list(some.in_reading_order().values_list("pk", flat=True)[:MOST_PASSAGES])
            for some in passages
        ]

    @property
    def _mentions(self) -> AnnotationQuerySet:
        return self._seen.mentions_of(self._entity).shown()

    @cached_property
    def _days(self) -> list[tuple[Any, int, int]]:
        """By day: mentions, and articles, of which each has one day."""
        days = self._mentions.values_list("sort_date")
        return list(
            days.annotate(mentions=Count("*"), articles=Count("article", distinct=True))
        )
