"""Baskets that an editor keeps under a name, and shares by an address that cannot be guessed.

They are no part of the journal: they say nothing of any text, and nobody but their owner
changes them.
"""

import uuid
from collections.abc import Callable
from typing import Self

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.core.basket_contents import BasketContents
from archive.models import User, Viewer


class BasketQuerySet(models.QuerySet["Basket"]):
    def visible_to(self, user: Viewer) -> Self:
        """One's own, and those that are shared, for whoever knows their address."""
        return self.filter(models.Q(is_shared=True) | models.Q(owner=user.pk))

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "pk")


class Basket(models.Model):
    """A basket with a name. What of it somebody sees follows from each excerpt, not from whose
    basket it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Another index begins with it.
    owner = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="baskets",
        editable=False,
        db_index=False,
    )
    name = models.CharField(_("name"), max_length=200)
    is_shared = models.BooleanField(
        _("shared"),
        default=False,
        help_text=_("Whoever has its address can read it, without an account too."),
    )
    kept = models.JSONField(
        default=dict,
        editable=False,
        help_text="Contents.kept: keys and notes, in their order.",
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = BasketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-changed_at"], name="basket_of_somebody")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annotations:basket-detail", args=[self.pk])

    @property
    def contents(self) -> BasketContents:
        return BasketContents.read(self.kept)

    def change(
        self, how: Callable[[BasketContents], BasketContents]
    ) -> tuple[BasketContents, BasketContents]:
        """Do something to what the basket holds by now; return what that was, and what it holds
        then."""
        with transaction.atomic():
            now = type(self).objects.select_for_update().get(pk=self.pk)
            before = now.contents
            after = how(before)
            if after != before:
                now.kept = after.kept
                now.save(update_fields=["kept", "changed_at"])
        return before, after
