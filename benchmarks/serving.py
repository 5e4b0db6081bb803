"""How many articles a server opens in a second for eight readers at once, and how long it takes
to tag a passage.

The pages are kept, as for any readers without a session. What the desk sends to tag is timed on
one connection; the floor of that is one INSERT with its COMMIT.
"""

from collections.abc import Iterator
from contextlib import closing, nullcontext
from itertools import count
from pathlib import Path
from statistics import median

from annotations.models import Annotation
from archive.models import Article, TextVersion, User
from archive.roles import Role
from benchmarks import bare, datasette
from benchmarks.commands import BARE, OURS, PEER
from benchmarks.corpus import Corpus
from benchmarks.datasette import Datasette
from benchmarks.measure import Subject, interleaved
from benchmarks.pages import story_number
from benchmarks.readers import READERS, Opening, opens_per_second
from benchmarks.server import Visitor, served
from benchmarks.table import Row, at_least, at_most
from benchmarks.tagging import desk_headers, figure_form, tag_address

# Articles in a second.
MOST_OPENS = 1500
# Milliseconds.
CREATED = 8
# Articles that are opened and tagged.
ARTICLES = 50
# Readers of each program have so many seconds in each round.
ROUNDS, SECONDS = 3, 4.0


def serving_rows(corpus: Corpus, peer: Datasette | None, folder: Path) -> Iterator[Row]:
    """Measure the archive of this run, with Datasette and the floor; tagging changes the
    archive."""
    with (
        served() as port,
        peer.served() if peer else nullcontext() as peer_port,
    ):
        yield _opens_row(port, peer_port)
        row: dict[str, str | float | None] = {"work": "create an annotation, ms"}
        milliseconds = _milliseconds_to_tag(port, corpus, folder)
        row[BARE] = milliseconds["bare"]
        if peer:
            # It has no way to write before version 1.
            row[PEER] = None
        row[OURS] = milliseconds["ours"]
        yield row | {"aim": at_most(milliseconds["ours"], CREATED)}


def _opens_row(port: int, peer_port: int | None) -> Row:
    articles = Article.objects.order_by("pk")[:ARTICLES]
    ours: list[Opening] = [[article.get_absolute_url()] for article in articles]
    theirs = [datasette.article(story_number(article.slug)) for article in articles]
    for [address] in ours:
        Visitor(port).get(address)
    rates: dict[str, list[float]] = {OURS: [], PEER: []}
    for _ in range(ROUNDS):
        rates[OURS].append(opens_per_second(port, ours, SECONDS))
        if peer_port:
            rates[PEER].append(opens_per_second(peer_port, theirs, SECONDS))
    row: dict[str, str | float | None] = {
        "work": f"annotated articles opened by {READERS} readers, 1/s",
        BARE: None,
    }
    if peer_port:
        row[PEER] = median(rates[PEER])
    row[OURS] = median(rates[OURS])
    return row | {"aim": at_least(median(rates[OURS]), MOST_OPENS)}


def _milliseconds_to_tag(port: int, corpus: Corpus, folder: Path) -> dict[str, float]:
    """Time the desk's request beside a bare INSERT, by turns. Raises RuntimeError where a tag
    was not saved."""
    before = Annotation.objects.count()
    editor = User.objects.create_user("tagger", role=Role.EDITOR)
    tag = _tagging(Visitor(port, desk_headers(editor)))
    file = folder / "floor.sqlite3"
    with closing(bare.open_database(file)) as database:
        bare.import_articles(database, str(corpus.rows("articles")))
        rows = map(str, (corpus.rows("entities"), corpus.rows("annotations")))
        bare.import_annotations(database, *rows)
        database.commit()
        subjects: dict[str, Subject] = {
            "ours": tag,
            "bare": lambda: bare.add_figure(database),
        }
        times = interleaved(subjects, on_the_wall=True)
    saved = Annotation.objects.count() - before
    if saved < len(times["ours"].seconds):
        raise RuntimeError(f"Only {saved} tags were saved.")
    return {name: 1000 * timing.median for name, timing in times.items()}


def _tagging(editor: Visitor) -> Subject:
    """Return what tags one word after the other, in one article after the other."""
    versions = TextVersion.objects.order_by("pk")[:ARTICLES]
    texts = list(versions.values_list("article__slug", "text"))
    numbers = count()

    def tag() -> None:
        number = next(numbers)
        slug, text = texts[number % len(texts)]
        form = figure_form(text, start=10 + 7 * (number // len(texts)))
        editor.post(tag_address(slug), form)

    return tag
