"""Texts: any HTML is cleaned (`sanitise`) and brought into one strict shape (`canonical`), whose
text is what annotations point into. Nothing here uses the database.
"""

from archive.text.canonical import (
    PARAGRAPH_BREAK,
    CanonicalText,
    HtmlPiece,
    canonicalise,
    paragraph_of,
    paragraphs,
    pieces,
)

__all__ = [
    "PARAGRAPH_BREAK",
    "CanonicalText",
    "HtmlPiece",
    "canonicalise",
    "paragraph_of",
    "paragraphs",
    "pieces",
]
