"""Annotations from a file become annotations here: one act for each file, which can be undone.

    file ── annotations_in, from_w3c ──> Passages ── Locator ──> places in texts ── _Import ──> Annotations

An annotation that was exported here or from another archive keeps its key, and so its address,
its state, its times and, where there is such an account, its maker. Another program's gets a
key that follows from its own. So importing a file twice changes nothing. Whatever does not go
in is told with the reason, and takes nothing else with it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import journal
from annotations.allegations.services import NewAllegation, make_allegations
from annotations.journal.bulk import existing_keys
from annotations.journal.recorder import Recorder
from annotations.linking.linker import articles_with, link_articles
from annotations.models import (
    MACHINE,
    MENTIONS,
    Act,
    Annotation,
    Entity,
    Figure,
    Kind,
    State,
)
from annotations.w3c_import.assertions import (
    COLUMNS,
    Assertion,
    Span,
    assertion_of,
    says_the_same,
)
from annotations.w3c_import.details import detail_of, names_said
from annotations.w3c_import.documents import (
    ImportedAnnotation,
    ImportOptions,
    Incoming,
    NotImported,
    Refusal,
    packed_spool,
)
from annotations.w3c_import.entities import EntityResolver
from annotations.w3c_import.locator import LocatedPassage, Locator, NotFound
from archive.batches import BATCH_SIZE
from archive.models import Article, User, lock_articles
from archive.text.canonical import paragraph_of

# Takes the batches of a file and yields each, such as a progress bar.
Watch = Callable[[Incoming], Iterable[list[ImportedAnnotation]]]
_WITH_DETAILS = (Kind.FIGURE, Kind.ALLEGATION)
_ANNOTATION_COLUMNS = (
    "id",
    "article",
    "version",
    "sort_date",
    "kind",
    "state",
    "start",
    "end",
    "exact",
    "paragraph",
    "entity",
    "revision",
    "made_by",
    "made_at",
    "changed_at",
)
# A form that saw an annotation of this key before, which was deleted since, is out of date.
_REVISION = 2
_STATES = frozenset(State.values)


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
    incoming: Incoming, name: str, choices: ImportOptions, watch: Watch = iter
) -> ImportReport:
    """Import what a file called `name` holds, as one act; `watch` sees the batches go by."""
    report = ImportReport()
    for refusal in incoming.refused:
        report.refuse(refusal, ImportOutcome.LEFT_OUT)
    locator = Locator(choices.article)
    article_ids = locator.learn(incoming.sources)
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


class _NewAnnotation(NamedTuple):
    """One that goes in with its batch."""

    statement: Assertion
    located: LocatedPassage
    made_by: int | None
    made_at: datetime
    changed_at: datetime


class _Import:
    """One file being imported: mentions before figures and allegations, which name whom the
    mentions are of. Memory holds one batch, and the texts that it is of."""

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
        self._count = 0
        self._new: list[_NewAnnotation] = []
        self._by_span: dict[Span, list[Assertion]] = defaultdict(list)
        self._articles_to_link: set[int] = set()
        # What the machine linked elsewhere, in two spools by its fate.
        self._of_machine = {
            ImportOutcome.EXACT: packed_spool(),
            ImportOutcome.BY_QUOTE: packed_spool(),
        }
        self._key_of_user = cache(_key_of_user)

    def run(self, incoming: Incoming, watch: Watch) -> int:
        """Import annotations, and return how many are new here."""
        for batch in watch(incoming):
            if batch[0].kind in MENTIONS:
                self._resolver.learn(batch)
                self._import_batch(batch, MENTIONS)
            else:
                self._resolver.add_spellings()
                self._resolver.learn_names(names_said(batch))
                self._import_batch(batch, _WITH_DETAILS)
        self._resolver.add_spellings()
        self._link()
        self._check_machine()
        return self._count

    def _import_batch(
        self, batch: list[ImportedAnnotation], kinds: tuple[Kind, ...]
    ) -> None:
        versions = self._locator.load(item.source for item in batch)
        self._by_span = self._assertions_on(versions, kinds)
        existing = self._assertions_under([item.key for item in batch])
        now = timezone.now()
        for item in batch:
            try:
                outcome = self._import_one(item, existing.get(item.key), now)
            except NotFound as reason:
                self._refuse(item, ImportOutcome.NOT_FOUND, str(reason))
            except NotImported as reason:
                self._refuse(item, ImportOutcome.LEFT_OUT, str(reason))
            except ValidationError as reason:
                self._refuse(item, ImportOutcome.LEFT_OUT, _sentence(reason))
            else:
                self._take_note(item, outcome)
        self._save_batch()

    def _take_note(self, item: ImportedAnnotation, outcome: ImportOutcome) -> None:
        """Count an annotation, or keep it until it is known what the machine thinks of it."""
        if outcome is ImportOutcome.HERE:
            self._report.counts[outcome] += 1
        elif item.passage.state in MACHINE and item.kind in MENTIONS:
            self._of_machine[outcome].add(item)
        else:
            self._count_new(item, outcome)

    def _count_new(self, item: ImportedAnnotation, outcome: ImportOutcome) -> None:
        self._count += 1
        self._report.counts[outcome] += 1
        if item.passage.comment:
            self._report.comments += 1

    def _import_one(
        self, item: ImportedAnnotation, existing: Assertion | None, now: datetime
    ) -> ImportOutcome:
        """Prepare one annotation. Raises NotFound, NotImported and ValidationError."""
        located = self._locator.find(item.source, item.passage)
        wanted = self._statement(item, located)
        if existing is not None:
            if not says_the_same(existing, wanted):
                raise NotImported(_("It is here already, and says something else."))
            return ImportOutcome.HERE
        if self._is_said_already(wanted):
            return ImportOutcome.HERE
        self._add(item, wanted, located, now)
        return ImportOutcome.EXACT if located.is_exact else ImportOutcome.BY_QUOTE

    def _statement(
        self, item: ImportedAnnotation, located: LocatedPassage
    ) -> Assertion:
        """Return what an annotation says. Raises NotImported and ValidationError."""
        state = item.passage.state or State.CONFIRMED
        if state not in _STATES:
            raise NotImported(_("There is no state “%(state)s”.") % {"state": state})
        selector = located.selector
        span = (located.version.pk, selector.start, selector.end)
        if item.kind in MENTIONS:
            named = self._resolver.entity(item)
            return Assertion(item.key, item.kind, state, span, named, is_made=True)
        detail = detail_of(item, located, self._resolver)
        return Assertion(
            item.key, item.kind, State.CONFIRMED, span, detail=detail, is_made=True
        )

    def _add(
        self,
        item: ImportedAnnotation,
        wanted: Assertion,
        located: LocatedPassage,
        now: datetime,
    ) -> None:
        """Save an annotation with its batch, and whom or what it names, if that is new."""
        if wanted.named is not None:
            self._articles_to_link.add(located.version.article_id)
            self._resolver.use(wanted.named)
            if wanted.state == State.LINKED:
                self._resolver.remember_spelling(wanted.named, located.selector.exact)
        if wanted.detail is not None and wanted.detail.measure is not None:
            self._resolver.use_measure(wanted.detail.measure)
        passage = item.passage
        new = _NewAnnotation(
            wanted,
            located,
            self._key_of_user(passage.made_by) if passage.made_by else None,
            passage.made_at or now,
            passage.changed_at or now,
        )
        self._new.append(new)
        self._by_span[wanted.span].append(wanted)

    def _save_batch(self) -> None:
        """Save what the batch has brought."""
        self._resolver.save_new()
        rows = [_row_of(new) for new in self._new]
        self._recorder.make(Annotation, _ANNOTATION_COLUMNS, rows)
        figures, allegations = [], []
        columns = COLUMNS[Kind.FIGURE]
        for new in self._new:
            detail = new.statement.detail
            if detail is None:
                continue
            if new.statement.kind == Kind.FIGURE:
                references = (detail.said_by_entity, detail.measure_key)
                said = [detail.columns[name] for name in columns]
                figures.append((new.statement.key, *said, *references))
            else:
                allegations.append(_allegation_of(new))
        self._recorder.make(
            Figure, ("annotation", *columns, "said_by_entity", "measure"), figures
        )
        make_allegations(allegations, self._recorder, self._resolver.entity_named)
        self._new = []

    def _is_said_already(self, wanted: Assertion) -> bool:
        """Tell whether the same is said of these very words here.

        What the machine thinks is deleted to make room for an editor's word. Raises NotImported
        where an editor said otherwise.
        """
        same_span = self._by_span.get(wanted.span, [])
        if wanted.detail is not None:
            return any(says_the_same(other, wanted) for other in same_span)
        for other in list(same_span):
            if other.entity_key != wanted.entity_key:
                if State.CONFIRMED == other.state == wanted.state:
                    raise NotImported(
                        _("An editor says that these words mean %(name)s.")
                        % {"name": _entity_of(other)}
                    )
                continue
            if other.state in MACHINE and wanted.state not in MACHINE:
                if other.is_made:
                    raise NotImported(
                        _("Another annotation of this file says it of these words.")
                    )
                self._recorder.delete(Annotation.objects.filter(pk=other.key))
                same_span.remove(other)
                continue
            is_rejected = State.REJECTED in (other.state, wanted.state)
            if is_rejected and other.state != wanted.state:
                raise NotImported(_("An editor judged otherwise of these words here."))
            return True
        return False

    def _assertions_on(
        self, versions: Iterable[int], kinds: Iterable[Kind]
    ) -> dict[Span, list[Assertion]]:
        """Return what is said on these texts in annotations of these kinds, by the words of
        which it is said."""
        others = [kind for kind in Kind if kind not in kinds]
        # Not of these kinds, but not of the others: SQLite would take the index of kinds,
        # and read through half the archive.
        annotations = Annotation.objects.filter(version__in=versions)
        annotations = annotations.exclude(kind__in=others)
        if Kind.FIGURE in kinds:
            annotations = annotations.select_related("figure", "allegation")
        by_span: dict[Span, list[Assertion]] = defaultdict(list)
        for annotation in annotations:
            statement = self._assertion_of(annotation)
            by_span[statement.span].append(statement)
        return by_span

    def _assertions_under(self, keys: list[UUID]) -> dict[UUID, Assertion]:
        """Return what the annotations with these keys say, as far as they are here."""
        annotations = Annotation.objects.select_related("figure", "allegation")
        statements = {}
        keys_here = existing_keys(Annotation, keys)
        for key, annotation in annotations.in_bulk(keys_here).items():
            statements[key] = self._assertion_of(annotation)
        return statements

    def _assertion_of(self, annotation: Annotation) -> Assertion:
        is_made = annotation.made_in_id == self._recorder.act.pk
        return assertion_of(annotation, is_made=is_made)

    def _link(self) -> None:
        """Let the machine link what it now knows, and take back what it thought where editors
        have spoken.

        What it linked elsewhere stays only where this archive's names let it link the same.
        """
        with_spellings = articles_with(self._resolver.new_spellings)
        link_articles(self._articles_to_link | with_spellings, self._recorder)

    def _check_machine(self) -> None:
        """Count what the machine linked elsewhere and links here too, and give it back the time
        of its last change, which linking has set; refuse the rest."""
        for outcome, spool in self._of_machine.items():
            for batch in spool:
                annotations = Annotation.objects.in_bulk([item.key for item in batch])
                changed = []
                for item in batch:
                    annotation = annotations.get(item.key)
                    if annotation is None or annotation.state != item.passage.state:
                        reason = _(
                            "The machine linked this elsewhere, and with the names known here "
                            "it is not sure."
                        )
                        self._refuse(item, ImportOutcome.LEFT_OUT, reason)
                        continue
                    self._count_new(item, outcome)
                    if item.passage.changed_at not in (None, annotation.changed_at):
                        annotation.changed_at = item.passage.changed_at
                        changed.append(annotation)
                Annotation.objects.bulk_update(
                    changed, ["changed_at"], batch_size=BATCH_SIZE
                )

    def _refuse(
        self, item: ImportedAnnotation, outcome: ImportOutcome, why: str
    ) -> None:
        self._report.refuse(Refusal(item.number, item.passage.permalink, why), outcome)


def _row_of(new: _NewAnnotation) -> tuple[Any, ...]:
    """Return the values of `_ANNOTATION_COLUMNS`."""
    statement, version, selector = (
        new.statement,
        new.located.version,
        new.located.selector,
    )
    return (
        statement.key,
        version.article_id,
        version.pk,
        version.article.sort_date,
        statement.kind,
        statement.state,
        selector.start,
        selector.end,
        selector.exact,
        paragraph_of(version.text, selector.start),
        statement.entity_key,
        _REVISION,
        new.made_by,
        new.made_at,
        new.changed_at,
    )


def _allegation_of(new: _NewAnnotation) -> NewAllegation:
    statement, located = new.statement, new.located
    words = located.selector.exact
    credit = located.version.article.credit
    columns = statement.detail.columns if statement.detail else {}
    return NewAllegation(statement.key, words, credit, columns)


def _entity_of(statement: Assertion) -> Entity:
    if statement.named is not None:
        return statement.named.row
    return Entity.objects.get(mentions=statement.key)


def _key_of_user(name: str) -> int | None:
    return User.objects.filter(username=name).values_list("pk", flat=True).first()


def _sentence(reason: ValidationError) -> str:
    if not hasattr(reason, "error_dict"):
        return " ".join(reason.messages)
    sentences = []
    for field_name, messages in reason.message_dict.items():
        sentences.append(f"{field_name}: {' '.join(messages)}")
    return " ".join(sentences)
