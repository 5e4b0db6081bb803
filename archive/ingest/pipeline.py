"""From a file to an article: the one way in.

    bytes ── decode ── importer ── canonicalise ──> Capture + TextVersion + Events, in one transaction

The same bytes are never kept twice. Other bytes for an address that the archive knows are a new
capture and a new version of that article. Whatever goes wrong on the way leaves nothing behind:
`take_in` raises `Refused` with one sentence for whoever sent the file.
"""

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from archive import languages, search
from archive.hooks import receive_version
from archive.ingest.decoding import Decoded, Undecodable, decode
from archive.ingest.importers import IMPORTERS, MEDIA_TYPES
from archive.ingest.importers.report import ParsedReport, UnreadableReport
from archive.ingest.source_urls import address_key, host_of
from archive.models import (
    Article,
    Capture,
    Event,
    Publisher,
    TextVersion,
    User,
    raise_articles,
    raise_everything,
    sha256_of,
)
from archive.publishers import OUTLETS, looks_cut_short
from archive.text.canonical import CanonicalText, canonicalise


class Refused(ValueError):
    """The file did not become an article; the message is one sentence for whoever sent it."""


class IntakeOutcome(Enum):
    IMPORTED = "imported"
    UPDATED = "updated"
    KNOWN = "known"


@dataclass(frozen=True)
class IntakeResult:
    """What became of one file. `notes` are sentences on what happened to the annotations of an
    article that got a new version."""

    outcome: IntakeOutcome
    article: Article
    notes: list[str]


def take_in(content: bytes, filename: str, by: User | None = None) -> IntakeResult:
    """Import one file's bytes. Raises Refused; then the archive is as it was."""
    # Before anything is read: most imports of a folder that was imported before end here.
    sha256 = _acceptable(content)
    known = _known(sha256)
    if known:
        return known
    decoded, report = _read(content, PurePath(filename).suffix.lower())
    text = canonicalise(report.html)
    if not text.text:
        raise Refused(_("It has a title but no text."))
    try:
        with transaction.atomic():
            return _keep(content, sha256, filename, decoded, report, text, by)
    except IntegrityError:
        # Somebody else may have imported the same bytes at the same moment.
        known = _known(sha256)
        if known:
            return known
        raise


def _acceptable(content: bytes) -> str:
    """Return the SHA-256 of bytes that are neither nothing nor too much. Raises Refused."""
    if not content.strip():
        raise Refused(_("It is empty."))
    if len(content) > settings.ARCHIVE_MAX_BYTES:
        raise Refused(
            _("It is too large: %(size)s, where this archive takes %(limit)s at most.")
            % {
                "size": filesizeformat(len(content)),
                "limit": filesizeformat(settings.ARCHIVE_MAX_BYTES),
            }
        )
    return sha256_of(content)


def _known(sha256: str) -> IntakeResult | None:
    """Return the article that these bytes came in for, if they were imported before."""
    captures = Capture.objects.without_content().select_related("article")
    capture = captures.filter(sha256=sha256).first()
    if capture is None:
        return None
    return IntakeResult(IntakeOutcome.KNOWN, capture.article, [])


def _read(content: bytes, ending: str) -> tuple[Decoded, ParsedReport]:
    """Decode a file and read it by the importer for its ending. Raises Refused."""
    try:
        decoded = decode(content)
        if ending not in IMPORTERS:
            raise Refused(
                _("Files of the kind “%(ending)s” are not read; these are: %(known)s.")
                % {
                    "ending": ending,
                    "known": ", ".join(sorted(filter(None, IMPORTERS))),
                }
            )
        return decoded, IMPORTERS[ending](decoded.text)
    except (Undecodable, UnreadableReport) as reason:
        raise Refused(str(reason)) from reason


def _keep(
    content: bytes,
    sha256: str,
    filename: str,
    decoded: Decoded,
    report: ParsedReport,
    text: CanonicalText,
    by: User | None,
) -> IntakeResult:
    """Write everything that one file brings; the caller's transaction makes it all or
    nothing."""
    events = _Events(by)
    # Other bytes for a known address are a new version, not a new article.
    key = address_key(report.original_address) if report.original_address else None
    article = Article.objects.filter(address_key=key).first() if key else None
    outcome = IntakeOutcome.UPDATED
    if article is None:
        article = _new_article(report, key, text.text, events)
        outcome = IntakeOutcome.IMPORTED
    previous = article.current_version
    path = PurePath(filename)
    capture = Capture.objects.create(
        article=article,
        sha256=sha256,
        content=content,
        size=len(content),
        filename=path.name[:300],
        media_type=MEDIA_TYPES.get(path.suffix.lower(), "text/plain"),
        encoding=decoded.encoding,
        received_by=by,
    )
    version = article.add_version(text, capture=capture, previous=previous, by=by)
    events.add_file(capture, decoded, report)
    events.save(article)
    _index(article)
    # Last: a receiver may search for the new version, which must be complete by then.
    notes = receive_version(version, previous)
    if outcome is IntakeOutcome.IMPORTED:
        raise_articles(article.pk)
    else:
        raise_everything()
    return IntakeResult(outcome, article, notes)


