"""Citations in words, from what is known of an article; what is not known is left out or said."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """What a citation needs of an article; all in words, empty where it is not known."""

    title: str
    authors: str
    """Names with semicolons between them, as in `Article.byline`."""
    credit: str
    publisher: str
    published: str
    """The date as a reader writes it."""
    address: str


def cite(source: Source) -> str:
    """Return one line that cites `source`, in the order of Chicago's notes.

    >>> cite(Source("Hundreds March", "", "Reuters, AP", "The Example Times", "19 December 2011", ""))
    '“Hundreds March” (Reuters, AP), The Example Times, 19 December 2011.'
    """
    authors = " and ".join(filter(None, (name.strip() for name in source.authors.split(";"))))
    title = f"“{source.title}”" + (f" ({source.credit})" if source.credit else "")
    parts = [authors, title, source.publisher, source.published or "undated", source.address]
    return f"{', '.join(part for part in parts if part)}."
