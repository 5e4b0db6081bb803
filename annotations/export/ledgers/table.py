"""What each table of a ledger is written from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A ledger: `said` are sentences about it all, `rows` are read once and hold a text for
    each of `columns`."""

    title: str
    address: str
    said: Sequence[str]
    columns: Sequence[str]
    rows: Iterable[Mapping[str, str]]
