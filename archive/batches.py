"""Working through many rows a few hundred at a time, so that neither memory nor the parameters
of one query grow with them (SQLite takes 32,766, and each row of a bulk_create has several)."""

from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")

BATCH_SIZE = 500


def batched(items: list[T], size: int = BATCH_SIZE) -> Iterator[list[T]]:
    """Yield `items` in slices of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
