import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Model
from pytest_django import Settings

from annotations.models import Act, Annotation
from archive.models import Article, Capture, Event, TextVersion
from tests.support.marking import acts_on, allegation

pytestmark = pytest.mark.django_db


@dataclass
class Run:
    """What a run of the command wrote, and its exit code."""

    told: str
    refused: str
    code: int


def run(*paths: Path, verbosity: int = 1, jobs: int = 1) -> Run:
    told, refused = io.StringIO(), io.StringIO()
    try:
        call_command(
            "import_articles",
            *paths,
            stdout=told,
            stderr=refused,
            verbosity=verbosity,
            jobs=jobs,
            no_color=True,
        )
    except SystemExit as leaving:
        return Run(told.getvalue(), refused.getvalue(), int(str(leaving.code)))
    return Run(told.getvalue(), refused.getvalue(), 0)


def counts() -> dict[str, int]:
    kept: list[type[Model]] = [Article, Capture, TextVersion, Event]
    return {model.__name__: model._default_manager.count() for model in kept}


def good(number: int) -> str:
    return (
        f"# Report {number}\n\nMay {number}, 2004\n\n"
        f"Dockers walked out on day {number}, and went home in the evening."
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good files, one of them in a folder below, and one hidden that is not meant."""
    (tmp_path / "1.txt").write_text(good(1))
    (tmp_path / "2.md").write_text(good(2))
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "3").write_text(good(3))
    (tmp_path / ".hidden.txt").write_text(good(4))
    return tmp_path


# Folders and files


def test_a_folder_is_imported_with_all_below_it(folder: Path) -> None:
    done = run(folder)

    assert (done.told, done.refused, done.code) == ("3 imported.\n", "", 0)
    assert {article.title for article in Article.objects.all()} == {
        "Report 1",
        "Report 2",
        "Report 3",
    }


def test_a_second_run_changes_nothing_and_says_so(folder: Path) -> None:
    run(folder)
    before = counts()

    done = run(folder)

    assert (done.told, done.code) == ("3 already here.\n", 0)
    assert counts() == before


def test_files_may_be_named_one_by_one_hidden_ones_too(folder: Path) -> None:
    assert run(folder / "1.txt", folder / ".hidden.txt").told == "2 imported.\n"


def test_every_file_is_told_of_on_demand(folder: Path) -> None:
    assert (
        run(folder / "1.txt", verbosity=2).told
        == f"{folder / '1.txt'}: imported: Report 1.\n1 imported.\n"
    )


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    done = run(tmp_path)

    assert (done.told, done.code) == ("There was nothing to import.\n", 1)


def test_bad_files_are_named_and_do_the_others_no_harm(
    folder: Path, settings: Settings
) -> None:
    settings.ARCHIVE_MAX_BYTES = 4096
    bad = {
        "empty.txt": b"",
        "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "undecodable.txt": b"# \xff\xfe\xfa\xc0\xc1",
        "large.txt": b"# Large\n\n" + b"words " * 1000,
        "untitled.txt": b"They went home in the evening.",
        "report.docx": b"Dockers stop work\n\nThey went home.",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")

    done = run(folder)

    assert (done.told, done.code) == ("3 imported, 7 refused.\n", 1)
    assert done.refused.splitlines() == [
        f"Refused {folder}/binary.txt: It is a binary file, not a text.",
        f"Refused {folder}/dangling.txt: It could not be read: No such file or directory.",
        f"Refused {folder}/empty.txt: It is empty.",
        f"Refused {folder}/large.txt: It is too large: 5.9\xa0KB, where this archive takes 4.0\xa0KB at most.",
        f"Refused {folder}/report.docx: Files of the kind “.docx” are not read; "
        "these are: .markdown, .md, .text, .txt.",
        f"Refused {folder}/undecodable.txt: Its encoding could not be told. Save it as UTF-8 and import it again.",
        f"Refused {folder}/untitled.txt: It has no title: begin it with a line “# Title”.",
    ]


def test_a_refused_file_leaves_no_half_article(folder: Path) -> None:
    run(folder)
    before = counts()
    (folder / "untitled.txt").write_text("They went home in the evening.")
    (folder / "bodiless.txt").write_text(
        "# A title\n\nAuthor: Aset Example\n\nURL: https://harbour.example/a"
    )

    done = run(folder)

    assert (done.told, done.code) == ("3 already here, 2 refused.\n", 1)
    assert counts() == before


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path / "nothing.txt")

    assert done.refused.endswith(
        "nothing.txt: It could not be read: No such file or directory.\n"
    )
    assert done.code == 1


def test_a_path_that_no_file_can_have_does_the_others_no_harm(folder: Path) -> None:
    done = run(folder, folder / ("x" * 300))

    assert (done.told, done.code) == ("3 imported, 1 refused.\n", 1)
    assert "It could not be read: File name too long." in done.refused


# Other bytes for the same address

FIRST = """# Dockers stop work

Aset Example led about 120 dockers out of the gate at noon. He said that nobody had told them to.

Later, in the harbour, Vera Example spoke. She denied it all.

Then it rained.

URL: https://harbour.example/dockers
"""
LAST = FIRST[FIRST.index("Later") : FIRST.index("\n\nURL")]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "dockers.txt"
    path.write_text(FIRST)
    run(path)
    return path


def annotate(words: str) -> Annotation:
    return allegation(Article.objects.get(), words)


def test_other_bytes_for_an_address_become_a_version_of_its_article(
    report: Path,
) -> None:
    report.write_text(FIRST.replace("120", "130"))

    done = run(report)

    article = Article.objects.get()
    assert done.told.splitlines()[-1] == "1 updated with a new version."
    assert [version.number for version in article.versions.all()] == [1, 2]
    assert article.captures.count() == 2
    assert "130 dockers" in article.version.text


def test_annotations_whose_words_and_context_stand_once_are_carried_over(
    report: Path,
) -> None:
    said = annotate("nobody had told them to")
    report.write_text(
        FIRST.replace(
            "Aset Example led", "At the gate, as every day, Aset Example led"
        ).replace("rained", "snowed")
    )

    done = run(report)

    said.refresh_from_db()
    assert (
        f"{report}: updated: Dockers stop work; 1 annotation carried over." in done.told
    )
    assert said.is_current
    assert (
        said.version.text[said.start : said.end]
        == said.exact
        == "nobody had told them to"
    )
    assert [act.kind for act in acts_on(said)] == [Act.Kind.CARRIED]


@pytest.mark.parametrize(
    "changed",
    [
        FIRST.replace("denied it all", "admitted it all"),
        FIRST.replace("spoke. She denied", "spoke. Then she denied"),
        FIRST.replace(LAST, f"{LAST}\n\n{LAST}"),
    ],
    ids=["other words", "other context", "twice"],
)
def test_annotations_that_cannot_be_placed_are_orphaned_and_told_of(
    report: Path, changed: str
) -> None:
    denied = annotate("She denied it all.")
    report.write_text(changed)

    done = run(report)

    denied.refresh_from_db()
    assert "0 annotations carried over; 1 orphaned: place it again." in done.told
    assert (denied.is_current, denied.version.number) == (False, 1)
    assert denied.version.text[denied.start : denied.end] == "She denied it all."
    assert list(Annotation.objects.orphaned()) == [denied]


def test_annotations_are_never_dropped(report: Path) -> None:
    kept = {
        annotate("nobody had told them to").pk,
        annotate("She denied it all.").pk,
        annotate("about 120").pk,
    }
    report.write_text(
        "# Another title\n\nNothing of this is as it was.\n\nURL: https://harbour.example/dockers"
    )

    run(report)

    assert {annotation.pk for annotation in Annotation.objects.orphaned()} == kept


# The three real reports


@pytest.fixture
def imported(seeds: Path) -> list[Article]:
    """Them in the order of their files' names."""
    done = run(seeds)
    assert (done.told, done.refused, done.code) == ("3 imported.\n", "", 0)
    return [capture.article for capture in Capture.objects.order_by("filename")]


def test_the_real_reports_are_imported_once(
    imported: list[Article], seeds: Path
) -> None:
    before = counts()

    done = run(seeds)

    assert (done.told, done.code) == ("3 already here.\n", 0)
    assert counts() == before


def test_the_real_reports_have_their_titles(imported: list[Article]) -> None:
    ends = [
        ("Hundreds Confront", "3rd Day"),
        ("Four Officers", "Riot Shootings"),
        ("Police Round Up", "Janaozen Violence"),
    ]

    for article, (first, last) in zip(imported, ends, strict=True):
        assert article.title.startswith(first)
        assert article.title.endswith(last)
        assert 7 <= len(article.title.split()) <= 8


def test_the_real_reports_have_their_origin(imported: list[Article]) -> None:
    assert [
        (
            str(article.publisher),
            article.published,
            article.byline,
            article.credit,
            article.language,
        )
        for article in imported
    ] == [
        ("The Moscow Times", "2011-12-19", "", "Reuters, AP", "en"),
        ("The Moscow Times", "2012-01-26", "", "", "en"),
        ("Institute for War & Peace Reporting", "", "Janar Kasymbekova", "", "en"),
    ]


def test_the_real_reports_have_their_topics_and_their_region(
    imported: list[Article],
) -> None:
    assert [[topic.name for topic in article.topics.all()] for article in imported] == [
        [],
        [],
        ["Protests"],
    ]
    assert [article.coverage for article in imported] == ["", "", "Центральная Азия"]


def test_the_real_reports_have_their_addresses(
    imported: list[Article], seeds: Path
) -> None:
    first, second, third = (article.original_address for article in imported)

    assert "themoscowtimes.com/2011/12/19/" in first
    assert first.endswith("-a11525")
    assert "themoscowtimes.com/2012/01/26/" in second
    assert second.endswith("-a12")
    assert third.startswith("https://iwpr.net/global-voices/")
    assert [
        bytes(article.captures.get().content).count(article.original_address.encode())
        for article in imported
    ] == [1] * 3


def test_an_address_that_was_cut_short_on_its_way_is_told_of(
    imported: list[Article],
) -> None:
    doubtful = Event.objects.get(kind=Event.Kind.VALIDATION)

    assert doubtful.article == imported[1]
    assert "may have been cut short" in doubtful.detail


def test_the_scars_of_the_real_reports_are_gone_and_counted(
    imported: list[Article],
) -> None:
    cleaned = {
        article.captures.get().filename[:3]: {
            event.data["cleaning"]: event.data["count"]
            for event in article.events.filter(kind=Event.Kind.NORMALIZATION)
        }
        for article in imported
    }

    assert not TextVersion.objects.filter(html__contains="✘").exists()
    assert cleaned == {
        "000": {},
        "001": {"stray-mark": 5, "doubled-space": 1, "split-paragraph": 1},
        "003": {"dead-link": 2, "split-field": 1},
    }


def test_the_real_reports_keep_their_first_and_last_words(
    imported: list[Article],
) -> None:
    texts = [article.version.text for article in imported]

    assert texts[0].startswith("A protester running")
    assert "\n\nAKTAU, Kazakhstan — Hundreds" in texts[0]
    assert texts[0].endswith("on the sidelines of the visit.")
    assert texts[1].startswith("ALMATY — Kazakhstan")
    assert "resorting to the use of" in texts[1]
    assert texts[2].endswith("@iwpr.net.")
