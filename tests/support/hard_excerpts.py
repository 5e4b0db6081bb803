"""Excerpts that hurt: what spreadsheets run, TeX expands, Markdown takes for a sign, and
readers trip over."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from annotations.export.excerpts import Excerpt, Source

# Words of passages, each of which may also stand in a title, a name or a claim.
HARD = (
    '"quoted", and a comma',
    "two\nlines",
    "=1+1",
    "+7 701",
    "-1",
    "@SUM(A1)",
    "'already quoted",
    "<b>bold</b> <script>alert(1)</script>",
    "R&D &amp; more",
    "{braces} } {",
    "back\\slash \\",
    "100 % of $5 # _ ^ ~",
    "😀 emoji 👨‍👩‍👧",
    "نص عربي من اليمين",
    "Қалмұханбет «Қасымов»",
    "* star _under_ `tick` [link](x) ![image](y)",
    "# heading",
    "> quotation",
    "- item",
    "+",
    "1.",
    "2) item",
    "===",
    "---",
    "***",
    "| a | b |",
    "http://example.org/?a=1&b=2",
    "a;=1+1",
)

words = st.one_of(
    st.sampled_from(HARD),
    st.text(
        st.sampled_from("aя ٣ك\n😀'\"\\{}$&%#_~^*`[]()<>|!+-=.:;,@\t1/"),
        min_size=1,
        max_size=30,
    ).filter(str.strip),
).map(
    lambda words: "\n".join(
        " ".join(line.split()) for line in words.strip().split("\n")
    )
)


def excerpt(words: str = "15 people", **fields: Any) -> Excerpt:
    """A figure of fifteen people killed, in these words, with some fields other than usual."""
    usual: dict[str, Any] = {
        "version_id": 1,
        "permalink": "https://archive.example/annotations/3c1b2f0e-0000-4000-8000-000000000000/",
        "text_address": "https://archive.example/articles/day-three/versions/1/text/",
        "entity_address": "",
        "accessed": date(2026, 3, 1),
        "version": 1,
        "kind": "figure",
        "state": "confirmed",
        "words": words,
        "before": "At least ",
        "after": " died.",
        "start": len(fields.get("before", "At least ")),
        "end": len(fields.get("before", "At least ")) + len(words),
        "paragraph": 2,
        "text_sha256": "a" * 64,
        "capture_sha256": "b" * 64,
        "title": "Day three",
        "title_transliterated": "",
        "title_translated": "",
        "authors": "Ivan Petrov; Olga Smirnova",
        "credit": "Reuters",
        "publisher": "The Post",
        "published": "2011-12-19",
        "language": "en",
        "original_address": "https://post.example/day-three",
        "entity": "",
        "qualifier": "at_least",
        "counted": "people killed",
        "said_by": "the mayor",
        "allegation": "",
        "claimant": "",
        "accused": "",
        "status": "",
        "value": Decimal("15.0000"),
        "value_to": None,
    }
    said = usual | fields
    text = said["before"] + said["words"] + said["after"]
    of_source: dict[str, Any] = {"read_text": lambda _version: text}
    for name in Source.__dataclass_fields__:
        if name in said:
            of_source[name] = said.pop(name)
    return Excerpt(Source(**of_source), **said)


def allegation(summary: str, **fields: Any) -> Excerpt:
    said = {
        "allegation": summary,
        "claimant": "a witness",
        "status": "partly_admitted",
        "value": None,
    }
    return excerpt(
        **{
            "words": "he fired",
            "kind": "allegation",
            "counted": "",
            "qualifier": "",
            "said_by": "",
        }
        | said
        | fields
    )
