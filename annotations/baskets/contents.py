"""What somebody sees of a basket: each excerpt with its passage, as far as they may see that.

An excerpt may have been deleted, merged away or withheld since it was put in. It keeps its
place, without its words, and is left out of exports.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from annotations.core.basket_contents import BasketContents, BasketItem
from annotations.export.excerpts import Excerpt, excerpts_of, permalink_of
from annotations.models import Annotation, AnnotationQuerySet
from archive.models import Viewer
from archive.roles import Role, role_of


@dataclass(frozen=True)
class BasketLine:
    """An excerpt of a basket; the passage is None for whom it is not available."""

    item: BasketItem
    annotation: Annotation | None
    note: str


@dataclass(frozen=True)
class BasketView:
    """The excerpts of a basket in their order, for reading."""

    lines: list[BasketLine]

    @property
    def available(self) -> list[BasketItem]:
        return [line.item for line in self.lines if line.annotation]

    @property
    def left_out(self) -> int:
        """How many excerpts are not available."""
        return len(self.lines) - len(self.available)


def may_be_collected(user: Viewer, keys: Iterable[UUID]) -> AnnotationQuerySet:
    """The passages with these keys that `user` may see and cite: no suggestions, for editors
    neither."""
    return Annotation.objects.visible_to(user).shown().filter(pk__in=list(keys))


def collected(
    contents: BasketContents, user: Viewer, *, is_own: bool = True
) -> BasketView:
    """Return what `user` sees of a basket, in one query.

    In somebody else's a note is shown with its passage only: it may well repeat the words.
    """
    passages = may_be_collected(user, contents.keys).with_sources().in_bulk()
    lines = []
    for item in contents.items:
        passage = passages.get(item.key)
        note = item.note if passage or is_own else ""
        lines.append(BasketLine(item, passage, note))
    return BasketView(lines)


def excerpts_in(contents: BasketContents, user: Viewer, base: str) -> Iterator[Excerpt]:
    """Yield the excerpts of a basket that `user` may see, in its order, each with its note."""
    passages = may_be_collected(user, contents.keys).order_by("pk")
    for_editors = role_of(user).includes(Role.EDITOR)
    found = {
        excerpt.permalink: excerpt
        for excerpt in excerpts_of(passages, base, for_editors=for_editors)
    }
    for item in contents.items:
        if excerpt := found.get(permalink_of(item.key, base)):
            yield excerpt._replace(note=item.note)
