"""Known spellings that are looked up while somebody types."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.names.autocomplete import (
    IndexedSpelling,
    MatchRank,
    NameIndex,
    SpellingMatch,
)
from annotations.core.names.matching_keys import are_alike, keys_of

# Names that are alike in all the ways that names are, and others.
NAMES = [
    "Kalmukhambet Kasymov",
    "Калмуханбет Касымов",
    "Қалмұханбет Қасымов",
    "K. Kassymov",
    "Kasymov",
    "Касымов К.",
    "Janar Kasymbekova",
    "Ivan Petrov",
    "Petrov",
    "Petrov, Ivan",
    "Olga Petrova",
    "Иван Петров",
    "И. Петров",
    "Mukhtar Kul Mukhammed",
    "M. Kulmukhammed",
    "Кул-Мухаммед",
    "Abd al-Rahman",
    "Abdurahman",
    "Serik uly Aset",
    "Zhanaozen",
    "Жаңаөзен",
    "город Жанаозен",
    "Mangistau region",
    "Мангистауская область",
    "Mangystau",
    "K.",
    "404",
]


def index_of(*texts: str) -> NameIndex:
    """Return an index of people, numbered from 0, with one spelling each."""
    spellings = []
    for entity, text in enumerate(texts):
        spellings.append(IndexedSpelling(entity, "person", text))
    return NameIndex(spellings)


def test_the_best_fit_goes_first_and_is_the_one_that_is_told() -> None:
    index = index_of("Ivan Sidorov", "Ivan Petrovsky", "Iwan Petroff", "Ivan Petrov")

    found = index.find("Ivan Petrov")

    assert [(entity, match.rank) for entity, match in found.items()] == [
        (3, MatchRank.EXACT),
        (2, MatchRank.ALIKE),
        (1, MatchRank.BEGINS),
        (0, MatchRank.SHARES),
    ]


def test_equally_good_fits_stand_in_the_order_in_which_they_are_known() -> None:
    found = index_of("Petrov Oleg", "Petrov Ivan", "Petrov Aset").find("petr")

    assert list(found) == [0, 1, 2]


def test_all_spellings_that_fit_best_are_told_and_no_other() -> None:
    index = NameIndex(
        [
            IndexedSpelling(1, "person", "Kasymov"),
            IndexedSpelling(1, "person", "Қасымов"),
            IndexedSpelling(1, "person", "Касымов"),
        ]
    )

    assert index.find("Kasymov") == {1: SpellingMatch(MatchRank.EXACT, ["Kasymov"])}
    assert index.find("Qasymov")[1] == (
        MatchRank.ALIKE,
        ["Kasymov", "Қасымов", "Касымов"],
    )


def test_only_the_kind_that_is_asked_for_is_found() -> None:
    index = NameIndex(
        [IndexedSpelling(1, "person", "Aktau"), IndexedSpelling(2, "place", "Aktau")]
    )

    assert list(index.find("Aktau", "place")) == [2]
    assert list(index.find("Aktau", "person")) == [1]
    assert list(index.find("Aktau")) == [1, 2]


def test_a_name_is_exact_whatever_its_capitals() -> None:
    assert index_of("404 KM").find("404 km")[0].rank == MatchRank.EXACT


def test_every_word_that_is_typed_begins_a_word_of_the_name() -> None:
    index = index_of("Kalmukhambet Kasymov")

    assert list(index.find("kas kalm")) == [0]
    assert list(index.find("kas petr")) == []


def test_signs_without_a_word_are_found_as_they_are_written() -> None:
    index = index_of("…", "Petrov")

    assert list(index.find("…")) == [0]


def test_an_index_that_learns_more_leaves_the_old_one_as_it_was() -> None:
    old = index_of("Petrov")
    new = old.with_more([IndexedSpelling(7, "person", "Petrov")])
    newer = old.with_more([IndexedSpelling(8, "person", "Sidorov")])

    assert list(old.find("Petrov")) == [0]
    assert list(new.find("Petrov")) == [0, 7]
    assert list(new.find("petr")) == [0, 7]
    assert list(newer.find("sid")) == [8]
    assert old.entities_alike("Petrov") == [0]
    assert old.find("sid") == {}


def found_by_reading_all(
    spellings: list[IndexedSpelling], words: str
) -> dict[int, MatchRank]:
    """Whom `words` may mean, but for beginnings, found by looking at each spelling."""
    found: dict[int, MatchRank] = {}
    for entity, _kind, text in spellings:
        fits = {
            MatchRank.EXACT: text.casefold() == words.casefold(),
            MatchRank.ALIKE: are_alike(text, words),
            MatchRank.SHARES: bool(keys_of(text) & keys_of(words)),
        }
        best = min((rank for rank, is_so in fits.items() if is_so), default=None)
        if best is not None:
            found[entity] = min(best, found.get(entity, best))
    return found


@given(
    st.lists(st.sampled_from(NAMES), max_size=12),
    st.sampled_from(NAMES),
    st.integers(0, 12),
)
def test_the_index_finds_what_reading_all_would_find(
    texts: list[str], words: str, at: int
) -> None:
    spellings = [
        IndexedSpelling(number % 5, "person", text) for number, text in enumerate(texts)
    ]
    index = NameIndex(spellings[:at]).with_more(spellings[at:])
    whole = index.find(words)
    expected = found_by_reading_all(spellings, words)
    assert {
        key: hit.rank for key, hit in whole.items() if hit.rank <= MatchRank.ALIKE
    } == {key: rank for key, rank in expected.items() if rank <= MatchRank.ALIKE}
    assert expected.keys() <= whole.keys()
    assert index.entities_alike(words) == sorted(
        {entity for entity, _kind, text in spellings if are_alike(text, words)}
    )


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.data())
def test_a_name_is_found_by_each_of_its_beginnings(
    name: str, other: str, data: st.DataObject
) -> None:
    index = NameIndex([IndexedSpelling(1, "person", other)]).with_more(
        [IndexedSpelling(2, "person", name)]
    )
    assert 2 in index.find(name[: data.draw(st.integers(1, len(name)))].strip())


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_names_that_are_alike_share_a_key(one: str, other: str) -> None:
    assert not are_alike(one, other) or keys_of(one) & keys_of(other)