def _index(article: Article) -> None:
    try:
        search.index([article.pk])
    except search.TooManyWords as reason:
        raise Refused(
            _("It has more different words than the search index can take.")
        ) from reason


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
        events = _Events(by)
        events.add(
            Event.Kind.VERSION,
            _("Version %(number)d was made from version %(previous)d: %(note)s")
            % {"number": version.number, "previous": previous.number, "note": note},
        )
        events.save(article)
        _index(article)
        notes = receive_version(version, previous)
        raise_everything()
        return version, notes


def _new_article(
    report: ParsedReport, key: str | None, text: str, events: "_Events"
) -> Article:
    language = report.language
    if not language:
        language, confidence = languages.detect(text)
        events.add_detected_language(language, confidence)
    article = Article.objects.create(
        title=report.title[:500],
        title_transliterated=report.title_transliterated,
        title_translated=report.title_translated,
        standfirst=report.standfirst,
        credit=report.credit[:300],
        publisher=_publisher(report),
        language=language,
        published=report.published,
        original_address=report.original_address,
        address_key=key,
        coverage=report.coverage[:300],
    )
    if report.authors:
        article.set_authors(report.authors)
    if report.topics:
        article.set_topics(report.topics)
    host = host_of(report.original_address)
    if looks_cut_short(host, report.original_address):
        events.add(
            Event.Kind.VALIDATION,
            _(
                "The original address may have been cut short: other addresses of %(host)s end differently."
            )
            % {"host": host},
            succeeded=False,
        )
    return article


def _publisher(report: ParsedReport) -> Publisher | None:
    """Find or make the outlet: by its own name where the report gives one, else by the
    address's host."""
    host = host_of(report.original_address) or None
    publisher_of_host = Publisher.objects.filter(host=host).first() if host else None
    if report.publisher:
        named, _created = Publisher.objects.get_or_create(name=report.publisher[:200])
        # A host belongs to one outlet only: never take it from another.
        if host and named.host is None and publisher_of_host is None:
            named.host = host
            named.save(update_fields=["host"])
        return named
    if publisher_of_host or host is None:
        return publisher_of_host
    name = OUTLETS[host].name if host in OUTLETS else host
    publisher, _created = Publisher.objects.get_or_create(
        name=name, defaults={"host": host}
    )
    return publisher


class _Events:
    """Collects the events of one intake and writes them together."""

    def __init__(self, by: User | None) -> None:
        self._by = by
        self._events: list[Event] = []

    def add(
        self,
        kind: Event.Kind,
        detail: str,
        *,
        succeeded: bool = True,
        **data: str | int | float,
    ) -> None:
        self._events.append(
            Event(kind=kind, detail=detail, by=self._by, succeeded=succeeded, data=data)
        )

    def add_detected_language(self, language: str, confidence: float) -> None:
        self.add(
            Event.Kind.IDENTIFICATION,
            _("The language was detected: %(language)s, %(percent)d %% sure.")
            % {
                "language": languages.name_of(language),
                "percent": round(confidence * 100),
            },
            language=language,
            confidence=round(confidence, 4),
        )

    def add_file(
        self, capture: Capture, decoded: Decoded, report: ParsedReport
    ) -> None:
        """Add how a file came in, was decoded, read and cleaned, and what was not understood."""
        self.add(
            Event.Kind.INGESTION,
            _("%(filename)s came in: %(size)d bytes, SHA-256 %(sha256)s.")
            % {
                "filename": capture.filename,
                "size": capture.size,
                "sha256": capture.sha256,
            },
            sha256=capture.sha256,
        )
        self.add(
            Event.Kind.IDENTIFICATION,
            _("The encoding is %(encoding)s: %(how)s.")
            % {"encoding": decoded.encoding, "how": decoded.how},
            encoding=decoded.encoding,
        )
        self.add(
            Event.Kind.EXTRACTION,
            _("Read from the file: %(fields)s.")
            % {"fields": ", ".join(report.fields_read()).replace("_", " ")},
        )
        for cleaning in report.cleanings:
            self.add(
                Event.Kind.NORMALIZATION,
                f"{cleaning}.",
                cleaning=cleaning.code,
                count=cleaning.count,
            )
        for note in report.notes:
            self.add(Event.Kind.VALIDATION, note, succeeded=False)

    def save(self, article: Article) -> None:
        # Only now, because the first events are added before a new article exists.
        for event in self._events:
            event.article = article
        Event.objects.bulk_create(self._events)
