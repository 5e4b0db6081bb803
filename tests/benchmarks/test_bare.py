"""The floor does all the work that it stands for."""

import csv
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings

from benchmarks import bare
from benchmarks.corpus import write_corpus
from benchmarks.news import World


def test_the_floor_imports_searches_and_exports_everything(tmp_path: Path) -> None:
    corpus = write_corpus(World(), 2, tmp_path / "corpus")
    database = tmp_path / "bare.sqlite3"
    as_json, as_csv = tmp_path / "all.json", tmp_path / "all.csv"

    bare.main("articles", str(database), str(corpus.rows("articles")))
    rows = [str(corpus.rows(table)) for table in ("entities", "annotations")]
    bare.main("annotations", str(database), *rows)
    bare.main("json", str(database), str(as_json))
    bare.main("csv", str(database), str(as_csv))

    records = json.loads(as_json.read_text(encoding="utf-8"))
    with as_csv.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(records) == len(lines) == corpus.annotations
    assert [record["words"] for record in records] == [line["words"] for line in lines]
    found = "SELECT rowid FROM search WHERE search MATCH 'harbour'"
    with closing(sqlite3.connect(database)) as connection:
        assert len(connection.execute(found).fetchall()) == 2


def test_an_annotation_is_added_and_committed(tmp_path: Path) -> None:
    corpus = write_corpus(World(), 1, tmp_path / "corpus")
    file = tmp_path / "bare.sqlite3"
    rows = [str(corpus.rows(table)) for table in ("entities", "annotations")]
    bare.main("articles", str(file), str(corpus.rows("articles")))
    bare.main("annotations", str(file), *rows)

    with closing(bare.open_database(file)) as database:
        bare.add_figure(database)

    with closing(sqlite3.connect(file)) as connection:
        [count] = connection.execute("SELECT count(*) FROM annotations").fetchone()
    assert count == corpus.annotations + 1


def test_the_floor_needs_nothing_but_the_standard_library() -> None:
    loaded = "import sys, benchmarks.bare; print('django' in sys.modules)"

    said = subprocess.check_output(
        [sys.executable, "-c", loaded], cwd=settings.BASE_DIR, text=True
    )

    assert said.strip() == "False"
