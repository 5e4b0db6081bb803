"""What is kept of pages in tests, which also write to the database by themselves."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.signals import request_finished, request_started, setting_changed

_thread = threading.local()


def forget_pages() -> None:
    """Forget all that was kept of pages."""
    for name in settings.CACHES:
        caches[name].clear()


def forget_after_writing(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """Run a statement, as a wrapper of `connection.execute_wrapper`; forget what was kept if it
    writes outside of any request."""
    result = execute(sql, params, many, context)
    is_in_request = getattr(_thread, "is_in_request", False)
    if not is_in_request and sql.startswith(("INSERT", "UPDATE", "DELETE")):
        forget_pages()
    return result


def _begin(**_signal: Any) -> None:
    _thread.is_in_request = True


def _end(**_signal: Any) -> None:
    _thread.is_in_request = False


def _forget(**_signal: Any) -> None:
    forget_pages()


# A process that runs with other settings begins with nothing kept.
setting_changed.connect(_forget)
request_started.connect(_begin)
request_finished.connect(_end)


@contextmanager
def as_in_a_request() -> Iterator[None]:
    """Do something as a request would: nothing is forgotten that the archive does not say is
    old."""
    _begin()
    try:
        yield
    finally:
        _end()
