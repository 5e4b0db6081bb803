"""Names of authors: what is the family's part, what is kept whole, and how a curator says
otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.citations.author_names import parse_name, parse_names
from tests.support.strategies import words


@pytest.mark.parametrize(
    ("typed", "family", "given_names"),
    [
        ("Janar Kasymbekova", "Kasymbekova", "Janar"),
        ("Kasymbekova, Janar", "Kasymbekova", "Janar"),
        ("Mary Jane O’Connor", "O’Connor", "Mary Jane"),
        ("J. K. Example", "Example", "J. K."),
        ("Example J.", "Example", "J."),
        ("Жанар Касымбекова", "Касымбекова", "Жанар"),
        ("Роман Абрамович", "Абрамович", "Роман"),
        ("Иван Петрович Иванов", "Иванов", "Иван Петрович"),
        ("Иванов Иван Петрович", "Иванов", "Иван Петрович"),
        ("Иванова Анна Ивановна", "Иванова", "Анна Ивановна"),
        ("Иванов И. П.", "Иванов", "И. П."),
        ("Иванов И.П.", "Иванов", "И.П."),
        ("Қасымов Нұрлан Әбішұлы", "Қасымов", "Нұрлан Әбішұлы"),
        ("Kasymov Nurlan Abishuly", "Kasymov", "Nurlan Abishuly"),
        ("Бауыржан Момышұлы", "Момышұлы", "Бауыржан"),
    ],
)
def test_the_family_name_is_told(typed: str, family: str, given_names: str) -> None:
    name = parse_name(typed)
    assert (name.family, name.given) == (family, given_names)


@pytest.mark.parametrize(
    "typed",
    [
        "Reuters",
        "Molly",
        "RFE/RL",
        "BBC NEWS",
        "Channel 4",
        "Human Rights Watch",
        "Example Times",
        "The Post",
        "Committee to Protect Journalists",
        "Doctors without Borders",
        "staff writer",
        "AP & AFP",
        "post.example",
        "Редакция «Вестей»",
        "Служба новостей",
        "Министерство внутренних дел",
        "محمد علي",
        "毛泽东",
        "김 철수",
    ],
)
def test_what_is_no_persons_name_or_of_unknown_order_is_kept_whole(typed: str) -> None:
    name = parse_name(typed)
    assert (name.is_literal, name.natural) == (True, typed)


@pytest.mark.parametrize("typed", ["Mao Zedong,", "Nagy Imre ,"])
def test_a_comma_at_the_end_keeps_a_name_whole(typed: str) -> None:
    name = parse_name(typed)
    assert (name.is_literal, name.natural) == (True, typed.rstrip(" ,"))


@pytest.mark.parametrize(
    ("typed", "particle", "family"),
    [
        ("Vincent van Gogh", "van", "Gogh"),
        ("van Gogh, Vincent", "van", "Gogh"),
        ("Anna von der Example", "von der", "Example"),
        ("Abdel al-Sisi", "al-", "Sisi"),
        ("Mohammed bin Example", "bin", "Example"),
        ("Valéry Giscard d’Estaing", "d’", "Estaing"),
        ("Van Morrison", "", "Morrison"),
    ],
)
def test_particles_stand_apart(typed: str, particle: str, family: str) -> None:
    name = parse_name(typed)
    assert (name.particle, name.family) == (particle, family)


@pytest.mark.parametrize(
    "typed",
    ["Martin Luther King Jr.", "Martin Luther King, Jr.", "King, Martin Luther, Jr."],
)
def test_a_suffix_is_no_family_name(typed: str) -> None:
    name = parse_name(typed)
    assert (name.given, name.family, name.suffix) == ("Martin Luther", "King", "Jr.")


def test_a_byline_has_semicolons_between_names_and_keeps_their_order() -> None:
    assert [
        name.natural for name in parse_names("Ivan Petrov; Example, Aida;; Reuters")
    ] == [
        "Ivan Petrov",
        "Aida Example",
        "Reuters",
    ]


@given(
    st.lists(
        st.one_of(
            words,
            st.sampled_from(["van", "Jr.", "И.", "al-Ali", ",", "d’", "&", "The"]),
        ),
        max_size=5,
    )
)
def test_no_letter_of_a_name_is_lost(parts: list[str]) -> None:
    typed = " ".join(parts)
    kept = "".join(
        name.family + name.given + name.particle + name.suffix
        for name in parse_names(typed)
    )
    assert sorted(kept.replace(" ", "").replace(",", "")) == sorted(
        typed.replace(" ", "").replace(",", "")
    )


@pytest.mark.parametrize("byline", ["", ";", " ; ;", ";\n;", ",;,\t,"])
def test_a_byline_of_separators_alone_has_no_names(byline: str) -> None:
    assert parse_names(byline) == ()
