"""A report as JSON: one object on one line, its quotations and figures in the manuscript's
order (JSON Lines)."""

import json
from collections.abc import Iterator
from typing import Any

from annotations.core.figures.parser import plain
from annotations.core.quotes.extractor import ManuscriptPosition
from annotations.quote_check.report import (
    ArchiveFigure,
    CheckedFigure,
    CheckedQuotation,
    CheckReport,
    SourcePassage,
)


def write(report: CheckReport, name: str, base: str) -> Iterator[str]:
    base = base.rstrip("/")
    document = {
        "manuscript": name,
        "words": report.words,
        "texts": report.texts,
        "unknown_letters": report.unknown_letters,
        "clean": report.is_clean,
        "quotations": [_quotation(one, base) for one in report.quotations],
        "figures": [_figure(one, base) for one in report.figures],
    }
    yield f"{json.dumps(document, ensure_ascii=False)}\n"


def _quotation(one: CheckedQuotation, base: str) -> dict[str, Any]:
    difference, agreeing, title_of = [], None, None
    if one.trace:
        agreeing = round(one.trace.agreeing, 3)
        for run in one.trace.runs:
            difference.append({"what": run.what.value, "words": run.words})
    if one.title_of:
        title_of = base + one.title_of.get_absolute_url()
    return {
        "verdict": one.verdict.value,
        "words": one.quotation.words,
        "where": _place(one.quotation.place),
        "before": one.quotation.before,
        "after": one.quotation.after,
        "difference": difference,
        "agreeing": agreeing,
        "notes": one.notes,
        "passages": [_passage(passage, base) for passage in one.passages],
        "more_texts": one.more,
        "title_of": title_of,
    }


def _figure(one: CheckedFigure, base: str) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "low": plain(one.amount.low),
        "high": plain(one.amount.high) or None,
        "qualifier": one.amount.qualifier,
        "counted": one.counted,
        "where": [_place(each.place) for each in one.occurrences],
        "given": [_archive_figure(each, base) for each in one.given],
        "others": [_archive_figure(each, base) for each in one.others],
    }


def _archive_figure(one: ArchiveFigure, base: str) -> dict[str, Any]:
    return {
        "amount": str(one.given.amount),
        "counted": one.annotation.figure.counted,
        "speaker": one.given.speaker,
        "day": one.given.day_display,
        "fits": one.fits,
        "superseded_by": _archive_figure(one.later, base) if one.later else None,
        "superseded_by_an_editor": one.is_linked,
        "address": base + one.url,
        "passage": _passage(one.passage, base),
    }


def _passage(passage: SourcePassage, base: str) -> dict[str, Any]:
    return {
        "address": base + passage.get_absolute_url(),
        "article": base + passage.article.get_absolute_url(),
        "title": passage.article.title,
        "version": passage.version.number,
        "current": passage.is_current,
        "paragraph": passage.paragraph,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "citation": passage.citation(base),
    }


def _place(place: ManuscriptPosition) -> dict[str, Any]:
    return {"note": place.note} if place.note else {"paragraph": place.number}
