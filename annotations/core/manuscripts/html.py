"""HTML: the words that a reader of the page sees. Nothing of it is shown as HTML, so it need
not be sanitised."""

import re
from html.parser import HTMLParser

from annotations.core.manuscripts.paragraphs import Paragraphs
from annotations.core.manuscripts.plain import decoded
from archive.text.sanitise import BLOCKS, CONTAINERS, SEPARATORS

_WORDLESS = frozenset(
    {
        "title",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "textarea",
        "select",
    }
)
_BREAKING = BLOCKS | CONTAINERS | SEPARATORS
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE
)
# Bytes in which a page declares its encoding.
_HEAD = 2048
_NOTE_MARK = re.compile(r"\[?\s*(?:[0-9]{1,3}|[*†‡])\s*\]?")


def read(content: bytes) -> str:
    return text_of(_characters(content))


def text_of(page: str) -> str:
    """Return the text of an HTML page, or of a part of one."""
    reader = _HtmlReader()
    reader.feed(page)
    reader.close()
    return reader.paragraphs.text()


def _characters(content: bytes) -> str:
    """Decode by what the page says of itself, if it says so and is right."""
    declared = _CHARSET.search(content[:_HEAD])
    if declared is None:
        return decoded(content)
    try:
        return content.decode(declared[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):  # no such encoding, or not this one
        return decoded(content)


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = Paragraphs()
        self._wordless: list[str] = []  # open elements of which nothing is read
        # What stands in a `sup`, which may be the mark of a note; None outside of one.
        self._raised: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WORDLESS:
            self._wordless.append(tag)
        elif tag == "br":
            self.paragraphs.add("\n")
        elif tag == "q":
            self.paragraphs.add("“")
        elif tag == "sup":
            self._raised = []
        elif tag in _BREAKING:
            self.paragraphs.end()
            if tag == "blockquote":
                self.paragraphs.quoted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self._wordless:
            while self._wordless.pop() != tag:
                pass
        elif tag == "q":
            self.paragraphs.add("”")
        elif tag == "sup":
            self._end_raised()
        elif tag in _BREAKING:
            self.paragraphs.end()
            if tag == "blockquote":
                self.paragraphs.quoted = max(0, self.paragraphs.quoted - 1)

    def handle_data(self, data: str) -> None:
        if self._wordless:
            return
        if self._raised is not None:
            self._raised.append(data)
        else:
            self.paragraphs.add(re.sub(r"\s+", " ", data))

    def close(self) -> None:
        super().close()
        self._end_raised()

    def _end_raised(self) -> None:
        """Leave out what is raised and only a number or a star: the mark of a note."""
        words = "".join(self._raised or [])
        self._raised = None
        if words and not _NOTE_MARK.fullmatch(words):
            self.paragraphs.add(words)
