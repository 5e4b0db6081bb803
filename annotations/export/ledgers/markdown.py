"""A ledger as Markdown: what is said of it all, then each row as a quotation with what is known
of it."""

from collections.abc import Iterator

from annotations.export.formats.markdown import literal
from annotations.export.ledgers.table import Table

# The columns that every ledger has: what the source says, and where that stands.
WORDS, PERMALINK = "words", "permalink"


def write(table: Table) -> Iterator[str]:
    yield f"# {_line(table.title)}\n\n<{table.address}>\n\n"
    yield from (f"{_line(sentence)}\n" for sentence in table.said)
    for row in table.rows:
        lines_quoted = literal(row[WORDS]).split("\n")
        quoted = "\n".join(f"> {line}".rstrip() for line in lines_quoted)
        said = []
        for name in table.columns:
            if row[name] and name not in (WORDS, PERMALINK):
                label = name.replace("_", " ").capitalize()
                said.append(f"**{label}:** {_line(row[name])}")
        lines = "  \n".join(said)
        yield f"\n---\n\n{quoted}\n\n{lines}  \n<{row[PERMALINK]}>\n"


def _line(words: str) -> str:
    return literal(" ".join(words.split()))
