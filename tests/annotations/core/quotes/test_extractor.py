"""Which quotations a manuscript has, however they are marked, and what their author did to them
openly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.quotes.extractor import (
    Quotation,
    parts_of,
    positions_in,
    quotations,
)
from tests.support.strategies import prose


def found(manuscript: str) -> list[Quotation]:
    return [*quotations(positions_in(manuscript))]


def words(manuscript: str) -> list[str]:
    return [each.words for each in found(manuscript)]


@pytest.mark.parametrize(
    ("manuscript", "quoted"),
    [
        ("He said “no order” and left.", ["no order"]),
        ('He said "no order" and "no word", twice.', ["no order", "no word"]),
        ("Er sagte: „kein Befehl“, dann »kein Wort«.", ["kein Befehl", "kein Wort"]),
        ("Он сказал: «приказа не было».", ["приказа не было"]),
        ("Hän sanoi: ”ei käskyä” ja »ei sanaa».", ["ei käskyä", "ei sanaa"]),
        ("He said ‘no order’ twice.", ["no order"]),
        ("He said 'no order', he did.", ["no order"]),
        ("(“no order”)—“no word”", ["no order", "no word"]),
        ("Қазақша: «бұйрық болған жоқ» деді.", ["бұйрық болған жоқ"]),
    ],
)
def test_marks_of_every_kind_are_read(manuscript: str, quoted: list[str]) -> None:
    assert words(manuscript) == quoted


@pytest.mark.parametrize(
    ("manuscript", "quoted"),
    [
        (
            "“He cried ‘fire’ and “run” at once,” she said.",
            ["He cried ‘fire’ and “run” at once,"],
        ),
        (
            "«Он крикнул „огонь“ и «бегите» сразу», сказала она.",
            ["Он крикнул „огонь“ и «бегите» сразу"],
        ),
        ("ООО «Компания «Ромашка» закрыто.", ["Компания «Ромашка"]),
        ("Он: «а «б «в» г» д», потом «е».", ["а «б «в» г» д", "е"]),
    ],
)
def test_a_quotation_in_a_quotation_belongs_to_its_words(
    manuscript: str, quoted: list[str]
) -> None:
    assert words(manuscript) == quoted


@pytest.mark.parametrize(
    "manuscript",
    [
        "The workers’ rights and the miners’ pay weren’t touched.",
        "In the '90s they played rock 'n' roll; 'twas the boys' club.",
        'A 5" pipe beside a 6" one.',
        "O‘zbekiston va Qur‘on",
        "Empty “” and “…” say nothing.",
        "",
    ],
)
def test_apostrophes_and_inches_quote_nothing(manuscript: str) -> None:
    assert words(manuscript) == []


def test_an_apostrophe_does_not_end_a_quotation_in_single_marks() -> None:
    assert words("‘People in the workers’ uniforms weren’t ours,’ he said.") == [
        "People in the workers’ uniforms weren’t ours,"
    ]
    assert words("They sang of ‘the workers’ rights’ all day.") == [
        "the workers’ rights"
    ]


def test_a_quotation_goes_on_where_the_next_paragraph_opens_again() -> None:
    manuscript = "She said: “First.\n\n“Second.\n\n“Third.” Then “fourth” came."
    assert words(manuscript) == ["First.\n\nSecond.\n\nThird.", "fourth"]
    assert [each.place.number for each in found(manuscript)] == [1, 3]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph_and_says_so() -> None:
    first, second = found("He said “no order.\n\nAnother “word” here.")
    assert (first.words, first.is_closed) == ("no order.", False)
    assert (second.words, second.is_closed) == ("word", True)


def test_a_missing_mark_does_not_turn_the_others_round() -> None:
    assert words('He said "no order and "no word" later, and "no sign".') == [
        "no order and ",
        "no word",
        "no sign",
    ]


def test_paragraphs_with_a_sign_are_one_block_quotation() -> None:
    (block,) = found(
        "As they say:\n\n> Nobody gave\n> the order.\n\n> Nobody asked.\n\n> — The minister\n\nSo it was."
    )
    assert block.words == "Nobody gave the order.\n\nNobody asked."
    assert block.place.number == 2


def test_marks_around_a_block_quotation_are_not_its_words() -> None:
    assert words("> “Nobody gave the order.”") == ["Nobody gave the order."]
    assert words("> “Nobody,” he said, “gave it.”") == ["“Nobody,” he said, “gave it.”"]


def test_a_note_has_its_mark_for_a_place_and_counts_as_no_paragraph() -> None:
    manuscript = "One.[^a]\n\n[^a]: See “no order”.\n\nTwo “no word[^b] ever”."
    assert [
        (each.words, each.place.number, each.place.note) for each in found(manuscript)
    ] == [
        ("no order", 1, "a"),
        ("no word ever", 2, ""),
    ]


def test_the_words_around_help_to_find_it_again() -> None:
    (one,) = found(f"{'far ' * 40}near “no order” here {'away ' * 40}")
    assert one.before.startswith("…far")
    assert one.before.endswith(" near ")
    assert one.after.startswith(" here away")
    assert one.after.endswith("away…")


@pytest.mark.parametrize(
    ("quoted", "parts", "gaps"),
    [
        ("one … two", ["one ", " two"], [[], ["…"]]),
        (
            "one ... two .... three",
            ["one ", " two ", " three"],
            [[], ["..."], ["...."]],
        ),
        (
            "one [...] two (…) three <...> four",
            ["one ", " two ", " three ", " four"],
            [[], ["[...]"], ["(…)"], ["<...>"]],
        ),
        ("one . . . two", ["one ", " two"], [[], [". . ."]]),
        (
            "[the men] shot [sic] twice",
            [" shot ", " twice"],
            [["[the men]"], ["[sic]"]],
        ),
        ("they kill[ed] him", ["they ", " him"], [[], ["kill[ed]"]]),
        ("[T]hey shot", ["They shot"], [[]]),
        ("… they shot …", [" they shot "], [[]]),
        ("they … [then] shot", ["they ", " shot"], [[], ["…", "[then]"]]),
    ],
)
def test_what_an_author_did_openly_parts_the_words(
    quoted: str, parts: list[str], gaps: list[list[str]]
) -> None:
    parted = parts_of(quoted)
    assert [part.wording.text for part in parted] == parts
    assert [[gap.written for gap in part.gaps] for part in parted] == gaps


def test_what_is_put_in_at_the_end_is_kept() -> None:
    (part,) = parts_of("they shot [at us]")
    assert [gap.written for gap in part.after] == ["[at us]"]


@given(prose, st.sampled_from(["“{}”", "«{}»", "„{}“"]))
def test_plain_words_between_marks_are_found_as_they_are(text: str, marks: str) -> None:
    inside = " ".join(
        ["word", *("".join(c for c in text if c.isalnum() or c == " ").split())]
    )
    assert words(f"Before {marks.format(inside)} after.") == [inside]


@given(st.text("ab “”„«»‘’'\"…[]>.\n-", max_size=60))
def test_any_text_can_be_read_and_keeps_its_words(text: str) -> None:
    for each in found(text):
        assert each.wording.keys
        assert (
            " ".join(each.words.split()).strip("“”„«»‘’'\"")
            in " ".join(
                " ".join(
                    place.text.lstrip("“”„«»‘’'\"") if n else place.text
                    for n, place in enumerate(positions_in(text))
                ).split()
            )
            or "\n" in each.words
        )
