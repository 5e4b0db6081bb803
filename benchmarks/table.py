"""The report, in Markdown, line by line as it comes: a long run that is cut short has told what
it knew."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from benchmarks.checking import Checked
from benchmarks.desk import Used
from benchmarks.exporting import Exported
from benchmarks.importing import Imported
from benchmarks.matching import Matched
from benchmarks.measure import Timing
from benchmarks.naming import Named
from benchmarks.pages import Measured
from benchmarks.proposing import Learned, Proposed

EXPORT_AIM = IMPORT_AIM = 0.5
MATCH_AIM = 5
"""MB/s."""
NAMES_AIM = 1
"""Seconds."""
BOX_AIM = 0.01
"""Seconds."""

CHECK_AIM = 10
"""Seconds."""
DESK_AIM = 100
"""Milliseconds."""


def pages_table(measured: Iterable[Measured]) -> Iterator[str]:
    head = [
        "page",
        "median ms",
        "p95 ms",
        "queries",
        "kB",
        "empty view ms",
        "× empty",
        "aim",
        "bare SQL ms",
        "× (empty + SQL)",
        "aim",
    ]
    return _table(head, map(_page_line, measured))


def people_table(measured: Iterable[Measured]) -> Iterator[str]:
    """The pages, and how much longer the second, of somebody mentioned often, takes than the
    first."""
    pages = list(measured)
    yield from pages_table(pages)
    few, many = (page.subject.median for page in pages[:2])
    yield f"\nThe second page takes {many / few:.2f} times as long as the first."


def import_table(imported: Imported) -> Iterator[str]:
    ratio = imported.floor.median / imported.subject.median
    rate, floor = (
        f"{1 / imported.subject.median:,.0f}",
        f"{1 / imported.floor.median:,.0f}",
    )
    head = [
        "articles/s",
        "median ms",
        "p95 ms",
        "bare inserts/s",
        "median ms",
        "of the bare rate",
        "aim",
    ]
    cells = [
        rate,
        *_times(imported.subject),
        floor,
        _ms(imported.floor.median),
        f"{ratio:.2f}",
    ]
    yield from _table(head, [[*cells, _at_least(ratio, IMPORT_AIM)]])
    yield f"\n{imported.mentions:.1f} mentions were linked in each article."


def export_table(exported: Iterable[Exported]) -> Iterator[str]:
    head = [
        "format",
        "rows",
        "rows/s",
        "bare rows/s",
        "of the bare rate",
        "aim",
        "peak MB: 1 row",
        "a tenth",
        "all",
    ]
    return _table(head, map(_export_line, exported))


def check_table(checked: Checked) -> Iterator[str]:
    head = [
        "words",
        "quotations",
        "judged right",
        "figures",
        "queries",
        "median s",
        "aim",
        "reading all texts s",
        "× that",
    ]
    seconds, floor = checked.subject.median, checked.floor.median
    cells = [
        f"{checked.words:,}",
        f"{checked.quotations:,}",
        f"{checked.right:,}",
        f"{checked.figures:,}",
    ]
    cells += [
        str(checked.queries),
        f"{seconds:.2f}",
        f"{CHECK_AIM} s {'✓' if seconds <= CHECK_AIM else '✗'}",
    ]
    yield from _table(head, [[*cells, f"{floor:.3f}", f"{seconds / floor:.0f}"]])


def match_table(matched: Matched) -> Iterator[str]:
    rate, floor = (
        matched.megabytes / matched.subject.median,
        matched.megabytes / matched.floor.median,
    )
    first, again = matched.built
    head = [
        "forms",
        "articles",
        "MB",
        "mentions",
        "MB/s",
        "aim",
        "bare automaton MB/s",
        "of the bare rate",
    ]
    cells = [
        f"{matched.forms:,}",
        f"{matched.articles:,}",
        f"{matched.megabytes:.1f}",
        f"{matched.mentions:,}",
    ]
    cells += [
        f"{rate:.1f}",
        _at_least(rate, MATCH_AIM),
        f"{floor:.0f}",
        f"{rate / floor:.2f}",
    ]
    yield from _table(
        [*head, "built in s", "again"], [[*cells, f"{first:.2f}", f"{again:.2f}"]]
    )


def desk_table(used: Sequence[Used]) -> Iterator[str]:
    """The longest task of everything that was done, then how long tagging took."""
    head = [
        "longest task, ms",
        *(f"{one.words:,} words, {one.marks:,} marks" for one in used),
        "aim",
    ]
    names = used[0].tasks
    yield from _table(
        head,
        (
            [name, *(f"{one.tasks[name]:.0f}" for one in used), _desk_aim(name, used)]
            for name in names
        ),
    )
    yield ""
    head = [
        "from key to sight, ms",
        *(f"{end} of {one.words:,} words" for one in used for end in ("median", "p95")),
    ]
    rows = (
        ("`1` to the names that are proposed", "offered"),
        ("Enter to the confirmed mark", "drawn"),
        ("of that the server", "saved"),
    )
    yield from _table(
        head,
        (
            [words, *(cell for one in used for cell in _times(one.times[name]))]
            for words, name in rows
        ),
    )


def _desk_aim(name: str, used: Sequence[Used]) -> str:
    return (
        f"{DESK_AIM} {'✓' if all(one.tasks[name] <= DESK_AIM for one in used) else '✗'}"
    )


def names_table(measured: Iterable[Named]) -> Iterator[str]:
    head = [
        "what",
        "mentions",
        "median ms",
        "p95 ms",
        "aim",
        "search and inserts ms",
        "× that",
    ]
    return _table(head, map(_names_line, measured))


def box_table(learned: Learned, measured: Iterable[Proposed]) -> Iterator[str]:
    head = [
        "what is typed",
        "proposals",
        "queries",
        "median ms",
        "p95 ms",
        "aim",
        "`LIKE` ms",
        "× that",
    ]
    yield from _table(head, map(_box_line, measured))
    yield (
        f"\nThe index was made in {learned.first:.2f} s, again in {learned.again:.2f} s; "
        f"a spelling that came was learned in {_ms(learned.one)} ms."
    )


def _page_line(each: Measured) -> list[str]:
    ratio = each.subject.median / each.empty.median
    cells = [
        each.page.name,
        *_times(each.subject),
        str(each.queries),
        f"{each.size / 1000:.0f}",
    ]
    cells += [_ms(each.empty.median), f"{ratio:.1f}", _at_most(ratio, each.page.aim)]
    if each.bare is None:
        return [*cells, "", "", ""]
    beside = each.subject.median / (each.empty.median + each.bare.median)
    return [
        *cells,
        _ms(each.bare.median),
        f"{beside:.1f}",
        _at_most(beside, each.page.bare_aim),
    ]


def _export_line(each: Exported) -> list[str]:
    ratio = each.floor.median / each.subject.median
    rates = [
        f"{each.rows / each.subject.median:,.0f}",
        f"{each.rows / each.floor.median:,.0f}",
    ]
    peaks = [f"{megabytes:.0f}" for megabytes in each.megabytes]
    return [
        each.name,
        f"{each.rows:,}",
        *rates,
        f"{ratio:.2f}",
        _at_least(ratio, EXPORT_AIM),
        *peaks,
    ]


def _names_line(each: Named) -> list[str]:
    aim = f"{NAMES_AIM} s {'✓' if each.subject.median <= NAMES_AIM else '✗'}"
    cells = [each.what, str(each.hits), *_times(each.subject), aim]
    if each.floor is None:
        return [*cells, "", ""]
    return [
        *cells,
        _ms(each.floor.median),
        f"{each.subject.median / each.floor.median:.1f}",
    ]


def _box_line(each: Proposed) -> list[str]:
    aim = f"{BOX_AIM * 1000:g} ms {'✓' if each.subject.median <= BOX_AIM else '✗'}"
    cells = [
        each.what,
        str(each.proposals),
        str(each.queries),
        *_times(each.subject),
        aim,
        _ms(each.floor.median),
    ]
    return [*cells, f"{each.subject.median / each.floor.median:.1f}"]


def _times(timing: Timing) -> list[str]:
    return [_ms(timing.median), _ms(timing.p95)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}" if seconds < 0.01 else f"{seconds * 1000:.1f}"


def _at_most(ratio: float, aim: float | None) -> str:
    return "" if aim is None else f"{aim:g} {'✓' if ratio <= aim else '✗'}"


def _at_least(ratio: float, aim: float) -> str:
    return f"{aim:g} {'✓' if ratio >= aim else '✗'}"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[str]:
    rule = ["---", *["---:"] * (len(head) - 1)]
    for line in chain([head, rule], lines):
        yield f"| {' | '.join(line)} |"
