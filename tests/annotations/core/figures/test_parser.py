"""Reading figures from words: what is read, how sure that is, and what comes back from what was
written in words.

`figures_by_hand.tsv` are sixty passages in two languages, traps among them, with what an editor
would read in each; `figures_by_hand_unseen.tsv` are twenty more, written when the reader was
done with those.
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words

from annotations.core.figures.parser import (
    Amount,
    Confidence,
    DoubtReason,
    FigureReading,
    figures_in,
    read,
)
from tests.support.strategies import prose

ENGLISH = """
at least 15 people were killed             | at_least 15 people killed
at least 15 workers                        | at_least 15 workers
no fewer than 15 people                    | at_least 15 people
not less than fifteen people               | at_least 15 people
a minimum of 15 people                     | at_least 15 people
15 or more people                          | at_least 15 people
15+ people                                 | at_least 15 people
at most 17 people                          | at_most 17 people
up to 50 people                            | at_most 50 people
no more than 50 people                     | at_most 50 people
as many as 50 people                       | at_most 50 people
about 400 people                           | about 400 people
around two dollars                         | about 2 dollars
some 50 people                             | about 50 people
roughly 50 people                          | about 50 people
approximately 50 people                    | about 50 people
nearly 50 people                           | about 50 people
15 or so workers                           | about 15 workers
more than 10 people                        | more_than 10 people
over 10 people                             | more_than 10 people
fewer than 1,000 barrels a day             | fewer_than 1000 barrels
less than 20 people                        | fewer_than 20 people
at least another 15 people                 | at_least 15 people
15 people at least                         | at_least 15 people
15 people, at least 5 of them women        | exactly 15 people
15 people died                             | exactly 15 people died
15 killed                                  | exactly 15 killed
15 people were not killed                  | exactly 15
16 people had been killed on that day      | exactly 16 people killed
15 people, officials said                  | exactly 15 people
four senior police officers                | exactly 4 senior police officers
three more senior officers                 | exactly 3 senior officers
15 of the workers                          | exactly 15 workers
15 members of the union                    | exactly 15 members of the union
15 of them                                 | exactly 15
seven well-known editors were arrested     | exactly 7 well-known editors arrested
fifteen people                             | exactly 15 people
twenty-one people                          | exactly 21 people
one hundred and twenty people              | exactly 120 people
two thousand and five people               | exactly 2005 people
two hundred and fifteen thousand people    | exactly 215000 people
2 million 300 thousand people              | exactly 2300000 people
a dozen officers                           | exactly 12 officers
two dozen officers                         | exactly 24 officers
half of the workers                        | exactly 0.5 of the workers
nearly half a million tenge                | about 500000 tenge
one and a half million tenge               | exactly 1500000 tenge
1,200 people                               | exactly 1200 people
1,234,567.5 tonnes                         | exactly 1234567.5 tonnes
2.5 million US dollars                     | exactly 2500000 US dollars
1.200 million tonnes                       | exactly 1200000 tonnes
15bn barrels                               | exactly 15000000000 barrels
$1.5 million in damages                    | exactly 1500000 dollars
more than US$300m                          | more_than 300000000 dollars
€300                                       | exactly 300 euros
300 tenge                                  | exactly 300 tenge
15% of voters                              | exactly 15 percent of voters
2.5 percent                                | exactly 2.5 percent
12 to 15 people                            | between 12 15 people
from 12 to 15 workers                      | between 12 15 workers
between 12 and 15 people                   | between 12 15 people
12–15 protesters                           | between 12 15 protesters
20 or 30                                   | between 20 30
two or three women                         | between 2 3 women
about 20 to 30 people                      | about 20 30 people
1.2 to 1.5 million tonnes of oil           | between 1200000 1500000 tonnes of oil
$1 million to $2 million                   | between 1000000 2000000 dollars
15% to 20% of voters                       | between 15 20 percent of voters
On Dec. 16, 2011, 15 people died           | exactly 15 people died
In 2011, 15 people died                    | exactly 15 people died
one of the 15 officers                     | exactly 15 officers
about 2000 people                          | about 2000 people
2000 people were arrested                  | exactly 2000 people arrested
64 people were wounded, 15 of them police  | exactly 64 people wounded
15 people may have died                    | exactly 15 people died
1,200 U.S. dollars                         | exactly 1200 U.S. dollars
dozens of people were killed               | more_than 12 people killed
dozens more                                | more_than 12
scores of officers                         | more_than 20 officers
several hundred workers                    | more_than 100 workers
a few dozen officers                       | more_than 12 officers
at least hundreds of the workers           | more_than 100 workers
hundreds, perhaps thousands, of people     | more_than 100
many thousands of workers                  | more_than 1000 workers
tens of thousands of workers               | more_than 10000 workers
millions of dollars in damages             | more_than 1000000 dollars
"""

RUSSIAN = """
не менее 15 человек погибли                | at_least 15 человек погибли
не менее двадцати двух человек были ранены | at_least 22 человек ранены
как минимум 15 человек                     | at_least 15 человек
по меньшей мере 15 человек                 | at_least 15 человек
15 и более человек                         | at_least 15 человек
до 15 человек                              | at_most 15 человек
не более 15 человек                        | at_most 15 человек
15 человек как минимум                     | at_least 15 человек
около 400 протестующих                     | about 400 протестующих
примерно 50 человек                        | about 50 человек
порядка 50 человек                         | about 50 человек
почти 50 человек                           | about 50 человек
свыше тысячи рабочих                       | more_than 1000 рабочих
более 1 200 рабочих были уволены           | more_than 1200 рабочих уволены
более чем 15 человек                       | more_than 15 человек
100 с лишним человек                       | more_than 100 человек
менее 15 человек                           | fewer_than 15 человек
пятнадцать рабочих                         | exactly 15 рабочих
двадцать один человек                      | exactly 21 человек
сто двадцать пять тысяч человек            | exactly 125000 человек
четверых старших офицеров полиции          | exactly 4 старших офицеров полиции
ещё трое старших офицеров                  | exactly 3 старших офицеров
трёх рабочих                               | exactly 3 рабочих
5-ти рабочих                               | exactly 5 рабочих
полтора миллиона тенге                     | exactly 1500000 тенге
два с половиной миллиона тенге             | exactly 2500000 тенге
полмиллиона тенге                          | exactly 500000 тенге
два десятка рабочих                        | exactly 20 рабочих
сотня рабочих                              | exactly 100 рабочих
15 тыс. тенге                              | exactly 15000 тенге
около 3,5 млрд долларов                    | about 3500000000 долларов
1.234.567 тонн                             | exactly 1234567 тонн
300 тенге                                  | exactly 300 тенге
около 300 ₸                                | about 300 тенге
15,5 процента избирателей                  | exactly 15.5 процента избирателей
15% избирателей                            | exactly 15 процентов избирателей
от 12 до 15 человек                        | between 12 15 человек
между 12 и 15 тысячами тенге               | between 12000 15000 тенге
12—15 человек                              | between 12 15 человек
двух-трёх женщин                           | between 2 3 женщин
20 или 30 бойцов                           | between 20 30 бойцов
от двух до трёх тысяч человек              | between 2000 3000 человек
16 декабря погибли 15 человек              | exactly 15 человек
в 2011 году 15 человек погибли             | exactly 15 человек погибли
десятки человек погибли                    | more_than 10 человек погибли
тысячи рабочих                             | more_than 1000 рабочих
несколько сотен рабочих                    | more_than 100 рабочих
с сотнями тысяч тенге                      | more_than 100000 тенге
"""

NOTHING = """
about one in five workers | 1 in 10
2011 | in 2011 | 16 December 2011 | December 16 | on Dec. 16 | Dec. 16 | December 16 and 17 | 14, 15 and 16 December
16–17 December | 2011-12-16 | 16.12.2011 | 14:30 | 5:30 pm | 10am | 5 p.m. | at 5 o'clock | the 16th
twenty-first | the 2011 riots | the 71-year-old man | Ivanov, 24, said | a man aged 24 | 24 years old | Article 14
page 15 | No. 5 | KPO-15 | No one | several people | he scores twice | tens | up to hundreds of people
two thirds of the workers | 1/2 | 1.200 people | 2,5 million people | 15 to 12 people | one of the officers
123456789012345678 people | 0.00001 percent | the people | 2011 год | до 2011 года | 16 декабря | 16-17 декабря
16-го декабря | двадцать первого декабря | 15-летний | в 15 часов | две трети | несколько рабочих | один из тысячи
не более сотен рабочих | at 5 P.M. | один из офицеров | статья 235 | 1,200 человек | 1.200 человек | кемінде 15 адам
400-ге жуық наразы адам | two thousand, one hundred people
"""


def table(lines: str) -> list[tuple[str, str]]:
    return [
        (words.strip(), given.strip())
        for words, given in (line.split("|") for line in lines.strip().split("\n"))
    ]


def written(reading: FigureReading | None) -> str:
    """`between 12 15 people`, as the tables have it."""
    assert reading is not None
    values = [
        format(value.normalize(), "f")
        for value in (reading.amount.low, reading.amount.high)
        if value is not None
    ]
    return " ".join([reading.amount.qualifier, *values, reading.counted]).strip()


@pytest.mark.parametrize(("words", "given"), [*table(ENGLISH), *table(RUSSIAN)])
def test_a_figure_is_read_from_its_words(words: str, given: str) -> None:
    assert written(read(words)) == given
    assert written(read(words.replace(" ", "\u00a0", 1))) == given


@pytest.mark.parametrize(
    "words",
    [
        words.strip()
        for line in NOTHING.strip().split("\n")
        for words in line.split("|")
    ],
)
def test_what_counts_nothing_is_no_figure(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "after", "given"),
    [
        ("15 people", " were killed in Aktau.", "exactly 15 people killed"),
        ("15 people", " died.", "exactly 15 people died"),
        ("15 people", ", and others were killed", "exactly 15 people"),
        ("15 people", " have not been killed", "exactly 15"),
        ("15 people", " were not killed", "exactly 15"),
        ("15 people", " were never killed", "exactly 15"),
        ("15 people", " were no longer hurt", "exactly 15"),
        ("three weeks", " their families waited", "exactly 3 weeks"),
        ("20 or 30", " riot police in each street", "between 20 30 riot police"),
        ("20", " or more men", "at_least 20 men"),
        ("15 peop", "le were killed", "exactly 15 people killed"),
        ("17 человек", " были убиты.", "exactly 17 человек убиты"),
        ("15 people", "\n\nKilled in Aktau", "exactly 15 people"),
    ],
)
def test_what_is_counted_may_go_on_after_the_passage(
    words: str, after: str, given: str
) -> None:
    assert written(read(words, after)) == given


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("1", ",200 people"),
        ("15", " thousand people"),
        ("12", " to 15 people"),
        ("16", " December"),
        ("16.", "12.2011"),
        ("1'", "200 people"),
        ("", "15 people"),
        ("the", " 15 people"),
    ],
)
def test_a_number_that_is_cut_by_the_passage_is_not_read(
    words: str, after: str
) -> None:
    assert read(words, after) is None


_WORDS = (
    "a dozen million k between to or people were of the not twenty one hundred and half "
    "от до двух тысячи в час человек"
)
_PIECES = st.sampled_from(
    [
        *"-–—.,:;%$€()+/'\n1 а",
        *(
            "12",
            "2011",
            "1,200",
            "1.5",
            "16th",
            "15-",
            "9" * 400,
            "at least",
            "more than",
            "не менее",
            "с половиной",
        ),
        *_WORDS.split(),
    ]
)


@given(
    st.one_of(
        prose,
        st.text(),
        st.lists(_PIECES).map(" ".join),
        st.lists(_PIECES).map("".join),
    ),
    st.text(),
)
def test_any_words_can_be_read_and_a_reading_is_a_figure_that_can_be_kept(
    words: str, after: str
) -> None:
    for reading in (read(words), read(words, after)):
        if reading is not None:
            assert 0 <= reading.amount.low < 10**17
            assert (
                reading.amount.high is None
                or reading.amount.low < reading.amount.high < 10**17
            )
            assert len(reading.counted) <= 200


@given(
    st.integers(min_value=0, max_value=10**12).filter(lambda n: not 1800 <= n < 2100),
    st.sampled_from(
        [
            ("{:,}", ""),
            ("{:_}", " "),
            ("{:_}", "\u00a0"),
            ("{:_}", "\u202f"),
            ("{:_}", "’"),
            ("{}", ""),
        ]
    ),
    st.sampled_from(["people", "человек"]),
)
def test_a_number_with_any_separators_reads_back_the_same(
    n: int, form: tuple[str, str], counted: str
) -> None:
    pattern, separator = form
    if counted == "человек" and "," in pattern:
        pattern, separator = "{:_}", " "
    reading = read(f"{pattern.format(n).replace('_', separator)} {counted}")
    assert reading == FigureReading(Amount(Decimal(n), None, "exactly"), counted)


def by_hand(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def as_by_hand(row: dict[str, str]) -> str:
    """What an editor read: `-` for nothing."""
    return " ".join(
        filter(None, (row[name] for name in ("qualifier", "low", "high", "counted")))
    )


def read_as_by_hand(row: dict[str, str]) -> str:
    reading = read(row["words"], row["after"])
    return written(reading) if reading else "-"


def test_sixty_passages_are_read_as_an_editor_reads_them() -> None:
    rows = by_hand("figures_by_hand.tsv")
    assert (len(rows), sum(row["language"] == "ru" for row in rows)) == (60, 27)
    wrong = [
        (row["words"], read_as_by_hand(row))
        for row in rows
        if read_as_by_hand(row) != as_by_hand(row)
    ]
    assert wrong == []


def test_of_passages_that_were_not_seen_no_wrong_reading_is_sure() -> None:
    rows = by_hand("figures_by_hand_unseen.tsv")
    wrong = [row for row in rows if read_as_by_hand(row) != as_by_hand(row)]
    assert len(wrong) <= len(rows) * 0.05
    for row in wrong:
        reading = read(row["words"], row["after"])
        assert reading is None or reading.confidence is Confidence.CHECK, row["words"]


@pytest.mark.parametrize(
    ("words", "after", "why", "said"),
    [
        ("dozens of people", "", DoubtReason.BOUND, "dozens of"),
        ("nearly 15 people", "", DoubtReason.READ_AS, "nearly"),
        ("почти 15 человек", "", DoubtReason.READ_AS, "почти"),
        ("человек пятнадцать", "", DoubtReason.READ_AS, "человек"),
        ("half of the workers", "", DoubtReason.SHARE, "half"),
        ("about 2000 people", "", DoubtReason.YEAR, "2000"),
        ("one man", " said so", DoubtReason.ONE, "one"),
        ("another 15 people", "", DoubtReason.ON_TOP, "another"),
        ("ещё трое офицеров", "", DoubtReason.ON_TOP, "ещё"),
        ("three more officers", "", DoubtReason.ON_TOP, "more"),
        ("15 people", " may have died", DoubtReason.OPEN, "may"),
        ("allegedly 15 people", "", DoubtReason.OPEN, "allegedly"),
        ("якобы 15 человек", "", DoubtReason.OPEN, "якобы"),
        ("15 people", " were not killed", DoubtReason.OPEN, "not"),
        ("15 men and 2 women", "", DoubtReason.ANOTHER, "2"),
        ("15 of 20 officers", "", DoubtReason.ANOTHER, "20"),
        ("rose to 15", "", DoubtReason.UNSAID, ""),
    ],
)
def test_a_reading_says_which_words_leave_room_for_another(
    words: str, after: str, why: DoubtReason, said: str
) -> None:
    reading = read(words, after)
    assert reading is not None
    assert reading.confidence is Confidence.CHECK
    assert (why, said) in [(doubt.why, doubt.words) for doubt in reading.doubts]
    assert said in str(reading.doubts[0])


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("at least 15 people", " were killed, and others may be missing"),
        ("not less than 15 people", ""),
        ("15 people were killed in May", ""),
        ("не менее 15 человек", " погибли, но не все опознаны"),
        ("One person was shot", " dead"),
        ("more than 15 people", ""),
    ],
)
def test_words_with_one_reading_are_sure(words: str, after: str) -> None:
    reading = read(words, after)
    assert reading is not None
    assert (reading.confidence, reading.doubts) == (Confidence.SURE, ())


IN_ENGLISH = {
    "exactly": "{}",
    "about": "about {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "more_than": "more than {}",
    "fewer_than": "fewer than {}",
    "between": "between {} and {}",
}
IN_RUSSIAN = {
    "exactly": "{}",
    "about": "примерно {}",
    "at_least": "как минимум {}",
    "at_most": "максимум {}",
    "more_than": "больше чем {}",
    "fewer_than": "меньше чем {}",
    "between": "между {} и {}",
}
WHOLE = st.one_of(st.integers(0, 130), st.integers(0, 10**9))


@st.composite
def amounts(draw: st.DrawFn) -> Amount:
    qualifier = draw(st.sampled_from(list(IN_ENGLISH)))
    low = draw(WHOLE)
    high = low + draw(st.integers(1, 10**6)) if qualifier == "between" else None
    return Amount(Decimal(low), None if high is None else Decimal(high), qualifier)


@given(
    amounts(),
    st.sampled_from([("en", IN_ENGLISH, "people"), ("ru", IN_RUSSIAN, "человек")]),
)
def test_an_amount_in_number_words_reads_back_the_same(
    amount: Amount, language: tuple[str, dict[str, str], str]
) -> None:
    code, patterns, counted = language
    values = [value for value in (amount.low, amount.high) if value is not None]
    # Between five and twenty thousand begins at five thousand.
    assume(len({value < 1000 for value in values}) == 1)
    words = patterns[amount.qualifier].format(
        *(num2words(int(value), lang=code).replace(",", "") for value in values)
    )
    reading = read(f"{words} {counted}")
    # Between one hundred and two hundred and ten.
    assume(reading is not None or words.count(" and ") < 2)
    assert reading is not None
    assert (reading.amount, reading.counted) == (amount, counted)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("between one hundred and two hundred people", "between 100 and 200"),
        ("between one hundred and five and two hundred people", "between 105 and 200"),
        (
            "between about one hundred and one hundred and one people",
            "about 100 to 101",
        ),
        ("between 12 and 15 million people", "between 12,000,000 and 15,000,000"),
        ("between $12 and $15", "between 12 and 15"),
        (
            "between two thousand three hundred and two thousand four hundred people",
            "between 2,300 and 2,400",
        ),
        (
            "between two thousand nine hundred and two thousand nine hundred and one people",
            "between 2,900 and 2,901",
        ),
        (
            "between one million two hundred thousand five hundred and three million people",
            "between 1,200,500 and 3,000,000",
        ),
        ("between one hundred and five people", None),
        ("between one thousand and two hundred and two thousand people", None),
    ],
)
def test_an_and_between_two_numbers_joins_none(words: str, amount: str | None) -> None:
    reading = read(words)
    assert (reading and str(reading.amount)) == amount


@given(amounts(), st.integers(0, 99))
def test_an_amount_as_it_is_shown_reads_back_the_same(
    amount: Amount, fraction: int
) -> None:
    part = Decimal(fraction) / 100
    amount = Amount(
        amount.low + part,
        None if amount.high is None else amount.high + part,
        amount.qualifier,
    )
    assume(not 1800 <= amount.low < 2100)
    reading = read(f"{amount} tonnes")
    assert reading is not None
    assert reading.amount == amount


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "By noon 14 were killed, and about 70 people hurt.",
            ["14 killed", "about 70 people hurt"],
        ),
        ("On Dec. 16, 2011, chapter 14 ended.", []),
        ("Погибли 15 человек, ранены 86 человек.", ["15 человек", "86 человек"]),
        ("15 адам қаза тапты, үкімет солай деді.", []),
    ],
)
def test_every_figure_of_a_text_is_found_where_its_number_stands(
    text: str, found: list[str]
) -> None:
    told = []
    for each in figures_in(text):
        assert str(each.reading.amount.low) in text[each.start : each.end]
        told.append(f"{each.reading.amount} {each.reading.counted}")
    assert told == found


@given(prose)
def test_figures_stand_in_order_and_inside_the_text(text: str) -> None:
    ends = [(each.start, each.end) for each in figures_in(text)]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in ends)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("two thousand three hundred and two thousand homes", "2,000"),
        ("one hundred and two hundred people", "200"),
        ("two hundred three hundred people", None),
        ("two hundred five hundred thousand people", None),
        ("five six people", None),
        ("two thousand three thousand people", None),
        ("2 thousand 300 people", None),
        ("2 thousand 300 thousand people", None),
        ("двести триста человек", None),
        ("две три тысячи человек", None),
        ("пятьсот тысяч миллион человек", None),
        ("five two-storey houses", "5"),
        ("twenty three hundred people", "2,300"),
        ("two hundred dozen shells", "2,400"),
    ],
)
def test_numbers_side_by_side_are_not_read_as_one(
    words: str, amount: str | None
) -> None:
    reading = read(words)
    assert (reading and str(reading.amount)) == amount
    if reading and " and " in words:
        assert DoubtReason.ANOTHER in {doubt.why for doubt in reading.doubts}


def test_digits_between_separators_are_thousands() -> None:
    assert written(read("1,200,000 people")) == "exactly 1200000 people"
    assert written(read("1.200.000,5 tonnes")) == "exactly 1200000.5 tonnes"


@pytest.mark.parametrize("words", ["1,200,00 people", "1.200,000.5 people"])
def test_digits_between_other_separators_are_not_read(words: str) -> None:
    assert read(words) is None


def test_a_day_that_is_joined_to_a_date_is_no_figure_wherever_it_stands() -> None:
    assert read("They gathered there in the square on December 16 and 17.") is None


def test_only_with_ten_makes_about_ten_in_russian() -> None:
    assert written(read("с десяток рабочих")) == "about 10 рабочих"
    assert written(read("десяток рабочих")) == "exactly 10 рабочих"
    assert written(read("с 15 рабочими")) == "exactly 15 рабочими"
