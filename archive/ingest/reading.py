"""The first half of an intake: from bytes to a text, without the database.

    bytes ── receive ──> IncomingFile ── read ──> Reading

Nothing here asks the database, so that files can be read in other processes
(`archive.ingest.workers`). What goes wrong is `Refused`, one sentence for whoever sent the file.
"""

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from archive import languages
from archive.hooks import study
from archive.ingest.decoding import Undecodable, decode
from archive.ingest.importers import IMPORTERS
from archive.ingest.importers.report import ParsedReport, UnreadableReport
from archive.models import sha256_of
from archive.text.canonical import CanonicalText, canonicalise


class Refused(ValueError):
    """The file did not become an article; the message is one sentence for whoever sent it."""


@dataclass(frozen=True)
class IncomingFile:
    """The bytes of one file, neither none nor too many, and what they are named by."""

    content: bytes
    filename: str
    sha256: str

    @property
    def ending(self) -> str:
        """The ending of the name in lower case, such as `.md`; empty where it has none."""
        return PurePath(self.filename).suffix.lower()


@dataclass(frozen=True)
class Reading:
    """What was read from one file. Of `report`, the HTML is left out: `text` is made of it."""

    encoding: str
    # How the encoding was found: a phrase for the event.
    encoding_found: str
    report: ParsedReport
    text: CanonicalText
    # The BCP 47 tag and the confidence from 0 to 1; None where the report says the language.
    detected_language: tuple[str, float] | None
    # What the setting ARCHIVE_STUDIES_TEXT has found in the text.
    study: Any


def receive(content: bytes, filename: str) -> IncomingFile:
    """Name the bytes of a file by their SHA-256. Raises Refused for none and for too many."""
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
    return IncomingFile(content, filename, sha256_of(content))


def read(file: IncomingFile) -> Reading:
    """Decode a file, read it by the importer for its ending, and make its text canonical.

    Raises Refused.
    """
    try:
        decoded = decode(file.content)
        if file.ending not in IMPORTERS:
            raise Refused(
                _("Files of the kind “%(ending)s” are not read; these are: %(known)s.")
                % {
                    "ending": file.ending,
                    "known": ", ".join(sorted(filter(None, IMPORTERS))),
                }
            )
        report = IMPORTERS[file.ending](decoded.text)
    except (Undecodable, UnreadableReport) as reason:
        raise Refused(str(reason)) from reason
    text = canonicalise(report.html)
    if not text.text:
        raise Refused(_("It has a title but no text."))
    detected = None if report.language else languages.detect(text.text)
    return Reading(
        encoding=decoded.encoding,
        encoding_found=decoded.how,
        report=replace(report, html=""),
        text=text,
        detected_language=detected,
        study=study(text.text),
    )
