"""HTML as a strict parser that is not ours sees it.

Canonical HTML, and what the overlay makes of it, is XML but for `<br>`: so XML's own parser,
which forgives nothing, judges it.
"""

from xml.etree.ElementTree import Element, XMLParser, fromstring

from archive.text.sanitise import BLOCKS, CONTAINERS


def tree(html: str) -> Element:
    """Return `html` in a `div`. Raises ParseError where its tags do not nest."""
    xml = f"<div>{html.replace('<br>', '<br/>')}</div>"
    return fromstring(xml, XMLParser(encoding="utf-8"))  # noqa: S314 our own


def text_content(html: str) -> str:
    """Return what the DOM calls `textContent`."""
    return "".join(tree(html).itertext())


def misplaced(html: str) -> list[str]:
    """Return the elements that stand where a browser would not leave them, such as `p in p`."""
    return _misplaced(tree(html), ())


def _misplaced(element: Element, above: tuple[str, ...]) -> list[str]:
    found = []
    for child in element:
        tag = child.tag
        block = tag in BLOCKS or tag in CONTAINERS
        holder = next(
            (
                outer
                for outer in reversed(above)
                if outer in BLOCKS or outer in CONTAINERS
            ),
            "",
        )
        inline = [
            outer for outer in above if outer not in BLOCKS and outer not in CONTAINERS
        ]
        if block and (
            inline or (holder in BLOCKS and holder != "li") or (tag == holder == "li")
        ):
            found.append(f"{tag} in {above[-1]}")
        if tag == "a" and "a" in above:
            found.append("a in a")
        found += _misplaced(child, (*above, tag))
    return found
