"""Apply to all: the other places of a mention's words, each to be chosen or not, and one act
for all that are."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editing import tagging
from annotations.editing.apply_to_all import Scope, SpanKey, find_candidates
from annotations.editing.tagging import ApplyResult
from annotations.journal.recorder import AlreadyDone
from annotations.models import Annotation, State
from annotations.views.desk import changes, is_for_desk, part
from annotations.views.tagging import (
    deleted_meanwhile,
    done_already,
    key_sent,
    revision_seen,
    say_done,
    say_not_done,
)
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.EDITOR)
def annotation_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The places, with those likely to be meant chosen; a POST tags the ones that are
    chosen."""
    annotation = Annotation.objects.with_sources().filter(pk=pk).first()
    if annotation is None:
        return deleted_meanwhile(request, pk)
    if annotation.entity is None:
        raise Http404(
            _("Only the tag of a person or a place can be applied to other places.")
        )
    if request.method == "POST":
        return _apply(request, annotation)
    if annotation.state == State.REJECTED:
        raise Http404(_("This was rejected, so it is not applied to other places."))
    scope = Scope.ARCHIVE if request.GET.get("in") == Scope.ARCHIVE else Scope.ARTICLE
    after = request.GET.get("after", "")
    found = find_candidates(annotation, scope, after)
    context = {
        "annotation": annotation,
        "found": found,
        "scope": scope,
        "is_first": not after,
        "key": uuid4(),
    }
    return part(request, "annotations/annotation_apply.html", context)


def _apply(request: HttpRequest, annotation: Annotation) -> HttpResponse:
    typed = map(SpanKey.read, request.POST.getlist("place"))
    spans = {span for span in typed if span is not None}
    revision, key = revision_seen(request), key_sent(request)
    try:
        applied = tagging.apply(
            annotation.pk, revision, spans, signed_in_user(request), key
        )
    except AlreadyDone as already:
        return done_already(request, annotation.article, already.act)
    except tagging.StaleRevision as stale:
        if stale.current is None:
            return deleted_meanwhile(request, annotation.pk)
        words = _("It was changed meanwhile, so it was applied nowhere.")
        return say_not_done(request, stale.current, words)
    words = _result(applied, annotation) if spans else _("No place was chosen.")
    if applied.act:
        return say_done(request, annotation.article, applied.act, words, annotation)
    if is_for_desk(request):
        return changes(request, annotation.article, mark=annotation, words=words)
    messages.warning(request, words)
    return redirect(request.get_full_path())


def _result(applied: ApplyResult, annotation: Annotation) -> str:
    sentences = []
    if applied.count:
        tagged = ngettext(
            "Tagged %(count)d place as %(name)s.",
            "Tagged %(count)d places as %(name)s.",
            applied.count,
        )
        sentences.append(tagged % {"count": applied.count, "name": annotation.tag})
    if applied.left_out:
        left_out = ngettext(
            "%(count)d place has changed since and was left out.",
            "%(count)d places have changed since and were left out.",
            applied.left_out,
        )
        sentences.append(left_out % {"count": applied.left_out})
    return " ".join(sentences)
