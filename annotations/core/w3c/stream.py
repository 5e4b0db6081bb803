"""Reading a JSON file of annotations one after the other, so that memory does not grow with the
file.

The annotations of a file stand in one list: the file itself, or `items`, `rows` or `annotations`
of its object or of that object's `first` page (see `parser.annotations_in`). The first such list
is yielded while it is read. Should the rest of the file say that another list counts, the file
is `NotStreamable`, and is to be read as a whole.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from annotations.core.w3c.parser import LISTS, annotations_in
from annotations.core.w3c.passage import UnreadableAnnotation

# Bytes that are read at once. Only a single annotation that is longer needs more.
_CHUNK = 1 << 18
# What may follow a value that is not read to its end.
_MAY_GO_ON = ("", ".", "e", "E")
_BLANKS = re.compile(r"[ \t\n\r]*")


class NotStreamable(Exception):
    """The annotations are not in the first list that could hold them."""


def stream_annotations(file: BinaryIO) -> Iterator[Any]:
    """Yield the annotations that a JSON file holds, as `json.loads` would give them.

    Raises UnreadableAnnotation, perhaps after some were yielded, and NotStreamable.
    """
    try:
        yield from _annotations_in(_Window(file))
    except UnreadableAnnotation:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableAnnotation(_("It is not JSON.")) from error


def _annotations_in(window: "_Window") -> Iterator[Any]:
    opening = window.peek()
    if opening == "[":
        yield from window.elements()
        window.expect_end()
        return
    document = window.value() if opening != "{" else {}
    streamed: list[Any] = []
    if opening == "{":
        yield from _members(window, document, streamed)
    window.expect_end()
    if not streamed:
        yield from annotations_in(document)
    elif not _counts(streamed, document):
        raise NotStreamable


def _members(
    window: "_Window", document: dict[str, Any], streamed: list[Any], depth: int = 0
) -> Iterator[Any]:
    """Read an object into `document`, but for the first list that may hold the annotations:
    yield what is in that, and put it, empty, into `document` and `streamed`."""
    for name in window.names():
        opening = window.peek()
        if name in LISTS and opening == "[" and not streamed:
            document[name] = []
            streamed.append(document[name])
            yield from window.elements()
        elif name == "first" and opening == "{" and depth == 0:
            document[name] = {}
            yield from _members(window, document[name], streamed, depth=1)
        else:
            document[name] = window.value()


def _counts(streamed: list[Any], document: dict[str, Any]) -> bool:
    """Tell whether the list that was streamed is the one that counts in a document."""
    first = document.get("first")
    page = first if isinstance(first, dict) else document
    for name in LISTS:
        if isinstance(page.get(name), list):
            return page[name] is streamed[0]
    return False


class _Window:
    """The part of a JSON text that is being read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        start = file.read(_CHUNK)
        decoder = codecs.getincrementaldecoder(json.detect_encoding(start))
        self._decoder = decoder("surrogatepass")
        self._is_last = not start
        self._text = self._decoder.decode(start, final=self._is_last)
        self._at = 0
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """Return the next character that is not blank; nothing at the end."""
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_last:
                return ""
            self._read_on()

    def value(self) -> Any:
        """Read the next value. Raises ValueError and RecursionError."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except ValueError:
                if self._is_last:
                    raise
            else:
                # A number at the end of the window may go on behind it, also after a
                # point or an exponent of which the digits are still to come.
                if self._text[end : end + 1] not in _MAY_GO_ON or self._is_last:
                    self._at = end
                    return value
            self._read_on()

    def elements(self) -> Iterator[Any]:
        """Read the list that begins here, one element after the other."""
        self._expect("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._comma_or("]"):
                return

    def names(self) -> Iterator[str]:
        """Read the object that begins here: yield each name, and go on behind its value, which
        the caller has read."""
        self._expect("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise ValueError("a name is missing")
            name = self.value()
            self._expect(":")
            yield name
            if self._comma_or("}"):
                return

    def expect_end(self) -> None:
        if self.peek():
            raise ValueError("more follows the document")

    def _comma_or(self, closing: str) -> bool:
        """Go behind a comma, or behind what closes a list or object; tell whether it did."""
        following = self.peek()
        if following not in (",", closing) or not following:
            raise ValueError(f"neither a comma nor {closing}")
        self._at += 1
        return following == closing

    def _expect(self, character: str) -> None:
        if self.peek() != character:
            raise ValueError(f"{character} is missing")
        self._at += 1

    def _read_on(self) -> None:
        """Let go of what was read, and read at least as much again as is still waiting."""
        waiting = self._text[self._at :]
        more = self._file.read(max(_CHUNK, len(waiting)))
        self._is_last = not more
        self._text = waiting + self._decoder.decode(more, final=self._is_last)
        self._at = 0
