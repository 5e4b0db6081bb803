"""Pages as a parser that is not ours sees them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "wbr",
    }
)


@dataclass
class Node:
    """An element: its tag, its attributes, and what is in it, words and elements in their
    order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: "list[Node | str]" = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What the DOM calls `textContent`."""
        return "".join(
            part if isinstance(part, str) else part.text for part in self.inside
        )

    @property
    def words(self) -> str:
        """The text with its white space folded."""
        return " ".join(self.text.split())

    def walk(self) -> "Iterator[Node]":
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.walk()

    def all(self, tag: str = "", cls: str = "", **attributes: str) -> "list[Node]":
        """Return the elements with this tag, class and attributes, in the page's order."""
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not cls or cls in node.classes)
            and all(
                node.attributes.get(name) == value for name, value in attributes.items()
            )
        ]

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> "Node":
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {cls} {attributes}"
        return found[0]

    def link(self, words: str) -> str:
        """Return where the first link with these words leads."""
        return next(node["href"] for node in self.all("a") if node.words == words)

    def form(self) -> "Node":
        """Return the one form that posts; the one for signing out, in each page's header, is
        not meant."""
        inside = self.all("main") or [self]
        return inside[0].one("form", method="post")

    def fields(self) -> dict[str, str]:
        """Return what a browser would send of a form as it stands: `page.form().fields()`."""
        sent = {}
        for node in self.walk():
            name, kind = node.attributes.get("name"), node.attributes.get("type", "")
            if not name or node.tag not in ("input", "textarea", "select"):
                continue
            if node.tag == "textarea":
                sent[name] = node.text.removeprefix("\n")
            elif node.tag == "select":
                options = node.all("option")
                chosen = [
                    option for option in options if "selected" in option.attributes
                ] or options[:1]
                for option in chosen:
                    sent[name] = option.attributes.get("value", option.text)
            elif kind not in ("checkbox", "radio") or "checked" in node.attributes:
                sent[name] = node.attributes.get(
                    "value", "on" if kind == "checkbox" else ""
                )
        return sent


def page_of(response: Any) -> Node:
    """Return the page that came as a response."""
    parser = _Parser()
    parser.feed(response.content.decode())
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)
