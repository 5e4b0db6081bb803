"""An article that other programs have annotated, and the command as it is run."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from archive.models import Article
from tests.support.making import MakeArticle
from tests.support.w3c_documents import TEXT, Run, Save


@pytest.fixture
def article(make_article: MakeArticle) -> Article:
    address = "https://post.example/day-three"
    return make_article(
        "Day three",
        TEXT,
        original_address=address,
        address_key="post.example/day-three",
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run(file, *options)` gives the exit code, the lines of what was counted, and those of
    what was refused."""

    def run(*arguments: Any) -> tuple[int, list[str], list[str]]:
        code = 0
        try:
            call_command("import_annotations", *map(str, arguments))
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err.splitlines()

    return run


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    def saved(*records: Any, name: str = "annotations.json") -> Path:
        file = tmp_path / name
        file.write_text(
            json.dumps(records[0] if len(records) == 1 else list(records)),
            encoding="utf-8",
        )
        return file

    return saved
