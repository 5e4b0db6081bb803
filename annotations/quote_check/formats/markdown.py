"""A report as Markdown: a heading for each verdict, each finding as a quotation with its
sources below."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from annotations.core.quotes.aligner import Alignment, Verdict
from annotations.core.quotes.diff import RunKind
from annotations.export.formats.markdown import literal
from annotations.quote_check.formats import phrases
from annotations.quote_check.report import (
    CheckedFigure,
    CheckedQuotation,
    CheckReport,
    FigureVerdict,
)

_SIGNS = {
    RunKind.MISSING: ("~~", "~~"),
    RunKind.ADDED: ("**", "**"),
    RunKind.LEFT_OUT: ("⟨", "⟩"),
}


def write(report: CheckReport, name: str, base: str) -> Iterator[str]:
    base = base.rstrip("/")
    yield f"# {literal(_('Quotations in “%(name)s”') % {'name': ' '.join(name.split())})}\n\n"
    yield f"{literal(phrases.summary_line(report))}.\n"
    if unknown := phrases.unknown_letters(report):
        yield f"\n{literal(unknown)}\n"
    for verdict in Verdict:
        if found := report.of(verdict):
            yield f"\n## {phrases.VERDICTS[verdict]}\n"
            for one in found:
                yield from _quotation(one, base)
    for figure_verdict in FigureVerdict:
        if figures := report.figures_of(figure_verdict):
            yield f"\n## {_('Figures')}: {phrases.FIGURE_VERDICTS[figure_verdict]}\n"
            for figure in figures:
                yield from _figure(figure, base)


def _quotation(item: CheckedQuotation, base: str) -> Iterator[str]:
    position = phrases.display_position(item.quotation.place)
    words = literal(" ".join(item.quotation.words.split()))
    yield f"\n> {words}\n\n{position[0].upper()}{position[1:]}.\n"
    if item.trace and item.is_edited:
        yield f"\n{_difference(item.trace)}\n"
    yield _list([*item.notes, *phrases.where(item, base)])


def _list(lines: list[str]) -> str:
    if not lines:
        return ""
    return "".join(f"\n- {literal(line)}" for line in lines) + "\n"


def _difference(alignment: Alignment) -> str:
    """Return the difference: words of the source alone struck out, of the quotation alone in
    bold, what was left out in ⟨⟩."""
    difference = ""
    for run in alignment.runs:
        opening, closing = _SIGNS.get(run.what, ("", ""))
        if run.is_apart and difference:
            difference += " "
        difference += f"{opening}{literal(run.words)}{closing}"
    return difference


def _figure(item: CheckedFigure, base: str) -> Iterator[str]:
    yield f"\n**{literal(str(item))}**\n"
    lines = []
    for occurrence in item.occurrences:
        position = phrases.display_position(occurrence.place)
        words = f"{occurrence.before}{occurrence.words}{occurrence.after}"
        lines.append(f"{position}: {words}")
    for given in item.given:
        citation = given.passage.citation(base)
        lines.append(f"= {phrases.display_given(given)}. {citation}")
    for other in item.others:
        lines.append(f"≠ {phrases.display_other(other)}. {base}{other.url}")
    yield _list(lines) or "\n"
