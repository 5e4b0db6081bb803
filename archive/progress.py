"""A progress bar for commands, drawn only where a person is watching."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")
_WIDTH = 30


def progress(items: Sequence[T], stream: OutputWrapper) -> Iterator[T]:
    """Yield `items`; if `stream` is a terminal, show how many of them are done."""
    if not stream.isatty() or len(items) < 2:
        yield from items
        return
    for done, item in enumerate(items):
        filled = _WIDTH * done // len(items)
        bar = "█" * filled + "·" * (_WIDTH - filled)
        stream.write(f"\r{bar} {done}/{len(items)}", ending="")
        stream.flush()
        yield item
    # Blanks over the bar and its numbers leave a clean line.
    blanks = " " * (_WIDTH + 20)
    stream.write(f"\r{blanks}\r", ending="")
