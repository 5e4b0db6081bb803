"""A report as Markdown: a heading for each verdict, each finding as a quotation with its
sources below."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from annotations.core.quotes.aligner import Verdict
from annotations.core.quotes.diff import RunKind
from annotations.export.formats.markdown import literal
from annotations.quote_check.formats import phrases
from annotations.quote_check.report import (
    CheckedFigure,
    CheckedQuotation,
    CheckReport,
    FigureVerdict,
)


def write(report: CheckReport, name: str, base: str) -> Iterator[str]:
    base = base.rstrip("/")
    yield f"# {literal(_('Quotations in “%(name)s”') % {'name': ' '.join(name.split())})}\n\n"
    yield f"{literal(phrases.summed_up(report))}.\n"
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


def _quotation(one: CheckedQuotation, base: str) -> Iterator[str]:
    place = phrases.place_in_words(one.quotation.place)
    yield f"\n> {literal(' '.join(one.quotation.words.split()))}\n\n{place[0].upper()}{place[1:]}.\n"
    if one.trace and one.is_edited:
        yield f"\n{_marked(one)}\n"
    lines = [*one.notes, *phrases.where(one, base)]
    yield "".join(f"\n- {literal(line)}" for line in lines) + ("\n" if lines else "")


def _marked(one: CheckedQuotation) -> str:
    """The difference: words of the source alone struck out, of the quotation alone in bold,
    what was left out in ⟨⟩."""
    signs = {
        RunKind.MISSING: ("~~", "~~"),
        RunKind.ADDED: ("**", "**"),
        RunKind.LEFT_OUT: ("⟨", "⟩"),
    }
    written = ""
    for run in one.trace.runs if one.trace else ():
        opening, closing = signs.get(run.what, ("", ""))
        written += (
            f"{' ' if run.is_apart and written else ''}{opening}{literal(run.words)}{closing}"
        )
    return written


def _figure(one: CheckedFigure, base: str) -> Iterator[str]:
    yield f"\n**{literal(str(one))}**\n"
    lines = [
        f"{phrases.place_in_words(each.place)}: {each.before}{each.words}{each.after}"
        for each in one.occurrences
    ]
    lines += [
        f"= {phrases.given_in_words(each)}. {each.passage.citation(base)}" for each in one.given
    ]
    lines += [f"≠ {phrases.other_in_words(each)}. {base}{each.url}" for each in one.others]
    yield "".join(f"\n- {literal(line)}" for line in lines) + "\n"
