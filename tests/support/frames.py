"""Waiting in a browser until something is so, or until all that could have happened has happened."""

from collections.abc import Callable

from playwright.sync_api import Page

MOST_FRAMES = 600  # ten seconds of a window that is drawn sixty times a second


def settle(page: Page) -> None:
    """Wait until the page has been drawn twice: what a key or a click sets going at once has happened by then."""
    page.evaluate(
        "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
    )


def wait_until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Look from frame to frame whether something is so that the page itself does not know. Raises AssertionError."""
    for _frame in range(MOST_FRAMES):
        if is_so():
            return
        settle(page)
    raise AssertionError(f"This did not come about: {what}")
