"""Linking: from known names to mentions in texts.

`link_version` makes the machine's mentions of one text exactly what the matcher finds there
now, and leaves alone whatever an editor has confirmed or rejected. It may run any number of
times. `link_forms` does the same for the articles in which some forms can stand, which the
search index knows: the cost follows the hits, not the size of the archive. Where they are more
than a request can bear, the others wait in `Reread` for `read_waiting`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from annotations.core.anchoring.selectors import select
from annotations.core.names.inflection import is_cyrillic, stem
from annotations.core.names.matcher import FoundMention, KnownSpelling, LinkReason, Matcher
from annotations.core.names.scripts import spelling_of
from annotations.journal.recorder import Recorder, batched
from annotations.models import MACHINE, Act, Annotation, Entity, Kind, NameForm, Reread, State
from archive import search
from archive.models import Article, TextVersion
from archive.text.canonical import paragraph_of

Stamp = tuple[datetime | None, int | None, int]
NOW = 300
"""Articles that are linked at once, while somebody waits."""
_TEXTS_AT_ONCE = 200
_PLACES = UUID("5b0f3c1e-7f0a-4c62-9a4e-2f1de6d8a1b7")
"""The namespace of keys that follow from a place (RFC 9562, version 5)."""
_SHORTEST = 2
"""Letters of a form that is never linked by itself."""
_MOST_LEARNED = 1000
"""Forms, of entities that changed, beyond which building the matcher anew costs no more."""
_Row = tuple[int, str, bool, str]
"""Of a form: its entity, its text, whether it may stand alone, and its entity's kind."""


class _JudgedMention(NamedTuple):
    """A mention of which an editor has spoken; its entity by key."""

    start: int
    end: int
    exact: str
    state: str
    entity: int


@dataclass
class LinkResult:
    """How many mentions were added and taken away, and in how many articles something
    changed."""

    added: int = 0
    removed: int = 0
    articles: set[int] = field(default_factory=set)
    waiting: int = 0
    """Articles that are still to be read."""

    def add(self, other: "LinkResult") -> None:
        self.added += other.added
        self.removed += other.removed
        self.articles |= other.articles

    def count(self, article: int, added: int, removed: int) -> None:
        self.added += added
        self.removed += removed
        if added or removed:
            self.articles.add(article)


def link_version(version: TextVersion, lines: Recorder | None = None) -> LinkResult:
    """Link the mentions in one text, as part of the act that `lines` are of, if any."""
    linked = LinkResult()
    with transaction.atomic():
        _link([version], linked, lines)
    return linked


def link_forms(texts: Iterable[str], lines: Recorder | None = None) -> LinkResult:
    """Link again the articles in which any of these spellings can stand, inflected or not: many
    of them later."""
    return link_again(articles_with(texts), lines)


def link_again(article_ids: Iterable[int], lines: Recorder | None = None) -> LinkResult:
    """Link these articles again: as many as a request can bear now, the others when
    `read_waiting` comes to them."""
    keys = sorted(set(article_ids))
    linked = link_articles(keys[:NOW], lines)
    act = lines.act if lines else None
    later = [Reread(article_id=key, act=act) for key in keys[NOW:]]
    Reread.objects.bulk_create(later, batch_size=_TEXTS_AT_ONCE, ignore_conflicts=True)
    linked.waiting = len(later)
    return linked


def read_waiting(most: int = _TEXTS_AT_ONCE) -> int:
    """Link some of the articles that wait, and return how many: 0 when none are left.

    It may be stopped at any moment, and run by several at once: each takes other articles, and
    what was not finished waits on.
    """
    if not Reread.objects.exists():
        return 0
    with transaction.atomic():
        rows = list(
            Reread.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
                "act"
            )[:most]
        )
        by_act: dict[Act | None, list[int]] = defaultdict(list)
        for row in rows:
            by_act[row.act].append(row.pk)
        for act, keys in by_act.items():
            lines = Recorder(act) if act else None
            link_articles(keys, lines)
            if lines:
                lines.write()
        Reread.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def link_articles(article_ids: Iterable[int], lines: Recorder | None = None) -> LinkResult:
    """Link again the current texts of these articles."""
    linked = LinkResult()
    for some in batched(sorted(article_ids), _TEXTS_AT_ONCE):
        versions = TextVersion.objects.filter(
            pk__in=Article.objects.filter(pk__in=some).values("current_version")
        )
        with transaction.atomic():
            _link(
                versions.select_related("article").only("text", "article__sort_date"),
                linked,
                lines,
            )
    return linked


