"""The invented stories as files, in the forms that the measured programs take in.

    stories/story-N.md    what `import_articles` reads
    annotations.jsonld    what `import_annotations` reads: what another archive would export
    entities.jsonl        rows of three tables, for sqlite-utils and for the bare floor
    articles.jsonl
    annotations.jsonl

All of them hold the same articles and the same annotations.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from annotations.core.anchoring.selectors import select
from annotations.core.w3c import CONTEXT, W3CPassage, to_w3c
from annotations.models import Kind, State
from benchmarks.news import Story, World

_ELSEWHERE = "https://another.example"
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
# What an annotation's row has of its passage, by the column.
_COLUMNS = {
    "kind": "kind",
    "start": "start",
    "end": "end",
    "words": "words",
    "before": "before",
    "after": "after",
    "low": "value",
    "high": "value_to",
    "qualifier": "qualifier",
    "counted": "counted",
    "said_by": "said_by",
    "summary": "allegation",
    "claimant": "claimant",
    "accused": "accused",
    "status": "status",
}

Json = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """Where the files are, and how much is in them."""

    folder: Path
    articles: int
    annotations: int

    @property
    def stories(self) -> Path:
        return self.folder / "stories"

    @property
    def jsonld(self) -> Path:
        return self.folder / "annotations.jsonld"

    def rows(self, table: str) -> Path:
        return self.folder / f"{table}.jsonl"

    def annotations_of(self, publisher: str) -> int:
        """Return how many annotations the articles of a publisher have."""
        keys = set()
        for article in _read_lines(self.rows("articles")):
            if article["publisher"] == publisher:
                keys.add(article["id"])
        rows = _read_lines(self.rows("annotations"))
        return sum(row["article"] in keys for row in rows)


def write_corpus(world: World, articles: int, folder: Path) -> Corpus:
    """Write the first so many stories into a folder, which is made."""
    corpus = Corpus(folder, articles, annotations=0)
    corpus.stories.mkdir(parents=True)
    entities, kinds = entity_keys(world), entity_kinds(world)
    _write_lines(corpus.rows("entities"), _entity_rows(entities, kinds))
    annotations = 0
    opening = {"@context": CONTEXT, "type": "AnnotationPage"}
    with (
        corpus.jsonld.open("w", encoding="utf-8") as jsonld,
        corpus.rows("articles").open("w", encoding="utf-8") as article_rows,
        corpus.rows("annotations").open("w", encoding="utf-8") as annotation_rows,
    ):
        jsonld.write(f'{json.dumps(opening)[:-1]}, "items": [')
        for story in map(world.story, range(articles)):
            (corpus.stories / story.filename).write_bytes(story.source)
            article_rows.write(_line(_article_row(story)))
            for passage in passages_of(story, kinds):
                jsonld.write(",\n" if annotations else "\n")
                jsonld.write(json.dumps(to_w3c(passage), ensure_ascii=False))
                annotations += 1
                row = _annotation_row(annotations, story, passage, entities)
                annotation_rows.write(_line(row))
        jsonld.write("\n]}\n")
    return Corpus(folder, articles, annotations)


def entity_keys(world: World) -> dict[str, int]:
    """Return the keys that people and places have in the tables, by name."""
    names = [*world.people, *world.places]
    return {name: number for number, name in enumerate(names, start=1)}


def entity_kinds(world: World) -> dict[str, Kind]:
    """Return of what kind people and places are, by name."""
    people = dict.fromkeys(world.people, Kind.PERSON)
    return people | dict.fromkeys(world.places, Kind.PLACE)


def passages_of(story: Story, kinds: Mapping[str, Kind]) -> list[W3CPassage]:
    """Return all that is to be tagged in a story, in the order of the text, as another archive
    would export it; `kinds` are those of `entity_kinds`."""
    passages = []
    for mention in story.mentions:
        at = _passage(story, mention.start, mention.end, kinds[mention.name])
        passages.append(at._replace(entity=mention.name, tag=mention.name))
    for figure in story.figures:
        fields = dict(figure.fields)
        low, high = fields.pop("low"), fields.pop("high")
        fields["value"] = Decimal(low)
        fields["value_to"] = None if high is None else Decimal(high)
        at = _passage(story, figure.start, figure.end, Kind.FIGURE)
        passages.append(at._replace(**fields))
    for claim in story.claims:
        fields = dict(claim.fields)
        fields["allegation"] = fields.pop("summary")
        at = _passage(story, claim.start, claim.end, Kind.ALLEGATION)
        passages.append(at._replace(**fields))
    passages.sort(key=lambda passage: (passage.start or 0, passage.end or 0))
    return [_numbered(passage, number) for number, passage in enumerate(passages)]


def _passage(story: Story, start: int, end: int, kind: Kind) -> W3CPassage:
    selector = select(story.text, start, end)
    slug = story.filename.removesuffix(".md")
    return W3CPassage(
        text_address=f"{_ELSEWHERE}/articles/{slug}/versions/1/text/",
        text_sha256=sha256(story.text.encode()).hexdigest(),
        version=1,
        capture_sha256=sha256(story.source).hexdigest(),
        accessed=story.day,
        kind=kind.value,
        # What a machine linked elsewhere is refused where it would not be sure here.
        state=State.CONFIRMED.value,
        words=selector.exact,
        before=selector.prefix,
        after=selector.suffix,
        start=start,
        end=end,
        paragraph=story.text.count("\n\n", 0, start) + 1,
        title=story.title,
        authors="; ".join(story.authors),
        publisher=story.outlet,
        published=story.day.isoformat(),
        language="en",
        original_address=story.address,
        made_at=_MADE_AT,
        changed_at=_MADE_AT,
    )


def _numbered(passage: W3CPassage, number: int) -> W3CPassage:
    """Give a passage the address that follows from its number in the text."""
    key = uuid5(NAMESPACE_URL, f"{passage.original_address}#{number}")
    return passage._replace(permalink=f"{_ELSEWHERE}/annotations/{key}/")


def _entity_rows(
    entities: Mapping[str, int], kinds: Mapping[str, Kind]
) -> Iterator[Json]:
    for name, key in entities.items():
        yield {"id": key, "kind": kinds[name].value, "name": name}


def _article_row(story: Story) -> Json:
    return {
        "id": story.number,
        "title": story.title,
        "authors": "; ".join(story.authors),
        "publisher": story.outlet,
        "published": story.day.isoformat(),
        "topic": story.topic,
        "url": story.address,
        "text": story.text,
    }


def _annotation_row(
    key: int, story: Story, passage: W3CPassage, entities: Mapping[str, int]
) -> Json:
    row: Json = {"id": key, "article": story.number}
    row["entity"] = entities.get(passage.entity)
    for column, name in _COLUMNS.items():
        value = getattr(passage, name)
        if isinstance(value, Decimal):
            value = int(value)
        row[column] = None if value == "" else value
    return row


def _write_lines(file: Path, rows: Iterable[Json]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(map(_line, rows))


def _read_lines(file: Path) -> Iterator[Json]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _line(row: Json) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
