"""Markdown: read as the page that it makes, with its footnotes, which CommonMark does not
know."""

import re
from functools import cache

from markdown_it import MarkdownIt

from annotations.core.manuscripts import html
from annotations.core.manuscripts.plain import decoded

_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_NOTE = re.compile(
    r"^\[\^([^\]\s]+)\]:[ \t]*(.+(?:\n(?:[ \t]+\S.*|(?![ \t]*\n|\[\^).+))*)",
    re.MULTILINE,
)


def read(content: bytes) -> str:
    text = _FRONT_MATTER.sub("", decoded(content))
    paragraphs = [_text_of(_NOTE.sub("", text))]
    for mark, words in _NOTE.findall(text):
        paragraphs.append(f"[^{mark}]: {_text_of(words)}")
    return "\n\n".join(paragraphs)


def _text_of(markdown: str) -> str:
    return html.text_of(_parser().render(markdown))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})
