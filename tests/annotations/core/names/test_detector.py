"""Names in a text, told by their capitals."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.names.detector import names_in
from tests.support.capitalised_words import WORDS


def found(text: str) -> list[str]:
    return [name.words for name in names_in(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("he met Erlan Kasymov there", ["Erlan Kasymov"]),
        ("he met K. Kasymov and Zh. S. Omarov", ["K. Kasymov", "Zh. S. Omarov"]),
        ("письмо К. С. Касымова и М.Омарова", ["К. С. Касымова", "М.Омарова"]),
        (
            "with Osama bin Laden and Charles de Gaulle",
            ["Osama bin Laden", "Charles de Gaulle"],
        ),
        ("by Bashar al-Assad, al-Farabi", ["Bashar al-Assad", "al-Farabi"]),
        (
            "that Asel Kairat kyzy and Marat Serik uulu met",
            ["Asel Kairat kyzy", "Marat Serik uulu"],
        ),
        ("for Conor O'Brien’s and Gul'nara's sake", ["Conor O'Brien", "Gul'nara"]),
        ("in Jalal-Abad, Ростов-на-Дону", ["Jalal-Abad", "Ростов-на-Дону"]),
        ("the anti-Nazarbayev crowd, a Kasymov-led group", ["Nazarbayev", "Kasymov"]),
        ("газета «Взгляд», «Алга!» и “Respublika”", ["Взгляд", "Алга", "Respublika"]),
        ("the Bank of Kazakhstan", ["Bank of Kazakhstan"]),
        ("the Committee to Protect Journalists", ["Committee to Protect Journalists"]),
        (
            "between Kasymov and Nazarbayev in Almaty",
            ["Kasymov", "Nazarbayev", "Almaty"],
        ),
        ("of UzenMunaiGas", ["UzenMunaiGas"]),
        ("сайт Vlast.kz пишет", ["Vlast.kz"]),
        ("said Mr. Kasymov and Dr. Omarova", ["Kasymov", "Omarova"]),
        ("in St. Petersburg", ["St. Petersburg"]),
    ],
)
def test_a_run_of_capitalised_words_is_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("and Interior Minister Kalmukhambet Kasymov went", ["Kalmukhambet Kasymov"]),
        (
            "and Lithuanian Foreign Minister Audronius Azubalis went",
            ["Audronius Azubalis"],
        ),
        (
            "while Mangistau Governor Krymbek Kusherbayev went",
            ["Mangistau", "Krymbek Kusherbayev"],
        ),
        ("Президент России Дмитрий Медведев", ["России", "Дмитрий Медведев"]),
        (
            "Президент Нұрсұлтан Назарбаев Жаңаөзен қаласында",
            ["Нұрсұлтан Назарбаев", "Жаңаөзен"],
        ),
        (
            "Министр Касымов Калмуханбет Нурмуханбетович",
            ["Касымов Калмуханбет Нурмуханбетович"],
        ),
        ("ҚР Президенті Қ.Тоқаев", ["Қ.Тоқаев"]),
        ("as Kasymov Monday told", ["Kasymov"]),
    ],
)
def test_titles_and_days_divide_a_run(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "on Monday, in December, a Kazakh and two Russians, as I said",
        "a U.S.-based group, the OSCE and АҚШ",
        "Prosecutors said so. “Yes,” they said.",
        "Don't go. We're here. It’s late.",
        "В понедельник полиция молчала. Приказа не было.",
        "Сосын полиция оқ атты. Қалада тыныш.",
        "the Police said so; police were there",
        "",
        "12 345",
    ],
)
def test_what_is_no_name_is_not_offered(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("said Kasymov. Erlan came", ["Kasymov"]),
        ("said Kasymov\nErlan Omarov came", ["Kasymov", "Erlan Omarov"]),
        ("of Aktau: Erlan Omarov", ["Aktau", "Erlan Omarov"]),
        ("met Kasymov, Omarov", ["Kasymov", "Omarov"]),
        ("met Timur “Tima” Kulibayev", ["Timur", "Tima", "Kulibayev"]),
    ],
)
def test_a_run_ends_with_its_sentence_and_line(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shetpe is near. They went to Shetpe.", ["Shetpe", "Shetpe"]),
        ("Shetpe is near.", []),
        ("Zhanna Abenova spoke. Abenova left.", ["Zhanna Abenova", "Abenova"]),
        ("Reporters Omarov and Kim spoke to reporters.", ["Omarov", "Kim"]),
        ("Somehow Omarov left. Apparently Kim did.", ["Omarov", "Kim"]),
        ("New York is far.", ["New York"]),
        ("Human Rights Watch spoke of human rights.", ["Human Rights Watch"]),
        ("Нұр-Сұлтан, 25 маусым 2020 жыл.", ["Нұр-Сұлтан"]),
        ("Kasymov left.", ["Kasymov"]),
        ("Касымов сказал. Протестов не было.", ["Касымов"]),
        ("Шетпеде тыныш. Олар Шетпе ауылында.", ["Шетпеде", "Шетпе"]),
        ("Шетпу видели. Едут к Шетпе.", ["Шетпу", "Шетпе"]),
        ("Qazaqstan is far. Қазақстан алыс.", ["Qazaqstan", "Қазақстан"]),
        ("Serik, who left, knew.", ["Serik"]),
        ("Москва и Лондон молчали.", ["Москва", "Лондон"]),
        ("Мәскеу мен Лондон үнсіз.", ["Мәскеу", "Лондон"]),
        ("ALMATY — Hundreds came.", ["ALMATY"]),
        ("AKTAU, Kazakhstan — Hundreds came.", ["AKTAU", "Kazakhstan"]),
        ("Stockholm, January 10, 2022 – Authorities spoke.", ["Stockholm"]),
    ],
)
def test_the_first_word_of_a_sentence_needs_another_reason(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


def test_a_headline_has_only_the_names_that_the_text_has_too() -> None:
    text = "Police Round Up Men After Janaozen Violence\n\nThe police took men and women in Janaozen."

    assert found(text) == ["Janaozen", "Janaozen"]


def test_so_has_one_in_capitals() -> None:
    assert found(
        "ОБЩИЕ СВЕДЕНИЯ\n\nСУД В АКТАУ\n\nОн был в Актау. О том ОБЩИЕ СВЕДЕНИЯ"
    ) == [
        "АКТАУ",
        "Актау",
    ]


def test_a_line_of_names_is_no_headline() -> None:
    assert found("Erlan Kasymov, Marat Omarov, Almaty") == [
        "Erlan Kasymov",
        "Marat Omarov",
        "Almaty",
    ]


def test_a_word_in_capitals_is_a_name_where_the_text_has_it_otherwise_too() -> None:
    assert found("to Aktau, AKTAU and OMON") == ["Aktau", "AKTAU"]


@given(
    st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))
)
def test_every_name_stands_where_it_says(text: str) -> None:
    names = names_in(text)

    assert all(text[name.start : name.end] == name.words for name in names)
    assert all(one.end <= other.start for one, other in pairwise(names))
    assert all(
        name.words and name.words == name.words.strip() and "\n" not in name.words
        for name in names
    )


@pytest.mark.parametrize(
    "text",
    ["— K", "“““K ", "K. ", "Bank of ", "Касымов ", "A\n", "K-", "d'", "al-", "K, "],
)
def test_the_time_grows_with_the_text(text: str) -> None:
    """Seconds, and not minutes, for texts that are hard on purpose."""
    begun = time.process_time()
    names_in(text * (100_000 // len(text)))

    assert time.process_time() - begun < 5.0


def test_in_a_headline_only_names_count_that_the_text_also_has_elsewhere() -> None:
    text = (
        "Men who attack and leave were seen in Aktau.\n"
        "Police Attack Strikers And Leave Aktau\n"
        "Then they went from Aktau to Shetpe.\n"
    )

    assert [name.words for name in names_in(text)] == [
        "Aktau",
        "Aktau",
        "Aktau",
        "Shetpe",
    ]


def test_an_and_holds_the_name_of_an_office_together_and_parts_people() -> None:
    text = (
        "the Committee of Labour and Migration, and then Erlan Kasymov and Marat Omarov"
    )

    assert [name.words for name in names_in(text)] == [
        "Committee of Labour and Migration",
        "Erlan Kasymov",
        "Marat Omarov",
    ]


def test_a_contraction_is_no_name_with_either_apostrophe() -> None:
    text = "she said that Wouldn’t they, and Wouldn't she, go to Aktau."

    assert [name.words for name in names_in(text)] == ["Aktau"]


def test_a_name_in_brackets_inside_a_sentence_is_one() -> None:
    text = "they went there (Shetpe was quiet) and home"

    assert [name.words for name in names_in(text)] == ["Shetpe"]


def test_a_single_capital_divides_names() -> None:
    text = "then from Zone A Kasymov came back"

    assert [name.words for name in names_in(text)] == ["Zone", "Kasymov"]
