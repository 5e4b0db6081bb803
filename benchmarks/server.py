"""The archive as a deployment serves it: gunicorn with two workers, asked over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from benchmarks.measure import Subject

HOST = "127.0.0.1"
_SERVE = "-m gunicorn --log-level error config.wsgi --workers 2 --threads 4 --no-control-socket"


@contextmanager
def served(**variables: str) -> Iterator[int]:
    """Serve the archive with these environment variables as well; yield the port."""
    port = free_port()
    command = [sys.executable, *_SERVE.split(), "--bind", f"{HOST}:{port}"]
    with running(command, port, {"ALLOWED_HOSTS": HOST, **variables}):
        yield port


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    variables: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[None]:
    """Run a server until the block ends, which begins when the server listens at `port`.

    What it writes goes into `log`, or where our own output goes. Raises RuntimeError where it
    does not start.
    """
    with ExitStack() as files:
        output = files.enter_context(log.open("wb")) if log else None
        server = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **(variables or {})},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            _await(port, server)
            yield
        finally:
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    return port


class Visitor:
    """A browser on one connection, which stays open, and sends these headers."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=120)
        self._headers = dict(headers or {})

    def get(self, address: str) -> bytes:
        """Return the body of a page. Raises RuntimeError where it is not answered with 200."""
        return self._ask("GET", address)

    def post(self, address: str, body: str) -> bytes:
        """Send an encoded form; return the body of the answer. Raises as `get` does."""
        return self._ask("POST", address, body)

    def _ask(self, method: str, address: str, body: str | None = None) -> bytes:
        self._connection.request(method, address, body, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}.")
        return content

    def getting(self, *addresses: str) -> Subject:
        """Return what gets these pages, one after the other."""
        return lambda: [self.get(address) for address in addresses]


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The server does not start.") from None
            time.sleep(0.1)
        else:
            return
