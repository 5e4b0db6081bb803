"""Working through many rows a few hundred at a time, so that neither memory nor the parameters
of one query grow with them (SQLite takes 32,766, and each row of a bulk_create has several)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH_SIZE = 500


def batched(items: Iterable[T], size: int = BATCH_SIZE) -> Iterator[list[T]]:
    """Yield `items` in lists of at most `size`, each taken from them when it is asked for."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
