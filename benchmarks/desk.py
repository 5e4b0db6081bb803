"""How quick the desk is under an editor's fingers: Chromium drives it over gunicorn, with a
performance trace.

A long article, 50,000 words with 2,000 marks, is measured beside a short one in the same run.
Of each thing that an editor does the longest task on the page's main thread is told: while it
lasts nothing can be typed or scrolled.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import cycle
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from annotations.models import Annotation, Entity, Kind
from archive.models import Article, User
from archive.roles import Role
from benchmarks.load import load_entities, load_versions, made, mark
from benchmarks.measure import Timing
from benchmarks.news import Story, World
from benchmarks.server import HOST, served
from benchmarks.table import Cell, Row, at_most
from tests.support import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Milliseconds.
AIM = 100
# How many stories are together in an article; each has 500 words.
LENGTHS = (1, 100)
TAGGED = 30
_MARKS_EACH = 20
_KNOWN = "Aset Omarov"
# Milliseconds in which whatever a key set off is over.
_SETTLED = 400
_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_WATCH = """(known) => {
  window.KNOWN = `#text .mark.confirmed[data-says*="${known}"]`;
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
}"""
_IS_DRAWN = "() => benched.drawn"
# The text is of letters that have one UTF-16 unit each, so that offsets are the browser's too.
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
# What follows when `1` selects a name and Enter saves it.
_FOLLOWS = {
    "offered": "`1` to the names that are proposed",
    "drawn": "Enter to the confirmed mark",
    "saved": "of that the server",
}


class NoBrowser(Exception):
    """What drives the desk is missing; its words say what to install."""


def measure_desk() -> list[list[Row]]:
    """Return the longest tasks, and how long tagging took. Raises NoBrowser."""
    if find_spec("playwright") is None:
        raise NoBrowser("Playwright is not installed: `make install-dev` installs it.")
    executable = chromium.find()
    if executable is None:
        raise NoBrowser("No Chromium is found: `make chromium` installs one.")
    from playwright.sync_api import sync_playwright

    # Playwright has a loop in this thread; nothing else runs in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    load_entities(Kind.PERSON, [[_KNOWN]])
    # Their names stand nowhere, so that the machine links nothing but the known name.
    people = load_entities(Kind.PERSON, [[f"Person{n} Invented{n}"] for n in range(40)])
    world = World()
    articles = [_article([*map(world.story, range(n))], people) for n in LENGTHS]
    client = Client()
    client.force_login(User.objects.create_user("bench-editor", role=Role.EDITOR))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    desks = []
    static = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    environment = {**os.environ, **static}
    subprocess.run(collect, check=True, cwd=settings.BASE_DIR, env=environment)
    with served(**static) as port, sync_playwright() as playwright:
        address = f"http://{HOST}:{port}"
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
        )
        for article in articles:
            desk = _Desk(browser, context.new_page(), address, article)
            desk.measure()
            desks.append(desk)
        browser.close()
    return [list(_task_rows(desks)), list(_time_rows(desks))]


def _task_rows(desks: list["_Desk"]) -> Iterator[Row]:
    for task in desks[0].tasks:
        longest = {desk.size: desk.tasks[task] for desk in desks}
        aim = at_most(max(longest.values()), AIM)
        yield {"longest task, ms": task, **longest, "aim": aim}


def _time_rows(desks: list["_Desk"]) -> Iterator[Row]:
    for name, words in _FOLLOWS.items():
        row: dict[str, Cell] = {"from key to sight, ms": words}
        for desk in desks:
            for cell, milliseconds in Timing(tuple(desk.times[name])).cells.items():
                row[f"{cell} of {desk.size}"] = milliseconds
        yield row


class _Desk:
    """The desk of one article: the longest tasks by what was done, in ms, and how long tagging
    took, in s."""

    def __init__(
        self, browser: "Browser", page: "Page", address: str, article: Article
    ) -> None:
        self._browser, self._page, self._article = browser, page, article
        self._address = f"{address}{article.get_absolute_url()}annotate/"
        words = len(article.version.text.split())
        marks = Annotation.objects.filter(version=article.version).count()
        self.size = f"{words:,} words, {marks:,} marks"
        self.tasks: dict[str, float] = {}
        self.times: dict[str, list[float]] = {name: [] for name in _FOLLOWS}

    def measure(self) -> None:
        page = self._page
        # Once, so that the files are kept and the server is warm.
        page.goto(self._address)
        self._task("opening", lambda: page.goto(self._address))
        page.evaluate(_WATCH, _KNOWN)
        self._task("scrolling through it", self._scroll)
        self._task("starting the caret and selecting", self._select_by_keys)
        self._tag_all()
        first_mark = page.locator("#groups li a").first
        self._task("opening the form of a mark", first_mark.click)
        page.keyboard.press("Escape")
        self._task("hiding and showing the marks", self._hide_and_show)
        self._task("a mark of another editor arriving", self._another)

    def _task(self, name: str, do: Callable[[], object]) -> None:
        with self._traced() as longest:
            do()
            self._page.wait_for_timeout(_SETTLED)
        self.tasks[name] = max(longest)

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
        keys = "v ArrowDown Control+ArrowRight Shift+Control+ArrowRight ] Escape"
        for key in keys.split():
            self._page.keyboard.press(key)
            self._page.wait_for_timeout(50)

    def _tag_all(self) -> None:
        longest = 0.0
        for nth in range(TAGGED):
            with self._traced() as tasks:
                self._tag(nth)
            longest = max(longest, *tasks)
        self.tasks[f"tagging {TAGGED} mentions"] = longest

    def _tag(self, nth: int) -> None:
        """Select the `nth` place of a known name, press `1` and Enter, and note how long each
        thing took to follow."""
        page = self._page
        places = list(re.finditer(_KNOWN, self._article.version.text))
        page.evaluate(_SELECT, places[nth].span())
        page.keyboard.press("1")
        page.locator("#desk-form [role=option]").first.wait_for()
        with page.expect_response(
            lambda response: response.request.method == "POST"
        ) as answer:
            page.keyboard.press("Enter")
        page.wait_for_function(_IS_DRAWN, polling=20)
        page.wait_for_timeout(_SETTLED)
        at = page.evaluate("benched")
        sent = answer.value.request.timing
        self.times["offered"].append((at["offered"] - at["asked"]) / 1000)
        self.times["drawn"].append((at["drawn"] - at["entered"]) / 1000)
        waited = sent["responseStart"] - sent["requestStart"]
        self.times["saved"].append(waited / 1000)

    def _hide_and_show(self) -> None:
        for _ in range(2):
            self._page.keyboard.press("h")
            self._page.wait_for_timeout(150)

    def _another(self) -> None:
        version = self._article.version
        word = re.compile("council|said").search(version.text, len(version.text) // 2)
        assert word
        known = Entity.objects.get(name=_KNOWN)
        arriving = mark(version, *word.span(), known.kind, entity=known)
        arriving.save()
        arrived = self._page.locator(f"#m-{arriving.pk}")
        arrived.wait_for(state="attached", timeout=30_000)


def _article(stories: list[Story], people: list[Entity]) -> Article:
    """Make one article of some stories, with 20 marks in each; often enough stands a name in
    it that nobody has tagged yet."""
    text, places = "", []
    for story in stories:
        for mention in story.mentions[:_MARKS_EACH]:
            places.append((len(text) + mention.start, len(text) + mention.end))
        text += story.text + f" {_KNOWN} agreed." * (TAGGED // len(stories) + 1)
        text += "\n\n"
    article = Article.objects.create(title=f"{len(stories)} stories", language="en")
    [version] = load_versions([article], [text.strip()])
    made(
        mark(version, start, end, entity.kind, entity=entity)
        for (start, end), entity in zip(places, cycle(people), strict=False)
    )
    article.refresh_from_db()
    return article
