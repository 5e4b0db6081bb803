import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.names.matcher import (
    FoundMention,
    KnownSpelling,
    LinkReason,
    Matcher,
)

KALMUKHAMBET = KnownSpelling(1, "Kalmukhambet Kasymov", full=True)
KASYMOV = KnownSpelling(1, "Kasymov", full=False)
HIM = [
    KnownSpelling(1, "Калмуханбет Касымов", full=True),
    KnownSpelling(1, "Касымов", full=False),
]
ERLAN = KnownSpelling(2, "Erlan Kasymov", full=True)
ERLANS_SURNAME = KnownSpelling(2, "Kasymov", full=False)


def found(text: str, *forms: KnownSpelling) -> list[str]:
    """The words that are matched in `text`."""
    return [text[start:end] for start, end, _form in Matcher(forms).hits(text)]


def judged(text: str, *forms: KnownSpelling) -> list[tuple[str, int, bool, LinkReason]]:
    return [
        (text[m.start : m.end], m.entity, m.sure, m.reason)
        for m in Matcher(forms).mentions(text)
    ]


# Where names stand


def test_a_name_is_found_wherever_it_stands() -> None:
    assert Matcher([KASYMOV]).hits("Kasymov said; so Kasymov.") == [
        (0, 7, "Kasymov"),
        (17, 24, "Kasymov"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Janar Kasymbekova",
        "Kasymova",
        "AKasymov",
        "Kasymov1",
        "kasymov",
        "Kasymоv",
        "Kasymov\u0301",
        "Kasy mov",
    ],
)
def test_a_name_is_not_found_inside_another_word(text: str) -> None:
    assert found(text, KASYMOV) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kasymov’s",
        "Kasymov's",
        "“Kasymov”",
        "(Kasymov)",
        "Kasymov/Aktau",
        "Kasymov…",
        "Kasymov_",
        "\nKasymov\n",
    ],
)
def test_signs_beside_a_name_do_not_hide_it(text: str) -> None:
    assert found(text, KASYMOV) == ["Kasymov"]


def test_offsets_are_code_points() -> None:
    assert Matcher([KnownSpelling(1, "Қасымов", full=False)]).hits("😀 𐐷 Қасымов") == [
        (4, 11, "Қасымов")
    ]


def test_a_form_is_found_however_its_letters_were_typed() -> None:
    loose = unicodedata.normalize("NFD", "Николай Пример")

    assert found("Николай Пример", KnownSpelling(1, loose, full=True)) == [
        "Николай Пример"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kalmukhambet\u00a0Kasymov",
        "Kalmukhambet\u202fKasymov",
        "Nour\u2011Ali O’Neil",
        "Nour\u2010Ali O‘Neil",
    ],
)
def test_a_form_is_found_with_any_blanks_hyphens_and_apostrophes(text: str) -> None:
    irish = KnownSpelling(2, "Nour-Ali O'Neil", full=True)

    assert sure(f"So {text} said.", KALMUKHAMBET, irish) == [text]
    assert found(
        "So Nour-Ali O'Neil said.", KnownSpelling(2, "Nour\u2011Ali O’Neil", full=True)
    ) == ["Nour-Ali O'Neil"]


@pytest.mark.parametrize("name", ["Kasymov\u2011Smith", "Petrov\u2010Kasymov"])
def test_a_hyphen_that_does_not_break_joins_a_double_name_too(name: str) -> None:
    assert found(f"So {name} said.", KASYMOV) == []


def test_the_longest_name_wins() -> None:
    assert found("Kalmukhambet Kasymov spoke.", KASYMOV, KALMUKHAMBET) == [
        "Kalmukhambet Kasymov"
    ]


def test_the_first_of_two_crossing_names_wins_if_they_are_equally_long() -> None:
    assert found(
        "Anna Vera Anna",
        KnownSpelling(1, "Vera Anna", full=True),
        KnownSpelling(2, "Anna Vera", full=True),
    ) == ["Anna Vera"]


