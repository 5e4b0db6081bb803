"""Two workers keep pages of their own: what another process does is seen on the very next
request, whichever of them answers it.

Gunicorn serves a database of its own, as in production, and manage.py changes it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

# Requests on new connections, which the two workers share as it comes.
ASKED = 24
WITHHELD = "senior-police-to-answer-for-the-force-used-in-zhanaozen"
READ = "oil-workers-rally-in-aktau-while-a-minister-explains-the-gunfire"
PERSON, OTHER = "kalmukhambet-kasymov", "igor-vinyavsky"
NAMES = """
from annotations.allegations.embargoes import set_embargo
from annotations.editing.undo import undo
from annotations.entities.merging import merge
from annotations.models import Act, Allegation, Embargo, Entity
from archive.ingest.pipeline import correct_text
from archive.models import Article, User
curator = User.objects.get(username="curator")
"""


class Archive:
    """An archive with the demonstration, served by two workers."""

    def __init__(self, folder: Path, database_url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._environment = {
            **os.environ,
            "DEBUG": "true",
            "KEEP_PAGES": "true",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
        }

    def do(self, statements: str) -> None:
        """Run some Python in another process, with the names that are imported above."""
        self._run("manage.py", "shell", "--verbosity", "0", "-c", NAMES + statements)

    def fill(self) -> None:
        self._run("manage.py", "migrate", "--verbosity", "0")
        self._run("manage.py", "load_demo", "--verbosity", "0")
        make = "from archive.models import User; "
        make += "User.objects.create_user('curator', password='c', role='curator')"
        self._run("manage.py", "shell", "--verbosity", "0", "-c", make)

    @contextmanager
    def served(self) -> Iterator[None]:
        workers = ("--workers", "2", "--threads", "1", "--log-level", "error")
        listen = ("--bind", f"127.0.0.1:{self.port}", "--no-control-socket")
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", *workers, *listen]
        server = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self._environment,
            start_new_session=True,
        )
        try:
            self._await(server)
            yield
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def answers(self, address: str) -> list[tuple[int, str]]:
        """Return what many requests in a row are answered, each on a connection of its own."""
        answers = []
        for _request in range(ASKED):
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as browser:
                browser.request("GET", address)
                answer = browser.getresponse()
                answers.append((answer.status, answer.read().decode()))
        return answers

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=self._environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _await(self, server: "subprocess.Popen[bytes]") -> None:
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert server.poll() is None, "the server does not start"
                time.sleep(0.1)
            else:
                return


@pytest.fixture
def database_url(tmp_path: Path, db: None) -> Iterator[str]:
    """A database of its own beside that of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'archive.sqlite3'}"
        return
    name = "two_workers"
    with connection.copy()._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    with connection.copy()._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    archive = Archive(tmp_path, database_url)
    archive.fill()
    with archive.served():
        yield archive
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_what_another_process_does_is_seen_on_the_next_request(
    archive: Archive,
) -> None:
    pages = ["/", "/articles/", f"/articles/{READ}/", f"/people/{PERSON}/"]
    pages += ["/allegations/", f"/articles/{WITHHELD}/", "/search/?q=police"]
    before = {page: archive.answers(page) for page in pages}
    for page, answers in before.items():
        assert len(set(answers)) == 1, f"{page} differs from request to request"

    archive.do(
        f"a = Article.objects.get(slug='{WITHHELD}'); a.is_public = False; a.save()"
    )
    for page in pages:
        for status, content in archive.answers(page):
            is_itself = page == f"/articles/{WITHHELD}/"
            assert status == (404 if is_itself else 200)
            assert (
                f"/articles/{WITHHELD}/" not in content.replace("next=", "")
                or is_itself
            )

    archive.do(
        f"a = Article.objects.get(slug='{WITHHELD}'); a.is_public = True; a.save()"
    )
    assert {page: archive.answers(page) for page in pages} == before

    archive.do(
        f"on = Article.objects.get(slug='{READ}');"
        "set_embargo(Embargo(article=on, note='a court'), curator)"
    )
    for address in (f"/articles/{READ}/", "/allegations/"):
        assert archive.answers(address) != before[address]
    for _status, content in archive.answers(f"/articles/{READ}/"):
        assert 'class="note allegation"' not in content

    archive.do("undo(Act.objects.latest('pk'), curator)")
    assert {page: archive.answers(page) for page in pages} == before

    archive.do(
        f"merge(Entity.objects.get(slug='{PERSON}'), Entity.objects.get(slug='{OTHER}'),"
        "curator, 'one man')"
    )
    assert {status for status, _page in archive.answers(f"/people/{PERSON}/")} == {302}
    for _status, content in archive.answers(f"/articles/{READ}/"):
        assert f"/people/{PERSON}/" not in content

    archive.do("undo(Act.objects.latest('pk'), curator)")
    assert {page: archive.answers(page) for page in pages} == before

    archive.do(
        f"correct_text(Article.objects.get(slug='{READ}'), '<p>Nothing was said.</p>',"
        "curator, 'as printed')"
    )
    for _status, content in archive.answers(f"/articles/{READ}/"):
        assert "Nothing was said." in content
