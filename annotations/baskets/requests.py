"""What a page asks to be done with a basket, read from the form that it sent.

Each button of the form sends the notes along as they stand in their fields, so that none is
lost by pressing another button. A field is called `note <key> <stamp>`, where the stamp tells
which note the page was made with.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.core.basket_contents import (
    LONGEST_NOTE,
    MOST,
    BasketContents,
    BasketItem,
    ItemNote,
)

_NOTE = "note "


@dataclass(frozen=True)
class BasketRequest:
    """One press of a button. Keys that are none are left out."""

    put: list[UUID] = field(default_factory=list)
    out: list[UUID] = field(default_factory=list)
    up: UUID | None = None
    down: UUID | None = None
    move: UUID | None = None
    # Where `move` goes; without it, to the end.
    before: UUID | None = None
    empty: bool = False
    # Put back what was taken out last.
    back: bool = False
    notes: Mapping[UUID, ItemNote] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: QueryDict) -> Self:
        return cls(
            put=_keys(sent.getlist("put")),
            out=_keys(sent.getlist("out")),
            up=_first_key(sent, "up"),
            down=_first_key(sent, "down"),
            move=_first_key(sent, "move"),
            before=_first_key(sent, "before"),
            empty="empty" in sent,
            back="back" in sent,
            notes=_notes(sent),
        )

    @property
    def too_long(self) -> list[UUID]:
        """The excerpts whose notes are longer than a note may be."""
        too_long = []
        for key, noted in self.notes.items():
            if len(noted.words) > LONGEST_NOTE:
                too_long.append(key)
        return too_long

    def done_to(
        self, contents: BasketContents, allowed: Collection[UUID]
    ) -> BasketContents:
        """Do it to a basket; of what is to be put in, only what is `allowed`."""
        contents = contents.noted(self.notes)
        contents = contents.put(BasketItem(key) for key in self.put if key in allowed)
        contents = contents.emptied() if self.empty else contents.taken_out(self.out)
        if self.back:
            contents = contents.put_back()
        if self.up:
            contents = contents.raised(self.up)
        if self.down:
            contents = contents.lowered(self.down)
        return contents.moved(self.move, self.before) if self.move else contents

    def as_typed(self, contents: BasketContents) -> BasketContents:
        """Return `contents` with the notes as they were sent, for the page that shows them once
        more."""
        typed = {key: noted.words for key, noted in self.notes.items()}
        items = []
        for item in contents.items:
            items.append(item._replace(note=typed.get(item.key, item.note)))
        return replace(contents, items=tuple(items))

    def message(
        self, before: BasketContents, after: BasketContents, allowed: Collection[UUID]
    ) -> str:
        """Say what was done, where it is not seen at once."""
        if self.put:
            return message_of_putting(allowed, before, after)
        if self.empty or self.out:
            count = len(before) - len(after)
            return ngettext(
                "%(count)d excerpt is taken out.",
                "%(count)d excerpts are taken out.",
                count,
            ) % {"count": count}
        if self.back:
            return _("Put back.")
        return "" if self.up or self.down or self.move else _("Saved.")


def message_of_putting(
    wanted: Collection[UUID], before: BasketContents, after: BasketContents
) -> str:
    """Say what became of excerpts that were to be put into a basket."""
    if not wanted:
        return _("This is no longer available, so nothing was put into the basket.")
    if left := sum(key not in after for key in wanted):
        words = ngettext(
            "The basket is full with %(most)d excerpts: %(count)d was not put in.",
            "The basket is full with %(most)d excerpts: %(count)d were not put in.",
            left,
        )
        return words % {"most": MOST, "count": left}
    added = len(after) - len(before)
    if not added:
        return _("It is in the basket already.")
    return ngettext(
        "Put into the basket.", "%(count)d excerpts are put into the basket.", added
    ) % {"count": added}


def _first_key(sent: QueryDict, name: str) -> UUID | None:
    keys = _keys(sent.getlist(name))
    return keys[0] if keys else None


def _keys(sent: Iterable[str]) -> list[UUID]:
    """Read keys, each of which may be several with spaces between them."""
    keys = map(_key, " ".join(sent).split())
    return [key for key in keys if key]


def _key(word: str) -> UUID | None:
    try:
        return UUID(word)
    except ValueError:
        return None


def _notes(sent: QueryDict) -> dict[UUID, ItemNote]:
    notes = {}
    for name, words in sent.items():
        key, _space, stamp = name.removeprefix(_NOTE).partition(" ")
        if name.startswith(_NOTE) and (found := _key(key)):
            lines = str(words).replace("\0", "").splitlines()
            notes[found] = ItemNote(stamp, "\n".join(lines).strip())
    return notes
