"""One quotation beside one source: verbatim, cut, put together, altered, or from elsewhere."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations.core.quotes.aligner import Alignment, Verdict, trace
from annotations.core.quotes.diff import inline_diff
from annotations.core.quotes.extractor import Quotation, positions_in, quotations
from annotations.core.quotes.tokens import Wording
from tests.support.strategies import words as any_word

SOURCE = (
    "Nobody gave the order, the captain told us. “The boats were not armed,” he said. Every crew decided for itself."
    "\n\n"
    "By noon 14 boats had left the old harbour [of Kyzylkala], and the harbour master closed the gates.\n\n"
    "Никто не отдавал приказа, сказал капитан. Бұйрық болған жоқ, деді капитан. Are we thieves!"
)


def quoted(words: str) -> Quotation:
    (one,) = quotations(positions_in(f"It says “{words}” there."))
    return one


def traced(words: str, source: str = SOURCE) -> Alignment | None:
    return trace(quoted(words), Wording(source))


def verdict(words: str) -> Verdict | None:
    return found.verdict if (found := traced(words)) else None


@pytest.mark.parametrize(
    "words",
    [
        "Nobody gave the order",
        "nobody gave the order,",
        "The boats were not armed.",
        "the captain told us. The boats were not armed, he said",
        "left the old harbour [of Kyzylkala]",
        "closed the gates. Никто не отдавал приказа",
        "Бұйрық болған жоқ, деді капитан",
        "… Every crew decided for itself …",
    ],
)
def test_the_same_wording_is_verbatim_where_it_stands(words: str) -> None:
    found = traced(words)
    assert found is not None
    assert found.verdict is Verdict.VERBATIM
    assert (
        Wording(SOURCE[found.start : found.end]).keys
        == quoted(words).parts[0].wording.keys
        or "[" in words
    )


@pytest.mark.parametrize(
    ("words", "told", "notes"),
    [
        (
            "The boats were armed, he said",
            "The boats were [-not-] armed, he said",
            [
                "The source says “not”; the quotation does not.",
                "1 word is left out without a mark.",
            ],
        ),
        (
            "By noon 15 boats had left the old harbour",
            "By noon [-14-] {+15+} boats had left the old harbour",
            ["A number differs: “15” here, “14” in the source."],
        ),
        (
            "Every crew had decided for itself",
            "Every crew {+had+} decided for itself",
            [],
        ),
        (
            "nobody gave the order; the captain told us",
            "nobody gave the order[-,-]{+;+} the captain told us",
            ["The words are the same; only punctuation differs."],
        ),
        (
            "nobody gave the order — the captain told us",
            "nobody gave the order[-,-] {+—+} the captain told us",
            ["The words are the same; only punctuation differs."],
        ),
        (
            "Every Crew decided for itself",
            "Every [-crew-] {+Crew+} decided for itself",
            ["The words are the same; only capitals differ."],
        ),
        (
            "Никто не давал приказа, сказал капитан",
            "Никто не [-отдавал-] {+давал+} приказа, сказал капитан",
            [],
        ),
        (
            "Никто отдавал приказа, сказал капитан",
            "Никто [-не-] отдавал приказа, сказал капитан",
            [
                "The source says “не”; the quotation does not.",
                "1 word is left out without a mark.",
            ],
        ),
        (
            "Are we thieves?",
            "Are we thieves",
            ["The words are the same; only punctuation differs."],
        ),
    ],
)
def test_what_differs_is_altered_and_shown(
    words: str, told: str, notes: list[str]
) -> None:
    found = traced(words)
    assert found is not None
    assert found.verdict is Verdict.ALTERED
    assert inline_diff(found.runs) == told
    assert [*found.notes] == notes


@pytest.mark.parametrize(
    ("words", "told", "notes"),
    [
        (
            "The boats … decided for itself",
            "The boats … ⟨were not armed,” he said. Every crew⟩ decided for itself",
            ["7 words are left out.", "What is left out holds “not”."],
        ),
        (
            "[E]very crew decided",
            "Every crew decided",
            ["A capital or a small letter was put in, in brackets."],
        ),
        ("Every crew [of them] decided", "Every crew [of them] decided", []),
        (
            "Every [ship] decided for itself",
            "Every [ship] ⟨crew⟩ decided for itself",
            [],
        ),
        ("[They] decided for itself [alone]", "[They] decided for itself [alone]", []),
        (
            "The boats were [un]armed, he said",
            "The boats were [un]armed ⟨not armed⟩, he said",
            ["What is left out holds “not”."],
        ),
    ],
)
def test_what_an_author_did_openly_is_cut_and_shown(
    words: str, told: str, notes: list[str]
) -> None:
    found = traced(words)
    assert found is not None
    assert found.verdict is Verdict.CUT
    assert inline_diff(found.runs) == told
    assert [*found.notes] == notes


def test_of_what_is_verbatim_all_agrees_and_nothing_is_noted() -> None:
    found = traced("Nobody gave the order")

    assert found is not None
    assert (found.agreeing, found.notes) == (1.0, ())


def test_the_share_of_words_that_agree_is_told() -> None:
    altered = traced("By noon 15 boats had left the old harbour")
    cut = traced("The boats … decided for itself")

    assert altered is not None
    assert altered.agreeing == 8 / 9
    assert cut is not None
    assert cut.agreeing == 1


def test_little_words_alone_do_not_show_that_a_passage_is_meant() -> None:
    source = "As he had the old and new cap on him they ran off."

    assert traced("he had the old and red cap on him", source) is None
    assert traced(
        "he had these older and red cap on", source.replace("the old", "these older")
    )


def test_parts_in_another_order_are_put_together() -> None:
    found = traced("decided for itself … The boats were not armed")
    assert found is not None
    assert found.verdict is Verdict.SPLICED
    assert found.notes == ("Its parts stand in the source in another order.",)


def test_a_bracket_does_not_stand_for_half_an_article() -> None:
    found = traced("Nobody gave the order [and] the harbour master closed the gates")
    assert found is not None
    assert found.verdict is Verdict.SPLICED
    assert (
        found.notes[0]
        == "More is left out between its parts than the brackets stand for."
    )


def test_a_part_that_does_not_stand_there_is_named() -> None:
    found = traced("Every crew decided for itself … and so sang the choir")
    assert found is None or found.verdict is Verdict.ALTERED
    longer = traced("Nobody gave the order, the captain told us … they sang")
    assert longer is not None
    assert longer.notes == ("This part does not stand there: “they sang”.",)


@pytest.mark.parametrize(
    "words",
    [
        "one of the best of them",
        "the captain of the old guard said nothing at all to anybody",
        "Nobody gave them anything",
        "we had not seen such boats before in our lives",
    ],
)
def test_too_little_that_agrees_is_from_elsewhere(words: str) -> None:
    assert verdict(words) is None


def test_an_alteration_begins_and_ends_where_the_source_agrees() -> None:
    found = traced("The ships were not armed, he told them")
    assert found is not None
    assert (
        SOURCE[found.start : found.end]
        == "The boats were not armed,” he said. Every"[: found.end - found.start]
    )
    assert inline_diff(found.runs).startswith(
        "The [-boats-] {+ships+} were not armed, he"
    )


sources = st.lists(any_word, min_size=12, max_size=60)


@given(sources, st.data())
def test_any_excerpt_is_verbatim_at_its_offsets(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 4))
    end = data.draw(st.integers(first + 3, len(words)))
    excerpt = " ".join(words[first:end])
    found = traced(excerpt, text)
    assert found is not None
    assert found.verdict is Verdict.VERBATIM
    assert text[found.start : found.end].casefold() == excerpt.casefold()


@given(sources, st.data())
def test_an_excerpt_with_another_word_is_never_verbatim(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 4))
    excerpt = words[first : data.draw(st.integers(first + 3, len(words)))]
    at = data.draw(st.integers(0, len(excerpt) - 1))
    other = data.draw(any_word)
    assume(other.casefold() != excerpt[at].casefold())
    excerpt[at] = other
    text = " ".join(words)
    assume(f" {' '.join(excerpt)} ".casefold() not in f" {text} ".casefold())
    found = traced(" ".join(excerpt), text)
    assert found is None or found.verdict is Verdict.ALTERED


@given(sources, st.data())
def test_pieces_joined_with_an_ellipsis_are_cut(
    words: list[str], data: st.DataObject
) -> None:
    ends = sorted(
        data.draw(
            st.lists(st.integers(0, len(words)), min_size=4, max_size=4, unique=True)
        )
    )
    assume(ends[1] < ends[2])
    text = " ".join(words)
    found = traced(
        f"{' '.join(words[ends[0] : ends[1]])} … {' '.join(words[ends[2] : ends[3]])}",
        text,
    )
    assert found is not None
    assert found.verdict is Verdict.CUT


@given(sources, st.lists(any_word, min_size=6, max_size=12))
def test_words_of_which_none_stands_there_are_from_elsewhere(
    words: list[str], others: list[str]
) -> None:
    here = {word.casefold() for word in words}
    others = [word for word in others if word.casefold() not in here]
    assume(len(others) > 3)
    assert traced(" ".join(others), " ".join(words)) is None


@pytest.mark.parametrize(
    "words",
    [
        "[Nobody] [gave]",  # nothing but brackets
        "harbour master [at last] unicorns",  # what follows a bracket is nowhere in the source
    ],
)
def test_what_stands_nowhere_is_no_fault(words: str) -> None:
    assert traced(words, "The harbour master. Nobody, gave.") is None


def test_a_number_in_words_that_differs_is_noted() -> None:
    source = "By noon twelve boats had left the old harbour."

    found = traced("By noon ten boats had left the old harbour", source)

    assert found is not None
    assert found.notes == ("A number differs: “ten” here, “twelve” in the source.",)


@pytest.mark.parametrize("source", ["The well-known captain", "The wellknown captain"])
def test_a_line_that_ended_in_a_hyphen_is_read_as_the_source_has_it(
    source: str,
) -> None:
    found = traced("the well\u00adknown captain", f"{source} told us.")

    assert found is not None
    assert found.verdict is Verdict.VERBATIM
