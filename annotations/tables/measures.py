"""The table of one measure: each figure a row, with its words, its speaker, its source and what speaks against it."""

from collections.abc import Iterator

from annotations.figures import plain
from annotations.measure_ledger import MeasureLedger, Row, Sum
from annotations.tables.table import Table

COLUMNS = (
    *("measure", "figure", "value", "value_to", "qualifier", "unit", "counted", "according_to", "as_of"),
    *("words", "title", "publisher", "published", "paragraph", "replaced_by", "cannot_both_be_true"),
    *("added_by_an_editor", "permalink"),
)


def measure_table(ledger: MeasureLedger, base: str) -> Table:
    """Return a measure's ledger as a table; `base` is the archive's own address, as `https://…`."""
    base = base.rstrip("/")
    address = f"{base}{ledger.measure.get_absolute_url()}"
    return Table(ledger.measure.name, address, ledger.said, COLUMNS, _rows(ledger, base, address))


def _rows(ledger: MeasureLedger, base: str, address: str) -> Iterator[dict[str, str]]:
    for row in ledger.rows:
        yield dict.fromkeys(COLUMNS, "") | _figure(row, base)
    for one in ledger.sums:
        yield dict.fromkeys(COLUMNS, "") | _sum(one, address)


def _figure(row: Row, base: str) -> dict[str, str]:
    annotation = row.annotation
    figure, article = annotation.figure, annotation.article
    return {
        "measure": row.measure.name,
        "figure": str(figure.amount),
        "value": plain(figure.low),
        "value_to": plain(figure.high) if figure.high is not None else "",
        "qualifier": figure.qualifier,
        "unit": figure.unit or row.measure.unit,
        "counted": figure.counted,
        "according_to": row.given.speaker,
        "as_of": figure.as_of,
        "words": annotation.exact,
        "title": article.title,
        "publisher": article.publisher.name if article.publisher else "",
        "published": article.published,
        "paragraph": str(annotation.paragraph),
        "replaced_by": f"{base}{row.later.get_absolute_url()}" if row.later else "",
        "cannot_both_be_true": " ".join(row.why),
        "permalink": f"{base}{annotation.get_absolute_url()}",
    }


def _sum(one: Sum, address: str) -> dict[str, str]:
    return {
        "measure": one.total.measure.name,
        "figure": f"{one.given.sum_in_words} = {one.given.amount}",
        "value": plain(one.given.amount.low),
        "value_to": plain(one.given.amount.high) if one.given.amount.high is not None else "",
        "qualifier": one.given.amount.qualifier,
        "according_to": one.given.speaker,
        "cannot_both_be_true": " ".join(one.why),
        "added_by_an_editor": one.total.note,
        "permalink": f"{address}#total-{one.total.pk}",
    }
