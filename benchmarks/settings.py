"""The settings of a deployment, for measuring: no DEBUG, compiled templates kept, and the empty
view for a floor.

`benchmarks.__main__` sets the environment first. Static files are not hashed, because nobody
collected them.
"""

from config.settings import *  # noqa: F403 these are settings
from config.settings import CACHES, KEEP_PAGES, STORAGES

ROOT_URLCONF = "benchmarks.urls"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
if not KEEP_PAGES:
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    CACHES = dict.fromkeys(CACHES, dummy)
