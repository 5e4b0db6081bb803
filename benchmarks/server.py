"""The archive as a deployment serves it: gunicorn with two workers, asked over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from django.conf import settings

from benchmarks.measure import Subject

HOST = "127.0.0.1"
_SERVE = "-m gunicorn --log-level error config.wsgi --workers 2 --threads 4 --no-control-socket"


@contextmanager
def served(**variables: str) -> Iterator[int]:
    """Serve the archive with these environment variables as well; yield the port."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ALLOWED_HOSTS": HOST, **variables}
    server = subprocess.Popen(
        [sys.executable, *_SERVE.split(), "--bind", f"{HOST}:{port}"],
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
    )
    try:
        _await(port, server)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


class Visitor:
    """A browser on one connection, which stays open; `session` is the key of a session."""

    def __init__(self, port: int, session: str = "") -> None:
        self._connection = HTTPConnection(HOST, port, timeout=120)
        self._headers = {"Cookie": f"sessionid={session}"} if session else {}

    def get(self, address: str) -> bytes:
        """Return the body of a page. Raises RuntimeError where it is not answered with 200."""
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}.")
        return body

    def getting(self, address: str) -> Subject:
        return lambda: self.get(address)


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
