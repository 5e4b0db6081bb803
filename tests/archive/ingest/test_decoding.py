import codecs
import gzip
import io
import random
import wave
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.decoding import Undecodable, decode
from tests.support.languages import ENGLISH, KAZAKH, RUSSIAN


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, ENGLISH])
@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_every_unicode_encoding_is_told_and_read(
    text: str, encoding: str, told: str
) -> None:
    decoded = decode(text.encode(encoding))

    assert (decoded.text, decoded.encoding) == (text, told)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_order_and_is_no_part_of_the_text(
    mark: bytes, encoding: str
) -> None:
    decoded = decode(mark + KAZAKH.encode(encoding))

    assert (decoded.text, decoded.how) == (KAZAKH, "by its byte order mark")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_a_russian_paragraph_in_an_old_encoding_is_told_by_its_letters(
    encoding: str,
) -> None:
    decoded = decode(RUSSIAN.encode(encoding))

    assert (decoded.text, decoded.encoding) == (RUSSIAN, encoding)
    assert decoded.how.startswith("detected, ")


def test_a_kazakh_paragraph_in_its_old_encoding_keeps_its_own_letters() -> None:
    assert decode(KAZAKH.encode("kz1048")).text == KAZAKH


@given(
    st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(
        lambda text: any(map(str.isalpha, text))
    )
)
def test_any_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()).text == text


def _zipped() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("report.txt", ENGLISH)
    return kept.getvalue()


def _sound() -> bytes:
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(random.Random(1).randbytes(2000))
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + ENGLISH.encode(),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xff\xd8\xff\xe0" + bytes(range(256)),
        b"GIF89a" + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        b"SQLite format 3\0" + bytes(200) + b"CREATE TABLE reports (words text)",
        gzip.compress(ENGLISH.encode()),
        _zipped(),
        _sound(),
        bytes(1000),
        b"\x01\x02\x03 words between control characters " * 20,
        ENGLISH.encode() + b"\0" + ENGLISH.encode(),
        codecs.BOM_UTF8,
        b"2011 12 16",
    ],
    ids=[
        "pdf",
        "png",
        "jpeg",
        "gif",
        "elf",
        "doc",
        "sqlite",
        "gzip",
        "zip",
        "wav",
        "zeros",
        "controls",
        "text with a zero byte",
        "only a mark",
        "only digits",
    ],
)
def test_a_binary_file_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(Undecodable, match=r"^It is a binary file, not a text\.$"):
        decode(content)


@given(st.randoms(use_true_random=False), st.integers(min_value=64, max_value=3000))
def test_random_bytes_never_pass_for_a_text(chance: random.Random, size: int) -> None:
    with pytest.raises(Undecodable):
        decode(chance.randbytes(size))


@given(st.binary(max_size=200))
def test_bytes_are_either_decoded_or_refused(content: bytes) -> None:
    try:
        told = decode(content).how
    except Undecodable as refusal:
        told = str(refusal)

    assert told


def test_bytes_that_fit_no_encoding_well_are_refused_with_a_way_out() -> None:
    with pytest.raises(Undecodable, match=r"could not be told\. Save it as UTF-8"):
        decode("Касымов".encode("cp866"))


def test_one_broken_byte_in_utf_8_is_not_covered_up() -> None:
    content = KAZAKH.encode()

    with pytest.raises(Undecodable):
        decode(content[:101] + b"\xff" + content[101:])


def test_a_text_that_breaks_its_own_mark_says_where() -> None:
    with pytest.raises(
        Undecodable, match=r"^It claims to be utf-16, but byte \d+ is not\.$"
    ):
        decode(RUSSIAN.encode("utf-16")[:-1])
