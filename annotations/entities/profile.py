"""What is known of an entity beyond the list of its mentions: counts of them, and what else is
said.

How often, where and when it is mentioned, under which spellings and beside whom is asked of all
mentions that a user may see, when it is first asked for. That is slow where there are many:
pages keep what they make of it, see docs/adr/0025.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from annotations.allegations.threads import with_claims, with_responses
from annotations.entities.spelling_table import (
    SpellingCount,
    SpellingTable,
    spelling_table,
)
from annotations.entities.timeline import Timeline, timeline
from annotations.models import (
    Annotation,
    AnnotationQuerySet,
    Answer,
    Entity,
    Party,
    State,
)
from archive.models import Article, Viewer

MOST_BESIDE = 12
MOST_PASSAGES = 10


@dataclass(frozen=True)
class Statement:
    """The first passages of each kind that name an entity as who says, or of whom it is said.

    What answers an allegation and accuses nobody stands among the answers alone.
    """

    allegations_made: list[Annotation]
    allegations_against: list[Annotation]
    answers_given: list[Annotation]
    figures_given: list[Annotation]


class EntityProfile:
    """What `user` may know of an entity."""

    def __init__(self, entity: Entity, user: Viewer) -> None:
        self._entity = entity
        self._user = user
        self._seen = Annotation.objects.visible_to(user).current().order_by()

    @property
    def mentions(self) -> int:
        return sum(mentions for _day, mentions, _articles in self._days)

    @property
    def articles(self) -> int:
        return sum(articles for _day, _mentions, articles in self._days)

    @property
    def undated(self) -> int:
        """Mentions in articles without a date."""
        no_date = Article.NO_DATE
        return sum(
            mentions for day, mentions, _articles in self._days if day == no_date
        )

    @cached_property
    def timeline(self) -> Timeline | None:
        mentions_by_day = []
        for day, mentions, _articles in self._days:
            if day != Article.NO_DATE:
                mentions_by_day.append((day, mentions))
        return timeline(mentions_by_day)

    @cached_property
    def spellings(self) -> SpellingTable:
        year_column = Substr(Cast("sort_date", CharField()), 1, 4)
        rows = self._mentions.values_list(
            "exact", "article__language", "article__publisher__name", year_column
        )
        counts = []
        for exact, language, publisher, year_digits, count in rows.annotate(
            count=Count("*")
        ):
            year = int(year_digits)
            if year == Article.NO_DATE.year:
                year = 0
            counts.append(SpellingCount(exact, language, publisher or "", year, count))
        return spelling_table(counts)

    @cached_property
    def beside(self) -> list[tuple[Entity, int]]:
        """Who and what is mentioned in the same articles, and in how many of them, most
        first."""
        same_articles = self._mentions.values("article")
        others = self._seen.shown().filter(
            article__in=same_articles, entity__isnull=False
        )
        others = others.exclude(entity=self._entity)
        counted = others.values_list("entity").annotate(
            n=Count("article", distinct=True)
        )
        counts = dict(counted.order_by("-n", "entity")[:MOST_BESIDE])
        entities = Entity.objects.in_bulk(counts)
        rows = [(entities[key], count) for key, count in counts.items()]
        rows.sort(key=lambda row: (-row[1], row[0].name))
        return rows

    @cached_property
    def suggested(self) -> int:
        """Mentions that wait for a judgement; none for readers."""
        return (
            self._seen.mentions_of(self._entity).filter(state=State.SUGGESTED).count()
        )

    @cached_property
    def said(self) -> Statement:
        """What they allege, what is alleged of them, what they answered, and the figures they
        gave."""
        lists = self._statement_keys()
        annotations = self._seen.with_sources().in_bulk(list(chain(*lists)))
        with_claims(with_responses(annotations.values(), self._user), self._user)
        passages = [[annotations[key] for key in keys] for keys in lists]
        return Statement(*passages)

    def _statement_keys(self) -> list[list[UUID]]:
        """Return the keys of the passages of each list of `Statement`, in its order."""
        parties = Party.objects.filter(entity=self._entity)
        as_claimant = parties.filter(role=Party.Role.CLAIMANT).values("allegation")
        as_accused = parties.filter(role=Party.Role.ACCUSED).values("allegation")
        answering = Answer.objects.filter(answer__in=as_claimant).values("answer")
        answers = self._seen.filter(allegation__in=answering)
        only_answers = answers.filter(allegation__accused="").values("pk")
        lists = [
            self._seen.filter(allegation__in=as_claimant).exclude(pk__in=only_answers),
            self._seen.filter(allegation__in=as_accused),
            answers,
            self._seen.filter(figure__said_by_entity=self._entity),
        ]
        keys = []
        for passages in lists:
            in_order = passages.in_reading_order().values_list("pk", flat=True)
            keys.append(list(in_order[:MOST_PASSAGES]))
        return keys

    @property
    def _mentions(self) -> AnnotationQuerySet:
        return self._seen.mentions_of(self._entity).shown()

    @cached_property
    def _days(self) -> list[tuple[Any, int, int]]:
        """Day, number of mentions, number of articles; an article has one day."""
        days = self._mentions.values_list("sort_date")
        return list(
            days.annotate(mentions=Count("*"), articles=Count("article", distinct=True))
        )
