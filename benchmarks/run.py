"""One run: an archive of its own is filled with invented news, measured, and reported in
Markdown."""

import os
import platform
import sys
import time
from collections.abc import Iterable

import django
from django.core.management import call_command
from django.db import connection

from annotations.models import Annotation
from archive.models import Article
from benchmarks.checking import measure_checking
from benchmarks.desk import NoBrowser, measure_desk
from benchmarks.exporting import measure_export
from benchmarks.importing import measure_import
from benchmarks.load import load_known, load_stories, settle
from benchmarks.matching import measure_matching
from benchmarks.mentioned import load_mentioned
from benchmarks.naming import load_short_articles, measure_naming
from benchmarks.news import World
from benchmarks.pages import measure_pages, measure_people
from benchmarks.proposing import load_names, measure_learning, measure_proposing
from benchmarks.table import (
    box_table,
    check_table,
    desk_table,
    export_table,
    import_table,
    match_table,
    names_table,
    pages_table,
    people_table,
)

_IMPORTED = 300
"""Articles that are imported one by one, as files, to time it."""
MENTIONED = {"Seldom Seen": 100, "Often Seen": 100_000}
"""How often somebody is mentioned whose page is measured."""
_WITH_STORIES = {"import", "pages", "people", "search", "export", "check"}


def run(articles: int, only: set[str]) -> int:
    """Print the report; return the exit code. A database that holds anything already is left
    alone."""
    if connection.introspection.table_names():
        print(
            "The database is not empty. Benchmarks need one of their own: unset DATABASE_URL.",
            file=sys.stderr,
        )
        return 2
    if only & _WITH_STORIES:
        _fill_and_measure(articles, only)
    else:
        print(f"{_machine()}\n", flush=True)
    if "match" in only:
        _section("Matching", match_table(measure_matching()))
    if "names" in only:
        _measure_names(articles)
    if "box" in only:
        _measure_box(articles)
    return _measure_desk() if "desk" in only else 0


def _fill_and_measure(articles: int, only: set[str]) -> None:
    """Load so many invented articles into the database, and measure the parts that read or
    write them."""
    call_command("migrate", verbosity=0)
    world = World()
    started = time.perf_counter()
    stories = [world.story(number) for number in range(articles)]
    more = [world.story(number) for number in range(articles, articles + 2 * _IMPORTED)]
    _tell(f"{articles:,} stories written in {time.perf_counter() - started:.0f} s")
    known = load_known(world, (story.topic for story in [*stories, *more]))
    load_stories(known, stories)
    settle()
    stories.clear()
    _tell(f"and loaded after {time.perf_counter() - started:.0f} s")
    print(f"{_setting()}\n", flush=True)
    if only & {"pages", "search"}:
        _section("Pages", pages_table(measure_pages(only)))
    if "people" in only:
        beside = [*known.people[:40], *known.places[:40]]
        seldom, often = (
            load_mentioned(name, mentions, beside)
            for name, mentions in MENTIONED.items()
        )
        settle()
        _tell(f"and people mentioned after {time.perf_counter() - started:.0f} s")
        _section("A person", people_table(measure_people(seldom, often)))
    if "export" in only:
        _section("Export", export_table(measure_export()))
    if "check" in only:
        _section("Checking", check_table(measure_checking(world, articles)))
    if "import" in only:
        _section("Import", import_table(measure_import(more)))


def _measure_names(articles: int) -> None:
    """Load so many short articles, beside those that are there already, and add names to
    them."""
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    unknown = load_short_articles(articles)
    settle()
    _tell(
        f"{articles:,} short articles loaded and linked in {time.perf_counter() - started:.0f} s"
    )
    print(f"{_setting()}\n", flush=True)
    _section("Names", names_table(measure_naming(unknown)))


def _measure_box(articles: int) -> None:
    """Load so many stories about ten thousand people and places, beside what is there already,
    and look for them."""
    call_command("migrate", verbosity=0)
    world = load_names(articles)
    settle()
    print(f"{_setting()}\n", flush=True)
    _section("The entity box", box_table(measure_learning(), measure_proposing(world)))


def _setting() -> str:
    version = ".".join(map(str, connection.get_database_version()))
    return (
        f"{Article.objects.count():,} articles with {Annotation.objects.count():,} annotations on "
        f"{connection.display_name} {version}; {_machine()}"
    )


def _machine() -> str:
    return f"Python {platform.python_version()}, Django {django.__version__}, {os.cpu_count()} processors."


def _measure_desk() -> int:
    call_command("migrate", verbosity=0)
    try:
        used = measure_desk()
    except NoBrowser as missing:
        print(f"The desk was not measured. {missing}", file=sys.stderr)
        return 1
    _section("The desk", desk_table(used))
    return 0


def _section(title: str, table: Iterable[str]) -> None:
    print(f"### {title}\n", flush=True)
    for line in table:
        print(line, flush=True)
    print()


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
