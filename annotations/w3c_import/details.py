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
# Code points after a figure in which what is counted may go on.
_CONTEXT = 200


def detail_of(
    item: ImportedAnnotation, located: LocatedPassage, resolver: EntityResolver
) -> Figure | Allegation:
    """Return what an imported figure or allegation says, not saved. Raises NotImported and
    ValidationError."""
    detail: Figure | Allegation
    if item.kind == Kind.FIGURE:
        detail = _figure(item, located, resolver)
    else:
        detail = _allegation(item.passage)
    detail.clean_fields(exclude=["annotation", "measure", "wording"])
    if (
        isinstance(detail, Figure)
        and detail.high is not None
        and detail.high <= detail.low
    ):
        raise NotImported(_("The upper value must be greater than the value."))
    return detail


def _figure(
    item: ImportedAnnotation, located: LocatedPassage, resolver: EntityResolver
) -> Figure:
    passage = item.passage
    if item.is_ours:
        if passage.value is None:
            raise NotImported(_("It gives no number."))
        return Figure(
            low=passage.value,
            high=passage.value_to,
            qualifier=passage.qualifier,
            counted=passage.counted,
            said_by=passage.said_by,
            said_by_entity=resolver.entity_named(passage.said_by),
            measure=resolver.measure(passage.measure) if passage.measure else None,
            unit=passage.unit,
            as_of=clean_edtf(passage.as_of),
        )
    # Another program gives no number: it is read from the words, if that can be done for sure.
    end = located.selector.end
    text_after = located.version.text[end : end + _CONTEXT]
    reading = read(located.selector.exact, text_after)
    if reading is None or reading.confidence is not Confidence.SURE:
        raise NotImported(
            _(
                "It cannot be read for sure which figure its words give: tag it at the desk."
            )
        )
    return Figure(**asdict(reading.amount), counted=reading.counted)


def _allegation(passage: W3CPassage) -> Allegation:
    """Its parties and its place become known by their names when it is saved (see
    `allegations.services.save_allegation`)."""
    if not passage.allegation:
        raise NotImported(
            _(
                "It does not say what is alleged, by whom, and where that stands: tag it at the desk."
            )
        )
    claimants, accused = names_in(passage.claimant), names_in(passage.accused)
    if any(len(name) > LONGEST_NAME for name in (*claimants, *accused)):
        raise NotImported(
            _("A name in it has more than %(longest)d characters.")
            % {"longest": LONGEST_NAME}
        )
    return Allegation(
        summary=passage.allegation,
        claimant="; ".join(claimants),
        accused="; ".join(accused),
        status=passage.status,
        conduct=passage.conduct,
        basis=passage.basis,
        happened=clean_edtf(passage.happened),
        place=passage.place,
    )


def says_the_same(
    existing: Annotation, wanted: Annotation, detail: Figure | Allegation | None
) -> bool:
    """Tell whether two annotations are of the same words and say the same; an editor may have
    judged the existing one since."""
    for name in ("kind", "version_id", "start", "end", "entity_id"):
        if getattr(existing, name) != getattr(wanted, name):
            return False
    is_judged_since = wanted.state in MACHINE and existing.state not in MACHINE
    if existing.state != wanted.state and not is_judged_since:
        return False
    if detail is None:
        return True
    existing_detail = getattr(existing, str(detail._meta.model_name), None)
    if existing_detail is None:
        return False
    for column in detail._meta.concrete_fields:
        name = column.attname
        is_derived = name in _DERIVED
        if not is_derived and getattr(existing_detail, name) != getattr(detail, name):
            return False
    return True
