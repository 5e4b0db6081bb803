"""Work that waits: articles to link again, and articles in which an editor is reviewing."""

from django.db import models

from archive.models import Article, User


class PendingRelink(models.Model):
    """An article whose mentions are to be linked again, because names changed; nobody need wait
    for it."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="+"
    )
    act = models.ForeignKey("Act", models.CASCADE, related_name="+", null=True)
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.article_id)


class ReviewHold(models.Model):
    """An article in which an editor is judging suggestions, so that nobody else is shown the
    same."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="+"
    )
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.article_id} {self.by}"
