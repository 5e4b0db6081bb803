"""How quick the desk is under an editor's fingers: Chromium drives it over gunicorn, with a
performance trace.

A long article, 50,000 words with 2,000 marks, is measured beside a short one in the same run.
Of each thing that an editor does the longest task on the page's main thread is told: while it
lasts nothing can be typed or scrolled.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from annotations.core.anchoring.selectors import select
from annotations.models import Annotation, Entity, Kind, State
from archive.models import Article, TextVersion, User
from archive.roles import Role
from benchmarks.measure import Timing
from tests.support import chromium
from tests.support.making import make_article

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LONG, SHORT = (50_000, 2_000), (500, 20)
"""Words and marks."""
TAGGED = 30
_PEOPLE = 40
_KNOWN = "Aset Omarov"
_WORDS = (
    "harbour clerk boat water night officer square people counted nobody reported morning evening letter office street "
    "door report city council witness engine"
).split()
_A_PARAGRAPH = 50
_SETTLED = 400
"""Milliseconds in which whatever a key set off is over."""
_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_WATCH = f"""
  window.KNOWN = '#text .mark.confirmed[data-says*="{_KNOWN}"]';
"""
_WATCH += """
  window.benched = {};
  document.addEventListener("keydown", (event) => {
    if (event.key === "1") benched.asked = event.timeStamp;
    if (event.key === "Enter") benched.entered = event.timeStamp;
  }, true);
  new MutationObserver(() => {
    if (benched.asked && !benched.offered && document.querySelector("#desk-form [role=option]")) {
      benched.offered = performance.now();
    }
    if (benched.entered && !benched.drawn && document.querySelectorAll(KNOWN).length > benched.before) {
      requestAnimationFrame(() => { benched.drawn ??= performance.now(); });
    }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
"""


class NoBrowser(Exception):
    """What drives the desk is missing; its words say what to install."""


@dataclass
class Used:
    """What was measured of one article: the longest tasks by what was done, in ms, and how long
    tagging took, in s."""

    words: int
    marks: int
    tasks: dict[str, float] = field(default_factory=dict)
    times: dict[str, Timing] = field(default_factory=dict)


def measure_desk() -> list[Used]:
    """Raises NoBrowser."""
    if find_spec("playwright") is None:
        raise NoBrowser("Playwright is not installed: `make install-dev` installs it.")
    executable = chromium.find()
    if executable is None:
        raise NoBrowser("No Chromium is found: `make chromium` installs one.")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright has a loop in this thread; nothing else runs in it
    )
    person = Entity.objects.create(kind=Kind.PERSON, name=_KNOWN)
    person.spellings.create(text=_KNOWN)
    people = [
        Entity.objects.create(kind=Kind.PERSON, name=f"Person{nth} Invented{nth}")
        for nth in range(_PEOPLE)
    ]
    articles = [_article(*size, people) for size in (SHORT, LONG)]
    cookie = _session(User.objects.create_user("bench-editor", role=Role.EDITOR))
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
        )
        used = [
            _Desk(browser, context.new_page(), address, article).measured()
            for article in articles
        ]
        browser.close()
    return used


class _Desk:
    def __init__(
        self, browser: "Browser", page: "Page", address: str, article: Article
    ) -> None:
        self._browser, self._page, self._article = browser, page, article
        self._address = f"{address}{article.get_absolute_url()}annotate/"
        marks = Annotation.objects.filter(version=article.version).count()
        self._used = Used(len(article.version.text.split()), marks)

    def measured(self) -> Used:
        page = self._page
        page.goto(
            self._address
        )  # once, so that the files are kept and the server is warm
        self._task("opening", lambda: page.goto(self._address))
        page.evaluate(_WATCH)
        self._task("scrolling through it", self._scroll)
        self._task("starting the caret and selecting", self._select_by_keys)
        self._tag_all()
        self._task(
            "opening the form of a mark",
            lambda: page.locator("#groups li a").first.click(),
        )
        page.keyboard.press("Escape")
        self._task("hiding and showing the marks", self._hide_and_show)
        self._task("a mark of another editor arriving", self._another)
        page.close()
        return self._used

    def _task(self, name: str, do: Callable[[], object]) -> None:
        with self._traced() as longest:
            do()
            self._page.wait_for_timeout(_SETTLED)
        self._used.tasks[name] = max(longest)

    @contextmanager
    def _traced(self) -> Iterator[list[float]]:
        """Gives how long the tasks of the page's main thread took, in ms, once the block has
        ended."""
        found: list[float] = []
        self._browser.start_tracing(page=self._page, categories=_CATEGORIES)
        yield found
        events = json.loads(self._browser.stop_tracing())["traceEvents"]
        main = {
            (event["pid"], event["tid"])
            for event in events
            if event["name"] == "thread_name"
            and event["args"]["name"] == "CrRendererMain"
        }
        found += [
            event["dur"] / 1000
            for event in events
            if event["name"] == "RunTask"
            and "dur" in event
            and (event["pid"], event["tid"]) in main
        ]

    def _scroll(self) -> None:
        self._page.mouse.move(700, 500)
        for _ in range(40):
            self._page.mouse.wheel(0, 900)
            self._page.wait_for_timeout(25)

    def _select_by_keys(self) -> None:
        for key in (
            "v",
            "ArrowDown",
            "Control+ArrowRight",
            "Shift+Control+ArrowRight",
            "]",
            "Escape",
        ):
            self._page.keyboard.press(key)
            self._page.wait_for_timeout(50)

    def _tag_all(self) -> None:
        times: dict[str, list[float]] = {"offered": [], "drawn": [], "saved": []}
        longest = 0.0
        for nth in range(TAGGED):
            with self._traced() as tasks:
                for name, seconds in self._tag(nth).items():
                    times[name].append(seconds)
            longest = max(longest, *tasks)
        self._used.tasks[f"tagging {TAGGED} mentions"] = longest
        self._used.times = {name: Timing(tuple(taken)) for name, taken in times.items()}

    def _tag(self, nth: int) -> dict[str, float]:
        """Select the `nth` place of a known name and press `1`, Enter; return the seconds until
        each thing followed."""
        page = self._page
        start = _nth(self._article.version.text, nth)
        page.evaluate(_SELECT, [start, start + len(_KNOWN)])
        page.keyboard.press("1")
        page.locator("#desk-form [role=option]").first.wait_for()
        with page.expect_response(
            lambda response: response.request.method == "POST"
        ) as answer:
            page.keyboard.press("Enter")
        page.evaluate(_AWAIT_DRAWN)
        page.wait_for_timeout(_SETTLED)
        told: dict[str, float] = page.evaluate("benched")
        timing = answer.value.request.timing
        return {
            "offered": (told["offered"] - told["asked"]) / 1000,
            "drawn": (told["drawn"] - told["entered"]) / 1000,
            "saved": (timing["responseStart"] - timing["requestStart"]) / 1000,
        }

    def _hide_and_show(self) -> None:
        for _ in range(2):
            self._page.keyboard.press("h")
            self._page.wait_for_timeout(150)

    def _another(self) -> None:
        version = self._article.version
        free = version.text.index("engine", len(version.text) // 2)
        mark = Annotation(
            kind=Kind.PERSON,
            entity=Entity.objects.get(name=_KNOWN),
            state=State.CONFIRMED,
        )
        mark.put_on(version, select(version.text, free, free + len("engine")))
        mark.save()
        self._page.locator(f"#m-{mark.pk}").wait_for(state="attached", timeout=30_000)


_AWAIT_DRAWN = """() => new Promise((done) => {
  const look = () => (benched.drawn ? done() : setTimeout(look, 20));
  look();
})"""
_SELECT = """([start, end]) => {
  window.benched = { before: document.querySelectorAll(KNOWN).length };
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  while (walker.nextNode()) {
    const length = walker.currentNode.length;
    if (at <= start && start < at + length) range.setStart(walker.currentNode, start - at);
    if (at < end && end <= at + length) { range.setEnd(walker.currentNode, end - at); break; }
    at += length;
  }
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
"""The text is of letters that have one UTF-16 unit each, so that offsets are the browser's
too."""


def _nth(text: str, nth: int) -> int:
    at = -1
    for _ in range(nth + 1):
        at = text.index(_KNOWN, at + 1)
    return at


def _article(words: int, marks: int, people: list[Entity]) -> Article:
    """An article of so many words, with so many marks, and a name in it that nobody has tagged
    yet."""
    chosen = random.Random(words)
    said = [chosen.choice(_WORDS) for _ in range(words)]
    for nth in range(TAGGED):
        said[nth * (words // TAGGED)] = _KNOWN
    paragraphs = [
        " ".join(said[at : at + _A_PARAGRAPH]) for at in range(0, words, _A_PARAGRAPH)
    ]
    article = make_article(
        title=f"{words:,} words",
        html="".join(f"<p>{words}.</p>" for words in paragraphs),
    )
    version = article.version
    Annotation.objects.bulk_create(_marks(version, marks, people), batch_size=500)
    return article


def _marks(
    version: TextVersion, count: int, people: list[Entity]
) -> Iterator[Annotation]:
    text = version.text
    step = len(text) // (count + 1)
    for nth in range(count):
        start = text.index(" ", (nth + 1) * step - step // 2) + 1
        if text.startswith(tuple(_KNOWN.split()), start):
            start = text.index(" ", text.index(" ", start) + 1) + 1
        end = text.index(" ", start + (60 if nth % 5 == 0 else 0))
        mark = Annotation(
            kind=Kind.PERSON, entity=people[nth % len(people)], state=State.CONFIRMED
        )
        mark.put_on(version, select(text, start, end))
        mark.sort_date = version.article.sort_date
        yield mark


def _session(user: User) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def _served() -> Iterator[str]:
    """Serve the archive as a deployment does: gunicorn, with its static files collected and
    hashed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    collect = [
        sys.executable,
        "manage.py",
        "collectstatic",
        "--noinput",
        "--verbosity",
        "0",
    ]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True)
    workers = (
        "--workers",
        "2",
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    )
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--log-level",
        "error",
        "config.wsgi",
        *workers,
    ]
    server = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, start_new_session=True
    )
    try:
        _await(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _await(port: int, server: "subprocess.Popen[Any]") -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The server does not start.") from None
            time.sleep(0.1)
        else:
            return
