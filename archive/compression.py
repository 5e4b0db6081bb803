"""Bytes as they are kept: as a zlib stream (RFC 1950), and back from one whose length is known."""

import zlib


class DamagedStream(ValueError):
    """A stream that is broken, or does not hold as many bytes as it should."""


def compress(content: bytes) -> bytes:
    """Return `content` as a zlib stream. Bytes that cannot be made shorter get a few more."""
    return zlib.compress(content)


def decompress(stream: bytes, size: int) -> bytes:
    """Return the `size` bytes that `stream` holds.

    Makes one byte more than that at most, whatever the stream says. Raises DamagedStream.
    """
    inflater = zlib.decompressobj()
    try:
        # One more: zlib takes a limit of 0 for none.
        content = inflater.decompress(stream, size + 1)
    except zlib.error as reason:
        raise DamagedStream(f"The stream is broken: {reason}.") from reason
    if not inflater.eof or inflater.unused_data or len(content) != size:
        raise DamagedStream(f"The stream does not hold exactly {size} bytes.")
    return content
