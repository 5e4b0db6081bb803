"""Captures from before they were compressed."""

from collections.abc import Iterator

import pytest

from archive.models import Capture, sha256_of
from tests.support.making import capture_of, make_article
from tests.support.migrating import migrate, migrate_to_newest

ANNOTATIONS_THEN, ARCHIVE_THEN = "0019_fewer_indexes", "0005_no_doubled_indexes"
CAPTURE_THEN = "archive.capture"
REPORT = b"# Day three\n\nFifteen people died in Zhanaozen.\n" * 20
# The second looks like a stream itself, as a file that came in may.
CONTENTS = [REPORT, b"\x78\x9c\x03\x00\x00\x00\x00\x01", b"", bytes(range(256))]


@pytest.fixture
def newest_afterwards(transactional_db: None) -> Iterator[None]:
    yield
    migrate_to_newest()


def test_bytes_that_came_in_before_stay_what_they_were(newest_afterwards: None) -> None:
    then = migrate(ANNOTATIONS_THEN, ARCHIVE_THEN)
    article = then.get_model("archive", "Article").objects.create(title="A", slug="a")
    captures = then.get_model(CAPTURE_THEN).objects
    for content in CONTENTS:
        captures.create(
            article=article,
            sha256=sha256_of(content),
            content=content,
            size=len(content),
        )

    migrate_to_newest()

    now = Capture.objects.all()
    assert [capture.content for capture in now] == CONTENTS
    assert all(capture.is_intact() for capture in now)
    assert len(now[0].compressed) < len(REPORT) / 2


def test_they_come_back_as_they_are_with_the_migration(newest_afterwards: None) -> None:
    article = make_article()
    for content in CONTENTS:
        capture_of(article, content)

    then = migrate(ANNOTATIONS_THEN, ARCHIVE_THEN)

    captures = then.get_model(CAPTURE_THEN).objects.order_by("pk")
    kept = captures.values_list("content", flat=True)
    assert [bytes(content) for content in kept] == CONTENTS
