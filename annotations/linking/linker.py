"""Linking: from known names to mentions in texts.

`link_version` makes the machine's mentions of one text exactly what the matcher finds there
now, and leaves alone whatever an editor has confirmed or rejected. It may run any number of
times. `link_spellings` does the same for the articles in which some spellings can stand, which
the search index knows: the cost follows the hits, not the size of the archive. Where there are
more articles than a request can bear, the others wait in `PendingRelink` for `link_waiting`.

Whether a mention is sure enough to be linked, or only suggested, is decided by
`core.names.matcher`; here an editor's earlier word can only make it less sure.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from annotations.core.anchoring.selectors import select
from annotations.core.names.inflection import is_cyrillic, stem
from annotations.core.names.matcher import FoundMention, LinkReason
from annotations.core.names.scripts import spelling_of
from annotations.journal.made import write_down
from annotations.journal.recorder import Recorder
from annotations.linking.matcher_cache import known_matcher
from annotations.models import (
    MACHINE,
    Act,
    Annotation,
    Entity,
    Kind,
    PendingRelink,
    Spelling,
    State,
    TagCount,
)
from archive import search
from archive.batches import BATCH_SIZE, batched
from archive.models import Article, TextVersion, lock_articles, raise_articles
from archive.text.canonical import paragraph_of

# Articles that are linked while somebody waits for the answer.
MOST_LINKED_AT_ONCE = 300
_TEXTS_PER_BATCH = 200
# The namespace of keys that follow from a mention's position (RFC 9562, version 5).
_MENTION_KEYS = UUID("5b0f3c1e-7f0a-4c62-9a4e-2f1de6d8a1b7")


class _JudgedMention(NamedTuple):
    """A mention of which an editor has spoken; its entity by key."""

    start: int
    end: int
    exact: str
    state: str
    entity: int


@dataclass
class LinkResult:
    """How many mentions were added and removed, in which articles something changed, and how
    many articles are still to be linked."""

    added: int = 0
    removed: int = 0
    articles: set[int] = field(default_factory=set)
    waiting: int = 0
    # Mentions that were added, by article.
    added_in: Counter[int] = field(default_factory=Counter)

    def add(self, other: "LinkResult") -> None:
        self.added += other.added
        self.removed += other.removed
        self.articles |= other.articles
        self.added_in += other.added_in

    def tally(self, article: int, added: int, removed: int) -> None:
        self.added += added
        self.removed += removed
        self.added_in[article] += added
        if added or removed:
            self.articles.add(article)


def link_version(version: TextVersion, recorder: Recorder | None = None) -> LinkResult:
    """Link the mentions in one text, as part of the act that `recorder` records, if any."""
    return link_versions([version], recorder)


def link_versions(
    versions: Iterable[TextVersion], recorder: Recorder | None = None
) -> LinkResult:
    """The same for texts of different articles."""
    result = LinkResult()
    with transaction.atomic():
        _link_texts(versions, result, recorder)
    return result


def link_spellings(
    texts: Iterable[str], recorder: Recorder | None = None
) -> LinkResult:
    """Link again the articles in which any of these spellings can stand, inflected or not: many
    of them later."""
    return link_now_or_queue(articles_with(texts), recorder)


def link_now_or_queue(
    article_ids: Iterable[int], recorder: Recorder | None = None
) -> LinkResult:
    """Link as many of these articles as a request can bear, and queue the others for
    `link_waiting`."""
    keys = sorted(set(article_ids))
    now, later = keys[:MOST_LINKED_AT_ONCE], keys[MOST_LINKED_AT_ONCE:]
    result = link_articles(now, recorder)
    act = recorder.act if recorder else None
    waiting = [PendingRelink(article_id=key, act=act) for key in later]
    # An article that waits already stays with the act that queued it first.
    PendingRelink.objects.bulk_create(
        waiting, batch_size=BATCH_SIZE, ignore_conflicts=True
    )
    result.waiting = len(waiting)
    return result


def link_waiting(most: int = _TEXTS_PER_BATCH) -> int:
    """Link some of the articles that wait, and return how many: 0 when none are left.

    It may be stopped at any moment, and run by several at once: each takes other articles, and
    what was not finished waits on.
    """
    if not PendingRelink.objects.exists():
        return 0
    with transaction.atomic():
        waiting = PendingRelink.objects.select_for_update(
            skip_locked=True, of=("self",)
        )
        rows = list(waiting.select_related("act")[:most])
        articles_by_act: dict[Act | None, list[int]] = defaultdict(list)
        for row in rows:
            articles_by_act[row.act].append(row.pk)
        for act, article_ids in articles_by_act.items():
            recorder = Recorder(act) if act else None
            link_articles(article_ids, recorder)
            if recorder:
                recorder.write()
        PendingRelink.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def link_articles(
    article_ids: Iterable[int], recorder: Recorder | None = None
) -> LinkResult:
    """Link again the current texts of these articles."""
    result = LinkResult()
    for batch in batched(sorted(article_ids), _TEXTS_PER_BATCH):
        current = Article.objects.filter(pk__in=batch).values("current_version")
        versions = TextVersion.objects.filter(pk__in=current).select_related("article")
        with transaction.atomic():
            _link_texts(versions.only("text", "article__sort_date"), result, recorder)
    return result


def articles_with(texts: Iterable[str]) -> set[int]:
    """Return the keys of the articles in which any of these spellings can stand, as the search
    index knows."""
    article_ids: set[int] = set()
    for text in texts:
        if is_cyrillic(text):
            # Cyrillic names are inflected: the index is asked for what begins as their stems.
            stems = " ".join(map(stem, text.split()))
            article_ids |= search.articles_with_words(stems, as_beginnings=True)
        else:
            article_ids |= search.articles_with_words(text)
    return article_ids


def add_spelling(
    entity: Entity,
    text: str,
    recorder: Recorder | None = None,
    *,
    linkable: bool = True,
) -> tuple[Spelling, LinkResult]:
    """Give `entity` a spelling, if it has not got it, and link its mentions everywhere."""
    text = spelling_of(text)
    known = entity.spellings.filter(text=text).first()
    if known is not None:
        return known, LinkResult()
    spelling = Spelling(entity=entity, text=text, linkable=linkable)
    with transaction.atomic():
        if recorder is None:
            spelling.save()
        else:
            recorder.save(spelling)
        return spelling, link_spellings([text], recorder)


@dataclass
class _Mentions:
    """What stands on a text already: what editors judged there, what they judged on earlier
    versions of it, and what the machine found."""

    judged: list[_JudgedMention] = field(default_factory=list)
    judged_earlier: list[_JudgedMention] = field(default_factory=list)
    by_machine: list[Annotation] = field(default_factory=list)


def _link_texts(
    versions: Iterable[TextVersion], result: LinkResult, recorder: Recorder | None
) -> None:
    """Bring the machine's mentions in these texts up to date.

    Costs six queries, one more for each text that has mentions already and gets further ones,
    and writes only where something differs.
    """
    matcher = known_matcher()
    versions = list(versions)
    lock_articles([version.article_id for version in versions])
    found = {version.pk: matcher.mentions(version.text) for version in versions}
    mentions = _mentions_on(versions, {key for key, names in found.items() if names})
    added: list[Annotation] = []
    removed: list[Annotation] = []
    changed: list[Annotation] = []
    for version in versions:
        own = mentions[version.pk]
        wanted = _wanted_mentions(found[version.pk], version, own)
        gone = []
        for annotation in own.by_machine:
            key = (annotation.start, annotation.end, annotation.entity_id or 0)
            mention = wanted.pop(key, None)
            if mention is None:
                gone.append(annotation)
            elif _set_judgement(annotation, mention, version):
                changed.append(annotation)
        taken: set[UUID] = set()
        if wanted and (own.judged or own.by_machine):
            taken = set(version.annotations.values_list("pk", flat=True))
            taken -= {annotation.pk for annotation in gone}
        for mention in wanted.values():
            added.append(_annotation_of(mention, version, taken))
        result.tally(version.article_id, len(wanted), len(gone))
        removed += gone
    # What an act made and the machine changes or takes back is told by the journal from now on.
    # A recorder does so itself where it deletes.
    by_acts = changed if recorder else [*changed, *removed]
    _write_down_made(by_acts, recorder)
    if recorder is None:
        for batch in batched(removed):
            keys = [annotation.pk for annotation in batch]
            Annotation.objects.filter(pk__in=keys).delete()
    else:
        recorder.delete(removed)
    columns = ["state", "reason", "named_in", "changed_at"]
    Annotation.objects.bulk_update(changed, columns, batch_size=BATCH_SIZE)
    Annotation.objects.bulk_create(added, batch_size=BATCH_SIZE)
    written = {annotation.article_id for annotation in (*added, *removed, *changed)}
    if written:
        TagCount.objects.recount(written)
        raise_articles(*written)


def _write_down_made(mentions: Iterable[Annotation], recorder: Recorder | None) -> None:
    acts = {None, recorder.act.pk if recorder else None}
    keys = [mention.pk for mention in mentions if mention.made_in_id not in acts]
    for batch in batched(keys):
        write_down(Annotation.objects.filter(pk__in=batch))


def _mentions_on(
    versions: list[TextVersion], with_names: set[int]
) -> dict[int, _Mentions]:
    """Return what stands on texts already, by version, in the order of the text. What editors
    have judged is only read for the versions `with_names` in them."""
    mentions = {version.pk: _Mentions() for version in versions}
    version_of_article = {version.article_id: version.pk for version in versions}
    # Mentions are those with an entity. Not filtered by kind, which is the same: SQLite would
    # take that index, and read through all mentions of the archive.
    annotations = Annotation.objects.filter(
        article__in=version_of_article, entity__isnull=False
    ).order_by("start")
    named_articles = [
        article for article, key in version_of_article.items() if key in with_names
    ]
    judged = annotations.exclude(state__in=MACHINE).filter(article__in=named_articles)
    columns = ("article", "version", *_JudgedMention._fields)
    for article, version, *values in judged.values_list(*columns):
        if version in mentions:
            mentions[version].judged.append(_JudgedMention(*values))
        else:
            current = mentions[version_of_article[article]]
            current.judged_earlier.append(_JudgedMention(*values))
    for annotation in annotations.filter(state__in=MACHINE, version__in=mentions):
        mentions[annotation.version_id].by_machine.append(annotation)
    return mentions


def _wanted_mentions(
    found: Iterable[FoundMention], version: TextVersion, own: _Mentions
) -> dict[tuple[int, int, int], FoundMention]:
    """Return which mentions the machine should have on a text, by start, end and entity."""
    judgements = _Judgements(own.judged)
    wanted = {}
    for mention in found:
        if not judgements.cover(mention):
            key = (mention.start, mention.end, mention.entity)
            wanted[key] = _weakened_by_judgements(
                mention, version.text, own.judged_earlier
            )
    return wanted


class _Judgements:
    """What editors have said on a text, to be asked of many spans."""

    def __init__(self, judged: list[_JudgedMention]) -> None:
        """`judged` are in order of their start."""
        self._judged = judged
        self._starts = [mention.start for mention in judged]
        self._furthest_ends = list(accumulate((mention.end for mention in judged), max))

    def cover(self, mention: FoundMention) -> bool:
        """Tell whether an editor has spoken on a span: confirmed anyone there, or rejected this
        one."""
        # Backwards from the last judgement that starts before the span ends, as long as any
        # before it still reaches the span.
        at = bisect_left(self._starts, mention.end) - 1
        while at >= 0 and self._furthest_ends[at] > mention.start:
            judged = self._judged[at]
            is_meant = (
                judged.state == State.CONFIRMED or judged.entity == mention.entity
            )
            if judged.end > mention.start and is_meant:
                return True
            at -= 1
        return False


def _weakened_by_judgements(
    mention: FoundMention, text: str, judged: list[_JudgedMention]
) -> FoundMention:
    """Make a mention unsure if an editor said otherwise in an earlier version, in words or
    context that changed: rejected this one, or confirmed somebody else in the same words."""
    words = text[mention.start : mention.end]
    confirmed = set()
    is_rejected = False
    for judgement in judged:
        if judgement.state == State.CONFIRMED and judgement.exact == words:
            confirmed.add(judgement.entity)
        if judgement.state == State.REJECTED and judgement.entity == mention.entity:
            is_rejected = True
    is_somebody_else = confirmed and mention.entity not in confirmed
    if is_rejected or is_somebody_else:
        return replace(mention, sure=False, reason=LinkReason.REJECTED_BEFORE)
    return mention


def _annotation_of(
    mention: FoundMention, version: TextVersion, taken: set[UUID]
) -> Annotation:
    """Return a new annotation for a mention.

    Its key, and so its address, follows from its position: found again, it is the same.
    """
    kind = Kind.PLACE if mention.place else Kind.PERSON
    annotation = Annotation(kind=kind, entity_id=mention.entity)
    position = f"{version.pk}/{mention.start}-{mention.end}/{mention.entity}"
    key = uuid5(_MENTION_KEYS, position)
    # A mention that was moved to another entity has taken its key, and its address, along.
    if key not in taken:
        annotation.pk = key
    annotation.put_on(version, select(version.text, mention.start, mention.end))
    _set_judgement(annotation, mention, version)
    return annotation


def _set_judgement(
    annotation: Annotation, mention: FoundMention, version: TextVersion
) -> bool:
    """Set what the machine thinks, and why; tell whether that changed the annotation."""
    before = annotation.state, annotation.reason, annotation.named_in
    annotation.state = State.LINKED if mention.sure else State.SUGGESTED
    annotation.reason = mention.reason
    annotation.named_in = None
    if mention.named_at is not None:
        annotation.named_in = paragraph_of(version.text, mention.named_at)
    annotation.changed_at = timezone.now()  # bulk_update does not set it by itself
    return before != (annotation.state, annotation.reason, annotation.named_in)
