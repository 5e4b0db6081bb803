"""Values that the template of every page has."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    return {"archive_name": settings.ARCHIVE_NAME}
