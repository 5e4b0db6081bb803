"""Formats of excerpts, each a module with `write(excerpts) -> pieces`.

To add a format, write such a module, give it a line in `FORMATS`, and write a reader of it in
`tests/support/export_readers.py`: a test fails for a format that nothing reads back.
"""

from django.utils.translation import gettext_lazy as _

from annotations.export.format import CSV, JSON, MARKDOWN, PLAIN_TEXT, Format, Purpose
from annotations.export.formats import (
    bibtex,
    csl_json,
    csv,
    docx,
    html,
    json,
    jsonld,
    markdown,
    plain_footnotes,
    ris,
    tei,
    tei_inline,
    xlsx,
)

__all__ = ["FORMATS", "Format", "Purpose"]

# In the order in which they are offered.
FORMATS: dict[str, Format] = {
    "csv": Format(
        *CSV,
        csv.write,
        Purpose.SPREADSHEET,
        _("Plain rows for any program; opens safely in a spreadsheet."),
    ),
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
        Purpose.SPREADSHEET,
        _(
            "A workbook for Excel, LibreOffice or Numbers: rows with links, and a sheet that explains the columns."
        ),
    ),
    "ris": Format(
        "RIS",
        "ris",
        "application/x-research-info-systems; charset=utf-8",
        ris.write,
        Purpose.REFERENCES,
        _(
            "Zotero, EndNote and Mendeley: a record for each excerpt, with the words in its note."
        ),
    ),
    "bibtex": Format(
        "BibTeX",
        "bib",
        "application/x-bibtex; charset=utf-8",
        bibtex.write,
        Purpose.REFERENCES,
        _(
            "LaTeX, BibLaTeX and JabRef: an entry for each excerpt, with the words in its note."
        ),
    ),
    "csl-json": Format(
        "CSL-JSON",
        "json",
        "application/vnd.citationstyles.csl+json",
        csl_json.write,
        Purpose.REFERENCES,
        _("Zotero, Pandoc and Citation.js, which cite it in ten thousand styles."),
    ),
    "docx": Format(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx.write,
        Purpose.DOCUMENT,
        _(
            "Quotations with real footnotes, for Word, LibreOffice or Pages. Best for a few thousand at most."
        ),
    ),
    "markdown": Format(
        *MARKDOWN,
        markdown.write,
        Purpose.DOCUMENT,
        _(
            "Each quotation with a footnote that cites it, for Pandoc, Obsidian or a site of your own."
        ),
    ),
    "html": Format(
        _("Web page"),
        "html",
        "text/html; charset=utf-8",
        html.write,
        Purpose.DOCUMENT,
        _("One page with notes, to print, to send, or to paste into a text."),
    ),
    "chicago": Format(
        _("Chicago notes"),
        "txt",
        PLAIN_TEXT,
        plain_footnotes.in_style("chicago"),
        Purpose.DOCUMENT,
        _(
            "Plain text: each quotation with a note as The Chicago Manual of Style has it, eighteenth edition."
        ),
    ),
    "mla": Format(
        _("MLA notes"),
        "txt",
        PLAIN_TEXT,
        plain_footnotes.in_style("mla"),
        Purpose.DOCUMENT,
        _(
            "Plain text: each quotation with an entry of the MLA Handbook, ninth edition."
        ),
    ),
    "apa": Format(
        _("APA notes"),
        "txt",
        PLAIN_TEXT,
        plain_footnotes.in_style("apa"),
        Purpose.DOCUMENT,
        _(
            "Plain text: each quotation with an entry of the APA’s manual, seventh edition."
        ),
    ),
    "json": Format(
        *JSON,
        json.write,
        Purpose.MACHINE,
        _("Every field under its own name, one excerpt a line."),
    ),
    "jsonld": Format(
        "JSON-LD",
        "jsonld",
        jsonld.MEDIA_TYPE,
        jsonld.write,
        Purpose.MACHINE,
        _(
            "W3C Web Annotations: for annotation tools, and to be imported into another archive."
        ),
    ),
    "tei": Format(
        _("TEI, stand-off"),
        "xml",
        "application/tei+xml",
        tei.write,
        Purpose.MACHINE,
        _(
            "TEI P5: annotations that point into the texts, with lists of people, places and sources."
        ),
    ),
    "tei-inline": Format(
        _("TEI with texts"),
        "xml",
        "application/tei+xml",
        tei_inline.write,
        Purpose.MACHINE,
        _(
            "TEI P5: the whole texts of these excerpts, with the passages marked in them."
        ),
    ),
}
