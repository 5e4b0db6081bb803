"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from archive.models import User, generations
from archive.roles import Role
from tests.support import chromium
from tests.support.kept_pages import forget_after_writing, forget_pages
from tests.support.making import MakeArticle, make_article

# How long an example takes says nothing on a machine that runs other tests beside this one.
hypothesis.settings.register_profile("testimonia", deadline=None)
# For `make mutants`: few examples, the same each time, and none made simpler once it fails.
hypothesis.settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=20,
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "testimonia"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens a page as `browser`, so that `-m "not browser"` is the quick
    run."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Launch the Chromium that tests.support.chromium finds, silent towards the network."""
    executable = chromium.find()
    if executable is None:
        pytest.fail(
            "No Chromium for the browser tests: run `python -m tests.support.chromium` first."
        )
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if os.geteuid() == 0:
        # Chromium's sandbox refuses to start as root.
        arguments.append("--no-sandbox")
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "args": arguments,
    }


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> None:
    """Let the ORM work in browser tests.

    Playwright's synchronous API keeps an event loop in the main thread. Django sees the loop
    and refuses synchronous queries (SynchronousOnlyOperation), though nothing of ours runs in
    it. The loop lives until the session ends, so the tests after the first browser test are
    concerned as well, not only those with a page.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash passwords in no time: the real hashers are slow on purpose, and the cast is made for
    most tests."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Forget what an earlier test's pages left in the process's caches."""
    forget_pages()


@pytest.fixture(autouse=True)
def _never_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fold no generations, which costs further queries now and then: tests count queries."""
    monkeypatch.setattr(generations, "_FOLDING_BITS", 64)


@pytest.fixture(autouse=True)
def _forget_after_writing() -> Iterator[None]:
    """Forget what is kept of pages whenever a test itself writes to the database.

    Tests make rows without the functions of the archive that raise generations. After what a
    request writes nothing is forgotten: that is for the archive to see to.
    """
    with connection.execute_wrapper(forget_after_writing):
        yield


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real reports, which is no part of this repository."""
    folder = settings.BASE_DIR.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip(f"The real reports are not here: {folder}.")
    return Path(folder)


@pytest.fixture(name="make_article")
def _make_article(db: None) -> MakeArticle:
    """`make_article(title=…, html=…, **fields)` puts an article into the archive."""
    return make_article


@pytest.fixture
def reader(db: None) -> User:
    """Somebody with an account who may do no more than those without one."""
    return User.objects.create_user("reader", password="reader", role=Role.READER)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", password="editor", role=Role.EDITOR)


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("curator", password="curator", role=Role.CURATOR)


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("admin", password="admin", role=Role.ADMIN)


@pytest.fixture
def as_editor(editor: User) -> Client:
    """A browser in which the editor has signed in."""
    return _signed_in(editor)


@pytest.fixture
def as_curator(curator: User) -> Client:
    return _signed_in(curator)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=["anonymous", "reader"])
def somebody(request: pytest.FixtureRequest, client: Client, reader: User) -> Client:
    """Whoever may only read, with and without an account."""
    if request.param == "reader":
        client.force_login(reader)
    return client
