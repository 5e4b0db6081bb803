"""What is counted of an entity: how often, where and when it is mentioned, under which spellings, beside whom.

Each property is one query over all mentions that a user may see, made when it is first asked for, and dear where they
are many: pages keep what they make of it (docs/adr/0010).
"""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from annotations.models import Annotation, AnnotationQuerySet, Entity, State
from annotations.spellings import Found, SpellingTable, spelling_table
from annotations.timeline import Timeline, timeline
from archive.models import Article, User

MOST_BESIDE = 12


class Portrait:
    def __init__(self, entity: Entity, user: "User | AnonymousUser") -> None:
        self._entity = entity
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
        return sum(mentions for day, mentions, _articles in self._days if day == Article.NO_DATE)

    @cached_property
    def timeline(self) -> Timeline | None:
        return timeline((day, mentions) for day, mentions, _articles in self._days if day != Article.NO_DATE)

    @cached_property
    def spellings(self) -> SpellingTable:
        year = Substr(Cast("sort_date", CharField()), 1, 4)
        rows = self._mentions.values_list("exact", "article__language", "article__publisher__name", year)
        no_date = Article.NO_DATE.year
        return spelling_table(
            Found(exact, language, outlet or "", 0 if int(year) == no_date else int(year), count)
            for exact, language, outlet, year, count in rows.annotate(count=Count("*"))
        )

    @cached_property
    def beside(self) -> list[tuple[Entity, int]]:
        """Who and what is mentioned in the same articles, and in how many of them, most first."""
        together = self._seen.shown().filter(article__in=self._mentions.values("article"), entity__isnull=False)
        counted = (
            together.exclude(entity=self._entity).values_list("entity").annotate(n=Count("article", distinct=True))
        )
        counts = dict(counted.order_by("-n", "entity")[:MOST_BESIDE])
        entities = Entity.objects.in_bulk(counts)
        return sorted(((entities[pk], n) for pk, n in counts.items()), key=lambda row: (-row[1], row[0].name))

    @cached_property
    def suggested(self) -> int:
        """Mentions that wait for a judgement; none for readers."""
        return self._seen.mentions_of(self._entity).filter(state=State.SUGGESTED).count()

    @property
    def _mentions(self) -> AnnotationQuerySet:
        return self._seen.mentions_of(self._entity).shown()

    @cached_property
    def _days(self) -> list[tuple[Any, int, int]]:
        """By day: mentions, and articles, of which each has one day."""
        days = self._mentions.values_list("sort_date")
        return list(days.annotate(mentions=Count("*"), articles=Count("article", distinct=True)))
