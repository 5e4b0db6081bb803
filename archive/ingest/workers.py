"""Processes that read files, so that several processors share what takes most of an import.

They are handed bytes and hand back what they read. Only the process that started them asks the
database. One that dies, as a process does that the system finds too large, takes no other file
along: what it was to read is read again in halves, until the file is found that ends its
process. Processes end with the one that started them, also if that is killed.

Models are imported where they are needed: a process that is started anew imports this module
before it has set Django up.
"""

import multiprocessing
import os
import signal
import sys
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, Self

import django
from django.apps import apps
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from archive.ingest.reading import IncomingFile, Reading, Refused

# Batches for each process that are read or wait to be written.
_BATCHES_PER_PROCESS = 2


def read_all(files: "list[IncomingFile]") -> "list[Reading | Refused]":
    """Read files in their order, and return why one was refused in its place."""
    from archive.ingest.reading import Refused, read

    readings: list[Reading | Refused] = []
    for file in files:
        try:
            readings.append(read(file))
        except Refused as reason:
            readings.append(reason)
    return readings


class Workers:
    """Some processes that read files; none, but this one, where `jobs` is 1."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = _new_pool(jobs) if jobs > 1 else None

    @property
    def most_waiting(self) -> int:
        """How many batches are worth handing over before the first one is asked for."""
        return _BATCHES_PER_PROCESS * self._jobs if self._pool else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, files: "list[IncomingFile]") -> "PendingReadings":
        """Have files read; with no other process, when the result is asked for."""
        if not self._pool or not files:
            return PendingReadings(files, None)
        try:
            return PendingReadings(files, self._pool.submit(read_all, files))
        except BrokenProcessPool:
            self._pool = _new_pool(self._jobs)
            return PendingReadings(files, self._pool.submit(read_all, files))


@dataclass(frozen=True)
class PendingReadings:
    """Files that are being read; `future` is None if no other process was asked to."""

    files: "list[IncomingFile]"
    future: "Future[list[Reading | Refused]] | None"

    def result(self) -> "list[Reading | Refused]":
        """Return what was read, in the order of the files. Waits for it."""
        if self.future is None:
            return read_all(self.files)
        try:
            return self.future.result()
        except BrokenProcessPool:
            return _read_again(self.files)


def _read_again(files: "list[IncomingFile]") -> "list[Reading | Refused]":
    """Read files of which one may have ended the process that read it."""
    from archive.ingest.reading import Refused

    with _new_pool(1) as pool:
        try:
            return pool.submit(read_all, files).result()
        except BrokenProcessPool:
            pass
    if len(files) == 1:
        return [
            Refused(_("The process that read it ended: it may need too much memory."))
        ]
    middle = len(files) // 2
    return _read_again(files[:middle]) + _read_again(files[middle:])


def _new_pool(jobs: int) -> ProcessPoolExecutor:
    # A fork begins at once and shares the memory of this process; other systems than Linux
    # have libraries that a fork breaks.
    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(
        jobs, multiprocessing.get_context(method), initializer=_begin
    )


def _begin() -> None:
    """Make a process ready to read."""
    # Ctrl+C is for the process that started it, which then ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if not apps.ready:
        django.setup()


def _end_with_parent() -> None:
    """Wait until the process is gone that started this one, and end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
