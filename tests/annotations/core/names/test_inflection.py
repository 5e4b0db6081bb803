"""Names in the cases of Russian and Kazakh."""

import pytest

from annotations.core.names.inflection import (
    is_inflection_of,
    is_kazakh_ending,
    russian_inflections,
    stem,
)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Касымов", ["Касымова", "Касымову", "Касымовым", "Касымове"]),
        ("Касымова", ["Касымовой", "Касымову"]),
        ("Винявский", ["Винявского", "Винявскому", "Винявским", "Винявском"]),
        (
            "Калмуханбет Касымов",
            [
                "Калмуханбета Касымова",
                "Калмуханбету Касымову",
                "Калмуханбетом Касымовым",
            ],
        ),
        (
            "Жанна Ойшибаева",
            [
                "Жанны Ойшибаевой",
                "Жанне Ойшибаевой",
                "Жанну Ойшибаеву",
                "Жанной Ойшибаевой",
            ],
        ),
        (
            "Игорь Винявский",
            ["Игоря Винявского", "Игорю Винявскому", "Игорем Винявским"],
        ),
        ("Астана", ["Астаны", "Астане", "Астану", "Астаной"]),
        ("Жанаозен", ["Жанаозена", "Жанаозену", "Жанаозене"]),
    ],
)
def test_a_russian_name_has_its_cases(name: str, forms: list[str]) -> None:
    assert set(forms) <= set(russian_inflections(name))


@pytest.mark.parametrize(
    "name", ["Kasymov", "Актау", "Актау ", "Алматы", "", "Гурченко"]
)
def test_what_is_not_inflected_has_no_other_forms(name: str) -> None:
    assert russian_inflections(name) == {}


def test_a_form_that_may_be_a_womans_is_doubtful() -> None:
    forms = russian_inflections("Касымов")

    assert {form for form, doubtful in forms.items() if doubtful} == {
        "Касымова",
        "Касымову",
    }
    assert not any(russian_inflections("Калмуханбет Касымов").values())


def test_a_womans_form_that_may_be_a_mans_is_doubtful() -> None:
    forms = russian_inflections("Касымова")

    assert [form for form, doubtful in forms.items() if doubtful] == ["Касымову"]


@pytest.mark.parametrize(
    "ending",
    ["тың", "ға", "ны", "да", "нан", "пен", "лар", "лардың", "дағы", "лардағы"],
)
def test_kazakh_case_endings_are_known(ending: str) -> None:
    assert is_kazakh_ending(ending)


@pytest.mark.parametrize("letters", ["", "бекова", "ов", "лық", "а"])
def test_other_letters_are_no_case_ending(letters: str) -> None:
    assert not is_kazakh_ending(letters)


@pytest.mark.parametrize(
    "name", ["Касымов", "Касымова", "Игорь", "Астана", "Винявский", "Актау", "Kasymov"]
)
def test_every_form_begins_with_the_stem(name: str) -> None:
    assert all(
        form.startswith(stem(name)) for form in [name, *russian_inflections(name)]
    )


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Касымовым", "Касымов"),
        ("Жанны Ойшибаевой", "Жанна Ойшибаева"),
        ("Жаңаөзенде", "Жаңаөзен"),
        ("Алматыда", "Алматы"),
        ("Ақтаудың", "Ақтау"),
        ("Қасымовпен", "Қасымов"),
    ],
)
def test_a_form_is_told_from_its_name(form: str, name: str) -> None:
    assert is_inflection_of(form, name)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Касымов", "Касымов"),
        ("Касымова", "Касымов"),
        ("Алматы", "Алма"),
        ("Касымбеков", "Касым"),
        ("Aktaude", "Aktau"),
    ],
)
def test_what_is_or_may_be_another_name_is_no_form(form: str, name: str) -> None:
    assert not is_inflection_of(form, name)


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("Касымов", "Касымова Касымову Касымовым Касымове"),
        ("Касымова", "Касымовой Касымову"),
        ("Винявский", "Винявского Винявскому Винявским Винявском"),
        ("Толстая", "Толстой Толстую"),
        ("Мария", "Марии Марию Марией"),
        ("Дарья", "Дарьи Дарье Дарью Дарьей"),
        ("Ольга", "Ольги Ольге Ольгу Ольгой"),
        ("Астана", "Астаны Астане Астану Астаной"),
        ("Юлий", "Юлия Юлию Юлием Юлии"),
        ("Андрей", "Андрея Андрею Андреем Андрее"),
        ("Игорь", "Игоря Игорю Игорем Игоре"),
        ("Франц", "Франца Францу Францем Франце"),
        ("Жанаозен", "Жанаозена Жанаозену Жанаозеном Жанаозене"),
    ],
)
def test_each_pattern_has_just_its_endings(name: str, cases: str) -> None:
    assert list(russian_inflections(name)) == cases.split()
