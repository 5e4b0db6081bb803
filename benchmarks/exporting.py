"""How fast excerpts are exported, and in how much memory, beside csv.writer over the same
columns of a bare cursor."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from annotations.export.excerpts import _FIELDS, excerpts_of
from annotations.export.formats import FORMATS
from annotations.filters import narrowed
from annotations.models import Annotation, AnnotationQuerySet
from archive.models import Article
from benchmarks.measure import Timing, interleaved

ADDRESS = "https://archive.example/"
IN_BULK = ("csv", "json", "jsonld", "ris")
_ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Exported:
    """`megabytes` are the peaks of fresh processes that export one row, a tenth of all, and
    all."""

    name: str
    rows: int
    subject: Timing
    floor: Timing
    megabytes: list[float]


def measure_export() -> Iterator[Exported]:
    """Measure what is exported in bulk with all excerpts, and the other formats with a tenth of
    them."""
    excerpts = all_excerpts()
    rows = excerpts.count()
    in_bulk = [name for name in FORMATS if name in IN_BULK]
    yield from _measured(in_bulk, excerpts, rows)
    yield from _measured(
        [name for name in FORMATS if name not in in_bulk], excerpts, rows // 10
    )


def _measured(
    names: list[str], excerpts: AnnotationQuerySet, rows: int
) -> Iterator[Exported]:
    some = excerpts[:rows]
    times = interleaved(
        {n: lambda n=n: write(n, some) for n in names} | {"bare": _bare(some)},
        warm_up=1,
    )
    for name in names:
        peaks = [_peak(name, most) for most in (1, rows // 10, rows)]
        yield Exported(name, rows, times[name], times["bare"], peaks)


def all_excerpts() -> AnnotationQuerySet:
    excerpts: AnnotationQuerySet = narrowed(
        Annotation.objects.visible_to(AnonymousUser()), {}, Article.objects.public()
    ).qs
    return excerpts


def write(name: str, excerpts: AnnotationQuerySet) -> None:
    with Path(os.devnull).open("wb") as file:
        file.writelines(FORMATS[name].encoded(excerpts_of(excerpts, ADDRESS)))


def _bare(excerpts: AnnotationQuerySet) -> "_Bare":
    sql, parameters = excerpts.values_list(*_FIELDS).query.sql_with_params()
    return _Bare(sql, parameters)


@dataclass(frozen=True)
class _Bare:
    """The floor: the same query, read in the same portions, written by csv.writer as it
    comes."""

    sql: str
    parameters: tuple[Any, ...]

    def __call__(self) -> None:
        with (
            Path(os.devnull).open("w", encoding="utf-8", newline="") as file,
            connection.cursor() as cursor,
        ):
            cursor.execute(self.sql, self.parameters)
            writer = csv.writer(file)
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                writer.writerows(rows)


def _peak(name: str, most: int) -> float:
    """Return the megabytes that a fresh process holds at most while it exports `most` rows."""
    command = [sys.executable, "-m", "benchmarks.memory", name, str(most)]
    return float(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    )
