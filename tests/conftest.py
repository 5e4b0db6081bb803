"""What all tests share."""

import os
from typing import Any

import pytest

from tests import chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens a page as `browser`, so that `-m "not browser"` is the quick run."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium that tests.chromium finds, silent towards the network."""
    executable = chromium.find()
    if executable is None:
        pytest.fail("No Chromium for the browser tests: run `python -m tests.chromium` first.")
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
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> None:
    """Let the ORM work in browser tests.

    Playwright's synchronous API keeps an event loop in the main thread. Django sees the loop and refuses
    synchronous queries (SynchronousOnlyOperation), though nothing of ours runs in it. The loop lives until
    the session ends, so the tests after the first browser test are concerned as well, not only those with
    a page.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
