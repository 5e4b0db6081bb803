"""Importers: one kind of file, one module, one function `read(text) -> ParsedReport`, one line
in `IMPORTERS`."""

from collections.abc import Callable

from archive.ingest.importers import report_text
from archive.ingest.importers.report import ParsedReport

# By the ending of the file's name, in lower case.
IMPORTERS: dict[str, Callable[[str], ParsedReport]] = {
    "": report_text.read,
    ".md": report_text.read,
    ".markdown": report_text.read,
    ".text": report_text.read,
    ".txt": report_text.read,
}

# What is not listed is `text/plain`.
MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown"}
