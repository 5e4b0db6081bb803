"""The report, in Markdown, line by line as it comes: a long run that is cut short has told what
it knew."""

from collections.abc import Iterable, Mapping

Cell = str | int | float | None
# What a row tells, by the head of its column.
Row = Mapping[str, Cell]


def print_table(rows: Iterable[Row]) -> None:
    heads: list[str] = []
    for row in rows:
        if not heads:
            heads = list(row)
            _print_line(heads)
            _print_line(["---", *["---:"] * (len(heads) - 1)])
        _print_line([_in_words(row.get(head)) for head in heads])
    print()


def at_most(value: float, aim: float | None, unit: str = "") -> str:
    return "" if aim is None else f"{aim:,g}{unit} {'✓' if value <= aim else '✗'}"


def at_least(value: float, aim: float) -> str:
    return f"{aim:,g} {'✓' if value >= aim else '✗'}"


def _in_words(cell: Cell) -> str:
    """Three digits of a number tell all that repeats in the next run."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) or cell >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.3g}"


def _print_line(cells: list[str]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)
