"""A progress bar for commands, drawn only where a person is watching."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_WIDTH = 30


class Countable(Protocol[T_co]):
    """Items that can be counted before they are gone through."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[T_co]: ...


def progress(items: Countable[T], stream: OutputWrapper) -> Iterator[T]:
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
