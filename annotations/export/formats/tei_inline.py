"""TEI P5, inline: a corpus of the texts in which something is tagged, each with its passages
marked in it.

A passage that nests in others is an element: `persName`, `placeName`, `measure`, or `seg` for
an allegation. One that crosses another, or the end of a paragraph, has an `anchor` at each end
and a `span` between (TEI Guidelines, 21):

    <p>He said <persName>Ivan <anchor xml:id="…start"/>Petrov</persName> fired<anchor xml:id="…end"/>.</p>

Taken without its tags, with a line feed for `lb` and a blank line between paragraphs, it is the
archive's text to the letter. One text with its passages is held at a time.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
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
from archive.text.canonical import PARAGRAPH_BREAK, paragraphs

_ELEMENTS = {
    "person": "persName",
    "place": "placeName",
    "figure": "measure",
    "allegation": "seg",
}


class _PassageSpan(NamedTuple):
    """A tag to be written at a code point; at the same one, ends come before anchors, and those
    before starts."""

    offset: int
    order: int
    depth: int
    markup: str


_END, _ANCHOR, _START = range(3)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    number = 0
    for number, (_version, passages) in enumerate(
        groupby(excerpts, lambda excerpt: excerpt.version_id), start=1
    ):
        if number == 1:
            yield f'{XML}<teiCorpus xmlns="{NAMESPACE}">\n{corpus_header()}'
        yield from _text(list(passages), number)
    if number:
        yield "</teiCorpus>\n"
    else:
        yield f'{XML}<TEI xmlns="{NAMESPACE}">\n{corpus_header()}<standOff><note>No excerpts.</note></standOff></TEI>\n'


def _text(passages: list[Excerpt], number: int) -> Iterator[str]:
    people: list[str] = []
    places: list[str] = []
    cast = Cast(f"text.{number}.", people.append, places.append)
    meant = {excerpt.permalink: cast.pointer_to(excerpt) for excerpt in passages}
    nested, crossing = _parted(passages)
    one = passages[0]
    yield f'<TEI xml:id="text.{number}">\n{text_header(one, number)}<text{language_of(one)}><body>\n'
    yield from _marked(one.text, sorted(_marks(nested, crossing, meant)))
    yield "</body></text>\n<standOff>\n<listAnnotation>\n"
    for excerpt in passages:
        yield annotation(
            excerpt, f"#passage.{id_of(excerpt)}", meant[excerpt.permalink], number
        )
    yield "</listAnnotation>\n"
    yield from listed("listPerson", people, is_empty=not people)
    yield from listed("listPlace", places, is_empty=not places)
    yield from listed("spanGrp", map(_span, crossing), is_empty=not crossing)
    yield "</standOff>\n</TEI>\n"


def _parted(passages: list[Excerpt]) -> tuple[list[Excerpt], list[Excerpt]]:
    """Return those that nest, the outermost first, and those that cross one of them or the end
    of a block."""
    nested: list[Excerpt] = []
    crossing: list[Excerpt] = []
    ends: list[int] = []
    for excerpt in sorted(passages, key=lambda each: (each.start, -each.end, each.permalink)):
        while ends and ends[-1] <= excerpt.start:
            ends.pop()
        if PARAGRAPH_BREAK in excerpt.words or (ends and excerpt.end > ends[-1]):
            crossing.append(excerpt)
        else:
            nested.append(excerpt)
            ends.append(excerpt.end)
    return nested, crossing


def _marks(
    nested: list[Excerpt], crossing: list[Excerpt], meant: dict[str, str]
) -> Iterator[_PassageSpan]:
    for depth, excerpt in enumerate(nested):
        name = _ELEMENTS[excerpt.kind]
        yield _PassageSpan(
            excerpt.start,
            _START,
            depth,
            f"<{name}{_attributes(excerpt, meant[excerpt.permalink])}>",
        )
        yield _PassageSpan(excerpt.end, _END, -depth, f"</{name}>")
    for excerpt in crossing:
        for offset, end in ((excerpt.start, "start"), (excerpt.end, "end")):
            yield _PassageSpan(
                offset, _ANCHOR, 0, f'<anchor xml:id="passage.{id_of(excerpt)}.{end}"/>'
            )


def _attributes(excerpt: Excerpt, meant: str) -> str:
    told = (
        f' xml:id="passage.{id_of(excerpt)}" ana="#tag.{id_of(excerpt)}"{responsible(excerpt)}'
    )
    if meant:
        return f'{told} ref="{meant}"'
    if excerpt.value is not None and excerpt.value_to is None and not excerpt.qualifier:
        return f'{told} type="figure" quantity="{plain(excerpt.value)}"'
    return f'{told} type="{excerpt.kind}"'


def _marked(text: str, marks: list[_PassageSpan]) -> Iterator[str]:
    """Yield the paragraphs of a text with marks in them, which are in order."""
    waiting = iter(marks)
    mark = next(waiting, None)
    for number, (start, block) in enumerate(paragraphs(text), start=1):
        parts, at, end = [], start, start + len(block)
        while mark and mark.offset <= end:
            offset = max(mark.offset, start)
            parts += [with_breaks(text[at:offset]), mark.markup]
            at, mark = offset, next(waiting, None)
        yield f'<p n="{number}">{"".join(parts)}{with_breaks(text[at:end])}</p>\n'


def _span(excerpt: Excerpt) -> str:
    id_ = id_of(excerpt)
    return (
        f'<span xml:id="passage.{id_}" type="{excerpt.kind}" ana="#tag.{id_}"{responsible(excerpt)} '
        f'from="#passage.{id_}.start" to="#passage.{id_}.end"/>\n'
    )
