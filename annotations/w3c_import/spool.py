"""Many items on their way, kept in a temporary file."""

import pickle
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# Items that are worked on together. More are not faster, and take more memory.
_BATCH = 1000


class BatchSpool(Generic[T]):
    """Items that are added one by one, and read in batches, in their order, any number of
    times. `pack` makes plain values of an item, and `unpack` the item of those.

    An item must not be added while the batches are read.
    """

    def __init__(
        self,
        pack: Callable[[T], tuple[Any, ...]],
        unpack: Callable[[tuple[Any, ...]], T],
    ) -> None:
        self._pack, self._unpack = pack, unpack
        self._file = TemporaryFile()  # noqa: SIM115 - it lasts as long as the spool
        self._written = 0
        self._last: list[tuple[Any, ...]] = []

    def add(self, item: T) -> None:
        self._last.append(self._pack(item))
        if len(self._last) == _BATCH:
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._written += 1
            self._last = []

    def __len__(self) -> int:
        """Return the number of batches."""
        return self._written + bool(self._last)

    def __iter__(self) -> Iterator[list[T]]:
        self._file.seek(0)
        for _number in range(self._written):
            packed = pickle.load(self._file)  # noqa: S301 - nobody else has this file
            yield [self._unpack(values) for values in packed]
        if self._last:
            yield [self._unpack(values) for values in self._last]
