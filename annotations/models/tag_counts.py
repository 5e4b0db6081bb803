"""How many tags readers find on each article: counted when something is tagged, so that lists
need not count all tags of the archive each time that they are shown."""

from collections.abc import Iterable
from typing import Self

from django.db import connection, models, transaction

from annotations.models.annotations import SHOWN, Annotation, Entity, Kind
from annotations.models.embargoes import is_any_in_force
from archive.batches import batched
from archive.models import Article, Viewer, lock_articles
from archive.roles import Role, role_of

_DELETE = "DELETE FROM annotations_tagcount WHERE article_id IN ({articles})"
# By hand, because Django has no INSERT of what a SELECT finds.
_INSERT = """
    INSERT INTO annotations_tagcount (article_id, kind, entity_id, number)
    SELECT annotation.article_id, annotation.kind, annotation.entity_id, COUNT(*)
    FROM annotations_annotation annotation
    JOIN archive_article article ON article.id = annotation.article_id
    WHERE article.id IN ({articles}) AND annotation.state IN ({states})
        AND annotation.version_id = article.current_version_id
    GROUP BY annotation.article_id, annotation.kind, annotation.entity_id
"""


class TagCountQuerySet(models.QuerySet["TagCount"]):
    @transaction.atomic(savepoint=False)
    def recount(self, articles: Iterable[int]) -> None:
        """Count the tags of these articles, given their keys, anew.

        Call it in the transaction that changes what is tagged in them or which text is their
        current one. Whoever tags in them at the same moment waits, and counts after it.
        """
        for batch in batched(sorted(set(articles))):
            places = {"articles": _placeholders(batch), "states": _placeholders(SHOWN)}
            lock_articles(batch)
            with connection.cursor() as cursor:
                cursor.execute(_DELETE.format(**places), batch)
                cursor.execute(_INSERT.format(**places), [*batch, *SHOWN])

    def visible_to(self, user: Viewer) -> Self:
        """Editors see all; readers those of public articles, and allegations only where one is
        not under embargo."""
        if role_of(user).includes(Role.EDITOR):
            return self
        # Hidden articles are few: a join would look at the article of each row.
        hidden = Article.objects.filter(is_public=False)
        seen = self.exclude(article__in=hidden.values("pk"))
        if not is_any_in_force():
            return seen
        allegations = Annotation.objects.filter(kind=Kind.ALLEGATION)
        unhidden = allegations.shown().current().outside_embargoes()
        in_article = unhidden.filter(article=models.OuterRef("article"))
        return seen.filter(~models.Q(kind=Kind.ALLEGATION) | models.Exists(in_article))


class TagCount(models.Model):
    """How many passages of an article's current text are tagged as one entity, or as figures or
    allegations, and shown to readers.

    Derived from annotations: `verify_archive` compares. Allegations under embargo are among
    those that are counted.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="tag_counts", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    entity = models.ForeignKey(
        Entity, models.CASCADE, related_name="tag_counts", null=True, db_index=False
    )
    number = models.PositiveIntegerField()

    objects = TagCountQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["article", "kind"], name="tag_count_of_article"),
            # The article last: SQLite would look for each of 10,000 articles under each entity.
            models.Index(
                fields=["entity", "number", "article"], name="tag_count_of_entity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.number} × {self.entity or self.kind}"


def _placeholders(values: Iterable[object]) -> str:
    return ", ".join("%s" for _value in values)
