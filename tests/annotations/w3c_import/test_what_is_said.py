"""What imported annotations say: their kind, whom they name, their figures and allegations."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from annotations.models import Annotation, Entity, Figure, Measure, State
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import (
    allegation,
    everything,
    figure,
    make_person,
    make_place,
    mention,
)
from tests.support.w3c_documents import Run, Save, foreign, taken_away

RECOGITO = Path(__file__).parent / "recogito.json"


def test_a_tag_that_means_no_kind_or_two_is_told(
    article: Article, run: Run, saved: Save
) -> None:
    none, both = foreign("Rain", "weather"), foreign("Aktau", "place")
    both["body"].append(
        {"type": "TextualBody", "purpose": "tagging", "value": "Person"}
    )
    _code, told, refused = run(saved(none, both), "--create")
    assert told == [f"{saved(0)}: 2 left out."]
    assert [line.split("): ", 1)[1] for line in refused] == [
        "No kind: its tags mean none (“weather”).",
        "Its tags mean several kinds: “place”, “Person”.",
    ]


@pytest.mark.parametrize("typed", ["witness", "=person", "witness=rumour"])
def test_a_kind_that_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(CommandError, match="is not TAG=KIND"):
        call_command("import_annotations", str(RECOGITO), "--kind-of", typed)


def test_nobody_is_made_unless_it_is_said(
    article: Article, run: Run, saved: Save
) -> None:
    file = saved(foreign("Rain in Aktau", "place"))
    code, _told, refused = run(file)
    assert code == 1
    assert refused[0].endswith(
        "Nobody and nothing of this kind is called “Rain in Aktau” here."
    )
    assert not Entity.objects.exists()
    assert run(file, "--create")[0] == 0
    assert Entity.objects.get().name == "Rain in Aktau"


def test_a_name_that_two_bear_is_left_to_an_editor(
    article: Article, run: Run, saved: Save
) -> None:
    make_place("Aktau")
    make_place("Aktau in Mangistau", "Aktau")
    assert run(saved(foreign("Aktau", "place")), "--create")[2][0].endswith(
        "Several are called “Aktau” here: tag it at the desk."
    )


def test_two_of_one_name_are_told_apart_by_their_address(
    article: Article, run: Run, saved: Save
) -> None:
    make_person("Ivan Petrov", description="the mayor")
    other = make_person("Ivan Petrov", description="a miner")
    document = taken_away(mention(article, "Ivan Petrov", other))
    assert run(saved(document))[0] == 0
    assert Annotation.objects.get(state=State.CONFIRMED).entity == other


def test_an_address_here_of_somebody_with_another_name_is_not_believed(
    article: Article, run: Run, saved: Save
) -> None:
    petrov = make_person("Ivan Petrov")
    document = taken_away(mention(article, "Ivan Petrov", petrov))
    Entity.objects.filter(pk=petrov.pk).update(name="Somebody Else")
    petrov.spellings.all().delete()
    assert "Nobody and nothing" in run(saved(document))[2][0]
    assert run(saved(document), "--create")[0] == 0
    entity = Annotation.objects.get().entity
    assert entity is not None
    assert entity.get_absolute_url() == "/people/ivan-petrov-2/"


@pytest.mark.parametrize("slug", ["new", "import", "Ivan_Petrov", "x" * 200, "-"])
def test_nobody_is_made_at_an_address_that_is_none_of_theirs(
    article: Article, run: Run, saved: Save, slug: str
) -> None:
    document = taken_away(mention(article, "Ivan Petrov", make_person("Ivan Petrov")))
    Entity.objects.all().delete()
    document["body"][0]["source"]["id"] = f"https://archive.example/people/{slug}/"
    assert run(saved(document), "--create")[0] == 0
    assert Entity.objects.get().get_absolute_url() == "/people/ivan-petrov/"


def test_words_too_long_for_a_spelling_are_none(
    make_article: MakeArticle, run: Run, saved: Save
) -> None:
    words = "Petrov " * 40
    article = make_article("Long", f"<p>{words}left.</p>")
    document = taken_away(
        mention(article, words.strip(), make_person("Petrov"), State.LINKED)
    )
    Entity.objects.all().delete()
    _code, told, _refused = run(saved(document), "--create")
    assert told == [f"{saved(0)}: 1 left out."]
    assert not Entity.objects.exists()


def test_a_figure_that_cannot_be_read_for_sure_is_told(
    article: Article, run: Run, saved: Save
) -> None:
    _code, told, refused = run(saved(foreign("He fired", "figure")))
    assert told == [f"{saved(0)}: 1 left out."]
    assert "which figure its words give" in refused[0]


def test_another_programs_allegation_is_left_to_an_editor(
    article: Article, run: Run, saved: Save
) -> None:
    assert (
        "what is alleged, by whom"
        in run(saved(foreign("He fired", "allegation")))[2][0]
    )


def test_figures_and_allegations_of_ours_come_back_whole(
    article: Article, run: Run, editor: User, saved: Save
) -> None:
    petrov, deaths = (
        make_person("Ivan Petrov"),
        Measure.objects.create(name="People killed", unit="people"),
    )
    said: dict[str, Any] = {
        "said_by": "Ivan Petrov",
        "said_by_entity": petrov,
        "measure": deaths,
        "unit": "people",
    }
    number = figure(
        article,
        "15 people",
        "1234.5",
        high="2000",
        qualifier="between",
        as_of="2011-12",
        **said,
    )
    happened = {
        "conduct": "shooting",
        "basis": "video",
        "happened": "2011-12-16",
        "place": "Aktau",
    }
    parties: dict[str, Any] = {
        "claimant": "Ivan Petrov",
        "claimant_entity": petrov,
        "status": "denied",
    }
    claim = allegation(article, "He fired", **parties, **happened)
    Annotation.objects.update(made_by=editor)
    before = everything()
    documents = taken_away(number), taken_away(claim)
    assert run(saved(*documents)) == (0, [f"{saved(0)}: 2 exact."], [])
    after = everything()
    histories = [everything.pop("StatusChange") for everything in (before, after)]
    assert after == before
    assert [[one["status"] for one in history.values()] for history in histories] == [
        ["denied"],
        ["denied"],
    ]


def test_a_measure_that_is_not_known_is_made_only_if_it_is_said(
    article: Article, run: Run, saved: Save
) -> None:
    deaths = Measure.objects.create(name="People killed")
    document = taken_away(figure(article, "15 people", measure=deaths))
    deaths.delete()
    assert run(saved(document))[2][0].endswith(
        "No measure here is called “People killed”."
    )
    assert run(saved(document), "--create")[0] == 0
    assert str(Figure.objects.get().measure) == "People killed"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("testimonia:low", "NaN", "low: "),
        ("testimonia:low", "1e400", "low: "),
        ("testimonia:low", True, "“True” is no number."),
        ("testimonia:low", {"a": 1}, "is no number."),
        ("testimonia:high", "3", "The upper value must be greater"),
        ("testimonia:qualifier", "roughly", "qualifier: "),
        ("testimonia:counted", "x" * 201, "counted: "),
        ("testimonia:counted", "", "counted: "),
        ("testimonia:asOf", "yesterday", "yesterday"),
    ],
)
def test_a_figure_that_says_what_no_figure_can_say_is_told(
    article: Article, run: Run, saved: Save, name: str, value: Any, why: str
) -> None:
    document, good = (
        taken_away(figure(article, "15 people")),
        taken_away(figure(article, "Rain")),
    )
    document["body"][0][name] = value
    code, told, refused = run(saved(document, good))
    assert (code, told) == (1, [f"{saved(0)}: 1 exact, 1 left out."])
    assert why in refused[0]


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("summary", "", "what is alleged"),
        ("summary", "x" * 501, "summary: "),
        ("claimant", "", "claimant: "),
        (
            "accused",
            "a miner; " + "x" * 201,
            "A name in it has more than 200 characters.",
        ),
        ("status", "guilty", "status: "),
        ("basis", "rumour", "basis: "),
        ("happened", "yesterday", "yesterday"),
    ],
)
def test_an_allegation_that_says_what_none_can_say_is_told(
    article: Article, run: Run, saved: Save, name: str, value: str, why: str
) -> None:
    document, good = (
        taken_away(allegation(article, "He fired")),
        taken_away(allegation(article, "Rain")),
    )
    document["body"][0][f"testimonia:{name}"] = value
    code, told, refused = run(saved(document, good))
    assert (code, told) == (1, [f"{saved(0)}: 1 exact, 1 left out."])
    assert why in refused[0]
