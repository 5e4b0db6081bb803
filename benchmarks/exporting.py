"""How fast excerpts are exported, and in how much memory, beside csv.writer over the same
columns of a bare cursor."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from annotations.export.excerpts import excerpts_of, rows_of
from annotations.export.formats import FORMATS
from annotations.filters import narrowed
from annotations.models import Annotation, AnnotationQuerySet, Entity
from archive.models import Article
from benchmarks.measure import interleaved
from benchmarks.table import Row, at_least

AIM = 0.5
ADDRESS = "https://archive.example/"
IN_BULK = ("csv", "json", "jsonld", "ris")
_ROWS_AT_ONCE = 500


def measure_export() -> Iterator[Row]:
    """Measure what is exported in bulk with all excerpts, and the other formats with a tenth of
    them."""
    rows = all_excerpts().count()
    others = [name for name in FORMATS if name not in IN_BULK]
    yield from _measured(list(IN_BULK), rows)
    yield from _measured(others, rows // 10)


def _measured(names: list[str], rows: int) -> Iterator[Row]:
    excerpts = all_excerpts()[:rows]
    subjects = {name: partial(write, name, excerpts) for name in names}
    times = interleaved(subjects | {"bare": partial(_write_bare, excerpts)}, warm_up=1)
    floor = times["bare"].median
    for name in names:
        seconds = times[name].median
        yield {
            "format": name,
            "rows": rows,
            "rows/s": rows / seconds,
            "bare rows/s": rows / floor,
            "of the bare rate": floor / seconds,
            "aim": at_least(floor / seconds, AIM),
            "peak MB: 1 row": _peak(name, 1),
            "a tenth": _peak(name, rows // 10),
            "all": _peak(name, rows),
        }


def all_excerpts() -> AnnotationQuerySet:
    reader = AnonymousUser()
    excerpts: AnnotationQuerySet = narrowed(
        Annotation.objects.visible_to(reader),
        {},
        Article.objects.visible_to(reader),
        Entity.objects.visible_to(reader),
    ).qs
    return excerpts


def write(name: str, excerpts: AnnotationQuerySet) -> None:
    with Path(os.devnull).open("wb") as file:
        file.writelines(FORMATS[name].encoded(excerpts_of(excerpts, ADDRESS)))


def _write_bare(excerpts: AnnotationQuerySet) -> None:
    """The floor: the same query, read in the same portions, written by csv.writer as it
    comes."""
    sql, parameters = rows_of(excerpts).query.sql_with_params()
    with (
        Path(os.devnull).open("w", encoding="utf-8", newline="") as file,
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
        writer = csv.writer(file)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            writer.writerows(rows)


def _peak(name: str, most: int) -> float:
    """Return the megabytes that a fresh process holds at most while it exports `most` rows."""
    command = [sys.executable, "-m", "benchmarks.memory", name, str(most)]
    peak = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(peak.stdout)