def test_a_longer_name_wins_over_an_earlier_one_and_leaves_room_for_others() -> None:
    forms = [
        KnownSpelling(1, "Anna Vera", full=True),
        KnownSpelling(2, "Vera Example", full=True),
        KnownSpelling(3, "Anna", full=False),
    ]

    assert found("Anna Vera Example", *forms) == ["Anna", "Vera Example"]


@pytest.mark.parametrize("names", [("Алма", "Алматы"), ("Алматы", "Алма")])
def test_at_one_place_the_name_with_more_known_letters_wins(
    names: tuple[str, str],
) -> None:
    forms = [KnownSpelling(n, name, full=True) for n, name in enumerate(names)]

    assert Matcher(forms).hits("Алматы, Алмада") == [(0, 6, "Алматы"), (8, 14, "Алма")]


def test_blanks_around_a_form_are_no_part_of_it() -> None:
    assert found("Али Касымов", KnownSpelling(1, " Али  Касымов ", full=True)) == [
        "Али Касымов"
    ]


def test_no_forms_find_nothing() -> None:
    assert Matcher([]).mentions("Kasymov") == []
    assert Matcher([KnownSpelling(1, "", full=False)]).mentions("Kasymov") == []


# Who is meant


def test_a_full_name_is_sure() -> None:
    assert judged("Kalmukhambet Kasymov spoke.", KALMUKHAMBET) == [
        ("Kalmukhambet Kasymov", 1, True, LinkReason.FULL_NAME)
    ]


def test_a_full_name_of_two_people_is_unsure_for_both() -> None:
    namesake = KnownSpelling(2, "Kalmukhambet Kasymov", full=True)

    assert [
        (entity, sure, reason)
        for _w, entity, sure, reason in judged(
            "Kalmukhambet Kasymov", KALMUKHAMBET, namesake
        )
    ] == [
        (1, False, LinkReason.SHARED),
        (2, False, LinkReason.SHARED),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kalmukhambet Kasymov came. Kasymov spoke.",
        "Kasymov spoke. Kalmukhambet Kasymov came.",
    ],
)
def test_a_surname_is_sure_where_its_full_name_stands_too(text: str) -> None:
    assert ("Kasymov", 1, True, LinkReason.SURNAME) in judged(
        text, KALMUKHAMBET, KASYMOV
    )


def test_a_surname_alone_is_only_suggested() -> None:
    assert judged("Kasymov spoke.", KALMUKHAMBET, KASYMOV) == [
        ("Kasymov", 1, False, LinkReason.SURNAME_ALONE)
    ]


def test_two_bearers_in_one_text_make_the_surname_unsure() -> None:
    text = "Kalmukhambet Kasymov and Erlan Kasymov came. Kasymov spoke."

    told = judged(text, KALMUKHAMBET, KASYMOV, ERLAN, ERLANS_SURNAME)

    assert told[2:] == [
        ("Kasymov", 1, False, LinkReason.SHARED),
        ("Kasymov", 2, False, LinkReason.SHARED),
    ]


def test_a_bearer_whose_surname_alone_is_no_form_makes_it_unsure_as_well() -> None:
    told = judged(
        "Kalmukhambet Kasymov and Erlan Kasymov came. Kasymov spoke.",
        KALMUKHAMBET,
        KASYMOV,
        ERLAN,
    )

    assert told[-1] == ("Kasymov", 1, False, LinkReason.SHARED)


def test_of_two_who_share_a_surname_the_one_named_in_full_is_meant() -> None:
    told = judged(
        "Erlan Kasymov came. Kasymov spoke.",
        KALMUKHAMBET,
        KASYMOV,
        ERLAN,
        ERLANS_SURNAME,
    )

    assert told[1:] == [("Kasymov", 2, True, LinkReason.SURNAME)]


def test_a_surname_in_another_spelling_of_the_full_name_is_sure() -> None:
    forms = [
        KnownSpelling(1, "Қалмұханбет Қасымов", full=True),
        KASYMOV,
        KnownSpelling(2, "Kasymov", full=False),
    ]

    assert ("Kasymov", 1, True, LinkReason.SURNAME) in judged(
        "Қалмұханбет Қасымов (Kasymov) spoke.", *forms
    )


