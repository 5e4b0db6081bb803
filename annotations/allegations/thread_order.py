"""In which order an exchange is read: by date, a claim before what answers it on the same day.

What has no date stands beside what it answers, or else before what answers it, or else at the
end.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def thread_order(
    days: Mapping[K, date | None], links: Iterable[tuple[K, K]], start: K
) -> list[K]:
    """Return all that links join to `start`, however long the way, as it is read; `start` among
    them.

    `days` are in reading order, which decides where nothing else does. A link is an answer and
    its claim; one of which an end is not in `days` joins nothing. Cost grows with days + links.

    >>> day = date(2011, 12, 19)
    >>> days = {"denial": day, "claim": day, "other": day, "finding": None}
    >>> thread_order(days, [("denial", "claim")], "denial")
    ['claim', 'denial']
    """
    claims: dict[K, list[K]] = defaultdict(list)
    answers: dict[K, list[K]] = defaultdict(list)
    neighbours: dict[K, list[K]] = defaultdict(list)
    for answer, claim in links:
        if answer in days and claim in days:
            claims[answer].append(claim)
            answers[claim].append(answer)
            neighbours[answer].append(claim)
            neighbours[claim].append(answer)
    joined = _steps_from([start], neighbours)
    first_claims = [key for key in joined if not claims[key]]
    depths = _steps_from(first_claims, answers)

    positions = {}
    for number, key in enumerate(days):
        if key in joined:
            day = _reading_day(key, days, claims, answers)
            is_undated = days[key] is None
            positions[key] = (day, depths.get(key, 0), is_undated, number)
    return sorted(joined, key=positions.__getitem__)


def _reading_day(
    key: K,
    days: Mapping[K, date | None],
    claims: Mapping[K, list[K]],
    answers: Mapping[K, list[K]],
) -> date:
    """Return by which day `key` is sorted: its own, else that of what it answers, else that of
    what answers it, else the last day there is."""
    own_day = days[key]
    if own_day is not None:
        return own_day
    claim_days = _dated(days, claims[key])
    if claim_days:
        return max(claim_days)
    return min(_dated(days, answers[key]), default=date.max)


def _dated(days: Mapping[K, date | None], keys: Iterable[K]) -> list[date]:
    return [day for day in map(days.__getitem__, keys) if day is not None]


def _steps_from(starts: Iterable[K], neighbours: Mapping[K, list[K]]) -> dict[K, int]:
    """Return all that can be reached, each with the fewest steps that it takes."""
    steps = dict.fromkeys(starts, 0)
    waiting = deque(steps)
    while waiting:
        key = waiting.popleft()
        for neighbour in neighbours[key]:
            if neighbour not in steps:
                steps[neighbour] = steps[key] + 1
                waiting.append(neighbour)
    return steps
