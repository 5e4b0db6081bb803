"""manage.py load_demo"""

import argparse
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from annotations import demo
from archive.models import User
from archive.roles import Role


class Command(BaseCommand):
    help = "Fill the archive with the demonstration; with DEBUG, also make logins for an editor and a curator."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "Example:\n  DEBUG=true manage.py load_demo"
        parser.add_argument(
            "--address",
            default=settings.SITE_URL,
            help="where the archive is served, to be printed",
        )

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        articles, passages = demo.load()
        self.stdout.write(
            _(
                "The demonstration is here: %(articles)d articles, %(passages)d passages."
            )
            % {"articles": articles, "passages": passages}
        )
        if settings.DEBUG:
            self.stdout.write(_("The archive: %(address)s") % {"address": address})
            for role in (Role.EDITOR, Role.CURATOR):
                name, password = f"demo-{role.value}", secrets.token_urlsafe(9)
                user, _made = User.objects.get_or_create(
                    username=name, defaults={"role": role}
                )
                user.set_password(password)
                user.save()
                message = _("To sign in as %(role)s: %(name)s, password %(password)s")
                self.stdout.write(
                    message
                    % {"role": role.label.lower(), "name": name, "password": password}
                )
