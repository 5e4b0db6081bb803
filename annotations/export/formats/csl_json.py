"""CSL-JSON: each excerpt as an item of its own, for Zotero, pandoc and whatever formats with
citeproc.

The words are in `annote`, which no common style prints; `custom` says where exactly they stand.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.export.excerpts import Excerpt
from archive.citations.formats.csl_json import item_of


def write(excerpts: Iterable[Excerpt]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    separator = "[\n"
    for excerpt in excerpts:
        yield separator + encode(_item(excerpt))
        separator = ",\n"
    yield "\n]\n" if separator == ",\n" else "[]\n"


def _item(excerpt: Excerpt) -> dict[str, Any]:
    item = item_of(excerpt.reference, excerpt.permalink)
    passage = {
        "tag": excerpt.tag,
        "paragraph": excerpt.paragraph,
        "start": excerpt.start,
        "end": excerpt.end,
        "text": excerpt.source.text_address,
        "text-sha256": excerpt.source.text_sha256,
    }
    if excerpt.note:
        passage["note"] = excerpt.note
    return item | {"annote": excerpt.words, "custom": item.get("custom", {}) | passage}