def test_a_form_that_may_not_stand_alone_is_never_sure() -> None:
    forms = [
        KnownSpelling(1, "Rose Example", full=True),
        KnownSpelling(1, "Rose", full=False, linkable=False),
    ]

    assert judged("Rose Example came. Rose spoke.", *forms)[1] == (
        "Rose",
        1,
        False,
        LinkReason.NOT_LINKABLE,
    )
    assert judged(
        "Alga spoke.", KnownSpelling(1, "Alga", full=True, linkable=False)
    ) == [("Alga", 1, False, LinkReason.NOT_LINKABLE)]


def test_a_place_is_named_in_full_by_one_word() -> None:
    assert judged("In Aktau.", KnownSpelling(7, "Aktau", full=True)) == [
        ("Aktau", 7, True, LinkReason.FULL_NAME)
    ]


_forms = st.lists(
    st.builds(
        KnownSpelling,
        st.integers(1, 3),
        st.sampled_from(["A X", "B X", "X", "Y", "A Y", "C X Y"]),
        st.booleans(),
        st.booleans(),
    ),
    unique_by=lambda form: (form.entity, form.text),
    max_size=8,
)
_sentences = st.lists(
    st.sampled_from(["A X", "B X", "X", "Y", "A Y", "C X Y", "Z."]), max_size=6
).map("; ".join)


@given(_sentences, _forms)
def test_one_entity_is_sure_of_a_place_or_every_bearer_is_named(
    text: str, forms: list[KnownSpelling]
) -> None:
    matcher = Matcher(forms)

    mentions = matcher.mentions(text)

    places = {(m.start, m.end) for m in mentions}
    assert places == {(start, end) for start, end, _form in matcher.hits(text)}
    for start, end in places:
        here = [m for m in mentions if (m.start, m.end) == (start, end)]
        bearers = {form.entity for form in forms if form.text == text[start:end]}
        assert {m.entity for m in here} == bearers or (len(here) == 1 and here[0].sure)


@given(_sentences, _forms)
def test_the_order_of_forms_makes_no_difference(
    text: str, forms: list[KnownSpelling]
) -> None:
    def told(forms: list[KnownSpelling]) -> set[FoundMention]:
        return set(Matcher(forms).mentions(text))

    assert told(forms) == told(list(reversed(forms)))


# What a language does to a name

HIM_IN_KAZAKH = [
    KnownSpelling(1, "Қалмұханбет Қасымов", full=True),
    KnownSpelling(1, "Қасымов", full=False),
]


def sure(text: str, *forms: KnownSpelling) -> list[str]:
    return [text[m.start : m.end] for m in Matcher(forms).mentions(text) if m.sure]


def test_a_russian_name_is_found_in_every_case() -> None:
    text = "Встреча с Калмуханбетом Касымовым: по словам Касымова, ему, Касымову, о Касымове."

    assert sure(text, *HIM) == [
        "Калмуханбетом Касымовым",
        "Касымова",
        "Касымову",
        "Касымове",
    ]


def test_a_kazakh_case_ending_belongs_to_the_name() -> None:
    text = "Қалмұханбет Қасымовтың сөзі, Қасымовқа, Қасымовпен бірге, Қасымовтың."

    assert sure(text, *HIM_IN_KAZAKH) == [
        "Қалмұханбет Қасымовтың",
        "Қасымовқа",
        "Қасымовпен",
        "Қасымовтың",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Калмуханбет Касымов. Касымова сказала, что устала.",
        "Калмуханбет Касымов. Дом Касымовой и дом Касымова.",
        "Калмуханбет Касымов и Жанар Касымова.",
    ],
)
def test_what_may_be_a_woman_is_only_suggested(text: str) -> None:
    assert sure(text, *HIM) == ["Калмуханбет Касымов"]
    assert any(
        not m.sure and text[m.start : m.end] == "Касымова"
        for m in Matcher(HIM).mentions(text)
    )


