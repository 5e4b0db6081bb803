"""The matcher beside one that tries every spelling at every place, on texts glued from names
and what they meet."""

import unicodedata
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.core.names.inflection import is_kazakh_ending, russian_inflections
from annotations.core.names.matcher import KnownSpelling, Matcher
from annotations.core.names.scripts import spelling_of

Place = tuple[int, int, str]

# Some of what a hyphen may join to a name; the texts here have no others.
PREFIXES = ("anti", "ex", "экс", "анти")
PLAIN = str.maketrans("\u00a0\u2007\u202f\u2010\u2011‘’", "   --''")
LONGEST_ENDING = 7


def reference(text: str, forms: list[KnownSpelling]) -> list[Place]:
    """Where names stand in `text`, by the rules in the matcher's docstring and nothing else."""
    text = text.translate(PLAIN)
    bearers: dict[str, list[KnownSpelling]] = {}
    for form in forms:
        name = form.text.translate(PLAIN)
        for spelling in {name, *russian_inflections(name)}:
            bearers.setdefault(spelling, []).append(form)
    places = [
        (start, end, spelling)
        for spelling, those in bearers.items()
        for start in range(len(text))
        if text.startswith(spelling, start)
        for end in ends(text, start + len(spelling))
        if begins(text, start)
        and (
            all(form.place for form in those) or not is_half_of_a_name(text, start, end)
        )
    ]
    taken: list[Place] = []
    for start, end, spelling in sorted(
        places, key=lambda place: (place[0] - place[1], place[0], -len(place[2]))
    ):
        if all(end <= other[0] or other[1] <= start for other in taken):
            taken.append((start, end, spelling))
    return sorted(taken)


def in_word(character: str) -> bool:
    return (
        character.isalnum() or unicodedata.category(character).startswith("M")
        if character
        else False
    )


def is_border(text: str, at: int) -> bool:
    return not (in_word(text[:at][-1:]) and in_word(text[at:][:1]))


def begins(text: str, start: int) -> bool:
    """A word begins here, and it is not Kasymov in O'Kasymov."""
    before = text[:start]
    in_an_irish_name = (
        before[-1:] == "'" and before[-2:-1].isupper() and in_word(text[start])
    )
    return is_border(text, start) and not in_an_irish_name


def ends(text: str, known: int) -> list[int]:
    """The word ends where its known letters end, or after a Kazakh ending on a Cyrillic
    letter."""
    if is_border(text, known):
        return [known]
    if "CYRILLIC" not in unicodedata.name(text[known - 1], ""):
        return []
    ending = [
        end
        for end in range(known + 1, known + 1 + LONGEST_ENDING)
        if is_kazakh_ending(text[known:end])
    ]
    return [end for end in ending if end <= len(text) and is_border(text, end)]


def is_half_of_a_name(text: str, start: int, end: int) -> bool:
    """A capitalised word that is no prefix stands before the hyphen, or a capital after it."""
    word = start - 1
    while word > 0 and in_word(text[word - 1]):
        word -= 1
    before = text[word : start - 1]
    joined = (
        text[:start].endswith("-")
        and before[:1].isupper()
        and before.lower() not in PREFIXES
    )
    return joined or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper())


FAMILIES = [  # names that stand inside one another, cross, or become one another with an ending
    "Kasymov, Kalmukhambet Kasymov, Kasym, O'Kasym, Kasymov Ali, Ali",
    "Касымов, Калмуханбет Касымов, Касымова, Али Касымов, Али, Касымова Али",
    "Қасымов, Қалмұханбет Қасымов, Қасым, Жаңаөзен",
    "Алма, Алматы, Қасым Алма, Алма Гүл, Гүл, Гүлден, Гүлден Қасым",
    "Aktau, Актау, Ақтау, Alga!, K, К, Kasymov, Игорь, Қасымов",
]
ENDINGS = "тың ға да ты ден мен лар лардың дағы бекова ов лық а s ova led 1".split()
BESIDE = [
    *(
        " ",
        " ",
        " ",
        ". ",
        ", ",
        "\n\n",
        "-",
        "-",
        "'",
        "’",
        "'s",
        "’s",
        "«",
        "»",
        "“",
        "”",
        "(",
        ")",
        "_",
        "—",
        "!",
    ),
    *(
        "\u0301",
        "😀",
        "𐐷",
        "7",
        "O'",
        "О’",
        "К",
        "o",
        "м",
        "\u00a0",
        "\u2011",
        "anti-",
        "Экс-",
        "Petrov-",
        "Петро\u0301в-",
        "-Smith",
    ),
]