def articles_with(texts: Iterable[str]) -> set[int]:
    """Return the keys of the articles in which any of these spellings can stand, as the search
    index knows."""
    return set().union(*map(_articles_with, texts))


def add_form(
    entity: Entity, text: str, lines: Recorder | None = None, *, alone: bool = True
) -> tuple[NameForm, LinkResult]:
    """Give `entity` a spelling, if it has not got it, and link its mentions everywhere."""
    text = spelling_of(text)
    form = entity.forms.filter(text=text).first()
    if form:
        return form, LinkResult()
    form = NameForm(entity=entity, text=text, alone=alone)
    with transaction.atomic():
        if lines is None:
            form.save()
        else:
            lines.save(form)
        return form, link_forms([text], lines)


def lock_articles(article_ids: Iterable[int]) -> None:
    """Let nobody else tag or link in these articles until the transaction ends; on SQLite
    nobody else writes anyway."""
    if connection.features.has_select_for_update:
        held = (
            Article.objects.select_for_update(no_key=True)
            .filter(pk__in=article_ids)
            .order_by("pk")
        )
        list(held.values_list("pk"))


def known_matcher() -> Matcher:
    """Return the matcher of all name forms as they are now; where few have changed it is not
    built anew."""
    global _known
    known, stamp = _known, stamp_of_forms()
    if known is None or known.stamp != stamp:
        _known = known = _learned(known, stamp)
    return known.matcher


def stamp_of_forms() -> Stamp:
    """Return what is different after any change of the name forms."""
    stamp = NameForm.objects.aggregate(
        last=Max("changed_at"), highest=Max("pk"), count=Count("pk")
    )
    return stamp["last"], stamp["highest"], stamp["count"]


def _articles_with(text: str) -> set[int]:
    """Ask the search index: for the words of a spelling or, where they inflect, for their
    stems."""
    if is_cyrillic(text):
        return search.articles_with_words(" ".join(map(stem, text.split())), as_beginnings=True)
    return search.articles_with_words(text)


class _KnownMatcher(NamedTuple):
    """The last matcher that was `built` as a whole, of these rows, and the one with what has
    changed since.

    It is never altered, so that threads may share it.
    """

    stamp: Stamp
    rows: list[_Row]
    built: Matcher
    matcher: Matcher


_known: _KnownMatcher | None = None


def _learned(known: _KnownMatcher | None, stamp: Stamp) -> _KnownMatcher:
    rows: list[_Row] = list(
        NameForm.objects.values_list("entity_id", "text", "alone", "entity__kind")
    )
    if known is not None:
        entities = {entity for entity, *_others in set(rows) ^ set(known.rows)}
        before, after = (
            [_form(*row) for row in some if row[0] in entities] for some in (known.rows, rows)
        )
        if len(before) + len(after) <= _MOST_LEARNED:
            return known._replace(stamp=stamp, matcher=known.built.with_changes(before, after))
    built = Matcher(_form(*row) for row in rows)
    return _KnownMatcher(stamp, rows, built, built)


def _form(entity: int, text: str, alone: bool, kind: str) -> KnownSpelling:
    """A place is named by one word, a person by two; very short forms and those in small
    letters never stand alone."""
    is_place = kind == Kind.PLACE
    is_name = len(text) > _SHORTEST and not text.islower()
    return KnownSpelling(
        entity, text, full=is_place or " " in text, alone=alone and is_name, place=is_place
    )