def test_a_stranger_with_the_surname_makes_it_unsure_all_through_the_text() -> None:
    text = "Kalmukhambet Kasymov came, and then Bolat Kasymov. Kasymov spoke."

    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov"]
    assert judged(text, KALMUKHAMBET, KASYMOV)[-1] == (
        "Kasymov",
        1,
        False,
        LinkReason.OTHER_NAME,
    )


@pytest.mark.parametrize("opening", [". ", ": “", ": ‘", ": '", ": «", " – ", "\n\n— "])
def test_a_word_that_opens_a_sentence_puts_only_its_own_place_in_doubt(
    opening: str,
) -> None:
    text = f"Kalmukhambet Kasymov came{opening}Words Kasymov said. And Kasymov left."

    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov", "Kasymov"]


@pytest.mark.parametrize(
    "title", ["Minister", "President", "Mr", "when", "But", "on Monday"]
)
def test_a_title_is_no_first_name(title: str) -> None:
    text = f"Kalmukhambet Kasymov came. {title} Kasymov spoke."

    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov", "Kasymov"]


def test_an_initial_that_fits_belongs_to_the_name_and_another_is_somebody_else() -> (
    None
):
    text = "Kalmukhambet Kasymov came. K. Kasymov spoke to N. Kasymov."

    assert found(text, KALMUKHAMBET, KASYMOV) == [
        "Kalmukhambet Kasymov",
        "Kasymov",
        "Kasymov",
    ]
    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov", "K. Kasymov"]


@pytest.mark.parametrize(
    "before",
    ["Mr. ", "Dr. ", "Lt. Gen. ", "Mr. K. ", "in the U.S. ", "in Washington, D.C. "],
)
def test_a_shortened_title_or_country_is_no_initial(before: str) -> None:
    text = f"Kalmukhambet Kasymov came. So {before}Kasymov spoke."

    assert [
        words.removeprefix("K. ") for words in sure(text, KALMUKHAMBET, KASYMOV)[1:]
    ] == ["Kasymov"]


def test_all_initials_that_fit_belong_to_the_name() -> None:
    for name in ("K. K. Kasymov", "K.K. Kasymov", "K.\u00a0Kasymov"):
        assert sure(f"Kalmukhambet Kasymov: {name}", KALMUKHAMBET, KASYMOV)[1:] == [
            name
        ]


def test_an_initial_of_one_bearer_does_not_put_him_in_doubt_for_another() -> None:
    text = "Kalmukhambet Kasymov came. K. Kasymov spoke, and Kasymov left."

    assert len(sure(text, KALMUKHAMBET, KASYMOV, ERLAN, ERLANS_SURNAME)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "Касымов Н. ",
        "Касымов Н.А. ",
        "Касымов Болат Серикович ",
        "Касымову Болату Сериковичу ",
    ],
)
def test_somebody_elses_name_after_the_surname_puts_that_place_in_doubt(
    name: str,
) -> None:
    text = f"Калмуханбет Касымов пришёл. {name}сказал. Касымов ответил."

    assert sure(text, *HIM) == ["Калмуханбет Касымов", "Касымов"]


@pytest.mark.parametrize(
    "name",
    [
        "Касымов К. ",
        "Касымов К.С. ",
        "Касымов Калмуханбет Серикович ",
        "Касымов Актау ",
    ],
)
def test_his_own_name_after_the_surname_does_not(name: str) -> None:
    text = f"Калмуханбет Касымов пришёл. {name}сказал. Касымов ответил."

    assert len(sure(text, *HIM)) == 3


def test_behind_his_first_name_any_initial_is_his() -> None:
    text = "Kalmukhambet Kasymov came. Then Kalmukhambet S. Kasymov spoke."

    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov", "Kasymov"]
    assert (
        len(sure("Калмуханбет Касымов пришёл с Калмуханбетом С. Касымовым.", *HIM)) == 2
    )


def test_behind_another_first_name_even_his_initial_is_somebody_elses() -> None:
    text = "Kalmukhambet Kasymov came. Then Bolat K. Kasymov spoke."

    assert judged(text, KALMUKHAMBET, KASYMOV)[-1][2:] == (False, LinkReason.OTHER_NAME)


