"""A report for a terminal: one line for each finding, with what differs and where it stands below."""

from collections.abc import Iterator

from annotations.check_formats import saying
from annotations.checked import CheckedFigure, CheckedQuotation, FigureVerdict, Report
from annotations.differing import told_in
from annotations.tracing import Verdict


def write(report: Report, name: str, base: str) -> Iterator[str]:
    base = base.rstrip("/")
    yield f"{name}: {saying.summed_up(report)}.\n"
    for verdict in Verdict:
        for one in report.of(verdict):
            yield from _quotation(one, base)
    for figure_verdict in FigureVerdict:
        for figure in report.figures_of(figure_verdict):
            yield from _figure(figure, base)


def _quotation(one: CheckedQuotation, base: str) -> Iterator[str]:
    words = " ".join(one.quotation.words.split())
    yield f"\n{saying.VERDICTS[one.verdict]} ({saying.place_in_words(one.quotation.place)}): “{words}”\n"
    if one.trace and one.is_edited:
        yield f"    {told_in(one.trace.runs)}\n"
    yield from (f"    {line}\n" for line in (*one.notes, *saying.where(one, base)))


def _figure(one: CheckedFigure, base: str) -> Iterator[str]:
    places = ", ".join(saying.place_in_words(each.place) for each in one.occurrences)
    yield f"\n{saying.FIGURE_VERDICTS[one.verdict]} ({places}): {one}\n"
    yield from (f"    = {saying.given_in_words(each)}. {base}{each.url}\n" for each in one.given)
    yield from (f"    ≠ {saying.other_in_words(each)}. {base}{each.url}\n" for each in one.others)
