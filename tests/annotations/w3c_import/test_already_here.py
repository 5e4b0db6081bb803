"""Imported annotations beside those that are here: nothing is said twice, and no editor is
overruled."""

import json
from datetime import UTC, datetime

from django.core.management import call_command
from django.test import Client

from annotations.models import Annotation, Entity, Figure, State
from archive.models import Article
from tests.support.marking import everything, figure, make_person, mention
from tests.support.w3c_documents import Run, Save, exported, foreign, taken_away


def test_one_that_says_something_else_here_is_told_and_stays(
    article: Article, run: Run, saved: Save
) -> None:
    mark = figure(article, "15 people")
    file = saved(exported(mark))
    Figure.objects.update(low=16)
    code, told, refused = run(file)
    assert (code, told) == (1, [f"{file}: 1 left out."])
    assert refused[0].endswith("It is here already, and says something else.")
    assert Figure.objects.get().low == 16


def test_the_same_said_under_another_address_is_not_said_twice(
    article: Article, run: Run, saved: Save
) -> None:
    marks = (
        figure(article, "15 people"),
        mention(article, "Ivan Petrov", make_person("Ivan Petrov")),
    )
    documents = [exported(mark) for mark in marks]
    for document in documents:
        document["id"] = document["id"].replace(document["id"][36:40], "0000")
    assert run(saved(*documents)) == (0, [f"{saved(0)}: 2 already here."], [])
    assert Annotation.objects.count() == 2


def test_what_the_machine_thinks_makes_room_for_an_editors_word(
    article: Article, run: Run, saved: Save
) -> None:
    petrov = make_person("Ivan Petrov")
    document = taken_away(mention(article, "Ivan Petrov", petrov))
    call_command("link_mentions", verbosity=0)
    linked = Annotation.objects.order_by("start")[0]
    assert run(saved(document))[0] == 0
    assert not Annotation.objects.filter(pk=linked.pk).exists()
    marks = Annotation.objects.order_by("start")
    assert [mark.state for mark in marks] == [State.CONFIRMED, State.LINKED]
    assert document["id"].endswith(f"{marks[0].pk}/")


def test_of_two_in_one_file_that_say_the_same_one_goes_in(
    article: Article, run: Run, saved: Save
) -> None:
    petrov = make_person("Ivan Petrov")
    linked = taken_away(mention(article, "Ivan Petrov", petrov, State.LINKED))
    confirmed = json.loads(json.dumps(linked)) | {"testimonia:state": "confirmed"}
    confirmed["id"] = confirmed["id"].replace(confirmed["id"][36:40], "0000")
    again = {
        **linked,
        "testimonia:state": "linked",
        "id": confirmed["id"].replace("0000", "1111", 1),
    }
    number = foreign("at least 15 people were killed", "figure")
    _code, told, refused = run(
        saved(linked, confirmed, again, linked, number, {**number, "id": "urn:x:2"})
    )
    assert told == [f"{saved(0)}: 1 exact, 1 by quote, 2 already here, 2 left out."]
    assert [line.split("): ", 1)[1] for line in refused] == [
        "Another annotation of this file says it of these words.",
        "Another annotation of this file has the same address.",
    ]
    assert Annotation.objects.filter(start=16, end=27).count() == 1


def test_a_page_that_was_kept_shows_what_was_imported_though_it_is_old(
    article: Article, run: Run, client: Client, saved: Save
) -> None:
    document = taken_away(mention(article, "Ivan Petrov", make_person("Ivan Petrov")))
    document["modified"] = "2020-01-01T00:00:00Z"
    call_command("link_mentions", verbosity=0)
    Annotation.objects.update(changed_at=datetime(2021, 1, 1, tzinfo=UTC))
    Entity.objects.update(changed_at=datetime(2021, 1, 1, tzinfo=UTC))
    key = document["id"].rstrip("/").rsplit("/", 1)[1]
    assert f"a-{key}" not in client.get("/articles/day-three/").content.decode()
    assert run(saved(document))[0] == 0
    assert f"a-{key}" in client.get("/articles/day-three/").content.decode()


def test_what_an_editor_judged_here_stays(
    article: Article, run: Run, saved: Save
) -> None:
    petrov, namesake = (
        make_person("Ivan Petrov"),
        make_person("Ivan Petrov", description="a miner"),
    )
    rejected = taken_away(mention(article, "Ivan Petrov", petrov))
    other = taken_away(mention(article, "Ivan Petrov", petrov, nth=1))
    mention(article, "Ivan Petrov", petrov, State.REJECTED)
    mention(article, "Ivan Petrov", namesake, nth=1)
    before = everything()
    _code, told, refused = run(saved(rejected, other))
    assert told == [f"{saved(0)}: 2 left out."]
    assert [line.split("): ", 1)[1] for line in refused] == [
        "An editor judged otherwise of these words here.",
        "An editor says that these words mean Ivan Petrov.",
    ]
    assert everything() == before


def test_what_the_machine_linked_elsewhere_stays_only_where_names_here_say_so(
    article: Article, run: Run, saved: Save
) -> None:
    petrov = make_person("Ivan Petrov")
    document = taken_away(mention(article, "Ivan Petrov", petrov, State.LINKED))
    petrov.spellings.all().delete()
    code, told, refused = run(saved(document))
    assert (code, told) == (1, [f"{saved(0)}: 1 left out."])
    assert "with the names known here it is not sure" in refused[0]
    assert not Annotation.objects.exists()
