"""Four roles, each of which may do all that the one before it may."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from archive.models import Viewer


class Role(models.TextChoices):
    """In rising order; readers need no account."""

    READER = "reader", _("Reader")
    EDITOR = "editor", _("Editor")
    CURATOR = "curator", _("Curator")
    ADMIN = "admin", _("Admin")

    def includes(self, other: "Role") -> bool:
        """Say whether this role may do all that `other` may do."""
        order = list(Role)  # as they are declared above
        return order.index(self) >= order.index(other)


def role_of(user: "Viewer") -> Role:
    """Return the role of `user`; whoever is not signed in is a reader."""
    if not user.is_authenticated:
        return Role.READER
    return Role(user.role)
