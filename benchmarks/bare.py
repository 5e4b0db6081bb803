"""The floor of whole commands: the same work with `sqlite3`, `csv` and `json`, without any
framework.

    python -m benchmarks.bare articles DATABASE ROWS…
    python -m benchmarks.bare annotations DATABASE ROWS…
    python -m benchmarks.bare json|csv DATABASE FILE

Rows are the files of `benchmarks.corpus`. This module imports nothing but the standard library,
so that it begins as fast as Python does.
"""

import csv
import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

_ARTICLES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, title TEXT, authors TEXT, publisher TEXT, published TEXT, topic TEXT, url TEXT, text TEXT
);
CREATE INDEX article_publisher ON articles (publisher, published);
CREATE INDEX article_published ON articles (published);
CREATE VIRTUAL TABLE search USING fts5(title, text, content='articles', content_rowid='id');
"""
_ANNOTATIONS = """
CREATE TABLE entities (id INTEGER PRIMARY KEY, kind TEXT, name TEXT);
CREATE TABLE annotations (
    id INTEGER PRIMARY KEY, article INTEGER REFERENCES articles, entity INTEGER REFERENCES entities, kind TEXT,
    start INTEGER, "end" INTEGER, words TEXT, before TEXT, after TEXT, low INTEGER, high INTEGER, qualifier TEXT,
    counted TEXT, said_by TEXT, summary TEXT, claimant TEXT, accused TEXT, status TEXT
);
CREATE INDEX annotation_article ON annotations (article, start);
CREATE INDEX annotation_entity ON annotations (entity, article);
CREATE INDEX annotation_kind ON annotations (kind);
"""
_INSERT_ARTICLE = """INSERT INTO articles
    VALUES (:id, :title, :authors, :publisher, :published, :topic, :url, :text)"""
_INSERT_ENTITY = "INSERT INTO entities VALUES (:id, :kind, :name)"
_INSERT_ANNOTATION = """INSERT INTO annotations
    VALUES (:id, :article, :entity, :kind, :start, :end, :words, :before, :after, :low, :high, :qualifier,
        :counted, :said_by, :summary, :claimant, :accused, :status)"""
# What is exported of an annotation: all of its columns, who is mentioned, and where it stands.
EXPORT = """SELECT annotations.*, entities.name, articles.title, articles.authors, articles.publisher,
        articles.published, articles.url
    FROM annotations JOIN articles ON articles.id = annotations.article
    LEFT JOIN entities ON entities.id = annotations.entity
    ORDER BY articles.published, articles.id, annotations.start"""
_ADD_FIGURE = """INSERT INTO annotations (article, kind, start, "end", words, low, qualifier, counted)
    VALUES (0, 'figure', 0, 5, 'words', 3, 'exactly', 'things')"""


def import_articles(database: sqlite3.Connection, rows: str) -> None:
    database.executescript(_ARTICLES)
    _insert(database, _INSERT_ARTICLE, rows)
    database.execute("INSERT INTO search (search) VALUES ('rebuild')")


def import_annotations(
    database: sqlite3.Connection, entities: str, annotations: str
) -> None:
    database.executescript(_ANNOTATIONS)
    _insert(database, _INSERT_ENTITY, entities)
    _insert(database, _INSERT_ANNOTATION, annotations)


def export_json(database: sqlite3.Connection, file: str) -> None:
    cursor = database.execute(EXPORT)
    columns = [column[0] for column in cursor.description]
    separator = "["
    with Path(file).open("w", encoding="utf-8") as output:
        for row in cursor:
            record = dict(zip(columns, row, strict=True))
            output.write(f"{separator}{json.dumps(record, ensure_ascii=False)}")
            separator = ",\n"
        output.write("]\n")


def export_csv(database: sqlite3.Connection, file: str) -> None:
    cursor = database.execute(EXPORT)
    with Path(file).open("w", encoding="utf-8", newline="") as output:
        writer = csv.writer(output)
        writer.writerow(column[0] for column in cursor.description)
        writer.writerows(cursor)


def add_figure(database: sqlite3.Connection) -> None:
    """Insert one annotation, and commit."""
    with database:
        database.execute(_ADD_FIGURE)


def open_database(file: str | Path) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = wal")
    return database


def _insert(database: sqlite3.Connection, sql: str, rows: str) -> None:
    with Path(rows).open(encoding="utf-8") as lines:
        database.executemany(sql, map(json.loads, lines))


_WORKS: dict[str, Callable[..., None]] = {
    "articles": import_articles,
    "annotations": import_annotations,
    "json": export_json,
    "csv": export_csv,
}


def main(work: str, file: str, *files: str) -> None:
    database = open_database(file)
    with database:
        _WORKS[work](database, *files)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
