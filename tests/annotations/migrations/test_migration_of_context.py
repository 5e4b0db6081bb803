"""What stood around passages while it was kept beside them."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps.registry import Apps

from annotations.core.anchoring.selectors import CONTEXT, context_of
from annotations.editing import tagging
from annotations.editing.undo import undo
from annotations.models import Act, Annotation, Entity, State
from archive.models import User
from archive.roles import Role
from tests.support.making import make_article
from tests.support.marking import figure, mention
from tests.support.migrating import migrate, migrate_to_newest

BEFORE = "0021_no_doubled_indexes"
ANNOTATION, CHANGE = "annotations.annotation", "annotations.change"
TEXT = "On that day of December, as was said, Aset came to the square of the town. Қар жауды 😀."


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


@pytest.fixture
def curator(transactional_db: None) -> User:
    return User.objects.create_user("curator", role=Role.CURATOR)


def say_context(then: Apps, table: str, key: UUID) -> None:
    """Let lines of the journal say what stood around a passage, as they did then."""
    prefix, suffix = context_of(TEXT, TEXT.index("Aset"), TEXT.index(" came"))
    for change in then.get_model(CHANGE).objects.filter(table=table, key=str(key)):
        for row in (change.before, change.after):
            if row:
                row |= {"prefix": prefix, "suffix": suffix}
        change.save()


def test_passages_keep_their_context(newest_afterwards: None, curator: User) -> None:
    article = make_article(html=f"<p>{TEXT}</p>")
    starts = [0, TEXT.index("Aset"), len(TEXT) - 2]
    for start in starts:
        figure(article, TEXT[start : start + 2])

    then = migrate(BEFORE)

    rows = then.get_model(ANNOTATION).objects.order_by("start")
    kept = list(rows.values_list("prefix", "suffix"))
    assert kept == [context_of(TEXT, start, start + 2) for start in starts]
    assert [len(prefix) for prefix, _suffix in kept] == [0, CONTEXT, CONTEXT]

    migrate_to_newest()

    for mark, context in zip(Annotation.objects.order_by("start"), kept, strict=True):
        assert (mark.selector.prefix, mark.selector.suffix) == context


def test_what_was_deleted_then_comes_back(
    newest_afterwards: None, curator: User
) -> None:
    article = make_article(html=f"<p>{TEXT}</p>")
    aset = Entity.objects.create(kind="person", name="Aset")
    mark = mention(article, "Aset", aset)
    act = tagging.delete(mark.pk, mark.revision, curator)
    say_context(migrate(BEFORE), "annotation", mark.pk)

    migrate_to_newest()

    assert undo(Act.objects.get(pk=act.pk), curator).kept == []
    there = Annotation.objects.get()
    assert (there.pk, there.selector) == (mark.pk, mark.selector)


def test_what_was_changed_then_can_be_changed_back(
    newest_afterwards: None, curator: User
) -> None:
    article = make_article(html=f"<p>{TEXT}</p>")
    aset = Entity.objects.create(kind="person", name="Aset")
    mark = mention(article, "Aset", aset)
    tagging.judge({mark.pk: mark.revision}, State.REJECTED, curator)
    say_context(migrate(BEFORE), "annotation", mark.pk)

    migrate_to_newest()

    assert undo(Act.objects.get(), curator).kept == []
    assert Annotation.objects.get().state == State.CONFIRMED
