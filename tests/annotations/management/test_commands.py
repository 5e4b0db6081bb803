"""The commands about what is tagged: export, link, verify, and the demonstration."""

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from annotations import demo
from annotations.editing import tagging
from annotations.models import Act, Annotation, Entity, State, TagCount
from archive.compression import compress
from archive.ingest.pipeline import correct_text
from archive.models import Article, Capture, TextVersion, User
from archive.roles import Role
from tests.support.making import MakeArticle, capture_of
from tests.support.marking import acts_on, allegation, figure, make_person, mention

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    told = io.StringIO()
    call_command(*arguments, stdout=told, stderr=told)
    return told.getvalue()


@pytest.mark.parametrize(
    "command",
    [
        "check_quotes",
        "export_excerpts",
        "import_annotations",
        "import_articles",
        "link_mentions",
        "load_demo",
        "verify_archive",
    ],
)
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(command, "--help")
    assert f"manage.py {command}" in capsys.readouterr().out.split("Example:")[1]


# export_excerpts


@pytest.fixture
def tagged(make_article: MakeArticle) -> Article:
    article = make_article("Day three", "<p>Иван said that 15 died. He fired.</p>")
    figure(article, "15 died")
    allegation(article, "He fired", "The police fired")
    mention(
        make_article("Withheld", "<p>Olga.</p>", is_public=False),
        "Olga",
        make_person("Olga"),
    )
    return article


def test_without_a_file_an_export_goes_to_the_standard_output(
    tagged: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_excerpts", "--format=csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["words"] for row in rows] == ["15 died", "He fired"]
    assert rows[0]["before"].startswith("Иван")


def test_an_export_into_a_file_says_how_many_it_holds(
    tagged: Article, tmp_path: Path
) -> None:
    file = tmp_path / "excerpts.md"
    assert (
        run("export_excerpts", "--format=markdown", f"--output={file}")
        == f"2 excerpts in {file}.\n"
    )
    assert "15 died" in file.read_text(encoding="utf-8")


def test_withheld_articles_are_exported_only_if_they_are_asked_for(
    tagged: Article, tmp_path: Path
) -> None:
    file = tmp_path / "excerpts.json"
    words = []
    for asked in ([], ["--withheld"]):
        run("export_excerpts", "--format=json", f"--output={file}", *asked)
        words.append(
            [row["words"] for row in json.loads(file.read_text(encoding="utf-8"))]
        )
    assert words == [["15 died", "He fired"], ["15 died", "He fired", "Olga"]]


@pytest.mark.parametrize(
    "asked",
    ["--format=wordstar", "--format=csv --kind=rumour", "--format=csv --since=soon"],
)
def test_an_export_that_is_not_understood_is_refused(
    tagged: Article, asked: str
) -> None:
    with pytest.raises(CommandError):
        run("export_excerpts", *asked.split())


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
    tagged: Article, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        run(
            "export_excerpts",
            "--format=csv",
            f"--output={tmp_path / 'nowhere' / 'excerpts.csv'}",
        )


# link_mentions


def test_linking_again_brings_the_marks_to_what_the_names_say_now(
    make_article: MakeArticle,
) -> None:
    article = make_article(html="<p>Ivan Petrov met Olga.</p>")
    make_person("Ivan Petrov")
    mention(article, "Olga", make_person("Nobody"), State.LINKED)
    assert run(
        "link_mentions"
    ) == "1 articles read; 1 mentions added, 1 removed.\n".replace(
        "removed", "taken back"
    )
    assert Annotation.objects.get().exact == "Ivan Petrov"
    assert "0 mentions added, 0 taken back" in run("link_mentions")


