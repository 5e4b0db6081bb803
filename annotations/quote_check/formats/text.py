"""A report for a terminal: one line for each finding, with what differs and where it stands
below."""

from collections.abc import Iterator

from annotations.core.quotes.aligner import Verdict
from annotations.core.quotes.diff import inline_diff
from annotations.quote_check.formats import phrases
from annotations.quote_check.report import (
    CheckedFigure,
    CheckedQuotation,
    CheckReport,
    FigureVerdict,
)


def write(report: CheckReport, name: str, base: str) -> Iterator[str]:
    base = base.rstrip("/")
    yield f"{name}: {phrases.summary_line(report)}.\n"
    if unknown := phrases.unknown_letters(report):
        yield f"{unknown}\n"
    for verdict in Verdict:
        for one in report.of(verdict):
            yield from _quotation(one, base)
    for figure_verdict in FigureVerdict:
        for figure in report.figures_of(figure_verdict):
            yield from _figure(figure, base)


def _quotation(item: CheckedQuotation, base: str) -> Iterator[str]:
    words = " ".join(item.quotation.words.split())
    verdict = phrases.VERDICTS[item.verdict]
    position = phrases.display_position(item.quotation.place)
    yield f"\n{verdict} ({position}): “{words}”\n"
    if item.trace and item.is_edited:
        yield f"    {inline_diff(item.trace.runs)}\n"
    for line in (*item.notes, *phrases.where(item, base)):
        yield f"    {line}\n"


def _figure(item: CheckedFigure, base: str) -> Iterator[str]:
    positions = ", ".join(
        phrases.display_position(occurrence.place) for occurrence in item.occurrences
    )
    yield f"\n{phrases.FIGURE_VERDICTS[item.verdict]} ({positions}): {item}\n"
    for given in item.given:
        yield f"    = {phrases.display_given(given)}. {base}{given.url}\n"
    for other in item.others:
        yield f"    ≠ {phrases.display_other(other)}. {base}{other.url}\n"
