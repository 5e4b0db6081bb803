"""Streams of bytes: what goes in comes out, and a damaged one is refused, never believed."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compression import DamagedStream, compress, decompress

REPORT = b"# Day three\n\nFifteen people died in Zhanaozen on that day.\n" * 20


@given(st.binary(max_size=2000))
def test_bytes_come_back_as_they_were(content: bytes) -> None:
    assert decompress(compress(content), len(content)) == content


def test_a_report_gets_smaller() -> None:
    assert len(compress(REPORT)) < len(REPORT) / 2


def test_any_byte_of_a_stream_that_is_changed_is_noticed() -> None:
    stream = compress(REPORT)
    for position in range(len(stream)):
        damaged = bytearray(stream)
        damaged[position] ^= 0xFF
        with pytest.raises(DamagedStream):
            decompress(bytes(damaged), len(REPORT))


@pytest.mark.parametrize(
    "stream",
    [
        b"",
        b"not a stream",
        compress(REPORT)[:-1],
        compress(REPORT) + b"x",
        compress(REPORT + b"x"),
        compress(REPORT[:-1]),
    ],
)
def test_a_stream_of_anything_else_is_refused(stream: bytes) -> None:
    with pytest.raises(DamagedStream):
        decompress(stream, len(REPORT))


@pytest.mark.parametrize("size", [0, 10])
def test_a_small_stream_of_much_fills_no_memory(size: int) -> None:
    stream = compress(bytes(64 * 2**20))
    assert len(stream) < 2**17

    tracemalloc.start()
    with pytest.raises(DamagedStream):
        decompress(stream, size)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 2**20
