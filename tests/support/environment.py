"""The environment that the settings read in tests: the same on every machine, whatever its
`.env` says.

A pytest plugin (pyproject.toml names it) rather than a fixture: the settings are read once, at
import.
"""

import os

# As in development: plain http and static files without a manifest. pytest-django then sets
# DEBUG to False.
os.environ["DEBUG"] = "true"
os.environ["KEEP_PAGES"] = "true"
# tests.support.on_postgres gives another.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
