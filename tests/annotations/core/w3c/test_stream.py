"""Annotations that are read one after the other are those that the whole file holds."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.w3c import (
    NotStreamable,
    UnreadableAnnotation,
    annotations_in,
    stream,
    stream_annotations,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)
LISTS = st.lists(VALUES, max_size=5)
NAMES = st.sampled_from(["type", "items", "rows", "annotations", "first", "target"])
PAGES = st.dictionaries(NAMES, LISTS | VALUES, max_size=4)
DOCUMENTS = VALUES | LISTS | PAGES | st.fixed_dictionaries({"first": PAGES}) | PAGES


def whole(content: bytes) -> Any:
    """What the file says when it is read as a whole: its annotations, or why not."""
    try:
        return [repr(one) for one in annotations_in(json.loads(content))]
    except UnreadableAnnotation as reason:
        return str(reason)
    except (ValueError, RecursionError):
        return "It is not JSON."


def streamed(content: bytes) -> Any:
    try:
        return [repr(one) for one in stream_annotations(BytesIO(content))]
    except UnreadableAnnotation as reason:
        return str(reason)
    except NotStreamable:
        return whole(content)


@given(
    document=DOCUMENTS,
    chunk=st.sampled_from([4, 7, 64, 1 << 18]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-le"]),
    indent=st.sampled_from([None, 1]),
    is_ascii=st.booleans(),
)
def test_it_is_what_the_whole_file_holds(
    document: Any, chunk: int, encoding: str, indent: int | None, is_ascii: bool
) -> None:
    words = json.dumps(document, ensure_ascii=is_ascii, indent=indent)
    content = words.encode(encoding, "surrogatepass")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stream, "_CHUNK", chunk)
        assert streamed(content) == whole(content)


@given(
    document=PAGES | LISTS,
    at=st.integers(0, 200),
    instead=st.sampled_from(["", ",", "]", "}", "{", '"', "1", "x", " ", "\x00"]),
)
def test_what_is_broken_anywhere_is_refused_as_a_whole(
    document: Any, at: int, instead: str
) -> None:
    words = json.dumps(document)
    at %= len(words)
    content = (words[:at] + instead + words[at + 1 :]).encode()
    assert streamed(content) == whole(content)


@pytest.mark.parametrize(
    "content",
    [
        '{"first": {"items": [1, 2]}, "items": [3]}',
        '{"items": [3], "first": {"items": [1, 2]}}',
        '{"rows": [3], "items": [1]}',
        '{"items": [3], "items": [1]}',
        '{"items": {"a": 1}, "rows": [5]}',
        '{"first": {"first": {"items": [7]}}, "items": [1]}',
        '{"first": [1], "annotations": [2]}',
        '{"target": "x"}',
        '{"items": []}',
        "[]",
        "[1] 2",
        "[1,]",
        "[1",
        "",
        "\ufeff[1]",
    ],
)
def test_the_list_that_counts_is_the_one_of_the_whole_file(content: str) -> None:
    assert streamed(content.encode()) == whole(content.encode())


def test_a_file_of_nothing_but_brackets_is_not_json() -> None:
    with pytest.raises(UnreadableAnnotation, match="It is not JSON"):
        list(stream_annotations(BytesIO(b"[" * 100_000)))


def test_memory_holds_a_few_annotations_and_not_the_file() -> None:
    class Counting(BytesIO):
        most = 0

        def read(self, size: int | None = -1) -> bytes:
            self.most = max(self.most, size or 0)
            return super().read(size)

    record = json.dumps({"value": "x" * 1000})
    file = Counting(f"[{','.join([record] * 2000)}]".encode())
    assert sum(1 for _record in stream_annotations(file)) == 2000
    assert file.most == 1 << 18
