"""The second half of an intake: what was read becomes rows, of many files at once.

    IncomingFile + Reading ──> Article + Capture + TextVersion + Events, in one transaction

`keep` takes files in their order, and leaves the archive as if each had been written before the
next was looked at. Files are written together as long as none of them bears on another: a file
with the bytes or the address of one before it begins another group. If one of them cannot be
written, all of them are written again one by one, so that it harms no other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive import search
from archive.compression import compress
from archive.hooks import receive_versions
from archive.ingest.events import IntakeEvents
from archive.ingest.importers import MEDIA_TYPES
from archive.ingest.importers.report import ParsedReport
from archive.ingest.outlets import Outlets
from archive.ingest.reading import IncomingFile, Reading, Refused
from archive.ingest.source_urls import address_key, host_of
from archive.models import (
    Article,
    Author,
    Byline,
    Capture,
    Event,
    TextVersion,
    Topic,
    User,
    add_versions,
    raise_articles,
    raise_everything,
)
from archive.publishers import looks_cut_short

Named = TypeVar("Named", Author, Topic)


class IntakeOutcome(Enum):
    IMPORTED = "imported"
    UPDATED = "updated"
    KNOWN = "known"


@dataclass(frozen=True)
class IntakeResult:
    """What became of one file. `notes` are sentences on what happened to the annotations of an
    article that got a new version."""

    outcome: IntakeOutcome
    article: Article
    notes: list[str]


class ReadFile(NamedTuple):
    """A file with what was read from it."""

    file: IncomingFile
    reading: Reading

    @property
    def address_key(self) -> str | None:
        """What the original address has in common with all its spellings."""
        address = self.reading.report.original_address
        return address_key(address) if address else None


@dataclass
class _Intake:
    """One file that is being written, with its article and its events."""

    read_file: ReadFile
    article: Article
    is_new: bool
    events: IntakeEvents


def known_files(files: Iterable[IncomingFile]) -> dict[str, Article]:
    """Return, by SHA-256, the articles that the same bytes came in for before."""
    hashes = [file.sha256 for file in files]
    captures = Capture.objects.without_content().filter(sha256__in=hashes)
    articles = {}
    for capture in captures.select_related("article"):
        articles[capture.sha256] = capture.article
    return articles


def keep(files: list[ReadFile], by: User | None) -> list[IntakeResult | Refused]:
    """Write what was read from files, in their order; say of each what became of it.

    The number of queries does not grow with the files, except for files that bear on each
    other or cannot be written.
    """
    if len(files) > 1:
        try:
            with transaction.atomic():
                return [*_keep_in_groups(files, by)]
        except (Refused, IntegrityError):
            pass  # one of them; which, is found below
    return [_keep_alone(file, by) for file in files]


def _keep_alone(file: ReadFile, by: User | None) -> IntakeResult | Refused:
    """Write one file in a transaction of its own."""
    try:
        try:
            return _keep_in_transaction(file, by)
        except IntegrityError:
            # Somebody else may have imported the same bytes, or an article of the same outlet
            # or author, at the same moment: what they wrote is found now.
            return _keep_in_transaction(file, by)
    except Refused as reason:
        return reason


def _keep_in_transaction(file: ReadFile, by: User | None) -> IntakeResult:
    with transaction.atomic():
        [result] = _keep_group([file], by)
    return result


def _keep_in_groups(files: list[ReadFile], by: User | None) -> Iterator[IntakeResult]:
    for group in _unrelated(files):
        yield from _keep_group(group, by)


def _unrelated(files: list[ReadFile]) -> Iterator[list[ReadFile]]:
    """Cut `files` into groups in which no two have the same bytes or the same address."""
    group: list[ReadFile] = []
    seen: set[str] = set()
    for file in files:
        own = {file.file.sha256, file.address_key or file.file.sha256}
        if own & seen:
            yield group
            group, seen = [], set()
        group.append(file)
        seen |= own
    if group:
        yield group


def _keep_group(files: list[ReadFile], by: User | None) -> list[IntakeResult]:
    """Write everything that files bring which do not bear on each other; the caller's
    transaction makes it all or nothing."""
    known = known_files(read_file.file for read_file in files)
    unknown = [read_file for read_file in files if read_file.file.sha256 not in known]
    written = _write(unknown, by) if unknown else {}
    results = []
    for read_file in files:
        sha256 = read_file.file.sha256
        if sha256 in known:
            results.append(IntakeResult(IntakeOutcome.KNOWN, known[sha256], []))
        else:
            results.append(written[sha256])
    return results


def _write(files: list[ReadFile], by: User | None) -> dict[str, IntakeResult]:
    """Write files whose bytes are not known; return the results by SHA-256."""
    intakes = _with_articles(files, by)
    _create_articles([intake for intake in intakes if intake.is_new])
    versions = _add_versions(intakes, by)
    index([intake.article.pk for intake in intakes])
    # Last: a receiver may search for the new versions, which must be complete by then.
    studies = [intake.read_file.reading.study for intake in intakes]
    notes = receive_versions(versions, studies)
    if all(intake.is_new for intake in intakes):
        raise_articles(*(intake.article.pk for intake in intakes))
    else:
        raise_everything()
    results = {}
    for intake, own_notes in zip(intakes, notes, strict=True):
        outcome = IntakeOutcome.IMPORTED if intake.is_new else IntakeOutcome.UPDATED
        result = IntakeResult(outcome, intake.article, own_notes)
        results[intake.read_file.file.sha256] = result
    return results


def _with_articles(files: list[ReadFile], by: User | None) -> list[_Intake]:
    """Find the article of each file by its address, or make one that is not written yet."""
    keys = [file.address_key for file in files if file.address_key]
    articles = Article.objects.filter(address_key__in=keys)
    # Other bytes for a known address are a new version, not a new article.
    by_key = {
        article.address_key: article
        for article in articles.select_related("current_version")
    }
    intakes = []
    for file in files:
        article = by_key.get(file.address_key) if file.address_key else None
        is_new = article is None
        if article is None:
            article = _new_article(file)
        intakes.append(_Intake(file, article, is_new, IntakeEvents(by)))
    return intakes


def _new_article(file: ReadFile) -> Article:
    report = file.reading.report
    language = report.language
    if file.reading.detected_language:
        language, _confidence = file.reading.detected_language
    return Article(
        title=report.title[:500],
        title_transliterated=report.title_transliterated,
        title_translated=report.title_translated,
        standfirst=report.standfirst,
        byline="; ".join(dict.fromkeys(report.authors)),
        credit=report.credit[:300],
        language=language,
        published=report.published,
        original_address=report.original_address,
        address_key=file.address_key,
        coverage=report.coverage[:300],
    )


def _create_articles(intakes: list[_Intake]) -> None:
    """Write new articles with their outlets, authors and topics, and what was noticed."""
    if not intakes:
        return
    reports = [intake.read_file.reading.report for intake in intakes]
    outlets = Outlets(reports)
    for intake, report in zip(intakes, reports, strict=True):
        intake.article.publisher = outlets.of(report)
        _add_first_events(intake)
    outlets.save()
    articles = [intake.article for intake in intakes]
    Article.objects.create_all(articles)
    _set_authors(articles, reports)
    _set_topics(articles, reports)


def _add_first_events(intake: _Intake) -> None:
    """Add what was told of a new article: its language, and an address that was cut short."""
    reading = intake.read_file.reading
    if reading.detected_language:
        intake.events.add_detected_language(*reading.detected_language)
    address = reading.report.original_address
    host = host_of(address)
    if looks_cut_short(host, address):
        intake.events.add_cut_address(host)


def _set_authors(articles: list[Article], reports: list[ParsedReport]) -> None:
    authors = _rows_of_names(Author, [report.authors for report in reports])
    bylines = []
    for article, report in zip(articles, reports, strict=True):
        for position, name in enumerate(dict.fromkeys(report.authors)):
            author = authors[name]
            bylines.append(Byline(article=article, author=author, position=position))
    Byline.objects.bulk_create(bylines)


def _set_topics(articles: list[Article], reports: list[ParsedReport]) -> None:
    topics = _rows_of_names(Topic, [report.topics for report in reports])
    through = Article.topics.through
    rows = []
    for article, report in zip(articles, reports, strict=True):
        for name in dict.fromkeys(report.topics):
            rows.append(through(article=article, topic=topics[name]))
    through.objects.bulk_create(rows)


def _rows_of_names(model: type[Named], lists: list[list[str]]) -> dict[str, Named]:
    """Find or make the rows of all these names, and return them by name."""
    names = list(dict.fromkeys(chain.from_iterable(lists)))
    if not names:
        return {}
    rows = {row.name: row for row in model.objects.filter(name__in=names)}
    missing = [model(name=name) for name in names if name not in rows]
    model.objects.bulk_create(missing)
    for row in missing:
        rows[row.name] = row
    return rows


def _add_versions(intakes: list[_Intake], by: User | None) -> list[TextVersion]:
    """Write captures, texts and events of files whose articles are written."""
    captures = [_capture_of(intake, by) for intake in intakes]
    Capture.objects.bulk_create(captures)
    versions = []
    events: list[Event] = []
    for intake, capture in zip(intakes, captures, strict=True):
        reading = intake.read_file.reading
        version = intake.article.next_version(
            reading.text,
            capture=capture,
            previous=intake.article.current_version,
            by=by,
        )
        versions.append(version)
        intake.events.add_file(capture, reading)
        events += intake.events.of(intake.article)
    add_versions(versions)
    Event.objects.bulk_create(events)
    return versions


def _capture_of(intake: _Intake, by: User | None) -> Capture:
    file = intake.read_file.file
    path = PurePath(file.filename)
    return Capture(
        article=intake.article,
        sha256=file.sha256,
        compressed=compress(file.content),
        size=len(file.content),
        filename=path.name[:300],
        media_type=MEDIA_TYPES.get(file.ending, "text/plain"),
        encoding=intake.read_file.reading.encoding,
        received_by=by,
    )


def index(article_ids: list[int]) -> None:
    """Bring the search index up to date for these articles. Raises Refused where a text has
    more words than it takes."""
    try:
        search.index(article_ids)
    except search.TooManyWords as reason:
        raise Refused(
            _("It has more different words than the search index can take.")
        ) from reason
