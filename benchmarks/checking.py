"""How long it takes to check a manuscript, beside reading all texts of the archive once.

The manuscript has 100,000 words: invented news that the archive does not hold, with 400
quotations from what it does. Of these a third are altered in one to three words, a tenth are
cut with an ellipsis, and a twentieth say what stands nowhere. What is said of each is known, so
that a fast check that is wrong would be seen.
"""

from collections.abc import Iterator
from itertools import count
from random import Random

from django.contrib.auth.models import AnonymousUser

from annotations.core.quotes.aligner import Verdict
from annotations.quote_check.checker import check
from archive.models import Article, TextVersion
from benchmarks.measure import interleaved, queries
from benchmarks.news import World
from benchmarks.table import Row, at_most

# Seconds.
AIM = 10
WORDS, QUOTATIONS = 100_000, 400
_ALTERED, _CUT, _ABSENT = 1 / 3, 1 / 10, 1 / 20
# Words of a quotation.
_FEWEST, _MOST = 8, 40


def measure_checking(world: World, articles: int) -> Iterator[Row]:
    manuscript, expected = written(world, articles)
    with queries() as asked:
        report = check(manuscript, AnonymousUser())
    verdicts = [quotation.verdict for quotation in report.quotations]
    right = [one == other for one, other in zip(verdicts, expected, strict=True)]
    times = interleaved(
        {"check": lambda: check(manuscript, AnonymousUser()), "read": _read_all},
        runs=8,
        warm_up=0,
        seconds=60,
    )
    seconds, floor = times["check"].median, times["read"].median
    yield {
        "words": report.words,
        "quotations": len(verdicts),
        "judged right": sum(right),
        "figures": len(report.figures),
        "queries": len(asked),
        "median s": seconds,
        "aim": at_most(seconds, AIM, " s"),
        "reading all texts s": floor,
        "× that": seconds / floor,
    }


def written(world: World, articles: int) -> tuple[str, list[Verdict]]:
    """Write the manuscript; return it with the verdict on each of its quotations."""
    random, words = Random(6), 0
    paragraphs: list[str] = []
    expected: list[Verdict] = []
    for number in count(articles):
        if words >= WORDS:
            break
        for paragraph in _paragraphs(world, number):
            if len(expected) < min(QUOTATIONS, words / WORDS * QUOTATIONS):
                source = _paragraphs(world, random.randrange(articles))
                quoted, verdict = _quotation(source, random)
                paragraph = f"{paragraph} In their words: “{quoted}.” So it was."
                expected.append(verdict)
            paragraphs.append(paragraph)
            words += len(paragraph.split())
    return "\n\n".join(paragraphs), expected


def _paragraphs(world: World, number: int) -> list[str]:
    text = world.story(number).text
    return text.replace("“", "").replace("”", "").split("\n\n")


def _quotation(paragraphs: list[str], random: Random) -> tuple[str, Verdict]:
    long_enough = [words for words in paragraphs if len(words.split()) > _MOST]
    words = random.choice(long_enough).split()
    length = random.randrange(_FEWEST, _MOST)
    start = random.randrange(len(words) - length + 1)
    quoted = words[start : start + length]
    chance = random.random()
    verdict = Verdict.VERBATIM
    if chance < _ABSENT:
        quoted = [f"{word[::-1].lower()}q".replace(".", "") for word in quoted]
        verdict = Verdict.ABSENT
    elif chance < _ABSENT + _CUT:
        quoted[length // 2 - 1 : length // 2 + 1] = ["…"]
        verdict = Verdict.CUT
    elif chance < _ABSENT + _CUT + _ALTERED:
        for at in random.sample(range(length), min(length // 6, 3) or 1):
            quoted[at] = "otherwise"
        verdict = Verdict.ALTERED
    return " ".join(quoted).rstrip(".,"), verdict


def _read_all() -> int:
    versions = TextVersion.objects.filter(article__in=Article.objects.public())
    texts = versions.values_list("text", flat=True)
    return sum(len(text) for text in texts.iterator(chunk_size=500))
