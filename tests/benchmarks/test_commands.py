"""Whole commands run from an empty archive to the table; Datasette has no column where it is
not installed."""

import csv
from pathlib import Path

import pytest

from benchmarks import commands
from benchmarks.commands import (
    ARTICLES,
    BARE,
    JSON,
    OURS,
    PEER,
    Measured,
    command_rows,
    measure_commands,
    usage_rows,
)
from benchmarks.corpus import Corpus, write_corpus
from benchmarks.news import World
from benchmarks.processes import Usage

CORPUS = Corpus(Path("nowhere"), articles=1000, annotations=40_000)


def test_rates_are_of_the_median_round() -> None:
    measured = Measured(databases={BARE: 1.0, OURS: 20.0})
    measured.usages[ARTICLES, OURS] = [Usage(s, 90.0) for s in (9.0, 2.0, 4.0)]

    row = next(command_rows(measured, CORPUS))

    assert row == {
        "work": "import of articles, 1/s",
        BARE: None,
        OURS: 250.0,
        "aim": "300 ✗",
    }


def test_memory_is_that_of_the_greatest_export() -> None:
    measured = Measured(databases={BARE: 1.0, OURS: 20.0})
    measured.usages[JSON, OURS] = [Usage(1.0, 80.0), Usage(1.0, 120.0)]
    measured.usages[commands.CSV, OURS] = [Usage(1.0, None)]

    rows = {row["work"]: row for row in command_rows(measured, CORPUS)}

    exporting = rows["peak memory of exporting, MiB"]
    assert (exporting[OURS], exporting["aim"]) == (120.0, "100 ✗")
    assert rows["peak memory of importing articles, MiB"]["aim"] == ""
    assert rows["database, MiB"]["aim"] == "25 ✓"


def test_a_program_without_a_database_has_no_column() -> None:
    measured = Measured(databases={BARE: 1.0, OURS: 20.0})

    heads = [*next(command_rows(measured, CORPUS)), *next(usage_rows(measured))]

    assert not [head for head in heads if PEER in head]


@pytest.mark.django_db(transaction=True)
def test_a_small_archive_is_imported_and_exported_by_whole_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "ROUNDS", 1)
    monkeypatch.setattr(commands, "FORMATS", dict.fromkeys(["csv", "chicago"]))
    world = World()
    corpus = write_corpus(world, 20, tmp_path / "corpus")

    measured = measure_commands(world, corpus, None, tmp_path / "commands")

    works = {work for work, _program in measured.usages}
    assert works == set(commands.FASTEST)
    assert list(measured.databases) == [BARE, OURS]
    assert min(measured.databases.values()) > 0
    [row] = measured.formats
    assert row["format"] == "chicago"
    exported = tmp_path / "commands" / "round-0" / "excerpts.csv"
    with exported.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == corpus.annotations
