"""A server that is killed again and again while four editors annotate: what was said to be
saved is there, once.

The server is gunicorn as in production, with its static files collected and hashed; it works on
a database of its own, so that it can be killed with SIGKILL at any moment.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from annotations.models import Allegation
from archive.models import User
from archive.roles import Role
from tests.support.making import make_article
from tests.support.selecting import select

TAGS = 30
BROWSERS = 4
KILLED_AT = (6, 14, 22)
AWAY_FOR = 3  # tags
NUMBERS = [f"number{number:02}" for number in range(TAGS)]

LISTEN = """
heard = [];
new MutationObserver((records) => records.forEach((one) => one.addedNodes.forEach((node) => heard.push(node.data))))
  .observe(document.querySelector(".desk-status"), { childList: true });
"""


class Server:
    """Gunicorn, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._file = folder / "archive.sqlite3"
        self._environment = {
            **os.environ,
            "DEBUG": "false",
            "HTTPS": "false",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECRET_KEY": settings.SECRET_KEY,
            "DATA_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "DATABASE_URL": self._database(),
        }
        self._log = (folder / "server.log").open("w")
        assert (
            self._run(
                "manage.py", "collectstatic", "--noinput", "--verbosity", "0"
            ).wait()
            == 0
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        workers = (
            "--workers",
            "2",
            "--threads",
            "4",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--no-control-socket",
        )
        self._process = self._run(
            "-m", "gunicorn", "config.wsgi", *workers, stderr=subprocess.PIPE
        )
        said = self._process.stderr
        assert said is not None
        assert any(b"Listening at" in line for line in said), (
            "the server does not start"
        )
        Thread(
            target=shutil.copyfileobj, args=(said, self._log.buffer), daemon=True
        ).start()

    def kill(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def saved(self) -> list[str]:
        """Return the summaries of all allegations that are in the database, those that are
        there twice twice."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(self._file) as own:
                return [
                    summary
                    for (summary,) in own.execute(
                        "SELECT summary FROM annotations_allegation"
                    )
                ]
        return list(Allegation.objects.values_list("summary", flat=True))

    def _run(
        self, *arguments: str, stderr: IO[str] | int | None = None
    ) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *arguments]
        root, log = settings.BASE_DIR, self._log
        return subprocess.Popen(
            command,
            cwd=root,
            env=self._environment,
            stderr=stderr or log,
            stdout=log,
            start_new_session=True,
        )

    def _database(self) -> str:
        """The test's database; a copy of it where it is in this process's memory alone."""
        if connection.vendor != "sqlite":
            return (
                urlsplit(os.environ["DATABASE_URL"])
                ._replace(path=f"/{connection.settings_dict['NAME']}")
                .geturl()
            )
        connection.ensure_connection()
        with sqlite3.connect(self._file) as own:
            connection.connection.backup(own)
        return f"sqlite:///{self._file}"


@pytest.fixture
def cookies(transactional_db: None) -> list[str]:
    """The sessions of four editors, made before the server gets its database; and the article
    that they work on."""
    make_article(
        "The count",
        html="".join(
            f"<p>The {number} boat was gone by noon.</p>" for number in NUMBERS
        ),
    )
    return [
        _session(User.objects.create_user(f"editor {n}", role=Role.EDITOR))
        for n in range(BROWSERS)
    ]


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def server(cookies: list[str], tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def desks(browser: Browser, cookies: list[str], server: Server) -> Iterator[list[Page]]:
    contexts = [
        browser.new_context(viewport={"width": 1280, "height": 800})
        for _cookie in cookies
    ]
    for context, cookie in zip(contexts, cookies, strict=True):
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}]
        )
    yield [_opened(context.new_page(), server) for context in contexts]
    for context in contexts:
        context.close()


def _opened(page: Page, server: Server) -> Page:
    page.goto(f"{server.url}/articles/the-count/annotate/")
    expect(page.get_by_role("button", name="Caret")).to_be_visible()
    page.evaluate(LISTEN)
    return page


def tag(page: Page, number: str) -> None:
    select(page, number, number)
    page.keyboard.press("4")
    page.get_by_label("What is alleged").fill(f"{number} was taken")
    page.get_by_label("Who says so").fill("The clerk")
    page.keyboard.press("Control+Enter")


def said_to_be_saved(pages: list[Page]) -> list[str]:
    """Return the numbers that any browser has shown as saved, as often as it did."""
    heard = [
        words
        for page in pages
        for words in page.evaluate("heard")
        if words.startswith("Saved")
    ]
    return [number for number in NUMBERS for words in heard if number in words]


def test_what_is_said_to_be_saved_is_there_once_though_the_server_was_killed(
    server: Server, desks: list[Page]
) -> None:
    for at, number in enumerate(NUMBERS):
        tag(desks[at % BROWSERS], number)
        if at in KILLED_AT:
            server.kill()
            saved = server.saved()
            assert {f"{number} was taken" for number in said_to_be_saved(desks)} <= set(
                saved
            )
        elif at - AWAY_FOR in KILLED_AT:
            server.start()
    for page in desks:
        expect(page.locator(".outbox")).to_be_hidden(timeout=60_000)
        expect(page.locator("#text .mark.allegation.starts")).to_have_count(
            TAGS, timeout=60_000
        )
    assert sorted(server.saved()) == [f"{number} was taken" for number in NUMBERS]
    assert set(said_to_be_saved(desks)) == set(NUMBERS)
