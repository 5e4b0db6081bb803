"""The one place that decides which HTML may stand in the archive, and the one module that
imports bleach.

HTML is cleaned once, on its way in, and never again when it is read. What is not on the list
below loses its tags and keeps its words. bleach has no maintainer any more: a replacement need
only provide `clean()`.
"""

import re

# Elements that hold a paragraph's words.
BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "figcaption"})
# Elements that hold blocks.
CONTAINERS = frozenset({"blockquote", "ul", "ol", "figure"})
# A page has one `h1`, the article's title; a text's own comes one step down.
RENAMED = {"h1": "h2"}
INLINE = frozenset({"a", "em", "strong", "i", "b", "cite", "q", "sub", "sup", "br"})

# Elements that are not kept but separate words: two table cells must not run together
# into one number.
SEPARATORS = frozenset(
    {
        "address",
        "article",
        "aside",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
    }
    | {
        "footer",
        "form",
        "h1",
        "header",
        "hgroup",
        "hr",
        "legend",
        "main",
        "menu",
        "nav",
        "optgroup",
        "option",
    }
    | {
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    }
)

ADDRESS_SCHEMES = frozenset({"http", "https", "mailto"})
_WORDLESS = re.compile(
    r"<(script|style|template|noscript|svg|math)\b.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTES = {"*": ["lang", "dir"], "a": ["href"]}


def _allowed(tag: str, name: str, value: str) -> bool:
    """Say whether `tag` may carry `name="value"`: a paragraph's only class is its role as the
    standfirst."""
    if tag in SEPARATORS:
        return False
    if name == "class":
        return tag == "p" and value == "standfirst"
    return name in _ATTRIBUTES["*"] or name in _ATTRIBUTES.get(tag, [])


# What an importer makes of most reports: paragraphs and headings of nothing but words, some of
# them emphasised. Each repetition begins with another character than what may follow it, and
# none is tried again (`++`), so that the time grows with the text.
_WORDS = r"(?:[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]++|&quot;)"
_PLAIN = re.compile(
    r"(?:"
    r"<(?P<block>p|h[2-6])(?:(?<=<p) class=\"standfirst\")?>"
    rf"(?:{_WORDS}++|<(?P<inline>em|strong)>{_WORDS}*+</(?P=inline)>)*+"
    r"</(?P=block)>\n*+)++"
)


def clean(html: str) -> str:
    """Return `html` with only the allowed elements, attributes and address schemes; the words
    are kept.

    `SEPARATORS` are still in what comes back, bare, for `archive.text.canonical` to turn into
    paragraph breaks. Slow (0.2 to 2 MB/s): call it when a text comes in, never when one is
    shown. Paragraphs of nothing but words come back as they are, without being parsed.
    """
    if _PLAIN.fullmatch(html):
        return html
    return _cleaned_by_bleach(html)


def _cleaned_by_bleach(html: str) -> str:
    # Imported where it is needed: its HTML parser takes a tenth of every start.
    import bleach

    return bleach.clean(
        _WORDLESS.sub(" ", html),
        tags=BLOCKS | CONTAINERS | INLINE | SEPARATORS | RENAMED.keys(),
        attributes=_allowed,
        protocols=ADDRESS_SCHEMES,
        strip=True,
        strip_comments=True,
    )