random_words = (
    st.text("aAкКғҒ1\u0301-'’ ", min_size=1, max_size=4).map(spelling_of).filter(bool)
)
random_forms = st.builds(
    KnownSpelling,
    st.integers(10, 12),
    random_words,
    full=st.just(True),
    place=st.booleans(),
)


@st.composite
def names_and_texts(draw: st.DrawFn) -> tuple[list[KnownSpelling], str]:
    """Forms, and a text in which they stand often: inflected, glued to one another, to endings
    and to signs."""
    family = draw(st.sampled_from(FAMILIES)).split(", ")
    names = draw(
        st.lists(st.sampled_from(family), min_size=1, max_size=2 * len(family))
    )
    forms = [
        KnownSpelling(n, name, full=True, place=draw(st.booleans()))
        for n, name in enumerate(names)
    ]
    forms += draw(st.lists(random_forms, max_size=2))
    own = sorted(
        {
            spelling
            for form in forms
            for spelling in (form.text, *russian_inflections(form.text))
        }
    )
    often = own * (1 + len(ENDINGS + BESIDE) // len(own))
    pieces = draw(
        st.lists(st.sampled_from([*often, *ENDINGS, *BESIDE]), min_size=1, max_size=30)
    )
    return forms, unicodedata.normalize("NFC", "".join(pieces))


@settings(max_examples=10 * settings().max_examples)
@given(names_and_texts())
@example(
    (
        [
            KnownSpelling(1, "Қасым Алма", full=True),
            KnownSpelling(2, "Алма Гүл", full=True),
        ],
        "Қасым Алма Гүлден",
    )
)
@example(
    (
        [KnownSpelling(1, "Алма", full=True), KnownSpelling(2, "Алматы", full=True)],
        "Алматы",
    )
)
@example(([KnownSpelling(1, "Kasym", full=True)], "Kasymға"))
@example(([KnownSpelling(1, "Қасым", full=True)], "Қасымлардың Қасымдарды"))
def test_the_matcher_finds_what_trying_everything_finds(
    drawn: tuple[list[KnownSpelling], str],
) -> None:
    forms, text = drawn

    assert Matcher(forms).hits(text) == reference(text, forms)


@settings(max_examples=5 * settings().max_examples)
@given(names_and_texts(), names_and_texts(), st.data())
def test_a_matcher_that_was_changed_finds_what_one_that_was_built_so_finds(
    before: tuple[list[KnownSpelling], str],
    after: tuple[list[KnownSpelling], str],
    data: st.DataObject,
) -> None:
    """The forms are dealt out to a few entities, full or not; some of these are given
    others."""
    deal = st.builds(
        replace,
        st.sampled_from(before[0] + after[0]),
        entity=st.integers(1, 4),
        full=st.booleans(),
        place=st.booleans(),
    )
    old, new = data.draw(st.lists(deal)), data.draw(st.lists(deal))
    changing = data.draw(st.sets(st.integers(1, 4)))
    gone = [form for form in old if form.entity in changing]
    come = [form for form in new if form.entity in changing]
    kept = [form for form in old if form.entity not in changing]

    once = Matcher(old).with_changes(gone, come)
    built = Matcher(kept + come)

    for text in (before[1], after[1]):
        assert once.hits(text) == built.hits(text)
        assert set(once.mentions(text)) == set(built.mentions(text))
        assert set(once.with_changes(come, gone).mentions(text)) == set(
            Matcher(old).mentions(text)
        )
