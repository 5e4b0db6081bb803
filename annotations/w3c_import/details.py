"""What imported figures and allegations say: checked as a form would, and not saved."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from annotations.core.figures.parser import Confidence, read
from annotations.core.w3c import W3CPassage
from annotations.models import LONGEST_NAME, Allegation, Figure, Kind, names_in
from annotations.w3c_import.assertions import COLUMNS, Detail
from annotations.w3c_import.documents import ImportedAnnotation, NotImported
from annotations.w3c_import.entities import EntityResolver
from annotations.w3c_import.locator import LocatedPassage
from archive.dates import clean_edtf

# Code points after a figure in which what is counted may go on.
_CONTEXT = 200
# Values that were found to be valid, and are not looked at again: most words of figures come
# many times.
_MOST_REMEMBERED = 10_000
_FIELDS = {
    kind: [field for field in model._meta.fields if field.name in COLUMNS[kind]]
    for kind, model in ((Kind.FIGURE, Figure), (Kind.ALLEGATION, Allegation))
}


def detail_of(
    item: ImportedAnnotation, located: LocatedPassage, resolver: EntityResolver
) -> Detail:
    """Return what an imported figure or allegation says. Raises NotImported and
    ValidationError."""
    if item.kind == Kind.FIGURE:
        detail = _figure(item, located, resolver)
    else:
        detail = _allegation(item.passage)
    _clean(item.kind, detail.columns)
    high = detail.columns.get("high")
    if high is not None and high <= detail.columns["low"]:
        raise NotImported(_("The upper value must be greater than the value."))
    return detail


def names_said(items: Iterable[ImportedAnnotation]) -> set[str]:
    """Return the names in figures and allegations by which somebody may be known here."""
    names = set()
    for item in items:
        passage = item.passage
        names |= {passage.said_by, passage.place}
        names.update(names_in(passage.claimant), names_in(passage.accused))
    return names - {""}


def _figure(
    item: ImportedAnnotation, located: LocatedPassage, resolver: EntityResolver
) -> Detail:
    passage = item.passage
    if item.is_ours:
        if passage.value is None:
            raise NotImported(_("It gives no number."))
        said_by = resolver.entity_named(passage.said_by)
        columns = {
            "low": passage.value,
            "high": passage.value_to,
            "qualifier": passage.qualifier,
            "counted": passage.counted,
            "said_by": passage.said_by,
            "unit": passage.unit,
            "as_of": clean_edtf(passage.as_of),
        }
        measure = resolver.measure(passage.measure) if passage.measure else None
        return Detail(columns, said_by.pk if said_by else None, measure)
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
    figure = Figure(**asdict(reading.amount), counted=reading.counted)
    return Detail({name: getattr(figure, name) for name in COLUMNS[Kind.FIGURE]})


def _allegation(passage: W3CPassage) -> Detail:
    """Its parties and its place become known by their names when it is saved (see
    `allegations.services.make_allegations`)."""
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
    return Detail(
        {
            "summary": passage.allegation,
            "claimant": "; ".join(claimants),
            "accused": "; ".join(accused),
            "status": passage.status,
            "conduct": passage.conduct,
            "basis": passage.basis,
            "happened": clean_edtf(passage.happened),
            "place": passage.place,
        }
    )


def _clean(kind: Kind, columns: dict[str, Any]) -> None:
    """Do what `Model.clean_fields` does, without a model. Raises ValidationError."""
    errors = {}
    for field in _FIELDS[kind]:
        value = columns[field.name]
        if field.blank and value in field.empty_values:
            continue
        try:
            columns[field.name] = _cleaned(field, str(value))
        except ValidationError as error:
            errors[field.name] = error.error_list
    if errors:
        raise ValidationError(errors)


@lru_cache(_MOST_REMEMBERED)
def _cleaned(field: "Field[Any, Any]", value: str) -> Any:
    return field.clean(value, None)
