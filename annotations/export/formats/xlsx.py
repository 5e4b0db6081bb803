"""XLSX (ECMA-376, SpreadsheetML): one row for each excerpt, in the columns of the CSV, and a
sheet that explains them.

Words are inline strings, in cells formatted as text, so no program takes them for a formula,
now or after editing. Excel holds 32,767 characters in a cell and 65,530 links in a sheet: what
is longer is cut, and says so, and further permalinks are words. After half a million rows a new
sheet begins.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain, count, islice
from string import ascii_uppercase

from annotations.core.figures.parser import plain
from annotations.export.excerpts import Excerpt, values_of
from annotations.export.formats.csv import COLUMNS
from annotations.export.formats.spool import Spool
from annotations.export.formats.xml import escaped
from annotations.export.formats.zip_stream import XML, zipped

MEANINGS = {
    "kind": "What is tagged: person, place, figure or allegation.",
    "words": "The words of the passage, to the letter.",
    "before": "The words before them.",
    "after": "The words after them.",
    "tag": "What the passage is tagged as, in words.",
    "state": "confirmed: by an editor. linked: by the machine, which was sure.",
    "paragraph": "Number of the paragraph in the text, from 1.",
    "start": "Where the passage starts: characters (Unicode code points) before it in the text.",
    "end": "Where it ends, not included.",
    "version": "Number of the text version that the positions count in.",
    "title": "Title of the article.",
    "authors": "Its authors, with semicolons between them.",
    "credit": "Agencies that it credits.",
    "publisher": "Who published it.",
    "published": "When, as EDTF: 2011-12-19; 2011-12~ is about December 2011.",
    "language": "Its language, as a BCP 47 tag; und is not known.",
    "original_address": "Where it was published.",
    "accessed": "When the archive captured it.",
    "permalink": "The passage's permanent address in the archive.",
    "text_address": "The text version as plain text.",
    "text_sha256": "SHA-256 of that text.",
    "capture_sha256": "SHA-256 of the bytes that came in.",
    "entity": "The person or place that is meant.",
    "value": "A figure's number, or the lower of two.",
    "value_to": "The higher of two.",
    "qualifier": "How exact it is: at_least, about …",
    "counted": "What it counts.",
    "said_by": "According to whom.",
    "allegation": "What is alleged, in an editor's words.",
    "claimant": "Who alleges it.",
    "accused": "Of whom.",
    "status": "Where the allegation stands.",
    "note": "What somebody noted on it who collected it in a basket.",
    "conduct": "The act that is alleged, in a few words.",
    "basis": "On what basis: eyewitness, official, document, video, hearsay, unnamed; empty is not said.",
    "happened": "When it is said to have happened, as EDTF.",
    "place": "Where it is said to have happened.",
    "answer": "What was last answered to the allegation, and by whom.",
}
_REMARKS = (
    "Words are in cells of text: nothing here is a formula.",
    "A cell holds 32,767 characters; longer words are cut, and say so. They are whole at the permanent address.",
    "Permanent addresses are links in the first 65,530 rows of a sheet, which is as many as a sheet may have.",
)
_MOST_ROWS = 500_000
# Digits of a number that Excel keeps.
_DIGITS_KEPT = 15
_USUAL_WIDTH = 12
_MOST_LINKS = 65_530
_MOST_CHARACTERS = 32_767
_CUT = " […] (cut here: a cell holds no more)"
_WIDTHS = {
    "words": 60,
    "before": 20,
    "after": 20,
    "tag": 30,
    "title": 40,
    "counted": 20,
    "allegation": 40,
    "note": 40,
}
# Cell formats, by their place in `_STYLES`.
_HEADER, _TEXT, _DAY, _ADDRESS = 1, 2, 3, 4

_LETTERS = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase)]
_LINKED = _LETTERS[COLUMNS.index("permalink")]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
_PACKAGE_TARGETS = (
    f'{_RELS}<Relationship Id="rId1" Type="{_RELATED}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF0049EC"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_EXCELS_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH = date(1899, 12, 30)


def write(excerpts: Iterable[Excerpt]) -> Iterator[bytes]:
    return zipped(_parts(iter(excerpts)))


def _parts(excerpts: Iterator[Excerpt]) -> Iterator[tuple[str, Iterable[str]]]:
    sheets = 0
    following: Excerpt | None
    for sheets in count(1):
        with Spool() as links:
            yield (
                f"xl/worksheets/sheet{sheets}.xml",
                _sheet(islice(excerpts, _MOST_ROWS), links),
            )
            yield (
                f"xl/worksheets/_rels/sheet{sheets}.xml.rels",
                chain([_RELS], links, ["</Relationships>"]),
            )
        if (following := next(excerpts, None)) is None:
            break
        excerpts = chain([following], excerpts)
    names = ["Excerpts", *(f"Excerpts {n}" for n in range(2, sheets + 1)), "About"]
    yield f"xl/worksheets/sheet{len(names)}.xml", _about()
    yield "xl/styles.xml", [_STYLES]
    yield "xl/workbook.xml", [_workbook(names)]
    yield "xl/_rels/workbook.xml.rels", [_workbook_targets(len(names))]
    yield "_rels/.rels", [_PACKAGE_TARGETS]
    yield "[Content_Types].xml", [_content_types(len(names))]


def _sheet(excerpts: Iterable[Excerpt], links: Spool) -> Iterator[str]:
    """Yield a sheet of excerpts, and write where its links lead into `links`."""
    columns = ""
    for number, name in enumerate(COLUMNS, start=1):
        width = _WIDTHS.get(name, _USUAL_WIDTH)
        columns += (
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        )
    yield (
        f'{XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
        f"{_row(1, COLUMNS, _HEADER)}"
    )
    values = values_of(COLUMNS)
    rows = 0
    for rows, excerpt in enumerate(excerpts, start=1):
        yield _row(rows + 1, values(excerpt))
        if rows <= _MOST_LINKS:
            target = f'Target="{escaped(excerpt.permalink)}" TargetMode="External"'
            links.write(
                f'<Relationship Id="rId{rows}" Type="{_RELATED}/hyperlink" {target}/>'
            )
    last_column = _LETTERS[len(COLUMNS) - 1]
    yield f'</sheetData><autoFilter ref="A1:{last_column}{rows + 1}"/>'
    if rows:
        yield "<hyperlinks>"
        for number in range(1, min(rows, _MOST_LINKS) + 1):
            yield f'<hyperlink ref="{_LINKED}{number + 1}" r:id="rId{number}"/>'
        yield "</hyperlinks>"
    yield "</worksheet>"


def _row(number: int, values: Iterable[object], style: int = _TEXT) -> str:
    cells = ""
    for letter, value in zip(_LETTERS, values, strict=False):
        if value in ("", None):
            continue
        is_link = letter == _LINKED and style == _TEXT
        cells += _cell(f"{letter}{number}", value, _ADDRESS if is_link else style)
    return f'<row r="{number}">{cells}</row>'


def _cell(position: str, value: object, style: int) -> str:
    if isinstance(value, int):
        return f'<c r="{position}"><v>{value}</v></c>'
    if isinstance(value, date):
        days = (value - _EPOCH).days
        return f'<c r="{position}" s="{_DAY}"><v>{days}</v></c>'
    if isinstance(value, Decimal):
        digits = value.normalize().as_tuple().digits
        if len(digits) <= _DIGITS_KEPT:
            return f'<c r="{position}"><v>{plain(value)}</v></c>'
        value = plain(value)
    words = _words(str(value))
    return (
        f'<c r="{position}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{words}</t></is></c>'
    )


def _words(words: str) -> str:
    """Return `words` as a cell holds them: not too long, and with nothing that Excel would
    decode (ST_Xstring)."""
    # Excel counts UTF-16 units, of which a character has two at most.
    if len(words) > _MOST_CHARACTERS // 2:
        units = words.encode("utf-16-le")
        if len(units) // 2 > _MOST_CHARACTERS:
            kept = units[: 2 * (_MOST_CHARACTERS - len(_CUT))]
            words = kept.decode("utf-16-le", errors="ignore") + _CUT
    return _EXCELS_ESCAPE.sub("_x005F_", escaped(words))


def _about() -> Iterator[str]:
    """Yield the sheet that explains the columns."""
    yield (
        f'{XML}<worksheet xmlns="{_MAIN}"><cols>'
        '<col min="1" max="1" width="20" customWidth="1"/>'
        '<col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>'
        f"{_row(1, ('Column', 'Meaning'), _HEADER)}"
    )
    for number, name in enumerate(COLUMNS, start=2):
        yield _row(number, (name, MEANINGS[name]))
    for number, remark in enumerate(_REMARKS, start=len(COLUMNS) + 3):
        yield _row(number, ("", remark))
    yield "</sheetData></worksheet>"


def _workbook(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    )
    return f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{sheets}</sheets></workbook>'


def _workbook_targets(sheets: int) -> str:
    targets = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_RELATED}/styles" Target="styles.xml"/>'
    return f"{_RELS}{targets}{styles}</Relationships>"


def _content_types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{parts}</Types>'
    )