def test_another_initial_puts_bare_surnames_in_doubt_but_not_his_own_initial() -> None:
    text = "Kalmukhambet Kasymov came with N. Kasymov. Kasymov spoke to K. Kasymov."

    assert judged(text, KALMUKHAMBET, KASYMOV)[1:] == [
        ("Kasymov", 1, False, LinkReason.OTHER_NAME),
        ("K. Kasymov", 1, True, LinkReason.SURNAME),
    ]


@pytest.mark.parametrize("title", ["Mrs. ", "Ms ", "Miss ", "Madame ", "and Mrs. N. "])
def test_a_mans_surname_behind_a_womans_title_is_only_suggested(title: str) -> None:
    text = f"Kalmukhambet Kasymov came. So {title}Kasymov spoke."

    assert sure(text, KALMUKHAMBET, KASYMOV) == ["Kalmukhambet Kasymov"]


@pytest.mark.parametrize("title", ["Mrs. ", "Ms ", "Ms. Zh. "])
def test_a_womans_title_before_a_womans_surname_speaks_for_her(title: str) -> None:
    zhanna = [
        KnownSpelling(3, "Zhanna Oishibayeva", full=True),
        KnownSpelling(3, "Oishibayeva", full=False),
    ]

    assert (
        len(sure(f"Zhanna Oishibayeva came. So {title}Oishibayeva spoke.", *zhanna))
        == 2
    )


@pytest.mark.parametrize(
    "name",
    [
        "Kasymov-Smith",
        "Petrov-Kasymov",
        "O'Kasymov",
        "O’Kasymov",
        "Петро\u0301в-Kasymov",
    ],
)
def test_half_of_a_double_name_is_somebody_else(name: str) -> None:
    assert found(f"So {name} said.", KASYMOV) == []


@pytest.mark.parametrize(
    "words", ["anti-Kasymov", "Pro-Kasymov", "Kasymov-led", "Kasymov's", "«Kasymov»"]
)
def test_a_prefix_or_a_possessive_is_no_other_name(words: str) -> None:
    assert found(f"So {words} said.", KASYMOV) == ["Kasymov"]


def test_two_places_may_be_joined_by_a_hyphen() -> None:
    aktau = KnownSpelling(7, "Aktau", full=True, place=True)
    atyrau = KnownSpelling(8, "Atyrau", full=True, place=True)

    assert found("The Aktau-Atyrau road", aktau, atyrau) == ["Aktau", "Atyrau"]


def test_a_word_that_the_text_also_writes_small_is_unsure() -> None:
    hope = [
        KnownSpelling(1, "Hope Example", full=True),
        KnownSpelling(1, "Hope", full=False),
    ]

    assert judged("Hope Example had hope. And Hope left.", *hope)[-1] == (
        "Hope",
        1,
        False,
        LinkReason.COMMON,
    )


def test_a_sure_surname_tells_where_the_full_name_stands() -> None:
    mentions = Matcher([KALMUKHAMBET, KASYMOV]).mentions(
        "Then Kasymov spoke.\n\nKalmukhambet Kasymov left."
    )

    assert [m.named_at for m in mentions] == [21, None]


def test_of_several_initials_the_first_is_that_of_the_first_name() -> None:
    full = "Kalmukhambet Kasymov came."

    assert judged(f"He met K.S. Kasymov. {full}", KALMUKHAMBET, KASYMOV)[0] == (
        "K.S. Kasymov",
        1,
        True,
        LinkReason.SURNAME,
    )
    assert len(judged(f"He met S.K. Kasymov. {full}", KALMUKHAMBET, KASYMOV)) == 1


def test_another_first_name_may_have_two_letters() -> None:
    text = "He met Bo Kasymov. Kalmukhambet Kasymov came."

    assert judged(text, KALMUKHAMBET, KASYMOV)[0] == (
        "Kasymov",
        1,
        False,
        LinkReason.OTHER_NAME,
    )
