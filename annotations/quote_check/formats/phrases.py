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
    FigureVerdict.SUPERSEDED: gettext_lazy("Whoever gave this number gave another one later."),
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
        return str(
            VERDICTS[self.verdict]
            if isinstance(self.verdict, Verdict)
            else FIGURE_VERDICTS[self.verdict]
        )

    @property
    def explained(self) -> str:
        return str(EXPLAINED[self.verdict])


def quotation_groups(report: CheckReport) -> list[Group]:
    """Return the verdicts that there are, the worst first."""
    return [Group(verdict, found) for verdict in Verdict if (found := report.of(verdict))]


def figure_groups(report: CheckReport) -> list[Group]:
    return [
        Group(verdict, found)
        for verdict in FigureVerdict
        if (found := report.figures_of(verdict))
    ]


def place_in_words(place: ManuscriptPosition) -> str:
    if place.note:
        return _("note %(mark)s") % {"mark": place.note}
    return _("paragraph %(number)d") % {"number": place.number}


def summed_up(report: CheckReport) -> str:
    """Return in one line how many there are of each."""
    quotations = ngettext("%(count)d quotation", "%(count)d quotations", len(report.quotations))
    figures = ngettext("%(count)d figure", "%(count)d figures", len(report.figures))
    told = [
        quotations % {"count": len(report.quotations)},
        figures % {"count": len(report.figures)},
    ]
    told += [
        f"{group.label}: {len(group.found)}"
        for group in (*quotation_groups(report), *figure_groups(report))
    ]
    return " · ".join(told)


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


def where(one: CheckedQuotation, base: str) -> Iterator[str]:
    """Yield a citation with its address for each passage, then how many more there are."""
    if one.title_of:
        yield cited(
            replace(one.title_of.reference, archived=base + one.title_of.get_absolute_url())
        )
    for passage in one.passages:
        yield passage.citation(base)
    if one.more:
        pattern = ngettext(
            "and in %(count)d more text", "and in %(count)d more texts", one.more
        )
        yield (_("and in more than %(count)d more texts") if one.has_many_more else pattern) % {
            "count": one.more
        }


def given_in_words(one: ArchiveFigure) -> str:
    """Say who gives a figure, of which day, and what replaced it: `14, officials, 19 December
    2011`."""
    told = ", ".join(
        part for part in (one.given.told, one.given.speaker, one.given.day_in_words) if part
    )
    if one.later is None:
        return told
    pattern = (
        _("%(told)s; superseded by %(later)s")
        if one.is_linked
        else _("%(told)s; later the same: %(later)s")
    )
    return pattern % {"told": told, "later": given_in_words(one.later)}


def other_in_words(one: ArchiveFigure) -> str:
    """Say what a figure is that gives another number, and that it can still be the same, if it
    can."""
    told = f"{given_in_words(one)} ({one.annotation.figure.counted})"
    return _("%(told)s; both can be true") % {"told": told} if one.fits else told
