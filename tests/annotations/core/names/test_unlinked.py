"""Names in a text that nobody is known by yet."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.names.detector import names_in
from annotations.core.names.unlinked import UnlinkedName, unlinked_names
from tests.support.capitalised_words import WORDS

DEMO = Path(__file__).parents[4] / "annotations" / "demo" / "articles"


def listed(text: str, *known: str) -> dict[str, int]:
    """The unknown names of `text` with their counts, where the words `known` are somebody's
    wherever they stand."""
    spans = [
        (at, at + len(word))
        for word in known
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return {unknown.name: unknown.count for unknown in unlinked_names(text, spans)}


def test_names_that_touch_a_known_one_are_left_out() -> None:
    text = "he met Erlan Kasymov and Marat Omarov in Aktau"

    assert listed(text, "Kasymov", "Aktau") == {"Marat Omarov": 1}


def test_the_most_frequent_come_first_then_the_first_in_the_text() -> None:
    text = "from Aktau to Shetpe and Almaty, from Almaty to Astana"

    assert list(listed(text)) == ["Almaty", "Aktau", "Shetpe", "Astana"]


def test_each_has_its_places() -> None:
    assert unlinked_names("to Aktau, AKTAU", []) == [
        UnlinkedName("Aktau", tuple(names_in("to Aktau, AKTAU")))
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("о Касымове, с Касымовым и Касымов", {"Касымов": 3}),
        ("о Жанаозене, до Жанаозена", {"Жанаозена": 2}),
        ("у Жанны Ойшибаевой; Жанна Ойшибаева", {"Жанна Ойшибаева": 2}),
        ("от Максата Усенова к Максату Усенову", {"Максата Усенова": 2}),
        ("жақын Жаңаөзен; Жаңаөзенде; Жаңаөзенге", {"Жаңаөзен": 3}),
        ("бар Алматы, Алматыда, Алма", {"Алматы": 2, "Алма": 1}),
        ("о Касымове и Касымове", {"Касымове": 2}),
    ],
)
def test_the_cases_of_a_name_are_one(text: str, names: dict[str, int]) -> None:
    assert listed(text) == names


def test_a_form_that_may_be_a_womans_is_listed_by_itself() -> None:
    assert listed("вот Касымов и Касымова, Касымовой") == {"Касымова": 2, "Касымов": 1}


def test_two_names_that_begin_alike_are_two() -> None:
    assert listed("был Касымов, был Касымбеков, был Касымханов") == {
        "Касымов": 1,
        "Касымбеков": 1,
        "Касымханов": 1,
    }


@given(
    st.lists(WORDS).map(" ".join),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))),
)
def test_every_name_is_listed_once_unless_it_touches_a_known_one(
    text: str, known: list[tuple[int, int]]
) -> None:
    places = [
        place for unknown in unlinked_names(text, known) for place in unknown.places
    ]
    free = [
        n
        for n in names_in(text)
        if not any(
            start < n.end and n.start < end for start, end in known if start < end
        )
    ]

    assert sorted(places, key=lambda place: place.start) == free


# The people and places of the demonstration's reports.
EXPECTED = {
    "en": "Kasymov, Kalmukhambet Kasymov, Kalmuhambet Kasymov, Nursultan Nazarbayev, Nazarbayev, Yerzhan Kazykhanov, "
    "Janar Kasymbekova, Timur Kulibayev, Vladimir Kozlov, Igor Vinyavsky, Zhanaozen, Janaozen, Aktau, Mangistau, "
    "Shetpe, Almaty, Astana, Moscow, London, Kazakhstan, Kazakstan, European Union, United States",
    "ru": "Касымов, Калмуханбет Касымов, Нурсултан Назарбаев, Назарбаев, Ержан Казыханов, Жанар Касымбекова, "
    "Тимур Кулибаев, Владимир Козлов, Игорь Винявский, Жанна Ойшибаева, Жанаозен, Актау, Мангистау, Шетпе, Алматы, "
    "Астана, Москва, Лондон, Казахстан",
    "kk": "Қасымов, Қалмұханбет Қасымов, Нұрсұлтан Назарбаев, Назарбаев, Ержан Қазыханов, Жанар Қасымбекова, "
    "Тимур Құлыбаев, Владимир Козлов, Игорь Винявский, Жанна Ойшыбаева, Жаңаөзен, Ақтау, Маңғыстау, Шетпе, Алматы, "
    "Астана, Мәскеу, Лондон, Қазақстан",
}
# Their organisations, newspapers and agencies.
OTHERS = {
    "en": "Alga, Vzglyad, KazMunaiGas, Samruk-Kazyna, Moscow Times, Reuters, Respublika",
    "ru": "Алга, Testimonia, Moscow Times, Reuters, Взгляд, КазМунайГаз, Узенмунайгаз, Самрук-Казына, "
    "Нур Отан, Республика",
    "kk": "Алға, Moscow Times, Reuters, Взгляд, ҚазМұнайГаз, Өзенмұнайгаз, Самұрық-Қазына, Нұр Отан, Республика",
}


@pytest.mark.parametrize("language", EXPECTED)
def test_the_demonstration_has_its_people_and_places(language: str) -> None:
    text = "\n\n".join(
        path.read_text().split("---", 2)[2]
        for path in sorted(DEMO.glob(f"*.{language}.md"))
    )
    offered = {unknown.name for unknown in unlinked_names(text, [])}
    people, others = (set(names[language].split(", ")) for names in (EXPECTED, OTHERS))

    assert people - offered == set()
    assert len(offered - people - others) <= 2


def test_real_reports_have_their_people_and_places(seeds: Path) -> None:
    text = "\n\n".join(path.read_text() for path in sorted(seeds.glob("*.txt")))
    offered = {unknown.name for unknown in unlinked_names(text, [])}
    people = EXPECTED["en"].split(", ")

    assert {
        *people,
        "Zhanna Oishibayeva",
        "Audronius Azubalis",
        "Kazykhanov",
        "Soviet Union",
    } - offered == set()


def test_a_name_without_its_nominative_is_listed_under_the_shortest_spelling() -> None:
    assert listed("с Бейбарысом; к Бейбарысу; о Бейбарысе") == {"Бейбарысе": 3}
    assert listed("с Бейбарысом; к Бейбарысу") == {"Бейбарысу": 2}
