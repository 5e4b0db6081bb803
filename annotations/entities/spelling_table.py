"""Under which spellings a name stands, in which outlet and when: counted rows become a table
with small pictures.

>>> counts = [
...     SpellingCount("Petrov", "en", "The Post", 2011, 4),
...     SpellingCount("Petroff", "en", "The Times", 1912, 1),
... ]
>>> table = spelling_table(counts)
>>> table.outlets, [(row.spelling, row.by_outlet, row.total) for row in table.rows]
(['The Post', 'The Times'], [('Petrov', [4, 0], 4), ('Petroff', [0, 1], 1)])
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_ROWS = 12
MOST_OUTLETS = 5
MOST_YEARS = 24
_WIDEST_STEP = 1000
SPARK_WIDTH, SPARK_HEIGHT = 96, 18


class SpellingCount(NamedTuple):
    """How often a spelling stands in the articles of one language, outlet (empty: not known)
    and year (0: no date)."""

    spelling: str
    language: str
    outlet: str
    year: int
    times: int


@dataclass(frozen=True)
class SpellingRow:
    """One spelling. `others` are its mentions in outlets without a column; `language` is where
    it stands most."""

    spelling: str
    language: str
    by_outlet: list[int]
    others: int
    by_year: list[int]
    undated: int
    total: int
    # The year of most mentions, or the years.
    peak: str

    @property
    def spark(self) -> list[tuple[float, float, float, float]]:
        """The bars of its picture over the years: x, y, width, height in pixels, each row to a
        scale of its own."""
        highest = max(self.by_year, default=0)
        slot = SPARK_WIDTH / max(1, len(self.by_year))
        width = min(slot * 0.8, 8)
        bars = []
        for number, count in enumerate(self.by_year):
            if count:
                height = max(1.5, SPARK_HEIGHT * count / highest)
                x = number * slot + (slot - width) / 2
                y = SPARK_HEIGHT - height
                bars.append(
                    (round(x, 2), round(y, 2), round(width, 2), round(height, 2))
                )
        return bars


@dataclass(frozen=True)
class SpellingTable:
    """`years` name the columns of the table by year: years, or tens of years where there would
    be too many."""

    outlets: list[str]
    has_others: bool
    years: list[str]
    has_undated: bool
    rows: list[SpellingRow]
    # Spellings that are rarer than those that are shown.
    left_out: int
    # And their mentions.
    left_out_count: int

    @property
    def span(self) -> str:
        """From the first year to the last."""
        return f"{self.years[0][:4]}–{self.years[-1][-4:]}"


def spelling_table(counts: Iterable[SpellingCount]) -> SpellingTable:
    """Return the commonest spellings in the outlets that use the name most."""
    counts = list(counts)
    spellings: Counter[str] = Counter()
    outlets: Counter[str] = Counter()
    for count in counts:
        spellings[count.spelling] += count.times
        outlets[count.outlet] += count.times
    shown = _most_common(spellings, MOST_ROWS)
    columns = _most_common(outlets, MOST_OUTLETS)
    step, years = _year_columns({count.year for count in counts if count.year})

    cells: dict[str, _Cells] = defaultdict(_Cells)
    for count in counts:
        row = cells[count.spelling]
        row.outlets[count.outlet] += count.times
        row.languages[count.language] += count.times
        if count.year:
            row.years[count.year // step * step] += count.times
    labels = {}
    for year in years:
        labels[year] = str(year) if step == 1 else f"{year}–{year + step - 1}"
    return SpellingTable(
        outlets=columns,
        has_others=len(outlets) > len(columns),
        years=list(labels.values()),
        has_undated=any(not count.year for count in counts),
        rows=[_row(name, cells[name], columns, labels) for name in shown],
        left_out=len(spellings) - len(shown),
        left_out_count=sum(spellings.values()) - sum(spellings[name] for name in shown),
    )


@dataclass
class _Cells:
    """What is counted of one spelling."""

    outlets: "Counter[str]" = field(default_factory=Counter)
    languages: "Counter[str]" = field(default_factory=Counter)
    years: "Counter[int]" = field(default_factory=Counter)


def _row(
    spelling: str, cells: _Cells, outlets: list[str], years: dict[int, str]
) -> SpellingRow:
    by_outlet = [cells.outlets[outlet] for outlet in outlets]
    by_year = [cells.years[year] for year in years]
    total = sum(cells.outlets.values())
    peak = ""
    if any(by_year):
        peak = years[max(years, key=lambda year: cells.years[year])]
    return SpellingRow(
        spelling=spelling,
        language=_most_common(cells.languages, 1)[0],
        by_outlet=by_outlet,
        others=total - sum(by_outlet),
        by_year=by_year,
        undated=total - sum(by_year),
        total=total,
        peak=peak,
    )


def _year_columns(years: set[int]) -> tuple[int, list[int]]:
    """Return how many years a column stands for, and the first year of each, without gaps."""
    if not years:
        return 1, []
    first, last = min(years), max(years)
    step = 1
    while step < _WIDEST_STEP and last // step - first // step >= MOST_YEARS:
        step *= 10
    return step, list(range(first // step * step, last + 1, step))


def _most_common(totals: "Counter[str]", most: int) -> list[str]:
    """Return the names that are counted most, those counted alike by name."""
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]
