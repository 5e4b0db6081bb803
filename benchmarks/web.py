"""Asking for pages as a server would: through the WSGI application, with all its middleware, to
the last byte."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from benchmarks.measure import Subject
from benchmarks.urls import EMPTY


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    # Bytes of the body, as they leave the application: a proxy would compress them.
    size: int


class Site:
    def __init__(self) -> None:
        self._application = WSGIHandler()

    def get(self, address: str, **headers: str) -> Answer:
        return self._answer(_environ(address, headers))

    def getting(self, address: str, status: int = 200, **headers: str) -> Subject:
        """Return what asks for `address` each time that it is called; another status than
        `status` is an error."""
        environ = _environ(address, headers)

        def get() -> Answer:
            answer = self._answer(environ)
            if answer.status != status:
                raise RuntimeError(f"{address} answers {answer.status}, not {status}.")
            return answer

        return get

    def empty(self) -> Subject:
        return self.getting(EMPTY)

    def _answer(self, environ: dict[str, Any]) -> Answer:
        told: list[Any] = []

        def start_response(*line: Any) -> Any:
            told.append(line)

        body: Iterable[bytes] = self._application(environ.copy(), start_response)
        size = sum(len(piece) for piece in body)
        body.close()  # type: ignore[attr-defined]  # as WSGI servers do: it ends the request
        status, headers = told[0][0], dict(told[0][1])
        return Answer(int(status.split()[0]), headers, size)


def _environ(address: str, headers: dict[str, str]) -> dict[str, Any]:
    request = RequestFactory(SERVER_NAME="localhost").get(
        address, headers=headers or None
    )
    return dict(request.environ)
