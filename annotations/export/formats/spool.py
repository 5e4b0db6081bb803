"""What is written along the way and stands at the end of a file: kept on disk, so that memory
does not grow with it."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

_CHARACTERS_AT_ONCE = 16 * 1024


class Spool:
    """`with Spool() as notes:` takes text with `notes.write` and gives it back, once, by `yield
    from notes`."""

    is_empty: bool

    def __enter__(self) -> Self:
        self._file = TemporaryFile("w+", encoding="utf-8", newline="")
        self.is_empty = True
        return self

    def write(self, text: str) -> None:
        self._file.write(text)
        self.is_empty = False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        while text := self._file.read(_CHARACTERS_AT_ONCE):
            yield text
