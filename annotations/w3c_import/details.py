"""What imported figures and allegations say, and whether it is what is said here already."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from annotations.core.figures.parser import Confidence, read
from annotations.core.w3c import W3CPassage
from annotations.models import (
    LONGEST_NAME,
    MACHINE,
    Allegation,
    Annotation,
    Figure,
    Kind,
    names_in,
)
from annotations.w3c_import.documents import ImportedAnnotation, NotImported
from annotations.w3c_import.entities import EntityResolver
from annotations.w3c_import.locator import LocatedPassage
from archive.dates import clean_edtf

_DERIVED = ("annotation_id", "place_entity_id", "wording")
_CONTEXT = 200
"""Code points behind a figure in which what is counted may go on."""


def detail_of(
    each: ImportedAnnotation, found: LocatedPassage, names: EntityResolver
) -> Figure | Allegation:
    """Return what an incoming figure or allegation says, not saved. Raises NotTaken and
    ValidationError."""
    detail = (
        _figure(each, found, names) if each.kind == Kind.FIGURE else _allegation(each.passage)
    )
    detail.clean_fields(exclude=["annotation", "measure", "wording"])
    if isinstance(detail, Figure) and detail.high is not None and detail.high <= detail.low:
        raise NotImported(_("The upper value must be greater than the value."))
    return detail


def _figure(each: ImportedAnnotation, found: LocatedPassage, names: EntityResolver) -> Figure:
    passage = each.passage
    if each.is_ours:
        if passage.value is None:
            raise NotImported(_("It gives no number."))
        return Figure(
            low=passage.value,
            high=passage.value_to,
            qualifier=passage.qualifier,
            counted=passage.counted,
            said_by=passage.said_by,
            said_by_entity=names.entity_named(passage.said_by),
            measure=names.measure(passage.measure) if passage.measure else None,
            unit=passage.unit,
            as_of=clean_edtf(passage.as_of),
        )
    end = found.selector.end
    reading = read(found.selector.exact, found.version.text[end : end + _CONTEXT])
    if reading is None or reading.confidence is not Confidence.SURE:
        raise NotImported(
            _("It cannot be read for sure which figure its words give: tag it at the desk.")
        )
    return Figure(**asdict(reading.amount), counted=reading.counted)


def _allegation(passage: W3CPassage) -> Allegation:
    """Its parties and its place are known by their names, as `alleging.save_allegation` has
    it."""
    if not passage.allegation:
        raise NotImported(
            _(
                "It does not say what is alleged, by whom, and where that stands: tag it at the desk."
            )
        )
    if any(
        len(name) > LONGEST_NAME
        for typed in (passage.claimant, passage.accused)
        for name in names_in(typed)
    ):
        raise NotImported(
            _("A name in it has more than %(longest)d characters.") % {"longest": LONGEST_NAME}
        )
    return Allegation(
        summary=passage.allegation,
        claimant="; ".join(names_in(passage.claimant)),
        accused="; ".join(names_in(passage.accused)),
        status=passage.status,
        conduct=passage.conduct,
        basis=passage.basis,
        happened=clean_edtf(passage.happened),
        place=passage.place,
    )


def says_the_same(
    one: Annotation, other: Annotation, detail: Figure | Allegation | None
) -> bool:
    """Say whether two annotations are of the same words and say the same; an editor may have
    judged one since."""
    names = ("kind", "version_id", "start", "end", "entity_id")
    is_alike = all(getattr(one, name) == getattr(other, name) for name in names)
    is_judged = other.state in MACHINE and one.state not in MACHINE
    if not is_alike or not (one.state == other.state or is_judged):
        return False
    if detail is None:
        return True
    said = getattr(one, str(detail._meta.model_name), None)
    columns = [
        name
        for column in detail._meta.concrete_fields
        if (name := column.attname) not in _DERIVED
    ]
    return said is not None and all(
        getattr(said, name) == getattr(detail, name) for name in columns
    )
