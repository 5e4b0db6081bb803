"""Passages as W3C Web Annotations, and back: the Web Annotation Data Model (W3C Recommendation
of 23 February 2017).

    W3CPassage ── to_w3c ──> one annotation, as json.dumps takes it ── from_w3c ──> the same

What the model has a word for is said in the model's words, and the rest under a prefix of our
own, `testimonia:`, so that nothing is lost to a program that knows only the model, and nothing
is mistaken. `docs/w3c.md` has the whole mapping. Reading takes the compact form with these
words, ours or as Recogito and Hypothesis write it; it is no JSON-LD processor.

    >>> address = "https://a.example/annotations/1/"
    >>> passage = W3CPassage(permalink=address, kind="person", words="Petrov", start=3, end=9)
    >>> from_w3c(to_w3c(passage)) == passage
    True
"""

from annotations.core.w3c.parser import annotations_in, from_w3c
from annotations.core.w3c.passage import ANNO, UnreadableAnnotation, W3CPassage
from annotations.core.w3c.serializer import (
    CONTEXT,
    MEDIA_TYPE,
    bodies_of,
    generator_of,
    instant,
    motivation_of,
    source_of,
    to_w3c,
)
from annotations.core.w3c.stream import NotStreamable, stream_annotations

__all__ = [
    "ANNO",
    "CONTEXT",
    "MEDIA_TYPE",
    "NotStreamable",
    "UnreadableAnnotation",
    "W3CPassage",
    "annotations_in",
    "bodies_of",
    "from_w3c",
    "generator_of",
    "instant",
    "motivation_of",
    "source_of",
    "stream_annotations",
    "to_w3c",
]
