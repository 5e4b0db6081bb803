"""The marks on one text: people and places as rows, because a text has many, and figures and
allegations as what they are, because their notes say more."""

from typing import NamedTuple, TypeAlias
from uuid import UUID

from annotations.models import MENTIONS, Annotation, AnnotationQuerySet, Kind, State
from annotations.models.annotations import entity_url
from archive.addresses import address_of
from archive.labels import label_of


class Mention(NamedTuple):
    """A tagged person or place, with as much of it as a page of its text shows.

    It has the names of an `Annotation`, so that templates show both alike.
    """

    pk: UUID
    start: int
    end: int
    kind: str
    state: str
    revision: int
    exact: str
    paragraph: int
    entity_id: int
    tag: str
    slug: str

    def get_kind_display(self) -> str:
        return label_of(Kind, self.kind)

    def get_state_display(self) -> str:
        return label_of(State, self.state)

    def get_absolute_url(self) -> str:
        return address_of("annotations:annotation-detail", self.pk)

    def get_entity_url(self) -> str:
        return entity_url(self.kind, self.slug)


Mark: TypeAlias = Mention | Annotation

_COLUMNS = (*Mention._fields[:-2], "entity__name", "entity__slug")


def marks_among(annotations: AnnotationQuerySet) -> list[Mark]:
    """Return these annotations of one text in its order. Costs two queries, and one more where
    anything is alleged."""
    mentions = annotations.filter(entity__isnull=False).values_list(*_COLUMNS)
    notes = annotations.exclude(kind__in=MENTIONS).with_details()
    marks: list[Mark] = [*map(Mention._make, mentions.order_by()), *notes.order_by()]
    marks.sort(key=_place)
    return marks


def _place(mark: Mark) -> tuple[int, int, UUID]:
    return mark.start, -mark.end, mark.pk
