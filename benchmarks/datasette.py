"""Datasette over the same articles and annotations: how they come into a database of
sqlite-utils, and at which addresses it shows what our pages show.

It is set up by the advice of its own documentation for data that do not change: three tables
with foreign keys, indexes and a full-text index; a view of the mentions with their articles; the
database immutable, its rows counted beforehand; columns that a page does not need left out; and
no search for facets that nobody asked for.

`make bench` installs it into `.venv/datasette`. Where it is not there, nothing of it is measured.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from benchmarks.bare import EXPORT
from benchmarks.corpus import Corpus
from benchmarks.processes import Command
from benchmarks.server import HOST, free_port, running

VENV = settings.BASE_DIR / ".venv" / "datasette"
# The rows that our own pages show: articles, and everything else.
_ARTICLES, _OTHERS = 25, 50
_MENTIONS = """SELECT annotations.entity, annotations.article, articles.title, articles.published, annotations.before,
    annotations.words, annotations.after, annotations.start
    FROM annotations JOIN articles ON articles.id = annotations.article"""
_METADATA = {
    "title": "An invented archive",
    "databases": {
        "archive": {
            "tables": {
                "articles": {"label_column": "title", "sort_desc": "published"},
                "entities": {"label_column": "name", "sort": "name"},
            }
        }
    },
}
_SETTINGS = {
    "suggest_facets": "off",
    # A large corpus takes more than the second and the fifth of one that are usual.
    "sql_time_limit_ms": "10000",
    "facet_time_limit_ms": "10000",
}


@dataclass(frozen=True)
class Datasette:
    """A database in `folder` with the programs that fill and serve it, which are in
    `programs`."""

    programs: Path
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "archive.db"

    @cached_property
    def version(self) -> str:
        """`0.65.5`, as it says itself."""
        command = [str(self.programs / "datasette"), "--version"]
        return subprocess.check_output(command, text=True).split()[-1]

    def import_articles(self, corpus: Corpus) -> list[Command]:
        return [
            # As the floor and our own database: a commit waits for the disk less often.
            self._utils("create-database", "--enable-wal"),
            self._insert(corpus, "articles"),
            self._utils("create-index", "articles", "publisher", "published"),
            self._utils("create-index", "articles", "published"),
            self._utils("enable-fts", "articles", "title", "text", "--fts5"),
        ]

    def import_annotations(self, corpus: Corpus) -> list[Command]:
        keys = ("annotations", "article", "articles", "id")
        more_keys = ("annotations", "entity", "entities", "id")
        return [
            self._insert(corpus, "entities"),
            self._insert(corpus, "annotations"),
            self._utils("add-foreign-keys", *keys, *more_keys),
            self._utils("create-index", "annotations", "article", "start"),
            self._utils("create-index", "annotations", "entity", "article"),
            self._utils("create-index", "annotations", "kind"),
            self._utils("create-view", "mentions", _MENTIONS),
        ]

    def export_json(self) -> list[Command]:
        return [self._utils("query", EXPORT)]

    def export_csv(self) -> list[Command]:
        return [self._utils("query", EXPORT, "--csv")]

    def build(self, corpus: Corpus) -> None:
        """Make the database of a corpus."""
        for command in [
            *self.import_articles(corpus),
            *self.import_annotations(corpus),
        ]:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve the database, which is there; yield the port."""
        datasette = str(self.programs / "datasette")
        counts, metadata = self.folder / "counts.json", self.folder / "metadata.json"
        inspect = [datasette, "inspect", str(self.database), "--inspect-file"]
        subprocess.run([*inspect, str(counts)], check=True)
        metadata.write_text(json.dumps(_METADATA), encoding="utf-8")
        port = free_port()
        files = ["--immutable", str(self.database), "--inspect-file", str(counts)]
        options = ["--metadata", str(metadata), "--host", HOST, "--port", str(port)]
        for name, value in _SETTINGS.items():
            options += ["--setting", name, value]
        # Of each request it would write a line.
        log = self.folder / "datasette.log"
        with running([datasette, "serve", *files, *options], port, log=log):
            yield port

    def _insert(self, corpus: Corpus, table: str) -> Command:
        rows = str(corpus.rows(table))
        return self._utils("insert", table, rows, "--nl", "--pk", "id", "--silent")

    def _utils(self, what: str, *arguments: str) -> Command:
        program = str(self.programs / "sqlite-utils")
        return [program, what, str(self.database), *arguments]


def find_datasette(folder: Path) -> Datasette | None:
    """Return Datasette with an empty folder for its database, which is made; None where it is
    not installed."""
    if not (VENV / ".installed").exists():
        return None
    folder.mkdir(parents=True)
    return Datasette(VENV / "bin", folder)


def article(number: int) -> tuple[str, ...]:
    """Return the addresses of an article and of the annotations in it."""
    marks = _rows("annotations", article=number, _sort="start", _size=100)
    return f"/archive/articles/{number}", marks


def mentions(entity: int) -> tuple[str, ...]:
    newest = {"_sort_desc": "published"}
    return (_rows("mentions", entity=entity, _size=_OTHERS, **newest),)


def articles(**asked: str | int) -> tuple[str, ...]:
    """Return the address of the articles with these values, without their texts."""
    shown: dict[str, str | int] = {"_nocol": "text", "_size": _ARTICLES}
    sorted_by = {"_sort_desc": "published", "_facet": "publisher"}
    return (_rows("articles", **shown, **sorted_by, **asked),)


def articles_with(entity: int) -> tuple[str, ...]:
    """Return the address of the articles that mention somebody."""
    through = {"table": "annotations", "column": "entity", "value": str(entity)}
    return articles(_through=json.dumps(through))


def entities(kind: str) -> tuple[str, ...]:
    """Return the address of who is mentioned most often, with counts."""
    counted: dict[str, str | int] = {"_facet": "entity", "_facet_size": _OTHERS}
    return (_rows("annotations", kind=kind, _size=0, **counted),)


def tagged(kind: str, facet: str) -> tuple[str, ...]:
    """Return the address of the figures or allegations."""
    return (_rows("annotations", kind=kind, _facet=facet, _size=_OTHERS),)


def search(words: str) -> tuple[str, ...]:
    return (_rows("articles", _search=words, _nocol="text", _size=_ARTICLES),)


def _rows(table: str, **asked: str | int) -> str:
    return f"/archive/{table}?{urlencode(asked)}"
