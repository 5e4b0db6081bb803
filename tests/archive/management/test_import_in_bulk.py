"""An import in several processes, in batches: the archive becomes the same as with one file
after the other, and nothing that happens on the way does another file any harm."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import execute_from_command_line
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, NameWord
from archive import search
from archive.ingest import workers
from archive.ingest.pipeline import (
    FILES_PER_BATCH,
    IntakeResult,
    Refused,
    take_in,
    take_in_files,
)
from archive.models import Article, Author, Capture, Publisher, Topic
from tests.archive.management.test_import_articles import counts, run
from tests.support.marking import make_person


def report(number: int, **changes: str) -> str:
    """One of many reports: some share title, outlet, authors, topics or address with others."""
    fields = {
        "title": f"Report {number % 7}" if number % 3 else f"Report {number}",
        "publisher": f"Outlet {number % 5}" if number % 2 else "",
        "author": f"Aset Example; Author {number % 4}",
        "topic": f"Topic {number % 3}, Strikes, Topic {number % 2}",
        "date": f"2004-05-{number % 28 + 1:02}",
        "url": f"https://host{number % 6}.example/{number % 60}",
        "language": "en" if number % 4 else "",
    } | changes
    head = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    return (
        f"---\n{head}\n---\n\nThen Aset Example and Vera Other spoke to dockers at "
        f"noon on day {number}.\n\n- They **went**  home, ✘ all {number} of them.\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More files than one batch takes, with bad ones, known bytes and known addresses."""
    for number in range(FILES_PER_BATCH + 15):
        (tmp_path / f"{number:03}.md").write_text(report(number))
    (tmp_path / "010a.md").write_text(report(10))
    (tmp_path / "011a.md").write_text(report(111, url="https://host5.example/11"))
    (tmp_path / "012a.md").write_bytes(b"")
    (tmp_path / "013a.md").write_text("They went home without a title.")
    (tmp_path / "014a.docx").write_text(report(214))
    (tmp_path / "016a.docx").write_text(report(16))
    (tmp_path / "016.docx").write_text(report(17))
    (tmp_path / "015a.md").symlink_to(tmp_path / "nowhere.md")
    return tmp_path


def archived() -> list[Any]:
    """Return what is kept, in the order in which it was written, without keys and moments."""
    named: list[type[Publisher | Author | Topic]] = [Publisher, Author, Topic]
    kept: list[Any] = [
        list(model._default_manager.order_by("pk").values_list("name", flat=True))
        for model in named
    ]
    kept.append(list(Publisher.objects.order_by("pk").values_list("host", flat=True)))
    for article in Article.objects.order_by("pk"):
        kept.append([article.slug, article.title, article.byline, article.sort_date])
        kept.append([article.address_key, article.language, article.publisher_name])
        kept.append([byline.author.name for byline in article.bylines.all()])
        kept.append([topic.name for topic in article.topics.all()])
        kept.append(article.version.number)
        captures = article.captures.values_list(
            "filename", "sha256", "size", "media_type", "encoding", "compressed"
        )
        kept.append(list(captures))
        versions = article.versions.values_list(
            "number", "html", "text", "sha256", "capture__sha256", "previous__number"
        )
        kept.append(list(versions))
        events = article.events.order_by("pk")
        kept.append([*events.values_list("kind", "detail", "data", "succeeded")])
        mentions = article.annotations.order_by("version", "start")
        kept.append(
            [*mentions.values_list("version__number", "start", "exact", "state")]
        )
    kept.append(sorted(NameWord.objects.values_list("key", "word")))
    found = search.articles_with_words("dockers")
    kept.append(sorted(Article.objects.filter(pk__in=found).values_list("slug")))
    return kept


# The same archive


@pytest.mark.django_db
@pytest.mark.parametrize("jobs", [1, 2])
def test_many_files_make_the_archive_that_one_after_the_other_make(
    folder: Path, jobs: int
) -> None:
    make_person("Aset Example")
    paths = sorted(folder.iterdir())
    one_by_one = []
    with transaction.atomic():
        for path in paths:
            try:
                one_by_one.append(told(take_in(path.read_bytes(), path.name)))
            except (OSError, Refused) as reason:
                one_by_one.append(told(reason))
        expected = archived()
        transaction.set_rollback(True)

    in_bulk = [told(taken) for taken in take_in_files(paths, jobs)]

    assert in_bulk == one_by_one
    assert archived() == expected
    assert Annotation.objects.exists()


def told(taken: IntakeResult | Refused | OSError) -> tuple[str, list[str]]:
    """Return what became of a file, in words."""
    if isinstance(taken, IntakeResult):
        return taken.outcome.value, [taken.article.slug, *taken.notes]
    return "refused", [str(taken)]


@pytest.mark.django_db
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_command_tells_of_all_files_in_their_order(folder: Path, jobs: int) -> None:
    done = run(folder, jobs=jobs)

    assert done.told.splitlines()[-1] == (
        "60 imported, 56 updated with a new version, 2 already here, 5 refused."
    )
    assert [line.split(":")[0] for line in done.refused.splitlines()] == [
        f"Refused {folder}/{name}"
        for name in ("012a.md", "013a.md", "014a.docx", "015a.md", "016.docx")
    ]
    assert run(folder, jobs=jobs).told.splitlines()[-1] == (
        "119 already here, 4 refused."
    )


# Files that bear on each other


