"""Our citations beside those that citeproc-js makes of the same references, in Chromium."""

import re
from dataclasses import replace
from html import unescape

import pytest
from playwright.sync_api import Page

from archive.citations.citation import STYLES, html
from archive.citations.formats.csl_json import item_of
from archive.citations.reference import Reference
from tests.support import citeproc
from tests.support.citation_references import REFERENCES
from tests.support.citeproc_differences import DIFFERENT

# The name of each style in CSL, and whether it is a note or an entry in a list.
OF_CITEPROC = {
    "chicago": ("chicago-notes-bibliography", "note"),
    "chicago-bibliography": ("chicago-notes-bibliography", "entry"),
    "chicago-17": ("chicago-notes-bibliography-17th-edition", "note"),
    "chicago-17-bibliography": ("chicago-notes-bibliography-17th-edition", "entry"),
    "mla": ("modern-language-association", "entry"),
    "apa": ("apa", "entry"),
}


@pytest.fixture(scope="module")
def formatter() -> citeproc.Citeproc:
    return citeproc.load(sorted({style for style, _kind in OF_CITEPROC.values()}))


def ours(style: str, reference: Reference) -> str:
    """An entry in a list is for the whole article: CSL gives it no paragraph."""
    is_note = OF_CITEPROC[style][1] == "note"
    return unescape(
        html(
            STYLES[style].cite(
                reference if is_note else replace(reference, paragraph=None)
            )
        )
    )


def theirs(page: Page, formatter: citeproc.Citeproc, style: str) -> list[str]:
    items = [item_of(reference, name) for name, reference in REFERENCES.items()]
    paragraphs = {
        name: str(reference.paragraph)
        for name, reference in REFERENCES.items()
        if reference.paragraph
    }
    name, kind = OF_CITEPROC[style]
    cited = formatter.cite(page, name, kind, items, paragraphs)  # type: ignore[arg-type]
    return [unescape(re.sub(r"</?div[^>]*>", "", one)).strip() for one in cited]


def test_there_are_forty_references_and_more() -> None:
    assert len(REFERENCES) >= 40


@pytest.mark.parametrize("style", OF_CITEPROC)
def test_each_reference_is_cited_as_citeproc_cites_it(
    style: str, page: Page, formatter: citeproc.Citeproc
) -> None:
    different = {
        name: difference
        for (name, styles), difference in DIFFERENT.items()
        if style in styles
    }
    expected, found, stale = {}, {}, []
    for (name, reference), cited in zip(
        REFERENCES.items(), theirs(page, formatter, style), strict=True
    ):
        expected[name], found[name] = cited, ours(style, reference)
        if name in different:
            expected[name] = different[name].applied_to(cited)
            stale += [name] if expected[name] == cited else []
    assert found == expected
    assert stale == [], "listed as different, and the same"
