"""What migrations do with what is there already."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.migrating import migrate, migrate_to_newest


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


def test_annotations_that_are_there_get_the_date_of_their_article(
    newest_afterwards: None,
) -> None:
    before = migrate("0006_names_offered")
    articles = before.get_model("archive", "Article").objects
    marks = {}
    for day in ("2011-12-19", "0001-01-01"):
        article = articles.create(slug=day, title=day, sort_date=day)
        version = before.get_model("archive", "TextVersion").objects.create(
            article=article, number=1, text="Petrov"
        )
        mark = before.get_model("annotations", "Annotation").objects.create(
            id=uuid4(),
            article=article,
            version=version,
            kind="figure",
            start=0,
            end=6,
            exact="Petrov",
            paragraph=1,
        )
        marks[mark.pk] = day
    after = migrate("0007_annotation_sort_date").get_model("annotations", "Annotation")
    assert {
        pk: str(day) for pk, day in after.objects.values_list("pk", "sort_date")
    } == marks
