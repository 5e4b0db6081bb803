"""What both TEI formats are made of (TEI P5, 4.3): headers, sources, who and where is meant,
and annotations.

Whoever answers for a tag is its `resp`, `#editors` or `#machine`, and how sure it is its
`cert`: what an editor confirmed is high, what the machine linked is medium. Details of a tag
are notes in its `annotation`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from annotations.core.figures.parser import plain
from annotations.export.excerpts import Excerpt, Source
from annotations.export.formats.xml import escaped
from archive import dates
from archive.languages import UNKNOWN

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SAFE_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
_WHEN = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
# What is surely true of a number; that it is more than that stands in the note of its
# qualifier.
_BOUNDS = {
    "at_least": "atLeast",
    "more_than": "atLeast",
    "at_most": "atMost",
    "fewer_than": "atMost",
}
_RESPONSIBLE = (
    '<respStmt xml:id="editors"><resp>confirmed the tags</resp><name>editors of the archive</name></respStmt>'
    '<respStmt xml:id="machine"><resp>linked names that it was sure of</resp><name>Testimonia</name></respStmt>'
)


def listed(tag: str, parts: Iterable[str], *, is_empty: bool) -> Iterator[str]:
    """Yield a list of what there is, if there is anything: TEI has no empty lists."""
    if not is_empty:
        yield f"<{tag}>\n"
        yield from parts
        yield f"</{tag}>\n"


def corpus_header() -> str:
    """Return the header of a whole export: what it is, and who answers for what is said in
    it."""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>Tagged excerpts</title>{_RESPONSIBLE}</titleStmt>"
        "<publicationStmt><p>Exported from a Testimonia archive; each source belongs to its publisher.</p>"
        "</publicationStmt><sourceDesc><p>See the bibl of each text.</p></sourceDesc></fileDesc></teiHeader>\n"
    )


def text_header(text: Source, number: int) -> str:
    """Return the header of one text, with where it comes from."""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{escaped(text.title)}</title></titleStmt>"
        f'<publicationStmt><p>Text version {text.version}, <ref target="{address(text.text_address)}">'
        f"{escaped(text.text_address)}</ref></p></publicationStmt>"
        f"<sourceDesc>{source(text, number)}</sourceDesc></fileDesc></teiHeader>\n"
    )


def source(text: Source, number: int) -> str:
    """Return where a text comes from and the hashes that prove it; `number` tells it from
    others of the export."""
    authors = ""
    for name in text.reference.authors:
        authors += f"<author>{escaped(name.natural)}</author>"
    language = f' xml:lang="{escaped(text.language)}"' if text.language else ""
    accessed = ""
    if text.accessed:
        accessed = f'<date type="accessed" when="{text.accessed.isoformat()}"/>'
    parts = [
        authors,
        f'<title level="a"{language}>{escaped(text.title)}</title>',
        _element("title", text.title_transliterated, 'level="a" type="transliterated"'),
        _element("title", text.title_translated, 'level="a" type="translated"'),
        _element("title", text.publisher, 'level="j"'),
        _element("note", text.credit, 'type="credit"'),
        _date(text.published),
        _element("idno", text.original_address, 'type="URL"'),
        f'<idno type="text">{escaped(text.text_address)}</idno>',
        f'<idno type="text-SHA-256">{text.text_sha256}</idno>',
        _element("idno", text.capture_sha256, 'type="capture-SHA-256"'),
        accessed,
    ]
    return f'<bibl xml:id="source.{number}">{"".join(parts)}</bibl>'


class Cast:
    """Who and where is meant by mentions: each is listed once, under an `xml:id` that begins
    with `prefix`."""

    def __init__(
        self,
        prefix: str,
        people: Callable[[str], object],
        places: Callable[[str], object],
    ) -> None:
        self._prefix = prefix
        self._write = {"person": people, "place": places}
        self._listed: set[str] = set()

    def pointer_to(self, excerpt: Excerpt) -> str:
        """Return the pointer to whom or what an excerpt means, and list it if it is new; empty
        for other kinds."""
        if excerpt.kind not in self._write:
            return ""
        slug = excerpt.entity_address.rstrip("/").rpartition("/")[2]
        id_ = f"{self._prefix}{excerpt.kind}.{slug}"
        if id_ not in self._listed:
            self._listed.add(id_)
            self._write[excerpt.kind](_entity(excerpt, id_))
        return f"#{id_}"


def annotation(excerpt: Excerpt, target: str, meant: str, number: int) -> str:
    """Return what is said of a passage: where it stands, its words, and details by kind.

    `target` and `meant` are addresses, of the passage and of the entity; `meant` is empty for
    figures and allegations.
    """
    pointer = f'<ptr target="{meant}"/>' if meant else ""
    motivation = "identifying" if meant else "describing"
    details = _figure(excerpt) if excerpt.value is not None else _allegation(excerpt)
    return (
        f'<annotation xml:id="tag.{id_of(excerpt)}" target="{target}" source="#source.{number}"'
        f' motivation="{motivation}" sameAs="{address(excerpt.permalink)}"'
        f"{responsible(excerpt)}>{pointer}"
        f'<note type="kind">{excerpt.kind}</note><note type="paragraph">{excerpt.paragraph}</note>'
        f'<note type="quote"{language_of(excerpt.source)}>{with_breaks(excerpt.words)}</note>'
        f"{''.join(details)}</annotation>\n"
    )


def id_of(excerpt: Excerpt) -> str:
    return excerpt.permalink.rstrip("/").rpartition("/")[2]


def responsible(excerpt: Excerpt) -> str:
    """Return the attributes that say who answers for a tag, and how sure it is."""
    if excerpt.state == "confirmed":
        return ' resp="#editors" cert="high"'
    return ' resp="#machine" cert="medium"'


def language_of(text: Source) -> str:
    if text.language in ("", UNKNOWN):
        return ""
    return f' xml:lang="{escaped(text.language)}"'


def with_breaks(words: str) -> str:
    return escaped(words).replace("\n", "<lb/>")


def address(written: str) -> str:
    """Return an address as an attribute holds it: what a URI cannot hold is percent-encoded
    (RFC 3986)."""
    return escaped(quote(written, safe=_SAFE_IN_ADDRESSES))


def _entity(excerpt: Excerpt, id_: str) -> str:
    element = excerpt.kind
    name_element = "persName" if element == "person" else "placeName"
    name = f"<{name_element}>{escaped(excerpt.entity)}</{name_element}>"
    same_as = address(excerpt.entity_address)
    return f'<{element} xml:id="{id_}" sameAs="{same_as}">{name}</{element}>\n'


def _element(name: str, words: str, attributes: str) -> str:
    return f"<{name} {attributes}>{escaped(words)}</{name}>" if words else ""


def _date(published: str) -> str:
    """Return the date with the first and the last day that it can mean, where it is not
    plain."""
    if not published:
        return ""
    if _WHEN.fullmatch(published):
        return f'<date when="{published}">{published}</date>'
    bounds = ""
    first, last = dates.earliest_day(published), dates.latest_day(published)
    if first:
        bounds += f' notBefore="{first.isoformat()}"'
    if last:
        bounds += f' notAfter="{last.isoformat()}"'
    return f"<date{bounds}>{escaped(published)}</date>"


def _figure(excerpt: Excerpt) -> Iterator[str]:
    """Yield what a figure says: the number with its bounds, what it counts, and according to
    whom."""
    low = plain(excerpt.value)
    if excerpt.value_to is not None:
        bounds = f'min="{low}" max="{plain(excerpt.value_to)}"'
    else:
        bounds = f'{_BOUNDS.get(excerpt.qualifier, "value")}="{low}"'
    yield f'<note type="figure"><num type="cardinal" {bounds}>{escaped(excerpt.tag)}</num></note>'
    yield _element("note", excerpt.counted, 'type="counted"')
    yield _element("note", excerpt.qualifier, 'type="qualifier"')
    yield _element("note", excerpt.said_by, 'type="said-by"')


def _allegation(excerpt: Excerpt) -> Iterator[str]:
    yield _element("note", excerpt.allegation, 'type="allegation"')
    yield _element("note", excerpt.claimant, 'type="claimant"')
    yield _element("note", excerpt.accused, 'type="accused"')
    yield _element("note", excerpt.status, 'type="status"')
