"""The machine beside a reader, on the three real reports and the nine digests of the
demonstration.

`mentions_by_hand.tsv` was written by reading the texts: who and what is named in each, with
which words and how often. The reader counts a name, not “the minister”, “the town” or “Kazakh”,
and no newspaper named after a city.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from annotations import demo
from annotations.linking.linker import add_spelling, link_articles
from annotations.models import Annotation, Entity, Kind, Spelling, State
from archive.models import Article

pytestmark = pytest.mark.django_db

# How often an article mentions an entity with these words.
Seen = Counter[tuple[str, str, str]]
# What the reports write and the demonstration does not.
ALSO_CALLED = [
    (Kind.PERSON, "Audronius Azubalis", "Audronius Azubalis"),
    (Kind.PERSON, "Yerzhan Kazykhanov", "Kazykhanov"),
    (Kind.PLACE, "Aktau", "AKTAU"),
    (Kind.PLACE, "Almaty", "ALMATY"),
    (Kind.PLACE, "United States", "U.S."),
]


def by_hand(state: str) -> Seen:
    lines = (
        Path(__file__)
        .with_name("mentions_by_hand.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    rows = csv.DictReader(lines, delimiter="\t")
    return Counter(
        {
            (row["article"], row["entity"], row["words"]): int(row["mentions"])
            for row in rows
            if row["state"] == state
        }
    )


def by_machine(state: str) -> Seen:
    marks = Annotation.objects.current().filter(
        kind__in=(Kind.PERSON, Kind.PLACE), state=state
    )
    return Counter(
        marks.values_list("version__capture__filename", "entity__name", "exact")
    )


def of(seen: Seen, *articles: str) -> Seen:
    return Counter(
        {key: count for key, count in seen.items() if key[0].startswith(articles)}
    )


def know_all_forms() -> None:
    for kind, name, form in ALSO_CALLED:
        add_spelling(Entity.objects.get_or_create(kind=kind, name=name)[0], form)
    # It is a newspaper's name too.
    add_spelling(Entity.objects.get(name="Moscow"), "Moscow", linkable=False)


DIGESTS, REPORTS = ("officers", "shetpe", "two-days"), ("000", "001", "003")


@pytest.fixture
def digests(db: None) -> None:
    demo.load()
    know_all_forms()


@pytest.fixture
def reports(digests: None, seeds: Path) -> None:
    call_command("import_articles", seeds, verbosity=0)


def test_what_is_linked_in_the_digests_is_what_a_reader_sees(digests: None) -> None:
    assert by_machine(State.LINKED) == of(by_hand("linked"), *DIGESTS)
    assert of(by_hand("suggested"), *DIGESTS) <= by_machine(State.SUGGESTED)


def test_what_is_linked_in_the_reports_is_what_a_reader_sees(reports: None) -> None:
    assert of(by_machine(State.LINKED), *REPORTS) == of(by_hand("linked"), *REPORTS)
    assert of(by_hand("suggested"), *REPORTS) <= by_machine(State.SUGGESTED)


def test_the_minister_is_found_in_all_his_spellings_and_nobody_else_is(
    reports: None,
) -> None:
    found = Annotation.objects.current().filter(entity__name="Kalmukhambet Kasymov")

    assert {mark.state for mark in found} == {State.LINKED}
    assert Counter(found.values_list("exact", flat=True)) == {
        "Kalmukhambet Kasymov": 2,
        "Kalmuhambet Kasymov": 2,
        "Kasymov": 12,
        "Калмуханбет Касымов": 2,
        "Касымов": 5,
        "Қалмұханбет Қасымов": 2,
        "Қасымов": 5,
    }
    # Kasymbekova is somebody else.
    assert not any(mark.selector.suffix[:1].isalpha() for mark in found)


def test_the_oil_town_is_one_place_in_all_its_spellings(reports: None) -> None:
    spellings = ["Zhanaozen", "Janaozen", "Жанаозен", "Жаңаөзен"]

    found = Annotation.objects.current().filter(exact__in=spellings)

    assert {mark.exact for mark in found} == set(spellings)
    assert set(found.values_list("entity__name", "state")) == {
        ("Zhanaozen", State.LINKED)
    }


def test_a_report_whose_spelling_of_him_is_unknown_only_suggests_the_minister(
    reports: None,
) -> None:
    Spelling.objects.get(text="Kalmuhambet Kasymov").delete()
    link_articles(Article.objects.values_list("pk", flat=True))

    in_it = Annotation.objects.current().filter(
        version__capture__filename__startswith="003"
    )
    found = in_it.filter(entity__name="Kalmukhambet Kasymov")

    assert [(mark.exact, mark.state) for mark in found] == [
        ("Kasymov", State.SUGGESTED)
    ] * 3
