"""The table of one measure: each figure a row, with its words, its speaker, its source and what
speaks against it."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from annotations.core.figures.conflicts import GivenFigure
from annotations.core.figures.parser import plain
from annotations.export.ledgers.table import Table
from annotations.figures.ledger import ComparedRow, FigureRow, MeasureLedger, TotalRow

COLUMNS = (
    "measure",
    "figure",
    "value",
    "value_to",
    "qualifier",
    "unit",
    "counted",
    "according_to",
    "as_of",
    "words",
    "title",
    "publisher",
    "published",
    "paragraph",
    "replaced_by",
    "replaces",
    "cannot_both_be_true",
    "added_by_an_editor",
    "permalink",
)


def measure_table(ledger: MeasureLedger, base: str) -> Table:
    """Return a measure's ledger as a table; `base` is the archive's own address, as
    `https://…`."""
    base = base.rstrip("/")
    address = f"{base}{ledger.measure.get_absolute_url()}"
    said = [*ledger.said]
    if ledger.left_out:
        said.append(
            ngettext(
                "%(count)d later figure is left out here.",
                "%(count)d later figures are left out here.",
                ledger.left_out,
            )
            % {"count": ledger.left_out}
        )
    rows = _rows(ledger, base, address)
    return Table(ledger.measure.name, address, said, COLUMNS, rows)


def _rows(ledger: MeasureLedger, base: str, address: str) -> Iterator[dict[str, str]]:
    empty = dict.fromkeys(COLUMNS, "")
    for row in ledger.rows:
        yield empty | _compared(row, base, address) | _figure(row)
    for row_of_sum in ledger.sums:
        yield empty | _compared(row_of_sum, base, address) | _sum(row_of_sum)


def _compared(row: ComparedRow, base: str, address: str) -> dict[str, str]:
    """Return what follows for a figure or a sum from the others; `permalink` is its own
    address."""
    replaced_by = ""
    if row.replaced_by:
        replaced_by = _link(row.replaced_by, base, address)
    return {
        "according_to": row.given.speaker,
        "replaced_by": replaced_by,
        "replaces": " ".join(_link(given, base, address) for given in row.replaces),
        "cannot_both_be_true": " ".join(row.why),
        "permalink": _link(row.given, base, address),
    }


def _link(given: GivenFigure, base: str, address: str) -> str:
    """Return the address of a figure; a sum has one on the page of its measure."""
    if given.sum_label:
        return f"{address}#f-{given.key}"
    return f"{base}/annotations/{given.key}/"


def _figure(row: FigureRow) -> dict[str, str]:
    annotation = row.annotation
    figure, article = annotation.figure, annotation.article
    return {
        "measure": row.measure.name,
        "figure": str(figure.amount),
        "value": plain(figure.low),
        "value_to": plain(figure.high),
        "qualifier": figure.qualifier,
        "unit": figure.unit or row.measure.unit,
        "counted": figure.counted,
        "as_of": figure.as_of,
        "words": annotation.exact,
        "title": article.title,
        "publisher": article.publisher_name,
        "published": article.published,
        "paragraph": str(annotation.paragraph),
    }


def _sum(one: TotalRow) -> dict[str, str]:
    amount = one.given.amount
    return {
        "measure": one.total.measure.name,
        "figure": f"{one.given.sum_label} = {amount}",
        "value": plain(amount.low),
        "value_to": plain(amount.high),
        "qualifier": amount.qualifier,
        "added_by_an_editor": one.total.note,
    }
