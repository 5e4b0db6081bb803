import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.source_urls import MAX_LENGTH, address_key, host_of, is_address


@pytest.mark.parametrize(
    "words",
    [
        "https://example.org/a",
        "http://www.example.org",
        "https://example.org/a?b=c#d",
        "https://пример.рф/новости",
    ],
)
def test_a_whole_web_address_is_one(words: str) -> None:
    assert is_address(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "example.org/a",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "https://",
        "https://nodots",
        "https://[broken",
        "https://example.org/two words",
        "https://example.org/\nnext",
        "https://example.org/" + "a" * MAX_LENGTH,
    ],
)
def test_anything_else_is_none(words: str) -> None:
    assert not is_address(words)


def test_the_host_has_neither_www_nor_port_nor_capitals() -> None:
    assert host_of("https://WWW.Example.org:8080/a") == "example.org"
    assert host_of("") == ""


@pytest.mark.parametrize(
    "spelling",
    [
        "https://example.org/a",
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://EXAMPLE.org/a",
        "https://example.org/a#top",
        "https://example.org/a?utm_source=x&utm_medium=y",
        "https://example.org/a?fbclid=123",
    ],
)
def test_all_spellings_of_an_address_have_one_key(spelling: str) -> None:
    assert address_key(spelling) == "example.org/a"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/b",
        "https://example.org/A",
        "https://example.com/a",
        "https://example.org/a?id=2",
    ],
)
def test_another_article_has_another_key(other: str) -> None:
    assert address_key(other) != address_key("https://example.org/a")


def test_an_empty_parameter_is_kept() -> None:
    assert address_key("https://example.org/?p=&q=1") == "example.org?p=&q=1"


@given(st.text(max_size=200).map("https://example.org/".__add__))
def test_whatever_is_an_address_has_a_host_and_a_key(words: str) -> None:
    if is_address(words):
        assert host_of(words) == "example.org"
        assert address_key(words).startswith("example.org")


def test_an_address_whose_key_would_not_fit_its_column_is_none() -> None:
    assert not is_address("https://example.org/?q=" + "ы" * 900)
