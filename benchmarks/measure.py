"""Measuring on a machine that is never quite still.

What is compared is run in turns, A B A B …, so that a slow minute falls on all alike; and it is
the median that is compared, which a few interrupted runs do not move. On SQLite all the work is
done in this process, and it is its processor time that counts: what other programs do meanwhile
hardly changes it. PostgreSQL works in processes of its own, so there only the clock on the wall
tells.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Any

from django.db import connection

Subject = Callable[[], object]
RUNS, FEWEST_RUNS, WARM_UP = 60, 5, 3
# What is slow is run for this long, and FEWEST_RUNS times at least.
SECONDS = 10.0


@dataclass(frozen=True)
class Timing:
    """How long each run took, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """The time in which 95 of 100 runs were done."""
        return sorted(self.seconds)[ceil(0.95 * len(self.seconds)) - 1]

    @property
    def cells(self) -> dict[str, float]:
        return {"median ms": 1000 * self.median, "p95 ms": 1000 * self.p95}


@dataclass(frozen=True)
class Query:
    sql: str
    parameters: Any


def interleaved(
    subjects: Mapping[str, Subject],
    *,
    runs: int = RUNS,
    warm_up: int = WARM_UP,
    seconds: float = SECONDS,
    on_the_wall: bool = False,
) -> dict[str, Timing]:
    """Time the subjects in turns, after a warm-up that is not counted; `on_the_wall` where
    other processes do the work."""
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    started = time.perf_counter()
    for _ in range(warm_up):
        for subject in subjects.values():
            subject()
    gc.collect()
    for run in range(runs):
        if run >= FEWEST_RUNS and time.perf_counter() - started > seconds:
            break
        for name, subject in subjects.items():
            taken[name].append(seconds_of(subject, on_the_wall=on_the_wall))
    return {name: Timing(tuple(times)) for name, times in taken.items()}


def seconds_of(subject: Subject, *, on_the_wall: bool = False) -> float:
    is_done_here = connection.vendor == "sqlite" and not on_the_wall
    clock = time.process_time if is_done_here else time.perf_counter
    started = clock()
    subject()
    return clock() - started


@contextmanager
def queries() -> Iterator[list[Query]]:
    """Collect the queries that are made inside the block."""
    made: list[Query] = []

    def note(
        execute: Callable[..., Any],
        sql: str,
        parameters: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        made.append(Query(sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield made
