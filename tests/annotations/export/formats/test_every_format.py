"""What every format must do, each read back by a reader that is not ours."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings

from annotations.export.excerpts import Excerpt
from annotations.export.formats import FORMATS, Purpose
from tests.support.export_readers import ON_ONE_LINE, READERS
from tests.support.hard_excerpts import HARD, allegation, excerpt, words


def read(name: str, excerpts: Iterable[Excerpt]) -> list[str]:
    return READERS[name](b"".join(FORMATS[name].encoded(excerpts)))


def expected(name: str, words: Iterable[str]) -> list[str]:
    return [" ".join(each.split()) if name in ON_ONE_LINE else each for each in words]


def numbered(words: Iterable[str]) -> list[Excerpt]:
    """Excerpts with these words everywhere that words can stand, each in a text of its own."""
    return [
        allegation(
            hard,
            words=hard,
            version_id=n,
            permalink=f"https://archive.example/annotations/{n:08x}-0000-4000-8000-000000000000/",
            **dict.fromkeys(
                (
                    "title",
                    "title_translated",
                    "authors",
                    "credit",
                    "publisher",
                    "accused",
                ),
                hard,
            ),
        )
        for n, hard in enumerate(words)
    ]


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_hard_words_survive(name: str) -> None:
    assert read(name, numbered(HARD)) == expected(name, HARD)


@pytest.mark.parametrize("name", FORMATS)
def test_any_words_survive(name: str) -> None:
    @settings(max_examples=25)
    @given(words)
    def survive(hard: str) -> None:
        assert read(name, numbered([hard])) == expected(name, [hard])

    survive()


@pytest.mark.parametrize("name", FORMATS)
def test_characters_that_a_format_cannot_hold_are_replaced_and_not_fatal(
    name: str,
) -> None:
    (found,) = read(name, [excerpt("before \x00\x0b\x1f\ufffe\uffff after")])
    assert (found.startswith("before "), found.endswith(" after")) == (True, True)
    assert found not in ("before  after", "before after"), (
        "nothing is seen in their place"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_none_is_a_file_too(name: str) -> None:
    assert read(name, []) == []


@pytest.mark.parametrize("name", FORMATS)
def test_paragraphs_survive(name: str) -> None:
    passage = "First paragraph.\n\nSecond,\nin two lines."
    text = f"Before.\n\n{passage}\n\nAfter."
    one = excerpt(
        passage, read_text=lambda _version: text, start=9, end=9 + len(passage)
    )
    assert read(name, [one]) == expected(name, [passage])


def test_formats_stand_by_what_they_are_for() -> None:
    order = [list(Purpose).index(each.purpose) for each in FORMATS.values()]
    assert all(one <= following for one, following in pairwise(order))
