"""Accounts, for admins. Articles and annotations are not edited here: their own pages keep the
record of it."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from archive.models import User

admin.site.unregister(Group)
admin.site.site_header = _("Accounts")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """An account is a name, an address and one role, from which all rights follow."""

    list_display = ("username", "email", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("role", "is_active")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", "role", "password1", "password2"),
                "classes": ("wide",),
            },
        ),
    )
    filter_horizontal = ()
