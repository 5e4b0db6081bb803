"""Static files: which are collected; hashed names, compressed, and ES modules whose imports
follow the hashes."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What django-htmx brings beside htmx 2: some of it names files that are not there.
_UNUSED = (
    "django_htmx/ext/*",
    "django_htmx/htmx-4*",
    "django_htmx/htmax-*",
    "django_htmx/django-htmx.js",
)


class UsedAppDirectoriesFinder(AppDirectoriesFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        return super().list([*(ignore_patterns or ()), *_UNUSED])


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
