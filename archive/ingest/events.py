"""What an intake leaves in the record: its events, in the words of PREMIS."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from archive import languages
from archive.ingest.reading import Reading
from archive.models import Article, Capture, Event, User


class IntakeEvents:
    """Collects the events of one intake, to be written together."""

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

    def add_cut_address(self, host: str) -> None:
        self.add(
            Event.Kind.VALIDATION,
            _(
                "The original address may have been cut short: other addresses of %(host)s end differently."
            )
            % {"host": host},
            succeeded=False,
        )

    def add_file(self, capture: Capture, reading: Reading) -> None:
        """Add how a file came in, was decoded, read and cleaned, and what was not understood."""
        report = reading.report
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
            % {"encoding": reading.encoding, "how": reading.encoding_found},
            encoding=reading.encoding,
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

    def of(self, article: Article) -> Iterable[Event]:
        """Return the events as those of `article`, which had to be written first."""
        for event in self._events:
            event.article = article
        return self._events
