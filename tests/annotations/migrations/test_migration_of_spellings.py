"""What the journal says of spellings, from before their table and a column were renamed."""

from collections.abc import Iterator

import pytest

from annotations.editing.undo import undo
from annotations.models import Act, Change, Spelling
from archive.models import User
from archive.roles import Role
from tests.support.migrating import migrate, migrate_to_newest

NAME_THEN = "annotations.nameform"


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


def test_a_spelling_that_was_changed_before_can_be_given_back(
    newest_afterwards: None,
) -> None:
    then = migrate("0016_embargoes")
    curator = then.get_model("archive", "User").objects.create(
        username="curator", role=Role.CURATOR
    )
    aset = then.get_model("annotations", "Entity").objects.create(
        kind="person", name="Aset", slug="aset"
    )
    spellings = then.get_model(NAME_THEN).objects
    spelling = spellings.create(entity=aset, text="Aset", script="Latin", alone=False)
    act = then.get_model("annotations", "Act").objects.create(
        kind="named", what="Aset", by=curator
    )
    then.get_model("annotations", "Change").objects.create(
        act=act,
        table="nameform",
        key=str(spelling.pk),
        before={"alone": True},
        after={"alone": False},
    )

    migrate_to_newest()

    change = Change.objects.get()
    assert change.table == Change.Table.SPELLING
    assert (change.before, change.after) == ({"linkable": True}, {"linkable": False})
    assert not Spelling.objects.get().linkable
    undone = undo(Act.objects.get(pk=act.pk), User.objects.get(pk=curator.pk))
    assert undone.kept == []
    assert Spelling.objects.get().linkable


def test_the_names_of_before_come_back_with_the_migrations(
    newest_afterwards: None,
) -> None:
    act = Act.objects.create(kind=Act.Kind.NAMED, what="Aset")
    row = {"text": "Aset", "linkable": True}
    Change.objects.create(act=act, table="spelling", key="1", after=row)
    then = migrate("0016_embargoes")
    change = then.get_model("annotations", "Change").objects.get()
    assert (change.table, change.before) == ("nameform", None)
    assert change.after == {"text": "Aset", "alone": True}
