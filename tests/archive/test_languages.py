import pytest

from archive.languages import UNKNOWN, detect, direction_of, name_of
from tests.support.languages import ENGLISH, KAZAKH, RUSSIAN


@pytest.mark.parametrize(
    ("text", "tag"), [(ENGLISH, "en"), (RUSSIAN, "ru"), (KAZAKH, "kk")]
)
def test_the_language_of_a_paragraph_is_told_with_confidence(
    text: str, tag: str
) -> None:
    found, confidence = detect(text)

    assert found == tag
    assert 0.9 < confidence <= 1


@pytest.mark.parametrize("text", ["", "Aktau", "Too few words to tell."])
def test_too_little_text_has_no_known_language(text: str) -> None:
    assert detect(text) == (UNKNOWN, 0.0)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("kk", "Kazakh"),
        ("ru-KZ", "Russian"),
        ("uz", "Uzbek"),
        ("und", "language not known"),
        ("x-klingon", "x-klingon"),
    ],
)
def test_a_language_is_named_for_readers(tag: str, name: str) -> None:
    assert name_of(tag) == name


@pytest.mark.parametrize(
    ("tag", "way"),
    [("en", "ltr"), ("kk", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), ("und", "ltr")],
)
def test_a_language_runs_one_way(tag: str, way: str) -> None:
    assert direction_of(tag) == way
