"""manage.py import_annotations: what Recogito and Hypothesis export, and files that are
none."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from annotations.models import Act, Annotation, State
from archive.models import Article, User
from tests.support.making import MakeArticle
from tests.support.marking import everything, make_person, mention
from tests.support.w3c_documents import Run, Save, foreign, taken_away

HERE = Path(__file__).parent
RECOGITO, HYPOTHESIS = HERE / "recogito.json", HERE / "hypothesis.json"


def test_what_recogito_exports_goes_in_where_its_words_stand(
    article: Article, run: Run
) -> None:
    code, told, refused = run(RECOGITO, "--create", "--kind-of", "Town=place")
    assert code == 1
    assert told[0] == f"{RECOGITO}: 3 by quote, 1 left out."
    assert told[1].startswith("1 came with a comment")
    assert refused == [
        f"Refused {RECOGITO}: annotation 4 (#0c0ff33e-two-places): "
        "It has several targets, and only one passage can be tagged at once."
    ]
    town, person, number = Annotation.objects.order_by("start")
    assert (town.exact, str(town.entity), town.kind) == ("Aktau", "Aktau", "place")
    assert (person.exact, str(person.entity), person.start) == (
        "Ivan Petrov",
        "Ivan Petrov",
        16,
    )
    assert person.made_at == datetime(2026, 5, 4, 9, 12, 33, 101000, tzinfo=UTC)
    assert str(number.figure) == "at least 15 people killed"
    assert {mark.state for mark in (town, person, number)} == {State.CONFIRMED}
    assert {mark.made_by for mark in (town, person, number)} == {None}


def test_what_hypothesis_exports_goes_in_where_its_words_stand(
    article: Article, run: Run
) -> None:
    petrov = make_person("Ivan Petrov")
    code, told, refused = run(HYPOTHESIS, "--kind-of", "witness=person")
    assert code == 1
    assert told == [
        f"{HYPOTHESIS}: 2 by quote, 2 not found, 2 left out.",
        "1 came with a comment, for which there is no place here: it stays in the file.",
    ]
    assert [line.split("): ")[1] for line in refused] == [
        "It quotes no words: only a passage that can be checked is imported.",
        "It is a reply to another annotation.",
        "“Ivan Petrov” stands in “Day three”, but not in the context that it quotes.",
        "No article here has this text or this address: https://other.example/another-report.",
    ]
    person, number = Annotation.objects.filter(state=State.CONFIRMED).order_by("start")
    assert (person.entity, person.start) == (petrov, 16)
    assert number.exact == "at least 15 people were killed"


@pytest.mark.parametrize("file", [RECOGITO, HYPOTHESIS], ids=["Recogito", "Hypothesis"])
def test_another_programs_file_changes_nothing_the_second_time(
    article: Article, run: Run, file: Path
) -> None:
    options = ("--create", "--kind-of=town=place", "--kind-of=witness=person")
    run(file, *options)
    before = everything()
    _code, told, _refused = run(file, *options)
    assert "already here" in told[0]
    assert "by quote" not in told[0]
    assert everything() == before
    assert Act.objects.filter(kind=Act.Kind.IMPORTED).count() == 1


def test_an_editor_of_another_program_is_not_taken_for_one_of_ours(
    article: Article, run: Run, editor: User, saved: Save
) -> None:
    run(
        saved(
            foreign(
                "Ivan Petrov",
                creator={"name": "editor", "nickname": "editor"},
                quote={"suffix": " left"},
            )
        ),
        "--create",
    )
    assert Annotation.objects.get().made_by is None


def test_a_file_that_names_no_address_is_of_the_article_that_is_told(
    article: Article, run: Run, saved: Save
) -> None:
    record = foreign("Rain in Aktau", "place", source=None)
    assert run(saved(record), "--create")[2][0].endswith(
        "No article here has this text or this address: none is named."
    )
    assert run(saved(record), "--create", "--article=day-three")[0] == 0
    with pytest.raises(CommandError, match="There is no article “day-four”"):
        call_command("import_annotations", str(RECOGITO), "--article=day-four")


# Files


def test_a_dry_run_tells_the_same_and_changes_nothing(
    article: Article, run: Run
) -> None:
    before = everything()
    options = (RECOGITO, "--create", "--kind-of=town=place")
    code, told, refused = run(*options, "--dry-run")
    assert everything() == before
    assert not Act.objects.exists()
    assert told[-1] == "Nothing was changed."
    assert run(*options) == (code, told[:-1], refused)


def test_one_bad_record_takes_nothing_else_with_it(
    article: Article, run: Run, saved: Save
) -> None:
    good = foreign("Rain in Aktau", "place")
    bad: list[Any] = [
        None,
        7,
        "x",
        [],
        {},
        {"target": []},
        {"target": {"selector": "x"}},
        foreign("\0"),
        foreign("Rain"),
    ]
    bad[-1]["body"] = [{"type": "TextualBody", "purpose": "tagging", "value": "\ud800"}]
    code, told, refused = run(saved(*bad, good), "--create")
    assert (code, told) == (1, [f"{saved(0)}: 1 by quote, {len(bad)} left out."])
    assert len(refused) == len(bad)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "It is not JSON."),
        ("{", "It is not JSON."),
        ("[" * 100_000, "It is not JSON."),
        ("7", "It holds no Web Annotations."),
        ("{}", "It holds no Web Annotations."),
        (
            '{"type": "AnnotationCollection", "total": 9, "first": "https://a.example/1"}',
            "Its pages are elsewhere",
        ),
    ],
)
def test_a_file_without_annotations_is_refused_and_the_next_goes_in(
    article: Article, run: Run, saved: Save, tmp_path: Path, content: str, why: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content)
    code, told, refused = run(
        file,
        tmp_path / "missing.json",
        saved(foreign("Rain in Aktau", "place")),
        "--create",
    )
    assert (code, told) == (1, [f"{saved(0)}: 1 by quote."])
    assert why in refused[0]
    assert (
        refused[1]
        == f"Refused {tmp_path / 'missing.json'}: It could not be read: No such file or directory."
    )


def test_the_first_page_of_a_collection_counts_wherever_it_stands(
    article: Article, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "collection.json"
    rain, aktau = foreign("Rain", "place"), foreign("Aktau", "place")
    file.write_text(json.dumps({"items": [rain], "first": {"items": [aktau]}}))
    assert run(file, "--create")[1] == [f"{file}: 1 by quote."]
    assert Annotation.objects.get().exact == "Aktau"


def test_an_empty_collection_is_no_fault(
    run: Run, saved: Save, client: Client, db: None
) -> None:
    response: Any = client.get("/export/", {"format": "jsonld"})
    assert run(saved(json.loads(response.getvalue()))) == (
        0,
        [f"{saved(0)}: no annotations."],
        [],
    )


def test_a_file_costs_queries_by_the_article_and_not_by_the_annotation(
    make_article: MakeArticle, run: Run, saved: Save, django_assert_max_num_queries: Any
) -> None:
    article = make_article("Many", f"<p>{' '.join(f'word{n}' for n in range(200))}</p>")
    word = make_person("Word")
    documents = [taken_away(mention(article, f"word{n}", word)) for n in range(200)]
    with django_assert_max_num_queries(80):
        assert run(saved(*documents))[1] == [f"{saved(0)}: 200 exact."]
