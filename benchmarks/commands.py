"""How long whole commands take, their start included, and how much memory they hold: our own
beside Datasette with sqlite-utils, where it is installed, and beside the bare floor.

Each program begins with an empty database and the same articles and annotations
(`benchmarks.corpus`). They do each work by turns, and all works several times; what is told are
medians.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from django.conf import settings

from annotations.export.formats import FORMATS
from benchmarks.archives import ScratchArchive, scratch_archive
from benchmarks.corpus import Corpus
from benchmarks.datasette import Datasette
from benchmarks.news import World
from benchmarks.processes import Command, Usage, run_commands
from benchmarks.table import Row, at_least, at_most

ARTICLES, ANNOTATIONS = "import of articles", "import of annotations"
JSON, CSV, JSONLD = "export as JSON", "export as CSV", "export as JSON-LD"
# Articles, annotations or rows in a second.
FASTEST = {
    ARTICLES: 300,
    ANNOTATIONS: 15_000,
    JSON: 30_000,
    CSV: 30_000,
    JSONLD: 30_000,
}
# What memory is told of, with the MiB that it may take.
MEMORY = {
    "peak memory of importing articles, MiB": ([ARTICLES], 150),
    "peak memory of importing annotations, MiB": ([ANNOTATIONS], 150),
    "peak memory of exporting, MiB": ([JSON, CSV, JSONLD], 100),
}
# MiB, for 1,000 articles.
DATABASE = 25
BARE, PEER, OURS = "bare floor", "Datasette", "Testimonia"
# All works are done so often, but not once more when they have taken so many seconds.
ROUNDS, SECONDS = 3, 120
IN_BULK = ("csv", "json", "jsonld")

# The commands by which a program does each work; what it cannot do is missing.
Commands = Mapping[str, list[Command]]


@dataclass(frozen=True)
class Program:
    """What does the works: its commands, its environment, and its database."""

    commands: Commands
    mebibytes: Callable[[], float]
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Measured:
    """What was used for each work by each program, round by round, and how large the databases
    became in MiB."""

    usages: dict[tuple[str, str], list[Usage]] = field(
        default_factory=lambda: defaultdict(list)
    )
    databases: dict[str, float] = field(default_factory=dict)
    formats: list[Row] = field(default_factory=list)

    def seconds(self, work: str, program: str) -> float | None:
        usages = self.usages.get((work, program))
        return median(usage.seconds for usage in usages) if usages else None

    def peak(self, works: Iterable[str], program: str) -> float | None:
        """Return the MiB of the greatest of some works."""
        peaks = []
        for work in works:
            known = [usage.peak for usage in self.usages.get((work, program), [])]
            peaks += [peak for peak in known if peak is not None]
        return max(peaks, default=None)


def measure_commands(
    world: World, corpus: Corpus, peer: Datasette | None, folder: Path
) -> Measured:
    """Let all programs do all works in rounds; the last round also exports in all formats."""
    measured = Measured()
    started = time.perf_counter()
    for number in range(ROUNDS):
        here = folder / f"round-{number}"
        here.mkdir(parents=True)
        with scratch_archive(here) as archive:
            programs = _programs(corpus, peer, archive, here)
            _measure_round(programs, measured, here)
            is_last = time.perf_counter() - started > SECONDS or number == ROUNDS - 1
            if is_last:
                publisher = world.story(0).outlet
                measured.formats = list(_format_rows(archive, corpus, publisher, here))
        if is_last:
            break
    return measured


def command_rows(measured: Measured, corpus: Corpus) -> Iterator[Row]:
    """Yield a row for each work, and for what it takes in memory and on the disk."""
    programs = list(measured.databases)
    for work, aim in FASTEST.items():
        unit = "rows/s" if work.startswith("export") else "1/s"
        count = corpus.articles if work == ARTICLES else corpus.annotations
        rates: dict[str, float | None] = {}
        for program in programs:
            seconds = measured.seconds(work, program)
            rates[program] = count / seconds if seconds else None
        yield _row(f"{work}, {unit}", rates, at_least(rates[OURS] or 0, aim))
    for what, (works, most) in MEMORY.items():
        peaks = {program: measured.peak(works, program) for program in programs}
        ours = peaks[OURS]
        yield _row(what, peaks, at_most(ours, most) if ours else "")
    ours = measured.databases[OURS]
    yield _row("database, MiB", measured.databases, at_most(ours, DATABASE))


def usage_rows(measured: Measured) -> Iterator[Row]:
    """Yield what each command took: seconds in the median, and MiB at most."""
    programs = list(measured.databases)
    for work in FASTEST:
        row: dict[str, str | float | None] = {"command": work}
        for program in programs:
            row[f"{program} s"] = measured.seconds(work, program)
            row[f"{program} peak MiB"] = measured.peak([work], program)
        yield row


def _row(what: str, cells: Mapping[str, float | None], aim: str) -> Row:
    return {"work": what, **cells, "aim": aim}


def _measure_round(
    programs: Mapping[str, Program], measured: Measured, folder: Path
) -> None:
    for work in FASTEST:
        for name, program in programs.items():
            if work in program.commands:
                commands = program.commands[work]
                usage = run_commands(commands, program.variables, settings.BASE_DIR)
                measured.usages[work, name].append(usage)
    for name, program in programs.items():
        measured.databases[name] = program.mebibytes()


def _programs(
    corpus: Corpus, peer: Datasette | None, archive: ScratchArchive, folder: Path
) -> dict[str, Program]:
    bare = folder / "bare.sqlite3"
    programs = {BARE: Program(_bare_commands(corpus, bare), lambda: _mebibytes(bare))}
    if peer:
        new = Datasette(peer.programs, folder)
        programs[PEER] = Program(
            _peer_commands(corpus, new), lambda: _mebibytes(new.database)
        )
    ours = _our_commands(corpus, folder)
    programs[OURS] = Program(ours, archive.mebibytes, archive.variables)
    return programs


def _bare_commands(corpus: Corpus, database: Path) -> Commands:
    def bare(work: str, *files: Path) -> list[Command]:
        names = map(str, (database, *files))
        return [[sys.executable, "-m", "benchmarks.bare", work, *names]]

    articles = corpus.rows("articles")
    rows = (corpus.rows("entities"), corpus.rows("annotations"))
    return {
        ARTICLES: bare("articles", articles),
        ANNOTATIONS: bare("annotations", *rows),
        JSON: bare("json", database.with_suffix(".json")),
        CSV: bare("csv", database.with_suffix(".csv")),
    }


def _peer_commands(corpus: Corpus, peer: Datasette) -> Commands:
    return {
        ARTICLES: peer.import_articles(corpus),
        ANNOTATIONS: peer.import_annotations(corpus),
        JSON: peer.export_json(),
        CSV: peer.export_csv(),
    }


def _our_commands(corpus: Corpus, folder: Path) -> Commands:
    annotations = ("import_annotations", str(corpus.jsonld), "--create")
    return {
        ARTICLES: [_manage("import_articles", str(corpus.stories))],
        ANNOTATIONS: [_manage(*annotations)],
        JSON: [_export("json", folder)],
        CSV: [_export("csv", folder)],
        JSONLD: [_export("jsonld", folder)],
    }


def _export(name: str, folder: Path, *filters: str) -> Command:
    output = str(folder / f"excerpts.{name}")
    return _manage("export_excerpts", "--format", name, "--output", output, *filters)


def _manage(*arguments: str) -> Command:
    return [sys.executable, "manage.py", *arguments]


def _format_rows(
    archive: ScratchArchive, corpus: Corpus, publisher: str, folder: Path
) -> Iterator[Row]:
    """Yield what it takes to export the articles of one publisher in the formats that are not
    for everything at once."""
    rows = corpus.annotations_of(publisher)
    for name in FORMATS:
        if name in IN_BULK:
            continue
        command = _export(name, folder, "--publisher", publisher)
        usage = run_commands([command], archive.variables, settings.BASE_DIR)
        yield {
            "format": name,
            "rows": rows,
            "s": usage.seconds,
            "rows/s": rows / usage.seconds,
            "peak MiB": usage.peak,
        }


def _mebibytes(database: Path) -> float:
    return database.stat().st_size / 2**20