def _link(versions: Iterable[TextVersion], linked: LinkResult, lines: Recorder | None) -> None:
    """Bring the machine's mentions in these texts up to date: four queries, and writes only
    where they differ.

    One more for each text that has mentions already and gets further ones.
    """
    matcher = known_matcher()
    by_version = {version.pk: version for version in versions}
    by_article = {version.article_id: version.pk for version in by_version.values()}
    lock_articles(by_article)
    # Not by kind, which is the same: SQLite would take that index, and read through all
    # mentions of the archive.
    mentions = Annotation.objects.filter(article__in=by_article, entity__isnull=False).order_by(
        "start"
    )
    judged: dict[int, list[_JudgedMention]] = {pk: [] for pk in by_version}
    earlier: dict[int, list[_JudgedMention]] = {pk: [] for pk in by_version}
    for row in mentions.exclude(state__in=MACHINE).values_list(
        "article", "version", *_JudgedMention._fields
    ):
        of_article, of_version, *rest = row
        kept = judged[of_version] if of_version in judged else earlier[by_article[of_article]]
        kept.append(_JudgedMention(*rest))
    found: dict[int, list[Annotation]] = {pk: [] for pk in by_version}
    for mark in mentions.filter(state__in=MACHINE, version__in=by_version):
        found[mark.version_id].append(mark)
    added: list[Annotation] = []
    removed: list[Annotation] = []
    changed: list[Annotation] = []
    for pk, version in by_version.items():
        is_judged = _judging(judged[pk])
        wanted = {
            (mention.start, mention.end, mention.entity): _doubted(
                mention, version.text, earlier[pk]
            )
            for mention in matcher.mentions(version.text)
            if not is_judged(mention)
        }
        gone = []
        for mark in found[pk]:
            mention = wanted.pop((mark.start, mark.end, mark.entity_id or 0), None)
            if mention is None:
                gone.append(mark)
            elif _say(mark, mention, version):
                changed.append(mark)
        known = (
            _keys(version) - {mark.pk for mark in gone}
            if wanted and (judged[pk] or found[pk])
            else set()
        )
        fresh = [_annotation(version, mention, known) for mention in wanted.values()]
        linked.count(version.article_id, len(fresh), len(gone))
        added += fresh
        removed += gone
    if lines is None:
        Annotation.objects.filter(pk__in=[mark.pk for mark in removed]).delete()
    else:
        lines.delete(removed)
    Annotation.objects.bulk_update(
        changed, ["state", "reason", "named_in", "changed_at"], batch_size=500
    )
    Annotation.objects.bulk_create(added, batch_size=500)


def _keys(version: TextVersion) -> set[UUID]:
    return set(Annotation.objects.filter(version=version).values_list("pk", flat=True))


def _judging(judged: list[_JudgedMention]) -> Callable[[FoundMention], bool]:
    """Return what says whether an editor has spoken on a place: confirmed anyone there, or
    rejected this one.

    `judged` are in order of their start. Costs no more for each place than there are marks that
    reach so far.
    """
    starts = [mark.start for mark in judged]
    reach = list(accumulate((mark.end for mark in judged), max))

    def is_judged(mention: FoundMention) -> bool:
        at = bisect_left(starts, mention.end) - 1
        while at >= 0 and reach[at] > mention.start:
            mark = judged[at]
            if mark.end > mention.start and (
                mark.state == State.CONFIRMED or mark.entity == mention.entity
            ):
                return True
            at -= 1
        return False

    return is_judged


def _doubted(mention: FoundMention, text: str, earlier: list[_JudgedMention]) -> FoundMention:
    """Doubt a mention of which an editor said otherwise in an earlier version, in words or
    context that changed.

    That is one of somebody who was rejected there, or in words by which somebody else was
    confirmed.
    """
    words = text[mention.start : mention.end]
    meant = {
        mark.entity for mark in earlier if mark.state == State.CONFIRMED and mark.exact == words
    }
    refused = any(
        mark.state == State.REJECTED and mark.entity == mention.entity for mark in earlier
    )
    if refused or (meant and mention.entity not in meant):
        return replace(mention, sure=False, reason=LinkReason.REFUSED)
    return mention


def _annotation(version: TextVersion, mention: FoundMention, known: set[UUID]) -> Annotation:
    """Make a mention. Its key, and so its address, follows from its place: found again, it is
    the same."""
    annotation = Annotation(
        kind=Kind.PLACE if mention.place else Kind.PERSON, entity_id=mention.entity
    )
    key = uuid5(_PLACES, f"{version.pk}/{mention.start}-{mention.end}/{mention.entity}")
    if key not in known:  # else it was moved to another entity, with its address
        annotation.pk = key
    annotation.place(version, select(version.text, mention.start, mention.end))
    _say(annotation, mention, version)
    return annotation


def _say(annotation: Annotation, mention: FoundMention, version: TextVersion) -> bool:
    """Put what the machine thinks, and why, on `annotation`; say whether that changed it."""
    before = annotation.state, annotation.reason, annotation.named_in
    annotation.state = State.LINKED if mention.sure else State.SUGGESTED
    annotation.reason = mention.reason
    annotation.named_in = (
        None if mention.named_at is None else paragraph_of(version.text, mention.named_at)
    )
    annotation.changed_at = timezone.now()  # bulk_update does not set it by itself
    return before != (annotation.state, annotation.reason, annotation.named_in)
