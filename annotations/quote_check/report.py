"""What a check finds, and where: the report, of which the page and each format are made."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.urls import reverse

from annotations.core.anchoring.text_fragments import directive
from annotations.core.figures.conflicts import GivenFigure
from annotations.core.figures.parser import Amount
from annotations.core.quotes.aligner import Alignment, Verdict
from annotations.core.quotes.candidates import MOST_TEXTS
from annotations.core.quotes.extractor import ManuscriptPosition, Quotation
from annotations.models import Annotation
from archive.citations.citation import STYLES, plain
from archive.citations.reference import Reference
from archive.models import Article, TextVersion


@dataclass(frozen=True)
class SourcePassage:
    """Where a quotation stands: code points into the text of one version of an article."""

    version: TextVersion
    start: int
    end: int
    paragraph: int
    exact: str

    @property
    def article(self) -> Article:
        return self.version.article

    @property
    def is_current(self) -> bool:
        return self.article.current_version_id == self.version.pk

    @property
    def permalink(self) -> str:
        """The reading page of just this version, which stays when the text is corrected."""
        return reverse(
            "archive:version-detail", args=[self.article.slug, self.version.number]
        )

    def get_absolute_url(self) -> str:
        """The same page, opened at the words."""
        found = directive(self.version.text, self.start, self.end)
        return f"{self.permalink}#:~:{found}" if found else self.permalink

    @property
    def reference(self) -> Reference:
        """What a citation needs; it wants the archive's address for `archived` to be whole."""
        return replace(
            self.article.reference, paragraph=self.paragraph, archived=self.permalink
        )

    def citation(self, base: str) -> str:
        """Cite the passage in one line of plain text."""
        return cited(replace(self.reference, archived=base + self.permalink))


def cited(reference: Reference) -> str:
    return plain(STYLES["chicago"].cite(reference))


@dataclass
class CheckedQuotation:
    """`passages` are of the verdict, the best first; `more` says in how many other texts it
    stands too."""

    quotation: Quotation
    verdict: Verdict = Verdict.ABSENT
    trace: Alignment | None = None
    passages: list[SourcePassage] = field(default_factory=list)
    more: int = 0
    title_of: Article | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        return self.verdict in (Verdict.ABSENT, Verdict.ALTERED, Verdict.SPLICED)

    @property
    def is_edited(self) -> bool:
        """Whether there is a difference to show, be it the author's open one."""
        return self.verdict in (Verdict.ALTERED, Verdict.SPLICED, Verdict.CUT)

    @property
    def has_many_more(self) -> bool:
        return self.more + len(self.passages) >= MOST_TEXTS


class FigureVerdict(StrEnum):
    """From the worst to the best; UNKNOWN is none: the archive counts nothing alike."""

    SUPERSEDED = "superseded"
    NOT_GIVEN = "not_given"
    OTHERWISE = "otherwise"
    GIVEN = "given"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FigureOccurrence:
    """Where the manuscript gives a figure: its words, and those around them."""

    place: ManuscriptPosition
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class ArchiveFigure:
    """A figure of the archive; `later` is one by which its speaker replaced it, as an editor
    says if `is_linked`.

    `fits` says whether a number can be both this and what the manuscript says.
    """

    annotation: Annotation
    given: GivenFigure
    fits: bool
    later: "ArchiveFigure | None" = None
    is_linked: bool = False

    @property
    def url(self) -> str:
        return self.annotation.get_absolute_url()

    @property
    def passage(self) -> SourcePassage:
        mark = self.annotation
        mark.version.article = mark.article
        mark.article.current_version = mark.version  # only what is current is compared
        return SourcePassage(
            mark.version, mark.start, mark.end, mark.paragraph, mark.exact
        )


@dataclass
class CheckedFigure:
    """`given` are those of the archive that give this number, `others` those that give another
    one."""

    amount: Amount
    counted: str
    occurrences: list[FigureOccurrence]
    verdict: FigureVerdict = FigureVerdict.UNKNOWN
    given: list[ArchiveFigure] = field(default_factory=list)
    others: list[ArchiveFigure] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.amount} {self.counted}"

    @property
    def is_wrong(self) -> bool:
        return self.verdict in (
            FigureVerdict.SUPERSEDED,
            FigureVerdict.NOT_GIVEN,
            FigureVerdict.OTHERWISE,
        )


@dataclass(frozen=True)
class CheckReport:
    """`words` counts those of the manuscript, `texts` those of the archive that it was compared
    with.

    `unknown_letters` counts the letters of the manuscript that its file does not tell.
    """

    words: int
    texts: int
    quotations: list[CheckedQuotation]
    figures: list[CheckedFigure]
    unknown_letters: int = 0

    @property
    def wrong(self) -> int:
        """How many quotations and figures are altered, put together, absent or superseded."""
        wrong_quotations = sum(one.is_wrong for one in self.quotations)
        wrong_figures = sum(one.is_wrong for one in self.figures)
        return wrong_quotations + wrong_figures

    @property
    def is_clean(self) -> bool:
        return not self.wrong

    def of(self, verdict: Verdict) -> list[CheckedQuotation]:
        return [one for one in self.quotations if one.verdict is verdict]

    def figures_of(self, verdict: FigureVerdict) -> list[CheckedFigure]:
        return [one for one in self.figures if one.verdict is verdict]
