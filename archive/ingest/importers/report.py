"""What every importer makes of a file: the article's metadata, its HTML, and what was cleaned
on the way."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

# In this order an event names them.
_METADATA = (
    "title",
    "title_transliterated",
    "title_translated",
    "standfirst",
    "authors",
    "credit",
    "publisher",
    "published",
    "topics",
    "coverage",
    "language",
    "original_address",
)


class UnreadableReport(ValueError):
    """The file cannot become an article; the message says why, to whoever sent it."""


@dataclass(frozen=True)
class Cleaning:
    """One kind of damage that was repaired: a code, a phrase that says what was done, and how
    often."""

    code: str
    what: str
    count: int

    def __str__(self) -> str:
        times = ngettext("%(count)d time", "%(count)d times", self.count) % {
            "count": self.count
        }
        return f"{self.what}: {times}"


@dataclass
class ParsedReport:
    """One article as it was read from a file; `html` is not sanitised yet."""

    title: str = ""
    title_transliterated: str = ""
    title_translated: str = ""
    standfirst: str = ""
    authors: list[str] = field(default_factory=list)
    credit: str = ""
    publisher: str = ""
    # EDTF; empty where it is not known.
    published: str = ""
    topics: list[str] = field(default_factory=list)
    coverage: str = ""
    # BCP 47, only where the file says it.
    language: str = ""
    original_address: str = ""
    html: str = ""
    cleanings: list[Cleaning] = field(default_factory=list)
    # Sentences on what the file said that was not understood.
    notes: list[str] = field(default_factory=list)

    def fields_read(self) -> list[str]:
        """Return the names of the metadata fields that the file gave."""
        return [name for name in _METADATA if getattr(self, name)]
