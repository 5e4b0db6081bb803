"""From a file to an article: the one way in.

    bytes ── receive ── read ── keep ──> Article + Capture + TextVersion + Events

The same bytes are never kept twice. Other bytes for an address that the archive knows are a new
capture and a new version of that article. Whatever goes wrong on the way leaves nothing behind:
`take_in` raises `Refused` with one sentence for whoever sent the file. `take_in_files` takes
many files in, reads them in other processes and writes them many at a time; the archive becomes
the same as with one `take_in` after the other.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from archive.hooks import receive_versions, study
from archive.ingest.events import IntakeEvents
from archive.ingest.keeping import (
    IntakeOutcome,
    IntakeResult,
    ReadFile,
    index,
    keep,
    known_files,
)
from archive.ingest.reading import IncomingFile, Refused, read, receive
from archive.ingest.workers import Workers
from archive.models import Article, Event, TextVersion, User, raise_everything
from archive.text.canonical import canonicalise

__all__ = [
    "IntakeOutcome",
    "IntakeResult",
    "Refused",
    "correct_text",
    "take_in",
    "take_in_files",
]

# What became of one file of many.
Taken = IntakeResult | Refused | OSError
# Files that are read by one process, and then written in one transaction.
FILES_PER_BATCH = 100
# Bytes beyond which no further file is added to them.
_BYTES_PER_BATCH = 1024 * 1024


def take_in(content: bytes, filename: str, by: User | None = None) -> IntakeResult:
    """Import one file's bytes. Raises Refused; then the archive is as it was."""
    file = receive(content, filename)
    # Before anything is read: most imports of a folder that was imported before end here.
    known = known_files([file])
    if known:
        return _known_result(known[file.sha256])
    [taken] = keep([ReadFile(file, read(file))], by)
    if isinstance(taken, Refused):
        raise taken
    return taken


def take_in_files(paths: Sequence[Path], jobs: int = 1) -> Iterator[Taken]:
    """Import files, and yield what became of each, in their order.

    They are read in `jobs` processes, or in this one if that is 1 or the files are few. Memory
    does not grow with their number.
    """
    most_batches = ceil(len(paths) / FILES_PER_BATCH)
    with Workers(min(jobs, most_batches)) as workers:
        waiting: deque[_Batch] = deque()
        for files in _batches(paths):
            waiting.append(_Batch(files, workers))
            if len(waiting) > workers.most_waiting:
                yield from waiting.popleft().keep()
        for batch in waiting:
            yield from batch.keep()


# A file, or why there is none.
_Received = IncomingFile | Refused | OSError


def _batches(paths: Iterable[Path]) -> Iterator[list[_Received]]:
    """Yield files a batch at a time: a hundred, fewer if they are large."""
    batch: list[_Received] = []
    size = 0
    for path in paths:
        received = _received(path)
        batch.append(received)
        if isinstance(received, IncomingFile):
            size += len(received.content)
        if len(batch) == FILES_PER_BATCH or size > _BYTES_PER_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _received(path: Path) -> _Received:
    try:
        return receive(path.read_bytes(), path.name)
    except (OSError, Refused) as reason:
        return reason


class _Batch:
    """Files that are read by one process and written in one transaction."""

    def __init__(self, received: list[_Received], workers: Workers) -> None:
        self._received = received
        files = [one for one in received if isinstance(one, IncomingFile)]
        # Before anything is read: most imports of a folder that was imported before end here.
        self._known = known_files(files)
        unknown = [file for file in files if file.sha256 not in self._known]
        self._pending = workers.submit(unknown)

    def keep(self) -> Iterator[Taken]:
        """Write what was read, and yield what became of each file."""
        pending = self._pending
        read_files = []
        refused: dict[IncomingFile, Refused] = {}
        for file, reading in zip(pending.files, pending.result(), strict=True):
            if isinstance(reading, Refused):
                refused[file] = reading
            else:
                read_files.append(ReadFile(file, reading))
        # Bytes that cannot be read under one name may have come in under another.
        known = known_files(refused) if refused else {}
        kept = iter(keep(read_files, by=None))
        for received in self._received:
            taken: Taken
            if not isinstance(received, IncomingFile):
                taken = received
            elif received.sha256 in self._known:
                taken = _known_result(self._known[received.sha256])
            elif received not in refused:
                taken = next(kept)
            elif received.sha256 in known:
                taken = _known_result(known[received.sha256])
            else:
                taken = refused[received]
            if isinstance(received, IncomingFile) and isinstance(taken, IntakeResult):
                known[received.sha256] = taken.article
            yield taken


def _known_result(article: Article) -> IntakeResult:
    return IntakeResult(IntakeOutcome.KNOWN, article, [])


def correct_text(
    article: Article, html: str, by: User, note: str
) -> tuple[TextVersion, list[str]]:
    """Make a corrected text the article's next version. Raises Refused where it is empty or as
    before."""
    text = canonicalise(html)
    previous = article.version
    if not text.text:
        raise Refused(_("A text cannot be empty."))
    if text.html == previous.html:
        raise Refused(
            _("This text is the same as version %(number)d.")
            % {"number": previous.number}
        )
    # One transaction: no version without its event, its words in the index and its annotations.
    with transaction.atomic():
        version = article.add_version(
            text, capture=previous.capture, previous=previous, by=by, note=note
        )
        events = IntakeEvents(by)
        events.add(
            Event.Kind.VERSION,
            _("Version %(number)d was made from version %(previous)d: %(note)s")
            % {"number": version.number, "previous": previous.number, "note": note},
        )
        Event.objects.bulk_create(events.of(article))
        index([article.pk])
        [notes] = receive_versions([version], [study(text.text)])
        raise_everything()
        return version, notes