def test_linking_again_leaves_what_editors_judged(make_article: MakeArticle) -> None:
    article, petrov = (
        make_article(html="<p>Ivan Petrov met Ivan Petrov.</p>"),
        make_person("Ivan Petrov"),
    )
    judged = [
        mention(article, "Ivan Petrov", petrov, State.REJECTED),
        mention(article, "Ivan Petrov", petrov, nth=1),
    ]
    run("link_mentions")
    assert [mark.state for mark in Annotation.objects.order_by("start")] == [
        mark.state for mark in judged
    ]


# verify_archive


@pytest.fixture
def whole(tagged: Article) -> Article:
    content = b"# Day three"
    capture_of(tagged, content)
    return tagged


def test_a_whole_archive_has_no_faults(whole: Article) -> None:
    assert run("verify_archive") == "8 checked, 0 faults.\n"


FAULTS: dict[str, tuple[str, Callable[[], object]]] = {
    "bytes": (
        "its bytes have changed",
        lambda: Capture.objects.update(
            compressed=compress(b"# Day four"), size=len(b"# Day four")
        ),
    ),
    "broken stream": (
        "its bytes have changed",
        lambda: Capture.objects.update(compressed=b"# Day three"),
    ),
    "longer than its size": (
        "its bytes have changed",
        lambda: Capture.objects.update(compressed=compress(b"# Day three" * 9)),
    ),
    "hash of bytes": (
        "its bytes have changed",
        lambda: Capture.objects.update(sha256="0" * 64),
    ),
    "text": ("its text has changed", lambda: _text().update(text="Something else.")),
    "hash of text": ("its text has changed", lambda: _text().update(sha256="0" * 64)),
    "html": (
        "its HTML says something else",
        lambda: _text().update(html="<p>Something else.</p>"),
    ),
    "words": (
        "“16 died” does not stand at its place",
        lambda: _mark().update(exact="16 died"),
    ),
    "start": ("does not stand at its place", lambda: _mark().update(start=1)),
    "end": ("does not stand at its place", lambda: _mark().update(end=1000)),
    "paragraph": ("does not stand at its place", lambda: _mark().update(paragraph=2)),
    "date": (
        "its article has another date",
        lambda: _mark().update(sort_date="2011-01-01"),
    ),
    "article": (
        "does not stand at its place",
        lambda: _mark().update(article=Article.objects.get(title="Withheld")),
    ),
    "number of tags": (
        "its tags are not counted right",
        lambda: TagCount.objects.update(number=7),
    ),
    "tags not counted": (
        "its tags are not counted right",
        lambda: TagCount.objects.all().delete(),
    ),
    "tags counted twice": (
        "its tags are not counted right",
        lambda: TagCount.objects.bulk_create(_copies_of(TagCount.objects.all())),
    ),
}


def _copies_of(rows: Iterable[TagCount]) -> list[TagCount]:
    copies = list(rows)
    for row in copies:
        row.pk = None
    return copies


def _text() -> Any:
    return TextVersion.objects.filter(article__title="Day three")


def _mark() -> Any:
    return Annotation.objects.filter(kind="figure")


