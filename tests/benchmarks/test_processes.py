"""Whole commands are timed, and the memory of all their processes is counted."""

import sys
from pathlib import Path

import pytest

from benchmarks.processes import Usage, run_commands

HOLD = "import time; held = bytearray(60 * 2**20); time.sleep(0.5)"
FORK = f"import os, time; {HOLD.removeprefix('import time; ').replace('time.sleep', 'os.fork(); time.sleep')}"
on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="Only Linux tells of the memory of processes."
)


def run(folder: Path, *programs: str) -> Usage:
    commands = [[sys.executable, "-c", program] for program in programs]
    return run_commands(commands, {}, folder)


def test_the_times_of_several_commands_are_added(tmp_path: Path) -> None:
    usage = run(tmp_path, *["import time; time.sleep(0.2)"] * 2)

    assert usage.seconds > 0.4


@on_linux
def test_memory_is_the_most_that_a_command_held(tmp_path: Path) -> None:
    usage = run(tmp_path, HOLD, "pass")

    assert usage.peak is not None
    assert 60 < usage.peak < 110


@on_linux
def test_the_memory_of_a_child_counts_too(tmp_path: Path) -> None:
    usage = run(tmp_path, FORK)

    assert usage.peak is not None
    assert usage.peak > 120


def test_a_command_that_fails_tells_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        run(tmp_path, "raise SystemExit('no such thing')")


def test_commands_get_the_variables(tmp_path: Path) -> None:
    program = "import os; assert os.environ['ARCHIVE'] == 'scratch'"

    run_commands([[sys.executable, "-c", program]], {"ARCHIVE": "scratch"}, tmp_path)
