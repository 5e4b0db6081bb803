import pytest

from annotations.core.names.scripts import script_of


@pytest.mark.parametrize(
    ("words", "script"),
    [
        ("Kalmukhambet Kasymov", "Latin"),
        ("Çağrı Ōe-Łuk", "Latin"),
        ("Қалмұханбет Қасымов", "Cyrillic"),
        ("قاسموف", "Arabic"),
        ("Ιωάννης", "Greek"),
        ("ქასიმოვი", "Georgian"),
        ("Kасымов", "Mixed"),
        ("Gorʹkiĭ", "Latin"),
        ("Oʻzbekiston", "Latin"),
        ("Cafe\u0301 16", "Latin"),
        ("16 — 17", ""),
        ("", ""),
    ],
)
def test_the_script_is_that_of_the_letters(words: str, script: str) -> None:
    assert script_of(words) == script