@pytest.mark.parametrize("fault", FAULTS)
def test_every_kind_of_fault_is_found_and_named(
    whole: Article, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    told, plant = FAULTS[fault]
    plant()
    with pytest.raises(SystemExit) as end:
        call_command("verify_archive")
    assert end.value.code == 1
    assert told in capsys.readouterr().err


def test_what_was_counted_wrong_is_counted_anew(whole: Article) -> None:
    TagCount.objects.update(number=7)
    assert run("verify_archive", "--recount") == "8 checked, 0 faults.\n"


# load_demo


def test_the_demonstration_is_nine_digests_in_three_languages() -> None:
    told = run("load_demo")
    assert (
        told
        == f"The demonstration is here: 9 articles, {Annotation.objects.count()} passages.\n"
    )
    assert [
        Article.objects.filter(language=language).count()
        for language in ("en", "ru", "kk")
    ] == [3, 3, 3]
    # To the original.
    assert all(
        'href="https://' in article.version.html for article in Article.objects.all()
    )
    assert "0 faults" in run("verify_archive")


def test_one_man_has_five_spellings_in_two_scripts() -> None:
    run("load_demo")
    kasymov = Entity.objects.get(name="Kalmukhambet Kasymov")
    used = set(
        Annotation.objects.mentions_of(kasymov).shown().values_list("exact", flat=True)
    )
    scripts = {form.text: form.script for form in kasymov.spellings.all()}
    assert len(used) >= 5
    assert {scripts[words] for words in used} == {"Latin", "Cyrillic"}


def test_no_mention_of_the_minister_is_within_the_name_of_the_reporter() -> None:
    run("load_demo")
    for mark in Annotation.objects.filter(
        entity__name="Kalmukhambet Kasymov"
    ).select_related("version"):
        text = mark.version.text
        assert not text[mark.end : mark.end + 1].isalpha()
        assert not text[mark.start - 1 : mark.start].isalpha()


def test_every_quote_of_the_demonstration_is_tagged_at_its_words() -> None:
    run("load_demo")
    tags = tomllib.loads((demo.FOLDER / "tags.toml").read_text(encoding="utf-8"))
    for kind in ("figure", "allegation"):
        expected = sorted(tag["quote"] for tag in tags[kind])
        marks = Annotation.objects.filter(kind=kind).select_related("version")
        assert sorted(mark.exact for mark in marks) == expected
        for mark in marks:
            assert mark.version.text[mark.start : mark.end] == mark.exact


def test_all_that_is_tagged_as_said_by_somebody_known_leads_to_them() -> None:
    run("load_demo")
    known = set(Entity.objects.values_list("name", flat=True))
    for mark in Annotation.objects.filter(kind="figure").select_related(
        "figure__said_by_entity"
    ):
        if mark.figure.said_by in known:
            assert mark.figure.said_by_entity
            assert mark.figure.said_by_entity.name == mark.figure.said_by


def test_loading_it_again_changes_nothing() -> None:
    first = run("load_demo")
    before = _everything()
    assert run("load_demo") == first
    assert _everything() == before


def test_loading_it_again_leaves_what_editors_did(editor: User, curator: User) -> None:
    run("load_demo")
    deleted, changed = Annotation.objects.filter(kind="figure").order_by("pk")[:2]
    tagging.delete(deleted.pk, deleted.revision, editor)
    changed.figure.counted = "something else"
    changed.figure.save()
    run("load_demo")
    assert not Annotation.objects.filter(
        article=deleted.article, kind="figure", exact=deleted.exact
    ).exists()
    assert Annotation.objects.get(pk=changed.pk).figure.counted == "something else"


def test_loading_it_again_after_a_text_was_corrected_is_no_error(curator: User) -> None:
    run("load_demo")
    mark = (
        Annotation.objects.filter(kind="figure")
        .select_related("version")
        .order_by("pk")[0]
    )
    correct_text(
        mark.article,
        mark.version.html.replace(mark.exact, "corrected words"),
        curator,
        "A correction",
    )
    run("load_demo")
    assert Article.objects.count() == 9
    assert [act.kind for act in acts_on(mark)] == [Act.Kind.ORPHANED]


def test_logins_are_made_and_told_only_with_debug(
    client: Client, settings: Any
) -> None:
    assert "password" not in run("load_demo")
    assert not User.objects.exists()
    settings.DEBUG = True
    told = run("load_demo", "--address=http://127.0.0.1:9000/")
    assert "The archive: http://127.0.0.1:9000/" in told
    for role in (Role.EDITOR, Role.CURATOR):
        line = next(line for line in told.splitlines() if f"demo-{role.value}" in line)
        name, password = line.split(": ")[1].split(", password ")
        assert client.login(username=name, password=password)
        assert User.objects.get(username=name).role == role


def _everything() -> list[Any]:
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Article, TextVersion, Annotation, Entity)
    ]
