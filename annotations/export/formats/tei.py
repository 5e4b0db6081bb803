"""TEI P5, stand-off: annotations that point into the texts at their addresses, then who, where
and whence.

A target is the address of a plain text with the characters of the passage (RFC 5147:
`#char=9,18`), which are code points here as there. The texts themselves are not in the file;
`tei_inline` has them.
"""

from collections.abc import Iterable, Iterator

from annotations.export.excerpts import Excerpt
from annotations.export.formats.spool import Spool
from annotations.export.formats.tei_parts import (
    NAMESPACE,
    XML,
    Cast,
    address,
    annotation,
    corpus_header,
    listed,
    source,
)


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    yield f'{XML}<TEI xmlns="{NAMESPACE}">\n{corpus_header()}<standOff>\n'
    with Spool() as people, Spool() as places, Spool() as sources:
        cast = Cast("", people.write, places.write)
        numbers: dict[int, int] = {}
        for excerpt in excerpts:
            if not numbers:
                yield "<listAnnotation>\n"
            version = excerpt.source.version_id
            if version not in numbers:
                numbers[version] = len(numbers) + 1
                sources.write(f"{source(excerpt.source, len(numbers))}\n")
            text = address(excerpt.source.text_address)
            target = f"{text}#char={excerpt.start},{excerpt.end}"
            pointer = cast.pointer_to(excerpt)
            yield annotation(excerpt, target, pointer, numbers[version])
        yield "</listAnnotation>\n" if numbers else "<note>No excerpts.</note>\n"
        yield from listed("listPerson", people, is_empty=people.is_empty)
        yield from listed("listPlace", places, is_empty=places.is_empty)
        yield from listed("listBibl", sources, is_empty=sources.is_empty)
    yield "</standOff>\n</TEI>\n"
