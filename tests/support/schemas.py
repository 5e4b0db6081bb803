"""The schema of TEI: TEI All, edition 4.3.0, as the consortium publishes it under BSD-2 and CC
BY."""

import lzma
from functools import cache
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@cache
def _tei_all() -> etree.RelaxNG:
    """The whole schema, in RELAX NG; it takes some seconds to read."""
    packed = Path(__file__).with_name("tei_all.rng.xz").read_bytes()
    return etree.RelaxNG(etree.fromstring(lzma.decompress(packed)))


def valid_tei(written: str) -> etree._Element:
    """Return the root. Raises lxml.etree.DocumentInvalid where it is not TEI, and ValueError
    for dangling pointers."""
    root = etree.fromstring(written.encode())
    _tei_all().assertValid(root)
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    if len(ids) != len(set(ids)):
        raise ValueError("an xml:id stands twice")
    pointers = {
        pointer
        for element in root.iter(etree.Element)
        for name in ("target", "ref", "ana", "from", "to", "source", "resp")
        for pointer in element.get(name, "").split()
        if pointer.startswith("#")
    }
    if dangling := pointers - {f"#{id_}" for id_ in ids}:
        raise ValueError(f"nothing stands at {sorted(dangling)}")
    return root


def text_of(element: etree._Element) -> str:
    """Return the words in an element; `lb` is a line feed."""
    words = element.text or ""
    for child in element:
        words += ("\n" if child.tag == f"{TEI}lb" else text_of(child)) + (
            child.tail or ""
        )
    return words
