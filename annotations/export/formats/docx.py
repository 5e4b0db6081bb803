"""DOCX (ECMA-376, WordprocessingML): each excerpt as a quotation with its tag, and a real
footnote that cites it.

Words in a script that goes from right to left are runs of their own, and so are the languages:
a word processor then sets, hyphenates and checks each as what it is. Addresses are fields,
which need no list of links beside the text.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from annotations.export.excerpts import Excerpt
from annotations.export.formats.footnote_parts import NotePiece, note
from annotations.export.formats.spool import Spool
from annotations.export.formats.xml import escaped
from annotations.export.formats.zip_stream import XML, zipped
from archive.languages import UNKNOWN, direction_of

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARAGRAPHS = re.compile(r"\n{2,}")
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
_RUNS = re.compile(rf"({_RIGHT_TO_LEFT}+(?:[^\S\n]+{_RIGHT_TO_LEFT}+)*)")
_IN_FIELDS = str.maketrans({'"': "%22", "\\": "%5C"})

_CONTENT_TYPES = (
    f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}.footnotes+xml"/></Types>'
)
_RELS = f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
_PACKAGE_TARGETS = (
    f'{_RELS}<Relationship Id="rId1" Type="{_RELATED}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_TARGETS = (
    f'{_RELS}<Relationship Id="rId1" Type="{_RELATED}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATED}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_RELATED}/footnotes" Target="footnotes.xml"/></Relationships>'
)
_SETTINGS = (
    f'{XML}<w:settings xmlns:w="{_WORDS}"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
_STYLES = (
    f'{XML}<w:styles xmlns:w="{_WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:ind w:left="567" w:right="567"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:color w:val="0049EC"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
)
_BEGIN = (
    f'{XML}<w:document xmlns:w="{_WORDS}"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Excerpts</w:t></w:r></w:p>'
)
_END = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_NOTES_BEGIN = (
    f'{XML}<w:footnotes xmlns:w="{_WORDS}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_NOTE_SIGN = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
)


def write(excerpts: Iterable[Excerpt]) -> Iterator[bytes]:
    return zipped(_parts(excerpts))


def _parts(excerpts: Iterable[Excerpt]) -> Iterator[tuple[str, Iterable[str]]]:
    yield "[Content_Types].xml", [_CONTENT_TYPES]
    yield "_rels/.rels", [_PACKAGE_TARGETS]
    yield "word/_rels/document.xml.rels", [_DOCUMENT_TARGETS]
    yield "word/styles.xml", [_STYLES]
    yield "word/settings.xml", [_SETTINGS]
    with Spool() as notes:
        yield "word/document.xml", _document(excerpts, notes)
        yield "word/footnotes.xml", chain([_NOTES_BEGIN], notes, ["</w:footnotes>"])


def _document(excerpts: Iterable[Excerpt], notes: Spool) -> Iterator[str]:
    """Yield the document, and write its footnotes into `notes`."""
    yield _BEGIN
    for number, excerpt in enumerate(excerpts, start=1):
        citation = "".join(_piece(piece) for piece in note(excerpt))
        notes.write(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{_NOTE_SIGN}{citation}</w:p></w:footnote>"
        )
        yield _quotation(excerpt, number)
    yield _END


def _quotation(excerpt: Excerpt, number: int) -> str:
    """Return the quotation, a paragraph for each of its own, with the sign of its note at the
    end, and its tag."""
    language = excerpt.source.language
    if language == UNKNOWN:
        language = ""
    is_from_right = direction_of(language) == "rtl" or _RUNS.match(excerpt.words)
    bidi = "<w:bidi/>" if is_from_right else ""
    sign = (
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f'<w:footnoteReference w:id="{number}"/></w:r>'
    )
    paragraphs = [_runs(text, language) for text in _PARAGRAPHS.split(excerpt.words)]
    paragraphs[-1] += sign
    quotation = ""
    for runs in paragraphs:
        quotation += f'<w:p><w:pPr><w:pStyle w:val="Quote"/>{bidi}</w:pPr>{runs}</w:p>'
    kind = (
        '<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">'
        f"{excerpt.kind.capitalize()}: </w:t></w:r>"
    )
    return f"{quotation}<w:p>{kind}{_runs(excerpt.tag)}</w:p>"


def _piece(piece: NotePiece) -> str:
    """Return a piece of a note; an address is a field, which needs no list of links beside the
    text (ECMA-376, part 1, section 17.16)."""
    if not piece.is_address:
        return _runs(piece.text, italic=piece.italic)
    address = escaped(piece.text.translate(_IN_FIELDS))
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{address}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>{escaped(piece.text)}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _runs(words: str, language: str = "", *, italic: bool = False) -> str:
    """Return `words` in runs that each go in one direction; a line feed is a line break."""
    style = "<w:i/><w:iCs/>" if italic else ""
    runs = ""
    # Split at a group: what goes from right to left has the odd numbers.
    for number, text in enumerate(_RUNS.split(words)):
        if not text:
            continue
        properties = style
        attribute = "val"
        if number % 2:
            properties += "<w:rtl/>"
            attribute = "bidi"
        if language:
            properties += f'<w:lang w:{attribute}="{escaped(language)}"/>'
        lines = escaped(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        runs += f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{lines}</w:t></w:r>'
    return runs
