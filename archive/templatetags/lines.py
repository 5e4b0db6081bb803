"""Tags that let the parts of a sentence stand on lines of their own where no white space may come between them."""

import re
from typing import cast

from django import template
from django.template.base import Node, Parser, TextNode, Token, TokenType

register = template.Library()

_LINE_BREAK = re.compile(r"\s*\n\s*")


@register.tag
def join_lines(parser: Parser, token: Token) -> Node:
    """Drop each line break and the blanks beside it, up to `{% keep_lines %}` or the end of the template.

    A space that is meant stands within a line, or is written `{{ " " }}`. Between the attributes of an element a
    line break stays a space, and `blocktranslate trimmed` joins its own lines. All of it is done once, when the
    template is compiled.
    """
    is_in_tag = is_in_message = False
    still_to_come = cast("list[Token]", parser.tokens)
    # The parser takes its tokens from the end.
    for following in reversed(still_to_come):
        if following.token_type == TokenType.BLOCK:
            name = following.contents.split()[0]
            if name == "keep_lines":
                break
            if name in ("blocktranslate", "endblocktranslate"):
                is_in_message = name == "blocktranslate"
        elif following.token_type == TokenType.TEXT and not is_in_message:
            following.contents, is_in_tag = _joined(following.contents, is_in_tag)
    return TextNode("")


@register.tag
def keep_lines(parser: Parser, token: Token) -> Node:
    return TextNode("")


def _joined(text: str, is_in_tag: bool) -> tuple[str, bool]:
    """Return the text without its line breaks, and whether it ends between `<` and `>`."""
    joined = ""
    for part in re.split("([<>])", text):
        if part in ("<", ">"):
            is_in_tag = part == "<"
        joined += _LINE_BREAK.sub(" " if is_in_tag else "", part)
    return joined, is_in_tag
