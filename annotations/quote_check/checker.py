"""A manuscript beside the archive: for each quotation and each figure in it, what the archive
has.

    manuscript ── quotations ──> CandidateFinder ── all texts, once ──> candidates ── trace ──> Report
               ── figures ─────> figures of the archive ────────────────────────────>

Only texts that the user may see are looked at, earlier versions too. The manuscript is kept
nowhere: it is in this process's memory while it is checked, and in the report. Languages are
compared each with itself; a quotation that was translated is not in the archive.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.core.manuscripts import UNKNOWN_LETTER
from annotations.core.quotes.aligner import Alignment, Verdict, trace, trace_part
from annotations.core.quotes.candidates import CandidateFinder, Candidates
from annotations.core.quotes.extractor import positions_in, quotations
from annotations.core.quotes.tokens import Wording, keys_of, spaced
from annotations.quote_check.figures import check_figures
from annotations.quote_check.report import CheckedQuotation, CheckReport, SourcePassage
from archive.batches import BATCH_SIZE, batched
from archive.models import Article, TextVersion, Viewer
from archive.text.canonical import paragraph_of

# Passages shown of a quotation that stands in more.
SHOWN = 3
# Texts with all the words of a quotation that are compared sign for sign.
_MOST_COMPARED = 8

_CITED = ("article__publisher", "article__current_version__capture")
_NOT_READ = (
    "html",
    "article__current_version__html",
    "article__current_version__text",
    "article__current_version__capture__compressed",
)

_Alignment = tuple[Alignment, SourcePassage]


def check(manuscript: str, user: Viewer) -> CheckReport:
    """Compare what a manuscript quotes and counts with what `user` may see of the archive."""
    positions = positions_in(manuscript)
    checked = [CheckedQuotation(quotation) for quotation in quotations(positions)]
    texts = _check_quotations(checked, user)
    return CheckReport(
        words=sum(len(position.text.split()) for position in positions),
        texts=texts,
        quotations=checked,
        figures=check_figures(positions, user),
        unknown_letters=manuscript.count(UNKNOWN_LETTER),
    )


def _check_quotations(checked: Sequence[CheckedQuotation], user: Viewer) -> int:
    """Judge quotations; return how many texts were read for it."""
    versions = TextVersion.objects.filter(article__in=Article.objects.visible_to(user))
    finder = CandidateFinder([item.quotation for item in checked])
    texts = 0
    rows = versions.order_by("pk").values_list("pk", "text")
    for key, text in rows.iterator(chunk_size=BATCH_SIZE):
        finder.look(key, text)
        texts += 1
    candidates = [finder.candidates(number) for number in range(len(checked))]
    _Judge(checked, candidates, versions).run()
    not_found = []
    for item in checked:
        if item.verdict is not Verdict.VERBATIM and not item.passages:
            not_found.append(item)
    _find_titles(not_found, user)
    return texts


class _Judge:
    """Compares quotations with their candidates, reading each text once, however many
    quotations may be from it. Quotations are known by their number in the manuscript."""

    def __init__(
        self,
        checked: Sequence[CheckedQuotation],
        candidates: Sequence[Candidates],
        versions: QuerySet[TextVersion],
    ) -> None:
        self._checked = checked
        self._candidates = candidates
        self._versions = versions
        self._alignments: dict[int, list[_Alignment]] = defaultdict(list)
        self._part_passages: dict[int, dict[int, SourcePassage]] = defaultdict(dict)

    def run(self) -> None:
        """Set the verdict of each quotation, and the passages that it is of."""
        whole = self._quotations_by_version()
        parts = self._parts_by_version()
        for version in self._read({*whole, *parts}):
            source = Wording(version.text)
            for number in whole.get(version.pk, ()):
                alignment = trace(self._checked[number].quotation, source)
                if alignment is not None:
                    passage = _passage(version, alignment.start, alignment.end)
                    self._alignments[number].append((alignment, passage))
            for number, part in parts.get(version.pk, ()):
                long_part = self._checked[number].quotation.long_parts[part]
                span = trace_part(long_part, source)
                if span is not None:
                    self._part_passages[number].setdefault(
                        part, _passage(version, *span)
                    )
        for number, item in enumerate(self._checked):
            self._conclude(number, item)

    def _quotations_by_version(self) -> dict[int, list[int]]:
        """Return which quotations to compare with which version."""
        keys: set[int] = set()
        for candidates in self._candidates:
            keys.update(candidates.whole)
        order = self._reading_order(keys)
        numbers_by_version: dict[int, list[int]] = defaultdict(list)
        for number, candidates in enumerate(self._candidates):
            versions = sorted(candidates.whole, key=order.__getitem__)[:_MOST_COMPARED]
            # Where nothing has all its words, or the author changed some openly, what is
            # near may be meant.
            if not versions or self._checked[number].quotation.is_edited:
                versions += candidates.near
            for version in dict.fromkeys(versions):
                numbers_by_version[version].append(number)
        return numbers_by_version

    def _parts_by_version(self) -> dict[int, list[tuple[int, int]]]:
        """Return which parts of quotations to look for in which version, where no text has a
        quotation as a whole."""
        parts_by_version: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, candidates in enumerate(self._candidates):
            if candidates.whole or len(candidates.of_parts) < 2:
                continue
            for part, versions in enumerate(candidates.of_parts):
                if versions:
                    parts_by_version[versions[0]].append((number, part))
        return parts_by_version

    def _reading_order(self, keys: set[int]) -> dict[int, tuple[bool, object, int]]:
        """By version: whether it is history, and when its article was published."""
        order = {}
        for batch in batched(sorted(keys)):
            versions = self._versions.filter(pk__in=batch)
            columns = ("pk", "article__current_version", "article__sort_date")
            for pk, current, day in versions.values_list(*columns):
                order[pk] = (pk != current, day, pk)
        return order

    def _read(self, keys: set[int]) -> Iterator[TextVersion]:
        for batch in batched(sorted(keys)):
            versions = self._versions.filter(pk__in=batch).select_related(*_CITED)
            yield from versions.defer(*_NOT_READ).iterator(chunk_size=BATCH_SIZE)

    def _conclude(self, number: int, item: CheckedQuotation) -> None:
        alignments = sorted(self._alignments[number], key=_rank)
        if item.quotation.is_short:
            item.verdict = Verdict.SHORT
            item.passages = [passage for _alignment, passage in alignments[:1]]
            return
        if alignments:
            self._set_best(number, item, alignments)
        self._set_spliced(number, item)
        if any(not passage.is_current for passage in item.passages):
            item.notes.append(
                _("These words stand only in an earlier version of the text.")
            )
        if not item.quotation.is_closed:
            item.notes.append(_("Its closing mark is missing."))

    def _set_best(
        self, number: int, item: CheckedQuotation, alignments: list[_Alignment]
    ) -> None:
        best, _passage_of_best = alignments[0]
        same = []
        for alignment, passage in alignments:
            if alignment.verdict is best.verdict and alignment.runs == best.runs:
                same.append(passage)
        item.verdict = best.verdict
        item.trace = best
        item.passages = same[:SHOWN]
        item.notes = [*best.notes]
        if best.verdict is Verdict.VERBATIM:
            in_all = max(len(same), len(self._candidates[number].whole))
            item.more = in_all - len(item.passages)

    def _set_spliced(self, number: int, item: CheckedQuotation) -> None:
        """Say that a quotation is put together, if all its parts stand in different texts."""
        passages = self._part_passages[number]
        has_all_parts = 1 < len(passages) == len(item.quotation.long_parts)
        is_whole_somewhere = item.trace is not None and item.trace.agreeing >= 1
        if not has_all_parts or is_whole_somewhere:
            return
        item.verdict = Verdict.SPLICED
        item.trace = None
        item.passages = [passages[part] for part in sorted(passages)]
        item.notes = [_("Its parts stand in different texts.")]


def _rank(aligned: _Alignment) -> tuple[int, float, bool, object, int]:
    """The best first: the verdict, how much agrees, and then what was published first."""
    alignment, passage = aligned
    article = passage.article
    return (
        -list(Verdict).index(alignment.verdict),
        -alignment.agreeing,
        not passage.is_current,
        article.sort_date,
        article.pk,
    )


def _passage(version: TextVersion, start: int, end: int) -> SourcePassage:
    paragraph = paragraph_of(version.text, start)
    return SourcePassage(version, start, end, paragraph, version.text[start:end])


def _find_titles(checked: Sequence[CheckedQuotation], user: Viewer) -> None:
    """Find those that are no quotations but titles of articles."""
    by_wording = {spaced(item.quotation.wording.keys): item for item in checked}
    if not by_wording:
        return
    titles = Article.objects.visible_to(user).order_by("-pk").values_list("pk", "title")
    article_ids = {}
    for pk, title in titles.iterator():
        wording = spaced(keys_of(title))
        if wording in by_wording:
            article_ids[wording] = pk
    articles = Article.objects.select_related("publisher", "current_version__capture")
    articles = articles.defer(
        "current_version__html",
        "current_version__text",
        "current_version__capture__compressed",
    )
    articles_by_key = articles.in_bulk(list(article_ids.values()))
    for item in checked:
        article_id = article_ids.get(spaced(item.quotation.wording.keys))
        if article_id is not None:
            item.title_of = articles_by_key[article_id]
            item.verdict = Verdict.VERBATIM
            item.trace = None
            item.passages = []
            item.notes = [_("It is the title of an article.")]
