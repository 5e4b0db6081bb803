"""What a file format is, for excerpts, ledgers and reports of a check alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What a format is chosen for; people choose in this order."""

    SPREADSHEET = "spreadsheet", _("For a spreadsheet")
    REFERENCES = "references", _("For a reference manager")
    DOCUMENT = "document", _("For a document")
    MACHINE = "machine", _("For other programs")


@dataclass(frozen=True)
class Format:
    """A way to write something as a file.

    `write` takes what is written (excerpts, a table, a report) and yields the file piece by
    piece, as text or as bytes. Text is sent in UTF-8. `use` is one line for people: what the
    format is good for.
    """

    label: str | Promise
    ending: str
    media_type: str
    write: Callable[..., Iterator[str] | Iterator[bytes]]
    purpose: Purpose = Purpose.DOCUMENT
    use: str | Promise = ""

    def encoded(self, *content: Any) -> Iterator[bytes]:
        """Yield the file as bytes; `content` is what `write` takes."""
        for piece in self.write(*content):
            yield piece.encode() if isinstance(piece, str) else piece


CSV = ("CSV", "csv", "text/csv; charset=utf-8")
JSON = ("JSON", "json", "application/json")
MARKDOWN = ("Markdown", "md", "text/markdown; charset=utf-8")
PLAIN_TEXT = "text/plain; charset=utf-8"
