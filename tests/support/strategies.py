"""What property tests draw: words in three scripts, and HTML of the kind that people paste."""

from hypothesis import strategies as st

from archive.text.canonical import canonicalise

LATIN, CYRILLIC, ARABIC = "aeknosvyKZé", "аеиклмнсуқғңөӘ", "ابتسكمنو"
# Combining marks; the last composes even with `<` and `>`.
MARKS = "\u0301\u0306\u0338"

# One word, all in one script.
words = st.one_of(
    *(
        st.text(alphabet, min_size=1, max_size=8)
        for alphabet in (LATIN, CYRILLIC, ARABIC)
    )
)

# A line of words, numbers and signs.
prose = st.lists(
    st.one_of(
        words,
        st.sampled_from(
            [
                "15",
                "“",
                "”",
                ".",
                ",",
                "—",
                "😀",
                "𐐷",
                "&",
                "<",
                ">",
                '"',
                "'",
                "\u00a0",
            ]
        ),
    ),
    min_size=1,
    max_size=20,
).map(" ".join)

_TAGS = [
    "p",
    "h1",
    "h2",
    "h3",
    "li",
    "figcaption",
    "blockquote",
    "ul",
    "ol",
    "figure",
    "a",
    "em",
    "strong",
    "i",
    "b",
    "cite",
    "q",
    "sub",
    "sup",
    "br",
    "div",
    "section",
    "table",
    "tr",
    "td",
    "hr",
    "pre",
    "center",
    "form",
    "option",
    "details",
    "summary",
    "span",
    "font",
    "script",
    "style",
    "svg",
    "math",
    "select",
    "textarea",
    "noscript",
    "iframe",
    "img",
]
_ATTRIBUTES = [
    "",
    ' href="https://example.org/?a=1&b=2"',
    ' lang="kk"',
    ' class="standfirst"',
    " onclick=run()",
]
_PIECES = [
    " ",
    "  ",
    "\n",
    "\t",
    "\r\n",
    "&amp;",
    "&lt;",
    "&gt;",
    "&nbsp;",
    "&#13;",
    "&#0;",
    "&#x301;",
    "&copy",
    "]]>",
    "<",
    ">",
    "&",
    "<!-- note -->",
    "<!--",
    "-->",
    "\x0b",
    "\u2028",
    "\ufeff",
    "e",
    *MARKS,
]
# HTML with tags, words and signs in any order.
soup = st.lists(
    st.one_of(
        words,
        st.sampled_from(_PIECES),
        st.builds(
            "<{}{}>".format, st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)
        ),
        st.sampled_from(_TAGS).map("</{}>".format),
    ),
    max_size=30,
).map("".join)

canonical = soup.map(canonicalise)

# What an importer makes of a report without links: blocks of words, some of them emphasised.
_plain_words = st.lists(
    st.one_of(
        words,
        st.text(
            st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<>&")
        ),
        st.sampled_from([" ", "\n", "\t", "&quot;", "\u2028", *MARKS]),
    ),
    max_size=8,
).map("".join)
_plain_runs = st.lists(
    st.one_of(
        _plain_words,
        st.builds("<em>{}</em>".format, _plain_words),
        st.builds("<strong>{}</strong>".format, _plain_words),
    ),
    max_size=4,
).map("".join)
plain_reports = st.lists(
    st.one_of(
        st.builds("<p>{}</p>".format, _plain_runs),
        st.builds("<h3>{}</h3>\n".format, _plain_runs),
        st.builds('<p class="standfirst">{}</p>\n'.format, _plain_runs),
    ),
    min_size=1,
    max_size=5,
).map("".join)
