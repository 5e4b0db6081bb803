"""Eight readers who open one article after the other, each on a connection of their own, as
fast as they are answered.

They are one process that reads no more of an answer than where it ends, so that on a small
machine the server has the processors to itself: `http.client` would take as long as the server.
"""

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from itertools import cycle

from benchmarks.server import HOST

READERS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
# How an answer in chunks ends (RFC 9112, section 7.1).
_LAST_CHUNK = b"\r\n0\r\n\r\n"

# The addresses that are asked for, one after the other, to see one article.
Opening = Sequence[str]


def opens_per_second(port: int, openings: Sequence[Opening], seconds: float) -> float:
    """Open articles for so many seconds; return how many were opened in one.

    Raises RuntimeError where something is not answered with 200.
    """
    opened = 0
    with selectors.DefaultSelector() as selector:
        readers = []
        for number in range(READERS):
            # Each begins elsewhere.
            first = number * len(openings) // READERS
            reader = _Reader(port, [*openings[first:], *openings[:first]])
            selector.register(reader.connection, selectors.EVENT_READ, reader)
            readers.append(reader)
        started = time.perf_counter()
        for reader in readers:
            reader.ask()
        while time.perf_counter() - started < seconds:
            for key, _events in selector.select(timeout=1):
                opened += key.data.receive()
        taken = time.perf_counter() - started
        for reader in readers:
            reader.connection.close()
    return opened / taken


class _Reader:
    def __init__(self, port: int, openings: Sequence[Opening]) -> None:
        self.connection = socket.create_connection((HOST, port), timeout=60)
        self._addresses = _in_turn(openings)
        self._answer = b""
        self._address = ""
        self._is_last = False

    def ask(self) -> None:
        """Send the next request."""
        self._address, self._is_last = next(self._addresses)
        request = f"GET {self._address} HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
        self.connection.sendall(request.encode())

    def receive(self) -> bool:
        """Read what has come, and ask for more where that was all; say whether an article is
        open now."""
        received = self.connection.recv(1 << 18)
        if not received:
            raise RuntimeError(f"{self._address} is not answered.")
        self._answer += received
        if not is_complete(self._answer):
            return False
        if not self._answer.startswith(b"HTTP/1.1 200 "):
            status = self._answer.partition(b"\r\n")[0].decode()
            raise RuntimeError(f"{self._address} answers {status}.")
        self._answer = b""
        is_open = self._is_last
        self.ask()
        return is_open


def is_complete(answer: bytes) -> bool:
    """Say whether bytes are a whole answer, head and body (RFC 9112, section 6.3)."""
    head, blank_line, body = answer.partition(b"\r\n\r\n")
    if not blank_line:
        return False
    length = _LENGTH.search(head + b"\r\n")
    if length:
        return len(body) >= int(length[1])
    return answer.endswith(_LAST_CHUNK)


def _in_turn(openings: Sequence[Opening]) -> Iterator[tuple[str, bool]]:
    """Yield addresses without end, each with whether it is the last of its article."""
    for opening in cycle(openings):
        for number, address in enumerate(opening, start=1):
            yield address, number == len(opening)
