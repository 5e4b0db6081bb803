"""How long it takes to check a manuscript, beside reading all texts of the archive once.

The manuscript has 100,000 words: invented news that the archive does not hold, with 400
quotations from what it does. Of these a third are altered in one to three words, a tenth are
cut with an ellipsis, and a twentieth say what stands nowhere. What is said of each is known, so
that a fast check that is wrong would be seen.
"""

from dataclasses import dataclass
from random import Random

from django.contrib.auth.models import AnonymousUser

from annotations.core.quotes.aligner import Verdict
from annotations.quote_check.checker import check
from annotations.quote_check.report import CheckReport
from archive.models import Article, TextVersion
from benchmarks.measure import Timing, interleaved, queries
from benchmarks.news import World

WORDS, QUOTATIONS = 100_000, 400
_ALTERED, _CUT, _ABSENT = 1 / 3, 1 / 10, 1 / 20
_FEWEST, _MOST = 8, 40
"""Words of a quotation."""


@dataclass(frozen=True)
class Checked:
    """`right` counts the quotations of which was said what is true, `figures` all that were
    compared."""

    words: int
    quotations: int
    figures: int
    right: int
    queries: int
    subject: Timing
    floor: Timing


def measure_checking(world: World, articles: int) -> Checked:
    manuscript, expected = written(world, articles)
    with queries() as asked:
        report = check(manuscript, AnonymousUser())
    times = interleaved(
        {"check": lambda: check(manuscript, AnonymousUser()), "read": _read_all},
        runs=8,
        warm_up=0,
        seconds=60,
    )
    return Checked(
        report.words,
        len(report.quotations),
        len(report.figures),
        _right(report, expected),
        len(asked),
        *times.values(),
    )


def written(world: World, articles: int) -> tuple[str, list[Verdict]]:
    """Write the manuscript; return it with the verdict on each of its quotations."""
    random, paragraphs, expected, words = Random(6), list[str](), list[Verdict](), 0
    number, stop = articles, articles + 100_000
    while words < WORDS and number < stop:
        for paragraph in (
            world.story(number).text.replace("“", "").replace("”", "").split("\n\n")
        ):
            if len(expected) < QUOTATIONS and words > WORDS / QUOTATIONS * len(
                expected
            ):
                quoted, verdict = _quotation(
                    world.story(random.randrange(articles)).text, random
                )
                paragraph = f"{paragraph} In their words: “{quoted}.” So it was."
                expected.append(verdict)
            paragraphs.append(paragraph)
            words += len(paragraph.split())
        number += 1
    return "\n\n".join(paragraphs), expected


def _quotation(text: str, random: Random) -> tuple[str, Verdict]:
    paragraph = random.choice([p for p in text.split("\n\n") if len(p.split()) > _MOST])
    words = paragraph.replace("“", "").replace("”", "").split()
    count = random.randrange(_FEWEST, _MOST)
    start = random.randrange(len(words) - count + 1)
    quoted = words[start : start + count]
    chance = random.random()
    if chance < _ABSENT:
        return " ".join(f"{word[::-1].lower()}q" for word in quoted).replace(
            ".", ""
        ), Verdict.ABSENT
    if chance < _ABSENT + _CUT:
        middle = count // 2
        return " ".join([*quoted[: middle - 1], "…", *quoted[middle + 1 :]]).rstrip(
            ".,"
        ), Verdict.CUT
    if chance < _ABSENT + _CUT + _ALTERED:
        for at in random.sample(range(count), min(count // 6, 3) or 1):
            quoted[at] = "otherwise"
        return " ".join(quoted).rstrip(".,"), Verdict.ALTERED
    return " ".join(quoted).rstrip(".,"), Verdict.VERBATIM


def _right(report: CheckReport, expected: list[Verdict]) -> int:
    said = [one.verdict for one in report.quotations]
    return sum(
        is_right == verdict for is_right, verdict in zip(said, expected, strict=True)
    )


def _read_all() -> int:
    texts = TextVersion.objects.filter(
        article__in=Article.objects.public()
    ).values_list("text", flat=True)
    return sum(len(text) for text in texts.iterator(chunk_size=500))
