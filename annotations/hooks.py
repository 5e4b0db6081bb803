"""What happens to marks when an article gets a text or another date: the archive calls this
(see its settings).

With a new TextVersion, first what is known of the earlier versions is carried over, then the
known names in the new text are linked, and the words of all its names remembered.
"""

from contextlib import AbstractContextManager

from django.utils.translation import ngettext

from annotations import journal
from annotations.allegations.services import set_wordings_in
from annotations.core.anchoring.selectors import carry
from annotations.journal.recorder import Recorder, Snapshot
from annotations.linking.linker import link_version
from annotations.linking.spelling_suggestions import index_names
from annotations.models import MACHINE, Act, Annotation, State, placed
from archive.models import Article, TextVersion


def receive_version(version: TextVersion, previous: TextVersion | None) -> list[str]:
    """Carry marks to `version` and link names in it; return a sentence on each thing that was
    done."""
    notes = []
    if previous is not None:
        carried, orphaned = carry_over(version)
        notes.append(
            ngettext(
                "%(count)d annotation carried over",
                "%(count)d annotations carried over",
                carried,
            )
            % {"count": carried}
        )
        if orphaned:
            notes.append(
                ngettext(
                    "%(count)d orphaned: place it again",
                    "%(count)d orphaned: place them again",
                    orphaned,
                )
                % {"count": orphaned}
            )
    linked = link_version(version)
    index_names([version.text])
    if linked.added:
        notes.append(
            ngettext("%(count)d mention found", "%(count)d mentions found", linked.added)
            % {"count": linked.added}
        )
    return notes


def receive_correction(article: Article) -> None:
    """Give the annotations of an article the date that it has now, and its allegations what
    follows from its credit."""
    article.annotations.exclude(sort_date=article.sort_date).update(sort_date=article.sort_date)
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
    earlier = Annotation.objects.filter(article_id=version.article_id).exclude(version=version)
    for annotation in sorted(
        earlier, key=lambda each: each.state in MACHINE
    ):  # an editor's word comes first
        selector = carry(annotation.selector, version.text)
        place = (
            selector
            and annotation.entity_id
            and (selector.start, selector.end, annotation.entity_id)
        )
        if selector and place not in taken:
            carried.append((annotation, {"version": version.pk, **placed(version, selector)}))
        elif (
            version.previous_id == annotation.version_id and annotation.state == State.CONFIRMED
        ):
            orphaned.append(annotation)
        if place:
            taken.add(place)
    if carried:
        with _act(Act.Kind.CARRIED, version, len(carried)) as recorder:
            recorder.update_each(carried)
    if orphaned:
        with _act(Act.Kind.ORPHANED, version, len(orphaned)) as recorder:
            for annotation in orphaned:
                recorder.note(annotation)
    return len(carried), len(orphaned)


def _act(kind: Act.Kind, version: TextVersion, many: int) -> AbstractContextManager[Recorder]:
    article = version.article
    return journal.record(
        kind, by=version.made_by, what=article.title, passages=many, article=article
    )
