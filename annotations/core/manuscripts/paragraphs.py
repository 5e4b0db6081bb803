"""Collecting the paragraphs of a manuscript while its file is read."""

import re

_BREAK = re.compile(r"[ \t]*\n[ \t]*")


class Paragraphs:
    """`quoted` says in how many block quotations one stands; `note` is the mark of the note
    that is being read."""

    def __init__(self) -> None:
        self.quoted = 0
        self.note = ""
        self._paragraphs: list[str] = []
        self._words: list[str] = []

    def add(self, words: str) -> None:
        self._words.append(words)

    def end(self) -> None:
        """End the paragraph; one without words leaves none."""
        words = _BREAK.sub("\n", "".join(self._words)).strip()
        self._words.clear()
        if not words:
            return
        if self.note:
            words = f"[^{self.note}]: {words}"
            self.note = ""
        if self.quoted:
            words = "> " + words.replace("\n", "\n> ")
        self._paragraphs.append(words)

    def text(self) -> str:
        self.end()
        return "\n\n".join(self._paragraphs)
