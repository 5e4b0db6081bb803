"""The ledger of allegations as a table: each a row, with its parties, its history and what
answers it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from annotations.allegations.threads import with_copies, with_responses
from annotations.export.ledgers.table import Table
from annotations.models import Annotation, AnnotationQuerySet, Answer, StatusChange
from archive import dates
from archive.batches import BATCH_SIZE
from archive.models import Viewer

COLUMNS = (
    "allegation",
    "claimant",
    "accused",
    "act",
    "basis",
    "happened",
    "place",
    "status",
    "history",
    "answers",
    "words",
    "title",
    "publisher",
    "credit",
    "published",
    "paragraph",
    "same_text_as",
    "permalink",
)


def allegation_table(
    found: AnnotationQuerySet, user: Viewer, address: str, base: str
) -> Table:
    """Return allegations as a table, read in chunks; `base` is the archive's own address, as
    `https://…`.

    Each copy of one agency's text has a row. `same_text_as` holds the permalinks of the others.
    """
    said = _(
        "An allegation is a claim that a source reports; that it stands here does not make it true."
    )
    rows = _rows(found, user, base.rstrip("/"))
    return Table(_("Allegations"), address, [said], COLUMNS, rows)


def _rows(
    allegations: AnnotationQuerySet, user: Viewer, base: str
) -> Iterator[dict[str, str]]:
    history = Prefetch("allegation__statuses", StatusChange.objects.for_reading(user))
    rows = allegations.with_sources().prefetch_related(history)
    chunks = rows.iterator(chunk_size=BATCH_SIZE)
    while batch := list(islice(chunks, BATCH_SIZE)):
        with_copies(with_responses(batch, user), user)
        for annotation in batch:
            yield _row(annotation, base)


def _row(annotation: Annotation, base: str) -> dict[str, str]:
    allegation, article = annotation.allegation, annotation.article
    history = [_display_status(change, base) for change in allegation.history]
    answers = []
    if allegation.response:
        for link in allegation.response.answers:
            answers.append(_display_answer(link, base))
    copies = [f"{base}{copy.get_absolute_url()}" for copy in allegation.copies]
    return {
        "allegation": allegation.summary,
        "claimant": allegation.claimant,
        "accused": allegation.accused,
        "act": allegation.conduct,
        "basis": allegation.get_basis_display(),
        "happened": allegation.happened,
        "place": allegation.place,
        "status": allegation.get_status_display(),
        "history": _joined(history),
        "answers": _joined(answers) or _("no response recorded"),
        "words": annotation.exact,
        "title": article.title,
        "publisher": article.publisher_name,
        "credit": article.credit,
        "published": article.published,
        "paragraph": str(annotation.paragraph),
        "same_text_as": _joined(copies),
        "permalink": f"{base}{annotation.get_absolute_url()}",
    }


def _display_status(change: StatusChange, base: str) -> str:
    day = change.date
    if not day and change.is_passage_seen:
        day = change.day
    parts = [change.get_status_display(), dates.display_date(day)]
    if change.according_to:
        parts.append(_("according to %(who)s") % {"who": change.according_to})
    if change.passage and change.is_passage_seen:
        parts.append(f"{base}{change.passage.get_absolute_url()}")
    return ", ".join(filter(None, parts))


def _display_answer(link: Answer, base: str) -> str:
    passage = link.answer.annotation
    day = passage.article.published_display or _("undated")
    address = f"{base}{passage.get_absolute_url()}"
    return f"{link.done_by} {link.answer.claimant}, {day}, {address}"


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(parts)
