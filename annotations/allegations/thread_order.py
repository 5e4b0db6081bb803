"""In which order an exchange is read: by date, a claim before what answers it on the same day.

What has no date stands beside what it answers, or else before what answers it, or else at the
end.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def in_order(days: Mapping[K, date | None], links: Iterable[tuple[K, K]], start: K) -> list[K]:
    """Return all that links join to `start`, however long the way, as it is read; `start` among
    them.

    `days` are in reading order, which decides where nothing else does. A link is an answer and
    its claim; one of which an end is not in `days` joins nothing. Cost grows with days + links.

    >>> day = date(2011, 12, 19)
    >>> in_order({"denial": day, "claim": day, "other": day, "finding": None}, [("denial", "claim")], "denial")
    ['claim', 'denial']
    """
    claims: dict[K, list[K]] = defaultdict(list)
    answers: dict[K, list[K]] = defaultdict(list)
    for answer, claim in links:
        if answer in days and claim in days:
            claims[answer].append(claim)
            answers[claim].append(answer)
    joined = _reached([start], lambda key: [*claims[key], *answers[key]])
    depth = _reached([key for key in joined if not claims[key]], lambda key: answers[key])
    place = {key: number for number, key in enumerate(days)}

    def when(key: K) -> date:
        if own := days[key]:
            return own
        before = [day for claim in claims[key] if (day := days[claim])]
        after = [day for answer in answers[key] if (day := days[answer])]
        return max(before) if before else min(after, default=date.max)

    return sorted(
        joined, key=lambda key: (when(key), depth.get(key, 0), days[key] is None, place[key])
    )


def _reached(starts: Iterable[K], next_to: "Callable[[K], Iterable[K]]") -> dict[K, int]:
    """Return all that can be reached, each with the fewest steps that it takes."""
    steps = dict.fromkeys(starts, 0)
    waiting = deque(steps)
    while waiting:
        key = waiting.popleft()
        for other in next_to(key):
            if other not in steps:
                steps[other] = steps[key] + 1
                waiting.append(other)
    return steps
