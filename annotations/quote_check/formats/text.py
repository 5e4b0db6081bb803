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
    yield f"{name}: {phrases.summed_up(report)}.\n"
    if unknown := phrases.unknown_letters(report):
        yield f"{unknown}\n"
    for verdict in Verdict:
        for one in report.of(verdict):
            yield from _quotation(one, base)
    for figure_verdict in FigureVerdict:
        for figure in report.figures_of(figure_verdict):
            yield from _figure(figure, base)


def _quotation(one: CheckedQuotation, base: str) -> Iterator[str]:
    words = " ".join(one.quotation.words.split())
    yield f"\n{phrases.VERDICTS[one.verdict]} ({phrases.place_in_words(one.quotation.place)}): “{words}”\n"
    if one.trace and one.is_edited:
        yield f"    {inline_diff(one.trace.runs)}\n"
    yield from (f"    {line}\n" for line in (*one.notes, *phrases.where(one, base)))


def _figure(one: CheckedFigure, base: str) -> Iterator[str]:
    places = ", ".join(phrases.place_in_words(each.place) for each in one.occurrences)
    yield f"\n{phrases.FIGURE_VERDICTS[one.verdict]} ({places}): {one}\n"
    yield from (
        f"    = {phrases.given_in_words(each)}. {base}{each.url}\n" for each in one.given
    )
    yield from (
        f"    ≠ {phrases.other_in_words(each)}. {base}{each.url}\n" for each in one.others
    )
