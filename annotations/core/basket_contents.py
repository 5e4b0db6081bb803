"""What is in a basket: excerpts that somebody collects, in an order of their own, with a note
on each.

A basket is never changed by sending it whole. Each change says what is to be done to some of
its excerpts (put them in, take them out, move one, note something on it) and is done to what
the basket holds by then. So two pages that are open at once keep what each of them did:

    >>> one, two = UUID(int=1), UUID(int=2)
    >>> basket = Contents().put([Item(one)])
    >>> [item.key.int for item in basket.put([Item(two)]).moved(one, None).items]
    [2, 1]

What was taken out last is remembered with its place and its note, so that it can be put back.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

MOST = 500
"""Excerpts in one basket."""
LONGEST_NOTE = 1000
"""Characters of a note."""


def stamp_of(note: str) -> str:
    """Return what a page carries to say which note it showed: 12 hexadecimal digits."""
    return hashlib.sha256(note.encode()).hexdigest()[:12]


class BasketItem(NamedTuple):
    """An excerpt, by the key of its annotation, and what is noted on it."""

    key: UUID
    note: str = ""

    @property
    def stamp(self) -> str:
        return stamp_of(self.note)


class ItemNote(NamedTuple):
    """A note that somebody wrote over the one with the stamp `seen`."""

    seen: str
    words: str


@dataclass(frozen=True)
class BasketContents:
    """The excerpts in their order; `gone` are those taken out last, each with the place (from
    0) where it stood."""

    items: tuple[BasketItem, ...] = ()
    gone: tuple[tuple[int, BasketItem], ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "BasketContents":
        """Return what `kept` made."""
        return cls(
            tuple(BasketItem(UUID(key), note) for key, note in kept.get("items", ())),
            tuple(
                (place, BasketItem(UUID(key), note))
                for place, key, note in kept.get("gone", ())
            ),
        )

    @property
    def kept(self) -> dict[str, list[list[Any]]]:
        """What a session or a column of JSON can hold."""
        return {
            "items": [[str(key), note] for key, note in self.items],
            "gone": [[place, str(key), note] for place, (key, note) in self.gone],
        }

    def __contains__(self, key: UUID) -> bool:
        return any(item.key == key for item in self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def keys(self) -> list[UUID]:
        return [item.key for item in self.items]

    def put(self, items: Iterable[BasketItem]) -> "BasketContents":
        """Put excerpts at the end, as far as there is room.

        One that is in it stays where it is; it takes the new note where it has none, as one
        does that comes back.
        """
        had = {item.key: item.note for _place, item in self.gone}
        held = dict(self.items)
        for key, note in items:
            if key in held or len(held) < MOST:
                held[key] = held.get(key) or note or had.get(key, "")
        return BasketContents(
            _items(held), tuple(one for one in self.gone if one[1].key not in held)
        )

    def taken_out(self, keys: Container[UUID]) -> "BasketContents":
        """Take excerpts out; the ones taken out before can then no longer be put back."""
        gone = tuple((place, item) for place, item in enumerate(self.items) if item.key in keys)
        return (
            BasketContents(tuple(item for item in self.items if item.key not in keys), gone)
            if gone
            else self
        )

    def emptied(self) -> "BasketContents":
        return self.taken_out(self.keys)

    def put_back(self) -> "BasketContents":
        """Put what was taken out last where it stood, beside what came in since, as far as
        there is room."""
        items = list(self.items)
        for place, item in self.gone:
            if item.key not in self and len(items) < MOST:
                items.insert(place, item)
        return BasketContents(tuple(items))

    def moved(self, key: UUID, before: UUID | None) -> "BasketContents":
        """Move an excerpt in front of another, or to the end; where one of the two is not here,
        nothing moves."""
        if key not in self or key == before or (before is not None and before not in self):
            return self
        others = [item for item in self.items if item.key != key]
        place = len(others) if before is None else [item.key for item in others].index(before)
        others.insert(place, self.items[self.keys.index(key)])
        return replace(self, items=tuple(others))

    def raised(self, key: UUID) -> "BasketContents":
        """Move an excerpt one place up."""
        place = self.keys.index(key) if key in self else 0
        return self.moved(key, self.items[place - 1].key) if place else self

    def lowered(self, key: UUID) -> "BasketContents":
        """Move an excerpt one place down."""
        place = self.keys.index(key) + 2 if key in self else len(self) + 1
        return (
            self.moved(key, self.items[place].key if place < len(self) else None)
            if place <= len(self)
            else self
        )

    def noted(self, notes: Mapping[UUID, ItemNote]) -> "BasketContents":
        """Write notes, also on what has been taken out meanwhile.

        Where a note is not the one that was seen, somebody wrote it in another window: then
        both stay, one below the other.
        """
        return BasketContents(
            tuple(_noted(item, notes.get(item.key)) for item in self.items),
            tuple((place, _noted(item, notes.get(item.key))) for place, item in self.gone),
        )


def _noted(item: BasketItem, noted: ItemNote | None) -> BasketItem:
    if noted is None or noted.words == item.note or noted.seen == stamp_of(noted.words):
        return item
    if noted.seen == item.stamp or item.note in noted.words:
        return item._replace(note=noted.words)
    return (
        item if noted.words in item.note else item._replace(note=f"{item.note}\n{noted.words}")
    )


def _items(held: Mapping[UUID, str]) -> tuple[BasketItem, ...]:
    return tuple(BasketItem(key, note) for key, note in held.items())
