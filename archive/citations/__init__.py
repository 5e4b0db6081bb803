"""Citations: names of authors are split into parts (`author_names`), an article becomes a
`Reference`, and each style, file format and metadata vocabulary writes it in its own way. Nothing
here uses the database.
"""

from archive.citations.author_names import parse_names
from archive.citations.citation import STYLES, citations, plain
from archive.citations.reference import PersonName, Reference

__all__ = ["STYLES", "PersonName", "Reference", "citations", "parse_names", "plain"]
