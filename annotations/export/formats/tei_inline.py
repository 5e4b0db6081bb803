"""TEI P5, inline: a corpus of the texts in which something is tagged, each with its passages
marked in it.

A passage that nests in others is an element: `persName`, `placeName`, `measure`, or `seg` for
an allegation. One that crosses another, or the end of a paragraph, has an `anchor` at each end
and a `span` between (TEI Guidelines, 21):

    <p>He said <persName>Ivan <anchor xml:id="…start"/>Petrov</persName> fired<anchor xml:id="…end"/>.</p>

Taken without its tags, with a line feed for `lb` and a blank line between paragraphs, it is the
archive's text to the letter. One text with its passages is held at a time.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from annotations.core.figures.parser import plain
from annotations.export.excerpts import Excerpt
from annotations.export.formats.tei_parts import (
    NAMESPACE,
    XML,
    Cast,
    annotation,
    corpus_header,
    id_of,
    language_of,
    listed,
    responsible,
    text_header,
    with_breaks,
)
from annotations.models import Qualifier
from archive.text.canonical import PARAGRAPH_BREAK, paragraphs

_ELEMENTS = {
    "person": "persName",
    "place": "placeName",
    "figure": "measure",
    "allegation": "seg",
}


class _TagAt(NamedTuple):
    """A tag to be written at a code point; at the same one, ends come before anchors, and those
    before starts."""

    offset: int
    order: int
    depth: int
    markup: str


_END, _ANCHOR, _START = range(3)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    number = 0
    by_text = groupby(excerpts, attrgetter("source.version_id"))
    for number, (_version, passages) in enumerate(by_text, start=1):
        if number == 1:
            yield f'{XML}<teiCorpus xmlns="{NAMESPACE}">\n{corpus_header()}'
        yield from _text(list(passages), number)
    if number:
        yield "</teiCorpus>\n"
    else:
        yield (
            f'{XML}<TEI xmlns="{NAMESPACE}">\n{corpus_header()}'
            "<standOff><note>No excerpts.</note></standOff></TEI>\n"
        )


def _text(passages: list[Excerpt], number: int) -> Iterator[str]:
    """Yield one text with its passages, which are in it alone."""
    people: list[str] = []
    places: list[str] = []
    cast = Cast(f"text.{number}.", people.append, places.append)
    pointers = {passage.permalink: cast.pointer_to(passage) for passage in passages}
    nested, crossing = _nested_and_crossing(passages)
    first = passages[0]
    header = text_header(first.source, number)
    yield f'<TEI xml:id="text.{number}">\n{header}<text{language_of(first.source)}><body>\n'
    yield from _marked(first.source.text, sorted(_tags(nested, crossing, pointers)))
    yield "</body></text>\n<standOff>\n<listAnnotation>\n"
    for passage in passages:
        target = f"#passage.{id_of(passage)}"
        yield annotation(passage, target, pointers[passage.permalink], number)
    yield "</listAnnotation>\n"
    yield from listed("listPerson", people, is_empty=not people)
    yield from listed("listPlace", places, is_empty=not places)
    yield from listed("spanGrp", map(_span, crossing), is_empty=not crossing)
    yield "</standOff>\n</TEI>\n"


def _nested_and_crossing(
    passages: list[Excerpt],
) -> tuple[list[Excerpt], list[Excerpt]]:
    """Return those that nest, the outermost first, and those that cross one of them or the end
    of a block."""
    nested: list[Excerpt] = []
    crossing: list[Excerpt] = []
    open_ends: list[int] = []
    for passage in sorted(passages, key=_outermost_first):
        while open_ends and open_ends[-1] <= passage.start:
            open_ends.pop()
        crosses_another = open_ends and passage.end > open_ends[-1]
        if crosses_another or PARAGRAPH_BREAK in passage.words:
            crossing.append(passage)
        else:
            nested.append(passage)
            open_ends.append(passage.end)
    return nested, crossing


def _outermost_first(passage: Excerpt) -> tuple[int, int, str]:
    return passage.start, -passage.end, passage.permalink


def _tags(
    nested: list[Excerpt], crossing: list[Excerpt], pointers: dict[str, str]
) -> Iterator[_TagAt]:
    for depth, passage in enumerate(nested):
        name = _ELEMENTS[passage.kind]
        attributes = _attributes(passage, pointers[passage.permalink])
        yield _TagAt(passage.start, _START, depth, f"<{name}{attributes}>")
        yield _TagAt(passage.end, _END, -depth, f"</{name}>")
    for passage in crossing:
        id_ = f"passage.{id_of(passage)}"
        yield _TagAt(passage.start, _ANCHOR, 0, f'<anchor xml:id="{id_}.start"/>')
        yield _TagAt(passage.end, _ANCHOR, 0, f'<anchor xml:id="{id_}.end"/>')


def _attributes(excerpt: Excerpt, pointer: str) -> str:
    id_ = id_of(excerpt)
    attributes = f' xml:id="passage.{id_}" ana="#tag.{id_}"{responsible(excerpt)}'
    if pointer:
        return f'{attributes} ref="{pointer}"'
    is_exact = excerpt.qualifier in ("", Qualifier.EXACTLY)
    is_plain_number = excerpt.value_to is None and is_exact
    if excerpt.value is not None and is_plain_number:
        return f'{attributes} type="figure" quantity="{plain(excerpt.value)}"'
    return f'{attributes} type="{excerpt.kind}"'


def _marked(text: str, tags: list[_TagAt]) -> Iterator[str]:
    """Yield the paragraphs of a text with tags in them, which are in order."""
    waiting = deque(tags)
    for number, (start, block) in enumerate(paragraphs(text), start=1):
        end = start + len(block)
        position = start
        parts = []
        while waiting and waiting[0].offset <= end:
            tag = waiting.popleft()
            # A tag between two paragraphs stands at the start of the second.
            offset = max(tag.offset, start)
            parts += [with_breaks(text[position:offset]), tag.markup]
            position = offset
        rest = with_breaks(text[position:end])
        yield f'<p n="{number}">{"".join(parts)}{rest}</p>\n'


def _span(excerpt: Excerpt) -> str:
    id_ = id_of(excerpt)
    return (
        f'<span xml:id="passage.{id_}" type="{excerpt.kind}" ana="#tag.{id_}"{responsible(excerpt)} '
        f'from="#passage.{id_}.start" to="#passage.{id_}.end"/>\n'
    )