@pytest.mark.django_db
def test_a_second_file_with_an_address_is_a_version_of_the_first_ones_article(
    tmp_path: Path,
) -> None:
    same = {"url": "https://harbour.example/a", "language": "en"}
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(report(number, **same))
    (tmp_path / "3.md").write_text(report(1, **same))

    done = run(tmp_path)

    article = Article.objects.get()
    assert done.told.splitlines()[-1] == (
        "1 imported, 2 updated with a new version, 1 already here."
    )
    assert article.title == "Report 0"
    assert [version.number for version in article.versions.all()] == [1, 2, 3]
    assert "day 2" in article.version.text


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_does_the_others_of_its_batch_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = search.index

    def index_but_one(article_ids: list[int]) -> None:
        taken = Article.objects.filter(pk__in=article_ids, slug="report-21")
        if taken.exists():
            raise search.TooManyWords
        index(article_ids)

    monkeypatch.setattr(search, "index", index_but_one)
    taken = run(folder)

    assert taken.told.splitlines()[-1] == (
        "60 imported, 55 updated with a new version, 2 already here, 6 refused."
    )
    assert f"Refused {folder}/021.md: It has more different words" in taken.refused
    assert not Capture.objects.filter(filename="021.md").exists()


@pytest.mark.django_db
def test_what_somebody_else_writes_at_the_same_moment_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(report(1))
    (tmp_path / "b.md").write_text(report(2))
    create_all = Article.objects.create_all
    raised: list[Exception] = []

    def fail_once(articles: list[Article]) -> None:
        if len(raised) < 2:
            raised.append(IntegrityError("UNIQUE constraint failed"))
            raise raised[-1]
        create_all(articles)

    monkeypatch.setattr(
        type(Article.objects), "create_all", lambda self, all_: fail_once(all_)
    )

    assert run(tmp_path).told == "2 imported.\n"


@pytest.mark.django_db
def test_as_many_queries_write_many_files_as_two(tmp_path: Path) -> None:
    def queries(first: int, past: int) -> int:
        paths = []
        for number in range(first, past):
            path = tmp_path / f"{number:03}.md"
            own = {
                "title": f"Day {number}",
                "author": f"Author {number}",
                "topic": f"Topic {number}",
                "publisher": f"Outlet {number}",
                "url": f"https://host{number}.example/a",
            }
            path.write_text(report(number, **own))
            paths.append(path)
        with CaptureQueriesContext(connection) as asked:
            list(take_in_files(paths))
        # Generations are added up into one row at random.
        return len([q for q in asked if "archive_generation" not in q["sql"]])

    make_person("Aset Example")
    queries(0, 1)
    few = queries(1, 3)

    assert queries(3, 3 + 15) == few


# Processes that end


def read_all_but_one(files: list[Any]) -> list[Any]:
    """Read files, and end the process at the one that names itself so."""
    if any(b"the end of the process" in file.content for file in files):
        os.kill(os.getpid(), signal.SIGKILL)
    return READ_ALL(files)


READ_ALL = workers.read_all


@pytest.mark.django_db
def test_a_file_that_ends_its_process_is_refused_and_the_others_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "read_all", read_all_but_one)
    (folder / "020a.md").write_text(report(220) + "\nIt was the end of the process.")

    done = run(folder, jobs=2)

    assert done.told.splitlines()[-1] == (
        "60 imported, 56 updated with a new version, 2 already here, 6 refused."
    )
    assert f"Refused {folder}/020a.md: The process that read it ended" in done.refused


@pytest.fixture
def other_archive(tmp_path: Path) -> dict[str, str]:
    """The environment of an archive of its own, in a file."""
    environment = os.environ | {
        "DATA_DIR": str(tmp_path / "data"),
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'other.sqlite3'}",
    }
    (tmp_path / "data").mkdir()
    subprocess.run(command("migrate", "-v", "0"), env=environment, check=True)
    return environment


def command(*words: str) -> list[str]:
    return [sys.executable, str(django_settings.BASE_DIR / "manage.py"), *words]


def children_of(process: int) -> set[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return {int(child) for child in listed.split()}


@pytest.mark.skipif(sys.platform != "linux", reason="Processes are looked up in /proc.")
def test_an_import_that_is_killed_twice_is_taken_up_again(
    tmp_path: Path, other_archive: dict[str, str]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(600):
        (reports / f"{number:03}.md").write_text(report(number, url=""))
    importing = command("import_articles", "--jobs", "2", str(reports))

    for _kill in range(2):
        started = subprocess.Popen(importing, env=other_archive)
        readers: set[int] = set()
        while started.poll() is None and len(readers) < 2:
            readers = children_of(started.pid)
            time.sleep(0.02)
        time.sleep(0.4)
        started.kill()
        started.wait()
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{reader}").exists() for reader in readers):
            assert time.monotonic() < deadline, "A reader outlives the import."
            time.sleep(0.05)
    last = subprocess.run(importing, env=other_archive, capture_output=True, text=True)
    again = subprocess.run(importing, env=other_archive, capture_output=True, text=True)
    verified = subprocess.run(command("verify_archive"), env=other_archive)

    assert last.stderr == ""
    assert again.stdout == "600 already here.\n"
    assert verified.returncode == 0


@pytest.mark.django_db
def test_a_few_files_start_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_new_pool", None)
    (tmp_path / "a.md").write_text(report(1))

    assert run(tmp_path, jobs=2).told == "1 imported.\n"
    assert counts()["Article"] == 1


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_an_import_takes_one_process_at_least(
    jobs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        execute_from_command_line(["manage.py", "import_articles", "--jobs", jobs, "."])
    assert "--jobs" in capsys.readouterr().err
