"""Many at once: readers who open pages and editors who tag, against a server that works on a
database of its own.

Readers open another page every few seconds, and editors tag a figure every few seconds. Told
are what failed, how long answers took, and whether every tag that was answered as saved is
there.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from statistics import quantiles

from django.contrib.auth.models import AnonymousUser

from annotations.models import Annotation, Entity, Kind
from archive.models import Article, TextVersion, User
from archive.roles import Role
from benchmarks.server import HOST, served
from benchmarks.table import Row
from benchmarks.tagging import desk_headers, figure_form, tag_address

READERS, EDITORS, SECONDS = 200, 20, 180
# Seconds between two pages of a reader, and two tags of an editor, on average.
_READS, _TAGS = 2.0, 5.0


@dataclass
class Record:
    """What a crowd was answered; `saved` counts the tags of which the server said so."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, seconds: float, failure: str = "") -> None:
        with self._lock:
            self.seconds.setdefault(what, []).append(seconds)
            if failure:
                self.failures[f"{what}: {failure}"] += 1
            elif what == "tag":
                self.saved += 1


def measure_crowd(seconds: int = SECONDS) -> Iterator[Row]:
    """Let a crowd work for some seconds; yield what came of it."""
    record, before = Record(), Annotation.objects.filter(kind=Kind.FIGURE).count()
    addresses, texts = _addresses(), _texts()
    with served() as port:
        end = time.monotonic() + seconds
        people: list[Callable[[], None]] = []
        for number in range(READERS):
            people.append(_reader(port, addresses, record, end, number))
        for number in range(EDITORS):
            people.append(_editor(port, texts, record, end, number))
        threads = [threading.Thread(target=person) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    there = Annotation.objects.filter(kind=Kind.FIGURE).count() - before
    for what, times in sorted(record.seconds.items()):
        cuts = quantiles(times, n=100)
        yield {
            "what": what,
            "number": len(times),
            "per second": len(times) / seconds,
            "p50 ms": 1000 * cuts[49],
            "p95 ms": 1000 * cuts[94],
            "failed": sum(
                count
                for failure, count in record.failures.items()
                if failure.startswith(what)
            ),
            "saved": record.saved if what == "tag" else None,
            "there": there if what == "tag" else None,
        }
    for failure, count in record.failures.most_common():
        yield {"what": failure, "number": count}


def _addresses() -> list[str]:
    articles = Article.objects.order_by("pk")[:200]
    people = Entity.objects.people().visible_to(AnonymousUser()).order_by("pk")[:50]
    pages = [row.get_absolute_url() for row in (*articles, *people)]
    return [
        *pages,
        *["/", "/articles/", "/people/", "/figures/", "/search/?q=the"] * 10,
    ]


def _texts() -> list[tuple[str, str]]:
    """The slugs of articles with their texts, in which editors tag."""
    versions = TextVersion.objects.order_by("-pk")[:EDITORS]
    return list(versions.values_list("article__slug", "text"))


def _reader(
    port: int, addresses: list[str], record: Record, end: float, number: int
) -> Callable[[], None]:
    chance = random.Random(number)

    def read() -> None:
        time.sleep(chance.uniform(0, _READS))
        while time.monotonic() < end:
            address = chance.choice(addresses)
            _ask(port, record, "page", "GET", address)
            time.sleep(chance.uniform(0, 2 * _READS))

    return read


def _editor(
    port: int, texts: list[tuple[str, str]], record: Record, end: float, number: int
) -> Callable[[], None]:
    chance = random.Random(-number)
    editor = User.objects.create_user(f"crowd-{number}", role=Role.EDITOR)
    headers = desk_headers(editor)
    slug, text = texts[number % len(texts)]

    def tag() -> None:
        time.sleep(chance.uniform(0, _TAGS))
        while time.monotonic() < end:
            form = figure_form(text, chance.randrange(len(text) - 10))
            _ask(port, record, "tag", "POST", tag_address(slug), form, headers)
            time.sleep(chance.uniform(0, 2 * _TAGS))

    return tag


def _ask(
    port: int,
    record: Record,
    what: str,
    method: str,
    address: str,
    body: str | None = None,
    headers: dict[str, str] | None = None,
) -> None:
    started = time.monotonic()
    failure = ""
    # A connection of its own: gunicorn closes those that are silent for two seconds.
    browser = HTTPConnection(HOST, port, timeout=60)
    try:
        browser.request(method, address, body, headers or {})
        answer = browser.getresponse()
        content = answer.read()
        if answer.status != 200 or b"errorlist" in content:
            failure = f"status {answer.status}"
            if b"locked" in content:
                failure += ", database locked"
    except (OSError, HTTPException) as error:
        failure = type(error).__name__
    finally:
        browser.close()
    record.add(what, time.monotonic() - started, failure)
