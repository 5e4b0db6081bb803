"""Tags of the pages on which allegations stand."""

from dataclasses import dataclass

from django import template
from django.conf import settings

register = template.Library()


@dataclass(frozen=True)
class Contact:
    """Where corrections are asked for; `href` is empty where the settings name nothing."""

    href: str


@register.simple_tag
def corrections_contact() -> Contact:
    """`{% corrections_contact as contact %}`: an address of mail or of a page, from the
    settings."""
    named: str = settings.CORRECTIONS_CONTACT
    return Contact(f"mailto:{named}" if "@" in named and "//" not in named else named)
