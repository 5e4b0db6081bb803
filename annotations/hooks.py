"""What happens to marks when an article gets a text or another date: the archive calls this
(see its settings).

With a new TextVersion, first what is known of the earlier versions is carried over, then the
known names in the new text are linked, and the words of all its names remembered.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.utils.translation import ngettext

from annotations import journal
from annotations.allegations.services import set_wordings_in
from annotations.core.anchoring.selectors import carry
from annotations.journal.recorder import Recorder
from annotations.journal.snapshots import Snapshot
from annotations.linking.linker import link_versions
from annotations.linking.spelling_suggestions import index_words, words_of_names
from annotations.models import (
    MACHINE,
    Act,
    Annotation,
    State,
    TagCount,
    position_columns,
)
from archive.models import Article, TextVersion


def study(text: str) -> list[str]:
    """Return the words of the names in a text: what takes longest of all that is done with it,
    and needs no database."""
    return words_of_names(text)


def receive_versions(
    versions: Sequence[TextVersion], studies: Sequence[list[str]]
) -> list[list[str]]:
    """Carry marks to new versions of different articles and link names in them; return, for
    each, a sentence on each thing that was done. `studies` are what `study` says of each."""
    notes = [_notes_of_carrying(version) for version in versions]
    linked = link_versions(versions)
    # What stands on an earlier text is not counted any more, even where nothing is linked.
    TagCount.objects.recount(
        version.article_id for version in versions if version.previous_id is not None
    )
    index_words(studies)
    for version, own_notes in zip(versions, notes, strict=True):
        added = linked.added_in[version.article_id]
        if added:
            own_notes.append(
                ngettext("%(count)d mention found", "%(count)d mentions found", added)
                % {"count": added}
            )
    return notes


def _notes_of_carrying(version: TextVersion) -> list[str]:
    """Carry marks to a version that is not the first; return sentences on how many."""
    if version.previous_id is None:
        return []
    carried, orphaned = carry_over(version)
    notes = [
        ngettext(
            "%(count)d annotation carried over",
            "%(count)d annotations carried over",
            carried,
        )
        % {"count": carried}
    ]
    if orphaned:
        notes.append(
            ngettext(
                "%(count)d orphaned: place it again",
                "%(count)d orphaned: place them again",
                orphaned,
            )
            % {"count": orphaned}
        )
    return notes


def receive_correction(article: Article) -> None:
    """Give the annotations of an article the date that it has now, and its allegations what
    follows from its credit."""
    article.annotations.exclude(sort_date=article.sort_date).update(
        sort_date=article.sort_date
    )
    set_wordings_in(article)


def carry_over(version: TextVersion) -> tuple[int, int]:
    """Move every annotation of this article whose words and context stand exactly once in
    `version` to it.

    The others stay where they are, on the version that they are true of. Of an editor's marks
    that makes orphans, to be placed again. Returns how many were carried, and how many this
    version orphaned.
    """
    carried: list[tuple[Annotation, Snapshot]] = []
    orphaned: list[Annotation] = []
    taken: set[tuple[int, int, int]] = set()
    annotations = Annotation.objects.filter(article_id=version.article_id)
    # An editor's word goes before the machine's: of two mentions of one entity that would stand
    # on the same words, only the first is carried.
    standing = sorted(annotations.exclude(version=version), key=_is_of_machine)
    texts = _texts_under(standing)
    for annotation in standing:
        passage = annotation.selector_in(texts[annotation.version_id])
        selector = carry(passage, version.text)
        position = None
        if selector is not None and annotation.entity_id is not None:
            position = (selector.start, selector.end, annotation.entity_id)
        if selector is not None and position not in taken:
            carried.append(
                (
                    annotation,
                    {"version": version.pk, **position_columns(version, selector)},
                )
            )
        elif _is_orphaned(annotation, version):
            orphaned.append(annotation)
        if position is not None:
            taken.add(position)
    if carried:
        with _version_act(Act.Kind.CARRIED, version, len(carried)) as recorder:
            recorder.update_each(carried)
    if orphaned:
        with _version_act(Act.Kind.ORPHANED, version, len(orphaned)) as recorder:
            for annotation in orphaned:
                recorder.note(annotation)
    return len(carried), len(orphaned)


def _texts_under(annotations: Sequence[Annotation]) -> dict[int, str]:
    """Return the texts on which annotations stand, by version."""
    versions = {annotation.version_id for annotation in annotations}
    texts = TextVersion.objects.filter(pk__in=versions)
    return dict(texts.values_list("pk", "text"))


def _is_of_machine(annotation: Annotation) -> bool:
    return annotation.state in MACHINE


def _is_orphaned(annotation: Annotation, version: TextVersion) -> bool:
    """Tell whether an annotation that is not carried stood on the version before this one, by
    an editor's word."""
    stood_before = version.previous_id == annotation.version_id
    return stood_before and annotation.state == State.CONFIRMED


def _version_act(
    kind: Act.Kind, version: TextVersion, passages: int
) -> AbstractContextManager[Recorder]:
    article = version.article
    return journal.record(
        kind, by=version.made_by, what=article.title, passages=passages, article=article
    )
