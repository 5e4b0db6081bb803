"""Accounts."""

from typing import Any, ClassVar, TypeAlias

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.roles import Role, role_of


class TestimoniaUserManager(UserManager["User"]):
    def create_superuser(self, username: str, *args: Any, **fields: Any) -> "User":
        return super().create_superuser(
            username, *args, **fields | {"role": Role.ADMIN}
        )


class User(AbstractUser):
    """Someone with an account. What they may do follows from `role` alone."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.READER)

    objects: ClassVar[TestimoniaUserManager] = TestimoniaUserManager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Django's admin pages ask for these two flags.
        self.is_staff = self.is_superuser = self.role == Role.ADMIN
        super().save(*args, **kwargs)

    @property
    def is_editor(self) -> bool:
        return role_of(self).includes(Role.EDITOR)

    @property
    def is_curator(self) -> bool:
        return role_of(self).includes(Role.CURATOR)


# Whoever looks at a page, signed in or not.
Viewer: TypeAlias = User | AnonymousUser
