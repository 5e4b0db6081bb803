"""What happens to marks when an article gets a text or another date: the archive calls this (see its settings).

With a new TextVersion, first what is known of the earlier versions is carried over, then the names in the new text
are linked.
"""

from django.utils.translation import ngettext

from annotations import journal
from annotations.anchoring import carry
from annotations.mentions import link_version
from annotations.models import Annotation, Change, State
from archive.models import Article, TextVersion


def receive_version(version: TextVersion, previous: TextVersion | None) -> list[str]:
    """Carry marks to `version` and link names in it; return a sentence on each thing that was done."""
    notes = []
    if previous is not None:
        carried, orphaned = carry_over(version)
        notes.append(
            ngettext("%(count)d annotation carried over", "%(count)d annotations carried over", carried)
            % {"count": carried}
        )
        if orphaned:
            notes.append(
                ngettext("%(count)d orphaned: place it again", "%(count)d orphaned: place them again", orphaned)
                % {"count": orphaned}
            )
    linked = link_version(version)
    if linked.added:
        notes.append(
            ngettext("%(count)d mention found", "%(count)d mentions found", linked.added) % {"count": linked.added}
        )
    return notes


def receive_correction(article: Article) -> None:
    """Give the annotations of an article the date that it has now: one UPDATE, of those that have another."""
    article.annotations.exclude(sort_date=article.sort_date).update(sort_date=article.sort_date)


def carry_over(version: TextVersion) -> tuple[int, int]:
    """Move every annotation of this article whose words and context stand exactly once in `version` to it.

    The others stay where they are, on the version that they are true of. Of an editor's marks that makes orphans,
    to be placed again. Returns how many were carried, and how many this version orphaned.
    """
    carried = orphaned = 0
    earlier = Annotation.objects.filter(article_id=version.article_id).exclude(version=version)
    for annotation in earlier.select_related("version", "figure", "allegation"):
        selector = carry(annotation.selector, version.text)
        before = journal.snapshot(annotation)
        if selector:
            annotation.place(version, selector)
            annotation.revision += 1
            annotation.save()
            journal.record(
                Change.Act.CARRIED,
                annotation,
                version.made_by,
                before=before,
                after=journal.snapshot(annotation),
            )
            carried += 1
        elif version.previous_id == annotation.version_id and annotation.state == State.CONFIRMED:
            journal.record(Change.Act.ORPHANED, annotation, version.made_by, before=before, after=before)
            orphaned += 1
    return carried, orphaned
