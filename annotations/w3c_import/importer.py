"""Annotations from a file become annotations here: one act for each file, which can be undone.

    file ── annotations_in, from_w3c ──> Passages ── Locator ──> places in texts ── _Import ──> Annotations

An annotation that was exported here or from another archive keeps its key, and so its address,
its state, its times and, where there is such an account, its maker. Another program's gets a
key that follows from its own. So importing a file twice changes nothing. Whatever does not go
in is told with the reason, and takes nothing else with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.services import save_allegation
from annotations.journal.recorder import Recorder
from annotations.linking.linker import articles_with, link_articles, lock_articles
from annotations.models import MACHINE, MENTIONS, Act, Allegation, Annotation, Figure, State
from annotations.w3c_import.details import detail_of, says_the_same
from annotations.w3c_import.documents import (
    ImportedAnnotation,
    ImportOptions,
    NotImported,
    Refusal,
    read,
)
from annotations.w3c_import.entities import EntityResolver
from annotations.w3c_import.locator import LocatedPassage, Locator, NotFound
from archive.batches import BATCH_SIZE, batched
from archive.models import Article, User


class ImportOutcome(Enum):
    EXACT = "exact"
    BY_QUOTE = "by quote"
    HERE = "already here"
    NOT_FOUND = "not found"
    LEFT_OUT = "left out"


@dataclass
class ImportReport:
    """What became of a file; `comments` counts those that came with what went in, and for which
    there is no place."""

    counts: Counter[ImportOutcome] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    comments: int = 0
    act: Act | None = None

    def refuse(self, refusal: Refusal, fate: ImportOutcome) -> None:
        self.counts[fate] += 1
        self.refused.append(refusal)


class _RolledBack(Exception):
    """Nothing is to stay of the act."""


def import_annotations(
    records: Sequence[Any],
    name: str,
    choices: ImportOptions,
    watch: Callable[
        [Sequence[list[ImportedAnnotation]]], Iterator[list[ImportedAnnotation]]
    ] = iter,
) -> ImportReport:
    """Import what a file called `name` holds, as one act; `watch` sees the portions go by."""
    report = ImportReport()
    incoming = []
    for each in read(records, choices.kinds):
        if isinstance(each, Refusal):
            report.refuse(each, ImportOutcome.LEFT_OUT)
        else:
            incoming.append(each)
    locator = Locator(choices.article)
    articles = locator.learn(each.passage for each in incoming)
    article = Article.objects.get(pk=min(articles)) if len(articles) == 1 else None
    try:
        with journal.record(Act.Kind.IMPORTED, by=None, what=name, article=article) as recorder:
            lock_articles(articles)
            taken = _Import(recorder, choices, report, locator).take(incoming, watch)
            recorder.act.passages = taken
            if choices.dry_run or not taken:
                raise _RolledBack
            report.act = recorder.act
    except _RolledBack:
        pass
    report.refused.sort(key=lambda refusal: refusal.number)
    return report


class _Import:
    """One file being imported: mentions before figures and allegations, which name whom the
    mentions are of."""

    def __init__(
        self, recorder: Recorder, choices: ImportOptions, report: ImportReport, locator: Locator
    ) -> None:
        self._recorder, self._choices, self._report, self._locator = (
            recorder,
            choices,
            report,
            locator,
        )
        self._fresh: list[Annotation] = []
        self._details: list[Figure | Allegation] = []
        self._made: dict[UUID, tuple[ImportedAnnotation, ImportOutcome]] = {}
        self._linked_anew: set[int] = set()
        self._standing: dict[int, dict[tuple[int, int], list[Annotation]]] = {}
        self._user_called = cache(lambda name: User.objects.filter(username=name).first())
        self._names = EntityResolver(recorder, create=choices.create)

    def take(
        self,
        incoming: list[ImportedAnnotation],
        watch: Callable[
            [Sequence[list[ImportedAnnotation]]], Iterator[list[ImportedAnnotation]]
        ],
    ) -> int:
        """Take them in, and return how many are new here."""
        mentions = [each for each in incoming if each.kind in MENTIONS]
        others = [each for each in incoming if each.kind not in MENTIONS]
        portions = [*batched(mentions), *batched(others)]
        for some in watch(portions):
            if some[0].kind not in MENTIONS:
                self._names.spell()
            self._take(some)
        self._names.spell()
        self._link()
        self._keep_times()
        for each, fate in self._made.values():
            self._report.counts[fate] += 1
            self._report.comments += bool(each.passage.comment)
        return len(self._made)

    def _take(self, some: list[ImportedAnnotation]) -> None:
        there = Annotation.objects.select_related("figure", "allegation").in_bulk(
            [each.key for each in some]
        )
        for each in some:
            try:
                fate = self._one(each, there.get(each.key))
            except NotFound as reason:
                self._refuse(each, ImportOutcome.NOT_FOUND, str(reason))
            except NotImported as reason:
                self._refuse(each, ImportOutcome.LEFT_OUT, str(reason))
            except ValidationError as reason:
                self._refuse(each, ImportOutcome.LEFT_OUT, _sentence(reason))
            else:
                if fate is ImportOutcome.HERE:
                    self._report.counts[fate] += 1
        self._recorder.restore(self._fresh)
        self._recorder.bulk_create(
            detail for detail in self._details if isinstance(detail, Figure)
        )
        for detail in self._details:
            if isinstance(detail, Allegation):
                save_allegation(detail, self._recorder)
        self._fresh, self._details = [], []

    def _one(self, each: ImportedAnnotation, known: Annotation | None) -> ImportOutcome:
        found = self._locator.find(each.passage)
        fate = ImportOutcome.EXACT if found.is_exact else ImportOutcome.BY_QUOTE
        wanted = self._annotation(each, found)
        detail = None
        if each.kind in MENTIONS:
            wanted.entity = self._names.entity(each.kind, each.name, each.slug)
        else:
            detail = detail_of(each, found, self._names)
            detail.annotation = wanted
        if known is not None:
            if not says_the_same(known, wanted, detail):
                raise NotImported(_("It is here already, and says something else."))
            return ImportOutcome.HERE
        if self._is_said_already(wanted, detail):
            return ImportOutcome.HERE
        self._put(wanted, detail)
        self._made[each.key] = each, fate
        return fate

    def _put(self, wanted: Annotation, detail: Figure | Allegation | None) -> None:
        """Let it go in with the next portion, and make now whom or what it names, if that is
        new."""
        if wanted.entity is not None:
            self._linked_anew.add(wanted.article_id)
            wanted.entity = self._names.made(wanted.entity)
            if wanted.state == State.LINKED:
                self._names.linked_by(wanted.entity, wanted.exact)
        if isinstance(detail, Figure) and detail.measure is not None:
            detail.measure = self._names.made(detail.measure)
        if detail is not None:
            self._details.append(detail)
        self._fresh.append(wanted)
        self._standing_on(wanted)[wanted.start, wanted.end].append(wanted)

    def _annotation(self, each: ImportedAnnotation, found: LocatedPassage) -> Annotation:
        passage = each.passage
        state = passage.state or State.CONFIRMED
        if state not in State.values:
            raise NotImported(_("There is no state “%(state)s”.") % {"state": state})
        wanted = Annotation(
            pk=each.key,
            kind=each.kind,
            state=state if each.kind in MENTIONS else State.CONFIRMED,
            made_by=self._user_called(passage.made_by) if passage.made_by else None,
            made_at=passage.made_at or timezone.now(),
        )
        wanted.place(found.version, found.selector)
        return wanted

    def _is_said_already(self, wanted: Annotation, detail: Figure | Allegation | None) -> bool:
        """Say whether the same is said of these very words; what the machine thinks makes room
        for an editor's word."""
        there = self._standing_on(wanted)[wanted.start, wanted.end]
        if detail is not None:
            return any(
                says_the_same(one, wanted, detail) for one in there if one.kind == wanted.kind
            )
        for one in [one for one in there if one.kind in MENTIONS]:
            is_own = one.entity_id == wanted.entity_id
            if not is_own and State.CONFIRMED == one.state == wanted.state:
                raise NotImported(
                    _("An editor says that these words mean %(name)s.") % {"name": one.entity}
                )
            if is_own and one.state in MACHINE and wanted.state not in MACHINE:
                if one.pk in self._made:
                    raise NotImported(
                        _("Another annotation of this file says it of these words.")
                    )
                self._recorder.delete([one])
                there.remove(one)
            elif is_own:
                if State.REJECTED in (one.state, wanted.state) and one.state != wanted.state:
                    raise NotImported(_("An editor judged otherwise of these words here."))
                return True
        return False

    def _standing_on(self, wanted: Annotation) -> dict[tuple[int, int], list[Annotation]]:
        """Return what stands on the text of `wanted`, by place."""
        if wanted.version_id not in self._standing:
            standing: dict[tuple[int, int], list[Annotation]] = defaultdict(list)
            for one in Annotation.objects.filter(version=wanted.version_id).with_details():
                standing[one.start, one.end].append(one)
            self._standing[wanted.version_id] = standing
        return self._standing[wanted.version_id]

    def _link(self) -> None:
        """Let the machine link what it now knows, and take back what it thought where editors
        have spoken.

        What it linked elsewhere stays only where this archive's names let it link the same.
        """
        link_articles(
            self._linked_anew | articles_with(self._names.new_spellings), self._recorder
        )
        machines = [
            key for key, (each, _fate) in self._made.items() if each.passage.state in MACHINE
        ]
        for some in batched(
            [key for key in machines if self._made[key][0].kind in MENTIONS], BATCH_SIZE
        ):
            states = dict(Annotation.objects.filter(pk__in=some).values_list("pk", "state"))
            for key in some:
                each, _fate = self._made[key]
                if states.get(key) != each.passage.state:
                    del self._made[key]
                    told = _(
                        "The machine linked this elsewhere, and with the names known here it is not sure."
                    )
                    self._refuse(each, ImportOutcome.LEFT_OUT, told)

    def _keep_times(self) -> None:
        times = {
            key: at
            for key, (each, _fate) in self._made.items()
            if (at := each.passage.changed_at)
        }
        for some in batched(list(times)):
            rows = Annotation.objects.in_bulk(some)
            for key, row in rows.items():
                row.changed_at = times[key]
            Annotation.objects.bulk_update(rows.values(), ["changed_at"], batch_size=BATCH_SIZE)

    def _refuse(self, each: ImportedAnnotation, fate: ImportOutcome, why: str) -> None:
        self._report.refuse(Refusal(each.number, each.passage.permalink, why), fate)


def _sentence(reason: ValidationError) -> str:
    if not hasattr(reason, "error_dict"):
        return " ".join(reason.messages)
    return " ".join(f"{name}: {' '.join(told)}" for name, told in reason.message_dict.items())
