"""Annotations from a file become annotations here: one act for each file, which can be undone.

    file ── annotations_in, from_w3c ──> Passages ── Locator ──> places in texts ── _Import ──> Annotations

An annotation that was exported here or from another archive keeps its key, and so its address,
its state, its times and, where there is such an account, its maker. Another program's gets a
key that follows from its own. So importing a file twice changes nothing. Whatever does not go
in is told with the reason, and takes nothing else with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.services import save_allegation
from annotations.journal.recorder import Recorder
from annotations.linking.linker import articles_with, link_articles, lock_articles
from annotations.models import (
    MACHINE,
    MENTIONS,
    Act,
    Allegation,
    Annotation,
    Figure,
    State,
)
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

# Takes the batches and yields each, such as a progress bar.
Watch = Callable[
    [Sequence[list[ImportedAnnotation]]], Iterable[list[ImportedAnnotation]]
]


class ImportOutcome(Enum):
    EXACT = "exact"
    BY_QUOTE = "by quote"
    HERE = "already here"
    NOT_FOUND = "not found"
    LEFT_OUT = "left out"


@dataclass
class ImportReport:
    """What became of the annotations of a file.

    `comments` counts those of them that went in with a comment, for which there is no place
    here.
    """

    counts: Counter[ImportOutcome] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)
    comments: int = 0
    act: Act | None = None

    def refuse(self, refusal: Refusal, outcome: ImportOutcome) -> None:
        self.counts[outcome] += 1
        self.refused.append(refusal)


class _RolledBack(Exception):
    """Nothing is to stay of the act."""


def import_annotations(
    records: Sequence[Any],
    name: str,
    choices: ImportOptions,
    watch: Watch = iter,
) -> ImportReport:
    """Import what a file called `name` holds, as one act; `watch` sees the batches go by."""
    report = ImportReport()
    incoming = []
    for record in read(records, choices.kinds):
        if isinstance(record, Refusal):
            report.refuse(record, ImportOutcome.LEFT_OUT)
        else:
            incoming.append(record)
    locator = Locator(choices.article)
    article_ids = locator.learn(record.passage for record in incoming)
    article = None
    if len(article_ids) == 1:
        article = Article.objects.get(pk=min(article_ids))
    try:
        with journal.record(
            Act.Kind.IMPORTED, by=None, what=name, article=article
        ) as recorder:
            lock_articles(article_ids)
            count = _Import(recorder, choices, report, locator).run(incoming, watch)
            recorder.act.passages = count
            if choices.dry_run or not count:
                raise _RolledBack
            report.act = recorder.act
    except _RolledBack:
        pass
    report.refused.sort(key=attrgetter("number"))
    return report


class _Import:
    """One file being imported: mentions before figures and allegations, which name whom the
    mentions are of."""

    def __init__(
        self,
        recorder: Recorder,
        choices: ImportOptions,
        report: ImportReport,
        locator: Locator,
    ) -> None:
        self._recorder = recorder
        self._report = report
        self._locator = locator
        self._resolver = EntityResolver(recorder, create=choices.create)
        self._new: list[Annotation] = []
        self._new_details: list[Figure | Allegation] = []
        self._imported: dict[UUID, tuple[ImportedAnnotation, ImportOutcome]] = {}
        self._articles_to_link: set[int] = set()
        self._by_span: dict[int, dict[tuple[int, int], list[Annotation]]] = {}
        self._user_named = cache(
            lambda name: User.objects.filter(username=name).first()
        )

    def run(self, incoming: list[ImportedAnnotation], watch: Watch) -> int:
        """Import annotations, and return how many are new here."""
        mentions = [item for item in incoming if item.kind in MENTIONS]
        others = [item for item in incoming if item.kind not in MENTIONS]
        for batch in watch([*batched(mentions), *batched(others)]):
            if batch[0].kind not in MENTIONS:
                self._resolver.add_spellings()
            self._import_batch(batch)
        self._resolver.add_spellings()
        self._link()
        self._restore_times()
        for item, outcome in self._imported.values():
            self._report.counts[outcome] += 1
            if item.passage.comment:
                self._report.comments += 1
        return len(self._imported)

    def _import_batch(self, batch: list[ImportedAnnotation]) -> None:
        with_details = Annotation.objects.select_related("figure", "allegation")
        existing = with_details.in_bulk([item.key for item in batch])
        for item in batch:
            try:
                outcome = self._import_one(item, existing.get(item.key))
            except NotFound as reason:
                self._refuse(item, ImportOutcome.NOT_FOUND, str(reason))
            except NotImported as reason:
                self._refuse(item, ImportOutcome.LEFT_OUT, str(reason))
            except ValidationError as reason:
                self._refuse(item, ImportOutcome.LEFT_OUT, _sentence(reason))
            else:
                if outcome is ImportOutcome.HERE:
                    self._report.counts[outcome] += 1
        # `restore` keeps the times that the annotations had elsewhere.
        self._recorder.restore(self._new)
        figures = [detail for detail in self._new_details if isinstance(detail, Figure)]
        self._recorder.bulk_create(figures)
        for detail in self._new_details:
            if isinstance(detail, Allegation):
                save_allegation(detail, self._recorder)
        self._new, self._new_details = [], []

    def _import_one(
        self, item: ImportedAnnotation, existing: Annotation | None
    ) -> ImportOutcome:
        """Prepare one annotation. Raises NotFound, NotImported and ValidationError."""
        located = self._locator.find(item.passage)
        wanted = self._annotation(item, located)
        detail = None
        if item.kind in MENTIONS:
            wanted.entity = self._resolver.entity(item.kind, item.name, item.slug)
        else:
            detail = detail_of(item, located, self._resolver)
            detail.annotation = wanted
        if existing is not None:
            if not says_the_same(existing, wanted, detail):
                raise NotImported(_("It is here already, and says something else."))
            return ImportOutcome.HERE
        if self._is_said_already(wanted, detail):
            return ImportOutcome.HERE
        self._add(wanted, detail)
        outcome = ImportOutcome.EXACT if located.is_exact else ImportOutcome.BY_QUOTE
        self._imported[item.key] = item, outcome
        return outcome

    def _add(self, wanted: Annotation, detail: Figure | Allegation | None) -> None:
        """Save an annotation with its batch; make whom or what it names now, if that is new."""
        if wanted.entity is not None:
            self._articles_to_link.add(wanted.article_id)
            wanted.entity = self._resolver.saved(wanted.entity)
            if wanted.state == State.LINKED:
                self._resolver.remember_spelling(wanted.entity, wanted.exact)
        if isinstance(detail, Figure) and detail.measure is not None:
            detail.measure = self._resolver.saved(detail.measure)
        if detail is not None:
            self._new_details.append(detail)
        self._new.append(wanted)
        self._annotations_by_span(wanted)[wanted.start, wanted.end].append(wanted)

    def _annotation(
        self, item: ImportedAnnotation, located: LocatedPassage
    ) -> Annotation:
        passage = item.passage
        state = passage.state or State.CONFIRMED
        if state not in State.values:
            raise NotImported(_("There is no state “%(state)s”.") % {"state": state})
        if item.kind not in MENTIONS:
            state = State.CONFIRMED
        made_by = None
        if passage.made_by:
            made_by = self._user_named(passage.made_by)
        annotation = Annotation(
            pk=item.key,
            kind=item.kind,
            state=state,
            made_by=made_by,
            made_at=passage.made_at or timezone.now(),
        )
        annotation.put_on(located.version, located.selector)
        return annotation

    def _is_said_already(
        self, wanted: Annotation, detail: Figure | Allegation | None
    ) -> bool:
        """Tell whether the same is said of these very words here.

        What the machine thinks is deleted to make room for an editor's word. Raises NotImported
        where an editor said otherwise.
        """
        same_span = self._annotations_by_span(wanted)[wanted.start, wanted.end]
        if detail is not None:
            same_kind = [other for other in same_span if other.kind == wanted.kind]
            return any(says_the_same(other, wanted, detail) for other in same_kind)
        mentions = [other for other in same_span if other.kind in MENTIONS]
        for other in mentions:
            if other.entity_id != wanted.entity_id:
                if State.CONFIRMED == other.state == wanted.state:
                    raise NotImported(
                        _("An editor says that these words mean %(name)s.")
                        % {"name": other.entity}
                    )
                continue
            if other.state in MACHINE and wanted.state not in MACHINE:
                if other.pk in self._imported:
                    raise NotImported(
                        _("Another annotation of this file says it of these words.")
                    )
                self._recorder.delete([other])
                same_span.remove(other)
                continue
            is_rejected = State.REJECTED in (other.state, wanted.state)
            if is_rejected and other.state != wanted.state:
                raise NotImported(_("An editor judged otherwise of these words here."))
            return True
        return False

    def _annotations_by_span(
        self, wanted: Annotation
    ) -> dict[tuple[int, int], list[Annotation]]:
        """Return what stands on the text of `wanted`, by start and end."""
        if wanted.version_id not in self._by_span:
            by_span: dict[tuple[int, int], list[Annotation]] = defaultdict(list)
            annotations = Annotation.objects.filter(version=wanted.version_id)
            for annotation in annotations.with_details():
                by_span[annotation.start, annotation.end].append(annotation)
            self._by_span[wanted.version_id] = by_span
        return self._by_span[wanted.version_id]

    def _link(self) -> None:
        """Let the machine link what it now knows, and take back what it thought where editors
        have spoken.

        What it linked elsewhere stays only where this archive's names let it link the same.
        """
        with_spellings = articles_with(self._resolver.new_spellings)
        link_articles(self._articles_to_link | with_spellings, self._recorder)
        states_elsewhere = {}
        for key, (item, _outcome) in self._imported.items():
            if item.passage.state in MACHINE and item.kind in MENTIONS:
                states_elsewhere[key] = item.passage.state
        for batch in batched(list(states_elsewhere)):
            annotations = Annotation.objects.filter(pk__in=batch)
            states_here = dict(annotations.values_list("pk", "state"))
            for key in batch:
                if states_here.get(key) != states_elsewhere[key]:
                    item, _outcome = self._imported.pop(key)
                    reason = _(
                        "The machine linked this elsewhere, and with the names known here "
                        "it is not sure."
                    )
                    self._refuse(item, ImportOutcome.LEFT_OUT, reason)

    def _restore_times(self) -> None:
        """Set when annotations were changed to what it was elsewhere: linking has changed it."""
        times = {}
        for key, (item, _outcome) in self._imported.items():
            if item.passage.changed_at:
                times[key] = item.passage.changed_at
        for batch in batched(list(times)):
            annotations = Annotation.objects.in_bulk(batch).values()
            for annotation in annotations:
                annotation.changed_at = times[annotation.pk]
            Annotation.objects.bulk_update(
                annotations, ["changed_at"], batch_size=BATCH_SIZE
            )

    def _refuse(
        self, item: ImportedAnnotation, outcome: ImportOutcome, why: str
    ) -> None:
        self._report.refuse(Refusal(item.number, item.passage.permalink, why), outcome)


def _sentence(reason: ValidationError) -> str:
    if not hasattr(reason, "error_dict"):
        return " ".join(reason.messages)
    sentences = []
    for field_name, messages in reason.message_dict.items():
        sentences.append(f"{field_name}: {' '.join(messages)}")
    return " ".join(sentences)
