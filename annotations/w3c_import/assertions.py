"""What is said of some words, here or in a file, and whether two say the same."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.models import MACHINE, Allegation, Annotation, Figure, Kind, Measure
from annotations.w3c_import.entities import NamedEntity

# Columns of figures and allegations that nothing else follows from.
COLUMNS = {
    Kind.FIGURE: (
        "low",
        "high",
        "qualifier",
        "counted",
        "said_by",
        "unit",
        "as_of",
    ),
    Kind.ALLEGATION: (
        "summary",
        "claimant",
        "accused",
        "status",
        "conduct",
        "basis",
        "happened",
        "place",
    ),
}
# A version, by key, and two offsets into its text.
Span = tuple[int, int, int]


@dataclass(slots=True)
class Detail:
    """What a figure or an allegation says: its `COLUMNS` and, of a figure, who says so, by key,
    and of which measure it is."""

    columns: dict[str, Any]
    said_by_entity: int | None = None
    measure: Measure | None = None

    @property
    def measure_key(self) -> int | None:
        return self.measure.pk if self.measure else None


@dataclass(slots=True)
class Assertion:
    """What an annotation says, and of which words. `is_made` says that this import made it.

    Of a mention that is to be made, `named` is whom it is of; of one that is here, `entity_id`.
    """

    key: UUID
    kind: str
    state: str
    span: Span
    named: NamedEntity | None = None
    entity_id: int | None = None
    detail: Detail | None = None
    is_made: bool = False

    @property
    def entity_key(self) -> int | None:
        return self.named.key if self.named else self.entity_id


def assertion_of(annotation: Annotation, *, is_made: bool) -> Assertion:
    """Return what an annotation says that is here."""
    return Assertion(
        key=annotation.pk,
        kind=annotation.kind,
        state=annotation.state,
        span=(annotation.version_id, annotation.start, annotation.end),
        entity_id=annotation.entity_id,
        detail=_detail_of(annotation),
        is_made=is_made,
    )


def says_the_same(existing: Assertion, wanted: Assertion) -> bool:
    """Tell whether two annotations are of the same words and say the same; an editor may have
    judged the existing one since."""
    if (existing.kind, existing.span) != (wanted.kind, wanted.span):
        return False
    if existing.entity_key != wanted.entity_key:
        return False
    is_judged_since = wanted.state in MACHINE and existing.state not in MACHINE
    if existing.state != wanted.state and not is_judged_since:
        return False
    if wanted.detail is None:
        return True
    return existing.detail is not None and _is_same(existing.detail, wanted.detail)


def _is_same(one: Detail, other: Detail) -> bool:
    return (
        one.columns == other.columns
        and one.said_by_entity == other.said_by_entity
        and one.measure_key == other.measure_key
    )


def _detail_of(annotation: Annotation) -> Detail | None:
    """Return what is said in an annotation's figure or allegation, if it has one."""
    if annotation.kind == Kind.FIGURE:
        return _detail_of_figure(getattr(annotation, "figure", None))
    if annotation.kind == Kind.ALLEGATION:
        return _detail_of_allegation(getattr(annotation, "allegation", None))
    return None


def _detail_of_figure(figure: Figure | None) -> Detail | None:
    if figure is None:
        return None
    columns = {name: getattr(figure, name) for name in COLUMNS[Kind.FIGURE]}
    measure = Measure(pk=figure.measure_id) if figure.measure_id else None
    return Detail(columns, figure.said_by_entity_id, measure)


def _detail_of_allegation(allegation: Allegation | None) -> Detail | None:
    if allegation is None:
        return None
    return Detail(
        {name: getattr(allegation, name) for name in COLUMNS[Kind.ALLEGATION]}
    )
