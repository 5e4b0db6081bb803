"""Our own export, imported into another archive with the same articles: the same
annotations."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from annotations import demo
from annotations.editing.undo import undo
from annotations.models import Act, Annotation, Entity, Measure, Total
from annotations.w3c_import import spool
from archive.ingest.pipeline import take_in
from archive.models import Article, User
from tests.support.marking import everything
from tests.support.pages import page_of

pytestmark = pytest.mark.django_db


def exported(file: Path, *asked: str) -> list[str]:
    """Export everything, and return the annotations as they are written, in an order of their
    own."""
    call_command(
        "export_excerpts", "--format=jsonld", f"--output={file}", *asked, verbosity=0
    )
    return sorted(
        line.removesuffix(",")
        for line in file.read_text(encoding="utf-8").splitlines()[1:-1]
    )


def start_again() -> None:
    """Empty the archive, and import the same articles into it, in another order."""
    Total.objects.all().delete()
    Annotation.objects.all().delete()
    Entity.objects.all().delete()
    Measure.objects.all().delete()
    Article.objects.update(current_version=None)
    for article in Article.objects.all():
        article.versions.all().delete()
        article.delete()
    for file in sorted((demo.FOLDER / "articles").glob("*.md"), reverse=True):
        take_in(file.read_bytes(), file.name)
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    "asked", [[], ["--withheld"]], ids=["as a reader", "as an editor"]
)
def test_a_fresh_archive_has_the_same_annotations(
    tmp_path: Path, editor: User, asked: list[str]
) -> None:
    demo.load()
    Annotation.objects.filter(kind="figure").update(made_by=editor)
    file, again = tmp_path / "first.jsonld", tmp_path / "second.jsonld"
    before = exported(file, *asked)
    start_again()
    call_command("import_annotations", str(file), "--create", verbosity=0)
    after = exported(again, *asked)
    assert len(before) > 100
    assert after == before
    call_command("link_mentions", verbosity=0)
    assert exported(again, *asked) == before


def test_batches_of_three_give_the_same_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.load()
    file, again = tmp_path / "first.jsonld", tmp_path / "second.jsonld"
    before = exported(file)
    start_again()
    monkeypatch.setattr(spool, "_BATCH", 3)
    call_command("import_annotations", str(file), "--create", verbosity=0)
    assert exported(again) == before
    call_command("verify_archive", verbosity=0)


def test_importing_it_twice_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo.load()
    file = tmp_path / "all.jsonld"
    count = len(exported(file))
    before = everything()
    call_command("import_annotations", str(file))
    assert capsys.readouterr().out.endswith(f"{file}: {count} already here.\n")
    assert everything() == before
    assert not Act.objects.filter(kind=Act.Kind.IMPORTED).exists()


def test_an_import_is_undone_as_one_act_and_done_again(
    client: Client, tmp_path: Path, curator: User
) -> None:
    demo.load()
    file, again = tmp_path / "first.jsonld", tmp_path / "second.jsonld"
    exported(file)
    start_again()
    before = everything()
    call_command("import_annotations", str(file), "--create", verbosity=0)
    after = exported(again)
    act = Act.objects.get(kind=Act.Kind.IMPORTED)
    assert act.label == f"imported “first.jsonld” ({len(after)} passages)"
    client.force_login(curator)
    assert (
        "imported “first.jsonld”" in page_of(client.get(act.get_absolute_url())).words
    )
    undone = undo(act, curator)
    assert not undone.kept
    assert everything() == before
    undo(undone.act, curator)
    assert says(exported(again)) == says(after)


def says(lines: list[str]) -> list[dict[str, Any]]:
    """What annotations say, without when they were changed."""
    return [
        {name: value for name, value in json.loads(line).items() if name != "modified"}
        for line in lines
    ]
