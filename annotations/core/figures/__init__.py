"""Figures: numbers that a text gives, read from its words, compared, summed up and drawn.

    >>> from annotations.core.figures import figures_in, read
    >>> str(read("at least 15 people", after=" were killed.").amount)
    'at least 15'
    >>> [figure.reading.counted for figure in figures_in("14 people died in 2011.")]
    ['people died']

Reading goes in steps: `numerals` cuts a text into tokens and finds numbers, `qualifiers` what
makes them *at least* or *about*, `counted_nouns` what they count, and `parser` makes an
`Amount` of it all, with its doubts. Comparing goes from `conflicts`, which knows what cannot
both be true, to `summary`, in sentences, and `range_chart`, as a picture.
"""

from annotations.core.figures.conflicts import (
    CannotAdd,
    Conflict,
    DayRange,
    GivenFigure,
    add_amounts,
    bounds_of,
    display_sum,
    find_conflicts,
    part_conflicts,
)
from annotations.core.figures.parser import (
    Amount,
    Confidence,
    CountedFigure,
    figures_in,
    number,
    plain,
    read,
)
from annotations.core.figures.range_chart import RangeChart, draw_range_chart
from annotations.core.figures.summary import range_sentence, summary_sentences

__all__ = [
    "Amount",
    "CannotAdd",
    "Confidence",
    "Conflict",
    "CountedFigure",
    "DayRange",
    "GivenFigure",
    "RangeChart",
    "add_amounts",
    "bounds_of",
    "display_sum",
    "draw_range_chart",
    "figures_in",
    "find_conflicts",
    "number",
    "part_conflicts",
    "plain",
    "range_sentence",
    "read",
    "summary_sentences",
]
