"""Plain text footnotes, read back by the numbers of their notes."""

import re

import pytest
from hypothesis import given

from annotations.export.excerpts import Excerpt
from annotations.export.formats.plain_footnotes import in_style
from tests.support.hard_excerpts import excerpt, words

STYLES = ("chicago", "mla", "apa")


def read(written: str) -> list[tuple[str, str, str]]:
    """The quotation, the citation and the exact place of each excerpt."""
    notes = re.compile(
        r"“(.*?)”\[(\d+)\]\n\n\2\. ([^\n]*)\n +(Characters [^\n]*)\n\n\n", re.DOTALL
    )
    return [(found[1], found[3], found[4]) for found in notes.finditer(written)]


def written(style: str, *excerpts: Excerpt) -> str:
    return "".join(in_style(style)(excerpts))


@pytest.mark.parametrize("style", STYLES)
@given(hard=words)
def test_the_words_are_as_they_stand_and_the_note_is_on_one_line(
    style: str, hard: str
) -> None:
    notes = read(
        written(
            style,
            excerpt(hard, title=hard, authors=hard, publisher=hard),
            excerpt("next"),
        )
    )
    assert [quotation for quotation, _cited, _where in notes] == [hard, "next"]


@pytest.mark.parametrize("style", STYLES)
def test_a_note_has_locator_permalink_and_hash(style: str) -> None:
    ((_words, cited, where),) = read(written(style, excerpt()))
    assert re.search(r"[Pp]ara?\. 2", cited)
    assert excerpt().permalink in cited
    assert where == f"Characters 9–18 of text version 1, SHA-256 {'a' * 64}."


@pytest.mark.parametrize(
    ("style", "begun"),
    [
        (
            "chicago",
            "1. Ivan Petrov and Olga Smirnova, “Day Three,” The Post, December 19, 2011, para. 2, https",
        ),
        (
            "mla",
            "1. Petrov, Ivan, and Olga Smirnova. “Day Three.” The Post, 19 Dec. 2011, https",
        ),
        (
            "apa",
            "1. Petrov, I., & Smirnova, O. (2011, December 19). Day three. The Post. https",
        ),
    ],
)
def test_each_is_in_its_style(style: str, begun: str) -> None:
    assert written(style, excerpt()).startswith(f"“15 people”[1]\n\n{begun}")


def test_notes_are_numbered_in_their_order() -> None:
    assert re.findall(r"^\d+\.", written("apa", *[excerpt()] * 12), re.MULTILINE) == [
        f"{n}." for n in range(1, 13)
    ]
