"""An archive that is empty, beside the one of this run: whole commands fill it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

_NAME = "testimonia_scratch"


@dataclass(frozen=True)
class ScratchArchive:
    """The environment variables with which commands work in it, and how many MiB its database
    has."""

    variables: Mapping[str, str]
    mebibytes: Callable[[], float]


@contextmanager
def scratch_archive(folder: Path) -> Iterator[ScratchArchive]:
    """Make an archive with its data in `folder`; on PostgreSQL a database on the server of this
    run, which is dropped in the end."""
    if connection.vendor == "sqlite":
        file = folder / "testimonia.sqlite3"
        archive = ScratchArchive(
            _variables(folder, f"sqlite:///{file}"),
            lambda: file.stat().st_size / 2**20,
        )
        _migrate(archive)
        yield archive
        return
    _execute(f"CREATE DATABASE {_NAME}")
    try:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_NAME}")
        archive = ScratchArchive(_variables(folder, address.geturl()), _size_on_server)
        _migrate(archive)
        yield archive
    finally:
        _execute(f"DROP DATABASE {_NAME}")


def _variables(folder: Path, database_url: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
    }


def _migrate(archive: ScratchArchive) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        check=True,
        cwd=settings.BASE_DIR,
        env={**os.environ, **archive.variables},
    )


def _size_on_server() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(%s)", [_NAME])
        [size] = cursor.fetchone()
    return float(size) / 2**20


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
