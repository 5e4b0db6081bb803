"""What is in a basket: excerpts that somebody collects, in an order of their own, with a note
on each.

A basket is never changed by sending it whole. Each change says what is to be done to some of
its excerpts (put them in, take them out, move one, note something on it) and is done to what
the basket holds by then. So two pages that are open at once keep what each of them did:

    >>> one, two = UUID(int=1), UUID(int=2)
    >>> basket = BasketContents().put([BasketItem(one)])
    >>> [item.key.int for item in basket.put([BasketItem(two)]).moved(one, None).items]
    [2, 1]

What was taken out last is remembered with its place and its note, so that it can be put back.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

# Excerpts in one basket.
MOST = 500
# Characters of a note.
LONGEST_NOTE = 1000


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
    """The excerpts in their order; `gone` are those taken out last, each with the position
    (from 0) where it stood."""

    items: tuple[BasketItem, ...] = ()
    gone: tuple[tuple[int, BasketItem], ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "BasketContents":
        """Return what `kept` made."""
        items = [BasketItem(UUID(key), note) for key, note in kept.get("items", ())]
        gone = []
        for position, key, note in kept.get("gone", ()):
            gone.append((position, BasketItem(UUID(key), note)))
        return cls(tuple(items), tuple(gone))

    @property
    def kept(self) -> dict[str, list[list[Any]]]:
        """What a session or a column of JSON can hold."""
        gone = []
        for position, (key, note) in self.gone:
            gone.append([position, str(key), note])
        items = [[str(key), note] for key, note in self.items]
        return {"items": items, "gone": gone}

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
        old_notes = {item.key: item.note for _position, item in self.gone}
        notes = dict(self.items)
        for key, note in items:
            if key in notes or len(notes) < MOST:
                notes[key] = notes.get(key) or note or old_notes.get(key, "")
        held = [BasketItem(key, note) for key, note in notes.items()]
        still_gone = []
        for position, item in self.gone:
            if item.key not in notes:
                still_gone.append((position, item))
        return BasketContents(tuple(held), tuple(still_gone))

    def taken_out(self, keys: Container[UUID]) -> "BasketContents":
        """Take excerpts out; the ones taken out before can then no longer be put back."""
        gone = [pair for pair in enumerate(self.items) if pair[1].key in keys]
        if not gone:
            return self
        left = [item for item in self.items if item.key not in keys]
        return BasketContents(tuple(left), tuple(gone))

    def emptied(self) -> "BasketContents":
        return self.taken_out(self.keys)

    def put_back(self) -> "BasketContents":
        """Put what was taken out last where it stood, beside what came in since, as far as
        there is room."""
        items = list(self.items)
        for position, item in self.gone:
            if item.key not in self and len(items) < MOST:
                items.insert(position, item)
        return BasketContents(tuple(items))

    def moved(self, key: UUID, before: UUID | None) -> "BasketContents":
        """Move an excerpt in front of another, or to the end; where one of the two is not here,
        nothing moves."""
        keys = self.keys
        if key not in keys or key == before:
            return self
        if before is not None and before not in keys:
            return self
        items = list(self.items)
        item = items.pop(keys.index(key))
        keys.remove(key)
        items.insert(len(keys) if before is None else keys.index(before), item)
        return replace(self, items=tuple(items))

    def raised(self, key: UUID) -> "BasketContents":
        """Move an excerpt one position up."""
        keys = self.keys
        if key not in keys or key == keys[0]:
            return self
        return self.moved(key, keys[keys.index(key) - 1])

    def lowered(self, key: UUID) -> "BasketContents":
        """Move an excerpt one position down."""
        keys = self.keys
        if key not in keys or key == keys[-1]:
            return self
        # One down is in front of the one after the next.
        following = keys[keys.index(key) + 2 :]
        return self.moved(key, following[0] if following else None)

    def noted(self, notes: Mapping[UUID, ItemNote]) -> "BasketContents":
        """Write notes, also on what has been taken out meanwhile.

        Where a note is not the one that was seen, somebody wrote it in another window: then
        both stay, one below the other.
        """
        items = [_noted(item, notes) for item in self.items]
        gone = [(position, _noted(item, notes)) for position, item in self.gone]
        return BasketContents(tuple(items), tuple(gone))


def _noted(item: BasketItem, notes: Mapping[UUID, ItemNote]) -> BasketItem:
    new_note = notes.get(item.key)
    if new_note is None or new_note.words == item.note:
        return item
    if new_note.seen == stamp_of(new_note.words):
        return item  # nobody changed it on that page
    if new_note.seen == item.stamp or item.note in new_note.words:
        return item._replace(note=new_note.words)
    if new_note.words in item.note:
        return item
    return item._replace(note=f"{item.note}\n{new_note.words}")
