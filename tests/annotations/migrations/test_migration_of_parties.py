"""What becomes of the parties of allegations, and of the journal's lines on them, from before they were rows."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps.registry import Apps

from annotations.editing.undo import undo
from annotations.models import Act, Allegation, Annotation, Party
from archive.models import User
from tests.support.marking import known_parties
from tests.support.migrating import migrate, migrate_to_newest

SUMMARY = {"summary": "The police fired", "status": "denied"}


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


class Before:
    """An archive in which an allegation has one claimant and one accused, in columns of its own."""

    def __init__(self) -> None:
        self.apps: Apps = migrate("0010_measures")
        self.editor = self.model("archive", "User").objects.create(
            username="editor", role="curator"
        )
        self.article = self.model("archive", "Article").objects.create(
            slug="a", title="A", sort_date="2011-12-19"
        )
        text = "They fired first, he said."
        self.version = self.model("archive", "TextVersion").objects.create(
            article=self.article, number=1, text=text
        )
        self.article.current_version = self.version
        self.article.save()
        entities = self.model("annotations", "Entity").objects
        self.petrov, self.olga = (
            entities.create(kind="person", name=name, slug=name)
            for name in ("petrov", "olga")
        )

    def model(self, app: str, name: str) -> Any:
        return self.apps.get_model(app, name)

    def allegation(self, **said: Any) -> UUID:
        mark = self.model("annotations", "Annotation").objects.create(
            **self._passage(uuid4()),
            article=self.article,
            version=self.version,
            sort_date="2011-12-19",
        )
        self.model("annotations", "Allegation").objects.create(
            annotation=mark, **SUMMARY, **said
        )
        return UUID(str(mark.pk))

    def line(self, kind: str, *lines: tuple[str, UUID, Any, Any]) -> int:
        act = self.model("annotations", "Act").objects.create(
            kind=kind, by=self.editor, article=self.article
        )
        for table, key, before, after in lines:
            self.model("annotations", "Change").objects.create(
                act=act, table=table, key=str(key), before=before, after=after
            )
        return int(act.pk)

    def deleted(self, **said: Any) -> tuple[UUID, int]:
        """An allegation that is gone, and the act that took it away."""
        key = uuid4()
        mark = self._passage(key) | {
            "id": str(key),
            "article": self.article.pk,
            "version": self.version.pk,
        }
        mark["made_by"] = mark.pop("made_by_id")
        mark |= {"entity": None, "reason": "", "named_in": None, "revision": 1}
        told = {"annotation": str(key), **SUMMARY, **said}
        return key, self.line(
            "deleted", ("annotation", key, mark, None), ("allegation", key, told, None)
        )

    def _passage(self, key: UUID) -> dict[str, Any]:
        place = {
            "start": 0,
            "end": 10,
            "exact": "They fired",
            "prefix": "",
            "suffix": " first",
            "paragraph": 1,
        }
        return {
            "id": key,
            "kind": "allegation",
            "state": "confirmed",
            "made_by_id": self.editor.pk,
            **place,
        }


def curator() -> User:
    return User.objects.get()


def test_names_become_parties_and_the_status_becomes_the_first_of_a_history(
    newest_afterwards: None,
) -> None:
    then = Before()
    key = then.allegation(
        claimant="Petrov", claimant_entity=then.petrov, accused="a guard; the  police"
    )
    migrate_to_newest()
    claim = Allegation.objects.get()
    assert [(party.role, party.name) for party in claim.parties.all()] == [
        ("accused", "a guard"),
        ("accused", "the police"),
        ("claimant", "Petrov"),
    ]
    assert [party.entity_id for party in claim.claimants] == [then.petrov.pk]
    (first,) = claim.statuses.all()
    assert (first.status, first.passage_id, first.made_by_id) == (
        "denied",
        key,
        then.editor.pk,
    )
    assert first.made_at == Annotation.objects.get().made_at


def test_what_was_deleted_then_comes_back_with_whom_it_pointed_at(
    newest_afterwards: None,
) -> None:
    then = Before()
    said = {
        "claimant": "Petrov",
        "claimant_entity": then.petrov.pk,
        "accused": "",
        "accused_entity": None,
    }
    key, act = then.deleted(**said)
    migrate_to_newest()
    assert undo(Act.objects.get(pk=act), curator()).kept == []
    mark = Annotation.objects.get(pk=key)
    assert [party.pk for party in known_parties(mark)["claimant"] if party] == [
        then.petrov.pk
    ]
    assert mark.allegation.claimant == "Petrov"


def test_what_moved_to_another_then_is_moved_back_now(newest_afterwards: None) -> None:
    then = Before()
    key = then.allegation(claimant="Petrov", claimant_entity=then.olga)
    line = {"claimant_entity": then.petrov.pk}, {"claimant_entity": then.olga.pk}
    act = then.line("merged", ("allegation", key, *line))
    migrate_to_newest()
    assert not Act.objects.get(pk=act).changes.filter(table="allegation")
    assert undo(Act.objects.get(pk=act), curator()).kept == []
    assert Party.objects.get().entity_id == then.petrov.pk


def test_an_accused_that_was_typed_later_goes_when_that_is_undone(
    newest_afterwards: None,
) -> None:
    then = Before()
    key = then.allegation(claimant="Petrov", accused="Olga", accused_entity=then.olga)
    was, became = (
        {"accused": "", "accused_entity": None},
        {"accused": "Olga", "accused_entity": then.olga.pk},
    )
    act = then.line(
        "changed", ("annotation", key, {}, {}), ("allegation", key, was, became)
    )
    migrate_to_newest()
    assert undo(Act.objects.get(pk=act), curator()).kept == []
    assert [party.name for party in Party.objects.all()] == ["Petrov"]
    assert Allegation.objects.get().accused == ""
