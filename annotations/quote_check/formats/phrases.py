"""What is said of a checked quotation or figure, in words, whatever the format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.core.manuscripts import UNKNOWN_LETTER
from annotations.core.quotes.aligner import Verdict
from annotations.core.quotes.extractor import ManuscriptPosition
from annotations.quote_check.report import (
    ArchiveFigure,
    CheckedFigure,
    CheckedQuotation,
    CheckReport,
    FigureVerdict,
    cited,
)

VERDICTS = {
    Verdict.ABSENT: gettext_lazy("Not in the archive"),
    Verdict.ALTERED: gettext_lazy("Altered"),
    Verdict.SPLICED: gettext_lazy("Put together"),
    Verdict.SHORT: gettext_lazy("Too short to tell"),
    Verdict.CUT: gettext_lazy("Cut, and shown to be"),
    Verdict.VERBATIM: gettext_lazy("Verbatim"),
}
FIGURE_VERDICTS = {
    FigureVerdict.SUPERSEDED: gettext_lazy("Superseded"),
    FigureVerdict.NOT_GIVEN: gettext_lazy("No figure of the archive says so"),
    FigureVerdict.OTHERWISE: gettext_lazy("Given otherwise"),
    FigureVerdict.GIVEN: gettext_lazy("Given"),
    FigureVerdict.UNKNOWN: gettext_lazy("The archive counts nothing alike"),
}


EXPLAINED = {
    Verdict.ABSENT: gettext_lazy(
        "No text that you may read has these words, or enough of them to be meant."
    ),
    Verdict.ALTERED: gettext_lazy("The passage is there, but not in these words."),
    Verdict.SPLICED: gettext_lazy(
        "The parts are there, but not in this order or not in one text."
    ),
    Verdict.SHORT: gettext_lazy(
        "One or two words can be from anywhere; it is only said whether they stand somewhere."
    ),
    Verdict.CUT: gettext_lazy(
        "All words stand there in this order; what was left out or put in is marked."
    ),
    Verdict.VERBATIM: gettext_lazy("Word for word and sign for sign."),
    FigureVerdict.SUPERSEDED: gettext_lazy(
        "Whoever gave this number gave another one later."
    ),
    FigureVerdict.NOT_GIVEN: gettext_lazy(
        "Figures of the archive that count something alike give other numbers."
    ),
    FigureVerdict.OTHERWISE: gettext_lazy(
        "The number is given, but as “at least”, “about”, or without these words."
    ),
    FigureVerdict.GIVEN: gettext_lazy(
        "A figure of the archive says the same; whether of the same event is yours to judge."
    ),
    FigureVerdict.UNKNOWN: gettext_lazy("They are compared with nothing."),
}


@dataclass(frozen=True)
class Group:
    """Findings of one verdict, with what it is called and what it means."""

    verdict: Verdict | FigureVerdict
    found: Sequence[CheckedQuotation | CheckedFigure]

    @property
    def label(self) -> str:
        if isinstance(self.verdict, Verdict):
            return str(VERDICTS[self.verdict])
        return str(FIGURE_VERDICTS[self.verdict])

    @property
    def explained(self) -> str:
        return str(EXPLAINED[self.verdict])


def quotation_groups(report: CheckReport) -> list[Group]:
    """Return the verdicts that there are, the worst first."""
    groups = []
    for verdict in Verdict:
        found = report.of(verdict)
        if found:
            groups.append(Group(verdict, found))
    return groups


def figure_groups(report: CheckReport) -> list[Group]:
    groups = []
    for verdict in FigureVerdict:
        found = report.figures_of(verdict)
        if found:
            groups.append(Group(verdict, found))
    return groups


def display_position(position: ManuscriptPosition) -> str:
    if position.note:
        return _("note %(mark)s") % {"mark": position.note}
    return _("paragraph %(number)d") % {"number": position.number}


def summary_line(report: CheckReport) -> str:
    """Return in one line how many there are of each."""
    quotations = ngettext(
        "%(count)d quotation", "%(count)d quotations", len(report.quotations)
    )
    figures = ngettext("%(count)d figure", "%(count)d figures", len(report.figures))
    parts = [
        quotations % {"count": len(report.quotations)},
        figures % {"count": len(report.figures)},
    ]
    for group in (*quotation_groups(report), *figure_groups(report)):
        parts.append(f"{group.label}: {len(group.found)}")
    return " · ".join(parts)


def unknown_letters(report: CheckReport) -> str:
    """Say how many letters of the manuscript its file does not tell; empty where it tells
    all."""
    count = report.unknown_letters
    if not count:
        return ""
    pattern = ngettext(
        "The file does not say which letter %(count)d sign is: it stands as “%(sign)s”, "
        "and words with it are not found.",
        "The file does not say which letters %(count)d signs are: they stand as “%(sign)s”, "
        "and words with them are not found.",
        count,
    )
    return pattern % {"count": count, "sign": UNKNOWN_LETTER}


def where(item: CheckedQuotation, base: str) -> Iterator[str]:
    """Yield a citation with its address for each passage, then how many more there are."""
    if item.title_of:
        address = base + item.title_of.get_absolute_url()
        yield cited(replace(item.title_of.reference, archived=address))
    for passage in item.passages:
        yield passage.citation(base)
    if not item.more:
        return
    if item.has_many_more:
        sentence = _("and in more than %(count)d more texts")
    else:
        sentence = ngettext(
            "and in %(count)d more text", "and in %(count)d more texts", item.more
        )
    yield sentence % {"count": item.more}


def display_given(figure: ArchiveFigure) -> str:
    """Say who gives a figure, of which day, and what replaced it: `14, officials, 19 December
    2011`."""
    given = figure.given
    words = ", ".join(filter(None, (given.label, given.speaker, given.day_display)))
    if figure.later is None:
        return words
    if figure.is_linked:
        sentence = _("%(given)s; superseded by %(later)s")
    else:
        sentence = _("%(given)s; later the same: %(later)s")
    return sentence % {"given": words, "later": display_given(figure.later)}


def display_other(figure: ArchiveFigure) -> str:
    """Say what a figure is that gives another number, and that it can still be the same, if it
    can."""
    words = f"{display_given(figure)} ({figure.annotation.figure.counted})"
    if figure.fits:
        return _("%(given)s; both can be true") % {"given": words}
    return words
