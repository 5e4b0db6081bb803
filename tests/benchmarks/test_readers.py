"""Readers know where an answer ends, and count articles rather than requests."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.readers import is_complete, opens_per_second

OK = b"HTTP/1.1 200 OK\r\n"


class Pages(BaseHTTPRequestHandler):
    """Answers every address but /missing, and notes which were asked for."""

    protocol_version = "HTTP/1.1"
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = b"a page\r\n\r\n" * 5000
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    # All readers connect at once.
    request_queue_size = 16
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of readers who left in the middle of a page."""


@pytest.fixture(name="port")
def _port() -> Iterator[int]:
    Pages.asked = []
    server = Server(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_answer_with_a_length_ends_there() -> None:
    head = OK + b"content-length: 4\r\n\r\n"

    assert not is_complete(OK)
    assert not is_complete(head + b"pag")
    assert is_complete(head + b"page")


def test_an_answer_in_chunks_ends_with_an_empty_one() -> None:
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"

    assert not is_complete(head + b"4\r\npage\r\n")
    assert is_complete(head + b"4\r\npage\r\n0\r\n\r\n")


def test_an_article_of_two_pages_is_open_when_both_are_there(port: int) -> None:
    seconds = 0.5

    rate = opens_per_second(port, [["/article", "/its-annotations"]], seconds)

    # Each of the eight readers may have asked for one page more, or two.
    opened = rate * seconds
    assert opened > 8
    assert opened <= len(Pages.asked) / 2 + 8
    assert Pages.asked.count("/its-annotations") >= 8


def test_a_page_that_is_missing_is_not_counted(port: int) -> None:
    with pytest.raises(RuntimeError, match="/missing answers"):
        opens_per_second(port, [["/missing"]], seconds=1)
