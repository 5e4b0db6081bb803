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
from dataclasses import dataclass
from typing import NamedTuple

MOST_ROWS = 12
MOST_OUTLETS = 5
MOST_YEARS = 24
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
    peak: str
    """The year of most mentions, or the years."""

    @property
    def spark(self) -> list[tuple[float, float, float, float]]:
        """The bars of its picture over the years: x, y, width, height in pixels, each row to a
        scale of its own."""
        highest, share = max(self.by_year, default=0), SPARK_WIDTH / max(1, len(self.by_year))
        width = min(share * 0.8, 8)
        return [
            (
                round(n * share + (share - width) / 2, 2),
                round(SPARK_HEIGHT - height, 2),
                round(width, 2),
                round(height, 2),
            )
            for n, count in enumerate(self.by_year)
            if count and (height := max(1.5, SPARK_HEIGHT * count / highest))
        ]


@dataclass(frozen=True)
class SpellingTable:
    """`years` name the columns of the table by year: years, or tens of years where there would
    be too many."""

    outlets: list[str]
    has_others: bool
    years: list[str]
    has_undated: bool
    rows: list[SpellingRow]
    left_out: int
    """Spellings that are rarer than those that are shown."""
    left_out_count: int
    """And their mentions."""

    @property
    def span(self) -> str:
        """From the first year to the last."""
        return f"{self.years[0][:4]}–{self.years[-1][-4:]}"


def spelling_table(found: Iterable[SpellingCount]) -> SpellingTable:
    """Return the commonest spellings in the outlets that use the name most."""
    rows = list(found)
    spellings, outlets = _totals(rows, "spelling"), _totals(rows, "outlet")
    columns = _most(outlets, MOST_OUTLETS)
    shown = _most(spellings, MOST_ROWS)
    step, years = _years({row.year for row in rows if row.year})
    cells: dict[str, Counter[tuple[str, str | int]]] = defaultdict(Counter)
    for row in rows:
        cells[row.spelling][("outlet", row.outlet)] += row.times
        if row.year:
            cells[row.spelling][("year", row.year // step * step)] += row.times
        cells[row.spelling][("language", row.language)] += row.times
    labels = {year: str(year) if step == 1 else f"{year}–{year + step - 1}" for year in years}
    return SpellingTable(
        outlets=columns,
        has_others=len(outlets) > len(columns),
        years=list(labels.values()),
        has_undated=any(not row.year for row in rows),
        rows=[_row(words, cells[words], columns, labels, spellings[words]) for words in shown],
        left_out=len(spellings) - len(shown),
        left_out_count=sum(spellings.values()) - sum(spellings[words] for words in shown),
    )


def _row(
    words: str,
    cells: "Counter[tuple[str, str | int]]",
    outlets: list[str],
    years: dict[int, str],
    total: int,
) -> SpellingRow:
    by_outlet = [cells["outlet", outlet] for outlet in outlets]
    by_year = [cells["year", year] for year in years]
    languages = {str(key): count for (what, key), count in cells.items() if what == "language"}
    return SpellingRow(
        spelling=words,
        language=_most(Counter(languages), 1)[0],
        by_outlet=by_outlet,
        others=total - sum(by_outlet),
        by_year=by_year,
        undated=total - sum(by_year),
        total=total,
        peak=years[max(years, key=lambda year: cells["year", year])] if any(by_year) else "",
    )


def _years(years: set[int]) -> tuple[int, list[int]]:
    """Return how many years a column stands for, and the first year of each, without gaps."""
    if not years:
        return 1, []
    step = next(
        (n for n in (1, 10, 100) if max(years) // n - min(years) // n < MOST_YEARS), 1000
    )
    return step, list(range(min(years) // step * step, max(years) + 1, step))


def _totals(rows: list[SpellingCount], field: str) -> "Counter[str]":
    totals: Counter[str] = Counter()
    for row in rows:
        totals[getattr(row, field)] += row.times
    return totals


def _most(totals: "Counter[str]", most: int) -> list[str]:
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]
