"""A manuscript beside the archive: for each quotation and each figure in it, what the archive
has.

    manuscript ── quotations ──> Scout ── all texts, once ──> candidates ── trace ──> Report
               ── figures ─────> figures of the archive ────────────────────────────>

Only texts that the user may see are looked at, earlier versions too. The manuscript is kept
nowhere: it is in this process's memory while it is checked, and in the report. Languages are
compared each with itself; a quotation that was translated is not in the archive.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.core.manuscripts import UNKNOWN_LETTER
from annotations.core.quotes.aligner import Alignment, Verdict, trace, trace_part
from annotations.core.quotes.candidates import CandidateFinder, Candidates
from annotations.core.quotes.extractor import positions_in, quotations
from annotations.core.quotes.tokens import Wording, keys_of, spaced
from annotations.quote_check.figures import check_figures
from annotations.quote_check.report import CheckedQuotation, CheckReport, SourcePassage
from archive.models import Article, TextVersion, User
from archive.text.canonical import paragraph_of

SHOWN = 3
"""Passages shown of a quotation that stands in more."""
_TRIED = 8
"""Texts with all the words of a quotation that are compared sign for sign."""
_AT_ONCE = 500

_CITED = ("article__publisher", "article__current_version__capture")
_NOT_READ = (
    "html",
    *("article__current_version__html", "article__current_version__text"),
    "article__current_version__capture__content",
)

T = TypeVar("T")


def check(manuscript: str, user: "User | AnonymousUser") -> CheckReport:
    """Compare what a manuscript quotes and counts with what `user` may see of the archive."""
    places = positions_in(manuscript)
    checked = [CheckedQuotation(quotation) for quotation in quotations(places)]
    texts = _check_quotations(checked, user)
    return CheckReport(
        words=sum(len(place.text.split()) for place in places),
        texts=texts,
        quotations=checked,
        figures=check_figures(places, user),
        unknown_letters=manuscript.count(UNKNOWN_LETTER),
    )


def _check_quotations(checked: Sequence[CheckedQuotation], user: "User | AnonymousUser") -> int:
    """Judge quotations; return how many texts were read for it."""
    versions = TextVersion.objects.filter(article__in=Article.objects.visible_to(user))
    scout, texts = CandidateFinder([one.quotation for one in checked]), 0
    for key, text in (
        versions.order_by("pk").values_list("pk", "text").iterator(chunk_size=_AT_ONCE)
    ):
        scout.look(key, text)
        texts += 1
    candidates = [scout.candidates(n) for n in range(len(checked))]
    _Judge(checked, candidates, versions).judge()
    _find_titles(
        [one for one in checked if one.verdict is not Verdict.VERBATIM and not one.passages],
        user,
    )
    return texts


class _Judge:
    """Compares quotations with their candidates, reading each text once, however many
    quotations may be from it."""

    def __init__(
        self,
        checked: Sequence[CheckedQuotation],
        candidates: Sequence[Candidates],
        versions: QuerySet[TextVersion],
    ) -> None:
        self.checked, self.candidates, self.versions = checked, candidates, versions
        self._traced: dict[int, list[tuple[Alignment, SourcePassage]]] = defaultdict(list)
        self._parts: dict[int, dict[int, SourcePassage]] = defaultdict(dict)

    def judge(self) -> None:
        wanted, parts = self._wanted()
        for version in self._read({*wanted, *parts}):
            source = Wording(version.text)
            for n in wanted.get(version.pk, ()):
                if found := trace(self.checked[n].quotation, source):
                    self._traced[n].append((found, _passage(version, found.start, found.end)))
            for n, part in parts.get(version.pk, ()):
                if span := trace_part(self.checked[n].quotation.long_parts[part], source):
                    self._parts[n].setdefault(part, _passage(version, *span))
        for n, one in enumerate(self.checked):
            self._conclude(n, one)

    def _wanted(self) -> tuple[dict[int, list[int]], dict[int, list[tuple[int, int]]]]:
        """Return which quotations to compare with which version, and which of their parts."""
        order = self._order({key for one in self.candidates for key in one.whole})
        wanted: dict[int, list[int]] = defaultdict(list)
        parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for n, (one, found) in enumerate(zip(self.checked, self.candidates, strict=True)):
            whole = sorted(found.whole, key=order.__getitem__)[:_TRIED]
            for key in dict.fromkeys(
                [*whole, *found.near] if one.quotation.is_edited or not whole else whole
            ):
                wanted[key].append(n)
            if len(found.of_parts) > 1 and not found.whole:
                for part, keys in enumerate(found.of_parts):
                    for key in keys[:1]:
                        parts[key].append((n, part))
        return wanted, parts

    def _order(self, keys: set[int]) -> dict[int, tuple[bool, object, int]]:
        """By version: whether it is history, and when its article was published."""
        rows = (
            row
            for some in _portions(sorted(keys))
            for row in self.versions.filter(pk__in=some).values_list(
                "pk", "article__current_version", "article__sort_date"
            )
        )
        return {pk: (pk != current, day, pk) for pk, current, day in rows}

    def _read(self, keys: set[int]) -> Iterator[TextVersion]:
        for some in _portions(sorted(keys)):
            rows = self.versions.filter(pk__in=some).select_related(*_CITED).defer(*_NOT_READ)
            yield from rows.iterator(chunk_size=_AT_ONCE)

    def _conclude(self, n: int, one: CheckedQuotation) -> None:
        traced = sorted(self._traced[n], key=_rank)
        if one.quotation.is_short:
            one.verdict, one.passages = (
                Verdict.SHORT,
                [passage for _trace, passage in traced[:1]],
            )
            return
        if traced:
            best = traced[0][0]
            same = [
                passage
                for found, passage in traced
                if found.verdict is best.verdict and found.runs == best.runs
            ]
            one.verdict, one.trace, one.passages, one.notes = (
                best.verdict,
                best,
                same[:SHOWN],
                [*best.notes],
            )
            if best.verdict is Verdict.VERBATIM:
                one.more = max(len(same), len(self.candidates[n].whole)) - len(one.passages)
        parts = self._parts[n]
        if 1 < len(parts) == len(one.quotation.long_parts) and (
            one.trace is None or one.trace.agreeing < 1
        ):
            one.verdict, one.trace = Verdict.SPLICED, None
            one.passages = [parts[part] for part in sorted(parts)]
            one.notes = [_("Its parts stand in different texts.")]
        if any(not passage.is_current for passage in one.passages):
            one.notes.append(_("These words stand only in an earlier version of the text."))
        if not one.quotation.is_closed:
            one.notes.append(_("Its closing mark is missing."))


def _rank(traced: tuple[Alignment, SourcePassage]) -> tuple[int, float, bool, object, int]:
    """The best first: the verdict, how much agrees, and then what was published first."""
    found, passage = traced
    order = -[*Verdict].index(found.verdict)
    return (
        order,
        -found.agreeing,
        not passage.is_current,
        passage.article.sort_date,
        passage.article.pk,
    )


def _passage(version: TextVersion, start: int, end: int) -> SourcePassage:
    return SourcePassage(
        version, start, end, paragraph_of(version.text, start), version.text[start:end]
    )


def _find_titles(checked: Sequence[CheckedQuotation], user: "User | AnonymousUser") -> None:
    """Find those that are no quotations but titles of articles."""
    sought = {spaced(one.quotation.wording.keys): one for one in checked}
    if not sought:
        return
    found = {
        words: pk
        for pk, title in Article.objects.visible_to(user)
        .order_by("-pk")
        .values_list("pk", "title")
        .iterator()
        if (words := spaced(keys_of(title))) in sought
    }
    articles = Article.objects.select_related("publisher", "current_version__capture").defer(
        "current_version__html", "current_version__text", "current_version__capture__content"
    )
    by_key = articles.in_bulk([*found.values()])
    for one in checked:
        if pk := found.get(spaced(one.quotation.wording.keys)):
            one.title_of, one.verdict, one.trace, one.passages = (
                by_key[pk],
                Verdict.VERBATIM,
                None,
                [],
            )
            one.notes = [_("It is the title of an article.")]


def _portions(keys: Sequence[T]) -> Iterator[list[T]]:
    left: Iterable[T] = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some
