"""One run: an archive of its own is filled with invented news, measured, and reported in
Markdown."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

from annotations.models import Annotation
from archive.models import Article
from benchmarks.checking import measure_checking
from benchmarks.commands import command_rows, measure_commands, usage_rows
from benchmarks.corpus import write_corpus
from benchmarks.crowd import EDITORS, READERS, measure_crowd
from benchmarks.datasette import Datasette, find_datasette
from benchmarks.desk import NoBrowser, measure_desk
from benchmarks.load import load_stories, settle
from benchmarks.matching import measure_matching
from benchmarks.naming import load_short_articles, measure_naming
from benchmarks.news import World
from benchmarks.pages import measure_pages, too_slow
from benchmarks.proposing import load_names, measure_learning, measure_proposing
from benchmarks.serving import serving_rows
from benchmarks.table import Row, print_table

_WITH_STORIES = {"pages", "check", "commands"}
_WITH_FILES = {"pages", "commands"}


def smoke(articles: int) -> int:
    """Print what pages take, and return 1 if one takes several times what it may."""
    call_command("migrate", verbosity=0)
    world = World()
    load_stories(world, articles)
    settle()
    rows = list(measure_pages(world))
    _section("Pages", rows)
    sentences = too_slow(rows)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


def load(articles: int, seconds: int) -> int:
    """Print what a crowd of readers and editors is answered."""
    call_command("migrate", verbosity=0)
    load_stories(World(), articles)
    settle()
    _section(f"{READERS} readers and {EDITORS} editors", measure_crowd(seconds))
    return 0


def run(articles: int, only: set[str]) -> int:
    """Print the report; return the exit code. A database that holds anything already is left
    alone."""
    if connection.introspection.table_names():
        print(
            "The database is not empty. Benchmarks need one of their own: unset DATABASE_URL.",
            file=sys.stderr,
        )
        return 2
    call_command("migrate", verbosity=0)
    if only & _WITH_STORIES:
        _measure_stories(articles, only)
    if "match" in only:
        _section("Matching", measure_matching())
    if "names" in only:
        unknown = load_short_articles(articles)
        settle()
        _section("Names", measure_naming(unknown))
    if "box" in only:
        world = load_names(articles)
        settle()
        _section("The entity box", measure_proposing(world), measure_learning())
    if "desk" in only:
        try:
            _section("The desk", *measure_desk())
        except NoBrowser as missing:
            print(f"The desk was not measured. {missing}", file=sys.stderr)
            return 1
    return 0


def _measure_stories(articles: int, only: set[str]) -> None:
    """Load so many invented articles into the database, and measure the parts that read or
    write them."""
    world = World()
    load_stories(world, articles)
    settle()
    if only & _WITH_FILES:
        with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
            _measure_beside_datasette(world, articles, only, Path(folder))
    if "check" in only:
        _section("Checking", measure_checking(world, articles))


def _measure_beside_datasette(
    world: World, articles: int, only: set[str], folder: Path
) -> None:
    """Measure what Datasette does as well; without it where it is not installed."""
    corpus = write_corpus(world, articles, folder / "corpus")
    peer = find_datasette(folder / "datasette")
    if peer:
        peer.build(corpus)
    if "pages" in only:
        _section("Pages", measure_pages(world, peer), peer=peer)
    if "commands" in only:
        measured = measure_commands(world, corpus, peer, folder / "commands")
        works = chain(
            command_rows(measured, corpus), serving_rows(corpus, peer, folder)
        )
        tables = works, usage_rows(measured), measured.formats
        _section("Whole commands", *tables, peer=peer)


def _section(title: str, *tables: Iterable[Row], peer: Datasette | None = None) -> None:
    version = ".".join(map(str, connection.get_database_version()))
    beside = f", Datasette {peer.version}" if peer else ""
    print(
        f"### {title}\n\n{Article.objects.count():,} articles with "
        f"{Annotation.objects.count():,} annotations on {connection.display_name} "
        f"{version}; Python {platform.python_version()}, Django {django.__version__}"
        f"{beside}, {os.cpu_count()} processors.\n"
    )
    for rows in tables:
        print_table(rows)
