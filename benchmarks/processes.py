"""Whole commands: how long they take from start to end, and how much memory they hold."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str]
# Seconds between two looks at the memory of a command.
_INTERVAL = 0.05
_PROCESSES = Path("/proc")
# Fields of /proc/PID/stat after the name, which is in brackets (proc(5)).
_SESSION, _RESIDENT_PAGES = 3, 21


@dataclass(frozen=True)
class Usage:
    """Seconds by the clock, and the most MiB that were held at once; None where the system
    does not tell."""

    seconds: float
    peak: float | None


def run_commands(
    commands: Iterable[Command], variables: Mapping[str, str], folder: Path
) -> Usage:
    """Run commands one after the other in a folder, with these environment variables as well.

    The time is that of all, the memory that of the greatest. Raises RuntimeError where one
    fails.
    """
    seconds = 0.0
    peaks = []
    for command in commands:
        usage = _run(command, variables, folder)
        seconds += usage.seconds
        if usage.peak is not None:
            peaks.append(usage.peak)
    return Usage(seconds, max(peaks, default=None))


def _run(command: Command, variables: Mapping[str, str], folder: Path) -> Usage:
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        # A session of its own tells which processes belong to it.
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        watch = _MemoryWatch(process.pid)
        watch.start()
        code = process.wait()
        seconds = time.perf_counter() - started
        watch.stop()
        if code:
            output.seek(0)
            said = output.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    return Usage(seconds, watch.peak)


class _MemoryWatch(threading.Thread):
    """Looks again and again how many MiB the processes of a session hold together.

    A page that two of them share counts twice.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._ended = threading.Event()
        self.peak: float | None = None

    def run(self) -> None:
        if not _PROCESSES.is_dir():
            return
        while not self._ended.wait(_INTERVAL):
            self.peak = max(self.peak or 0.0, _memory_of(self._session))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _memory_of(session: int) -> float:
    pages = 0
    for folder in _PROCESSES.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            status = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            # It has ended.
            continue
        fields = status.rpartition(")")[2].split()
        if int(fields[_SESSION]) == session:
            pages += int(fields[_RESIDENT_PAGES])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
