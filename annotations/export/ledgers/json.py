"""A ledger as JSON: an object with its title, its address, what is said of it all, and its
rows, one to a line."""

import json
from collections.abc import Iterator

from annotations.export.ledgers.table import Table


def write(table: Table) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    head = {"title": table.title, "address": table.address, "said": list(table.said)}
    yield encode(head).removesuffix("}") + ', "rows": ['
    separator = "\n"
    for row in table.rows:
        filled = {name: row[name] for name in table.columns if row[name]}
        yield separator + encode(filled)
        separator = ",\n"
    yield "\n]}\n"
