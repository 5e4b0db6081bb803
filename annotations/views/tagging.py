"""Tagging: choose a passage, say what it is, change it, take it back. All of it works without
JavaScript.

Choosing goes in steps, each a GET that can be gone back to: a paragraph, then words in it, then
(where they stand there more than once) which of them. In the browser a selection skips the
steps and brings its offsets along.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.core.anchoring.selectors import around, occurrences
from annotations.editing import tagging
from annotations.forms import DETAILS, DetailForm, MentionForm, PassageForm
from annotations.journal.recorder import (
    AlreadyDone,
    act_under,
    changes_of,
    changes_under,
    passage_of,
)
from annotations.models import MACHINE, Act, Annotation, Change, Entity, Kind
from annotations.views.desk import changes, is_for_desk, part
from annotations.views.journal import add_act_message
from archive.models import Article
from archive.permissions import open_to, signed_in_user
from archive.roles import Role
from archive.text.canonical import paragraphs

# Characters before and after, shown with what is tagged.
_CONTEXT = 160


@open_to(Role.EDITOR)
def annotation_create(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(
        Article.objects.select_related("current_version"), slug=slug
    )
    if request.method == "GET" and "start" not in request.GET:
        return _choose_passage(request, article)
    # Before the form is read, because what was done may have made it invalid. Of two that
    # come at the same time, `tag` stops the second.
    if request.method == "POST" and (
        done := act_under(key_sent(request), signed_in_user(request))
    ):
        return done_already(request, article, done)
    passage = PassageForm(request.POST or request.GET, article=article)
    if not passage.is_valid():
        return _passage_lost(request, article, passage)
    kind = _kind(request)
    details = _details(request, kind, passage)
    if request.method == "POST" and not passage.was_moved and details.is_valid():
        key = passage.cleaned_data["key"]
        try:
            annotation, act = tagging.tag(
                passage.text_version,
                passage.selector,
                kind,
                details,
                signed_in_user(request),
                key,
            )
        except AlreadyDone as done:
            return done_already(request, article, done.act)
        words = _("Tagged as %(kind)s: %(tag)s.") % {
            "kind": kind.label,
            "tag": annotation.tag,
        }
        return say_done(request, article, act, words, annotation)
    return _tag_page(request, article, passage, kind, details)


@open_to(Role.EDITOR)
def annotation_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a passage or, with other offsets in the address, which words it
    is."""
    annotation = Annotation.objects.with_sources().filter(pk=pk).first()
    if annotation is None:
        return deleted_meanwhile(request, pk)
    kind = Kind(annotation.kind)
    article = Article.objects.select_related("current_version").get(
        pk=annotation.article_id
    )
    if request.method == "POST" and (
        done := act_under(key_sent(request), signed_in_user(request))
    ):
        return done_already(request, article, done)
    placed = {
        "version": annotation.version.number,
        "start": annotation.start,
        "end": annotation.end,
        "exact": annotation.exact,
        "revision": annotation.revision,
    }
    passage = PassageForm(
        request.POST or {**placed, **_offsets(request)}, article=article
    )
    if not passage.is_valid():
        return _passage_lost(request, article, passage, annotation)
    details = _details(request, kind, passage, annotation)
    if request.method == "POST" and not passage.was_moved and details.is_valid():
        try:
            seen, key = (
                passage.cleaned_data["revision"] or 0,
                passage.cleaned_data["key"],
            )
            saved, act = tagging.change(
                pk,
                seen,
                passage.text_version,
                passage.selector,
                details,
                signed_in_user(request),
                key,
            )
        except AlreadyDone as done:
            return done_already(request, article, done.act)
        except tagging.StaleRevision as stale:
            return _conflict(request, article, passage, details, stale.current)
        return say_done(
            request, article, act, _("Changed to %(tag)s.") % {"tag": saved.tag}, saved
        )
    return _tag_page(request, article, passage, kind, details, annotation)


@open_to(Role.EDITOR)
def annotation_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    annotation = Annotation.objects.with_sources().filter(pk=pk).first()
    if annotation is None:
        return deleted_meanwhile(request, pk)
    if request.method != "POST":
        return render(
            request, "annotations/annotation_delete.html", {"annotation": annotation}
        )
    try:
        act = tagging.delete(
            pk, revision_seen(request), signed_in_user(request), key_sent(request)
        )
    except AlreadyDone as done:
        return done_already(request, annotation.article, done.act)
    except tagging.StaleRevision as stale:
        words = _(
            "It was changed meanwhile, so it was not taken away. Look at it as it is now."
        )
        return say_not_done(request, stale.current or annotation, words)
    rejected = _("Rejected: it will not be proposed at this place again.")
    return say_done(
        request,
        annotation.article,
        act,
        rejected if annotation.entity_id else _("Deleted."),
    )


def say_done(
    request: HttpRequest,
    article: Article,
    act: Act,
    words: str,
    annotation: Annotation | None = None,
) -> HttpResponse:
    """Say what was done: to the desk in its place, to others on the page that they come back
    to."""
    if is_for_desk(request):
        return changes(request, article, act, annotation, words)
    add_act_message(request, act, words)
    return redirect(annotation.get_passage_url() if annotation else article)


def done_already(request: HttpRequest, article: Article, act: Act) -> HttpResponse:
    """Answer what was sent a second time, because the first answer was lost, as if it were the
    first."""
    words = f"{capfirst(act.label)}."
    return say_done(request, article, act, words, passage_of(act))


def say_not_done(request: HttpRequest, current: Annotation, words: str) -> HttpResponse:
    """Say that nothing was done to a tag that somebody else has changed, and lead to it."""
    if is_for_desk(request):
        return part(
            request,
            "annotations/annotation_changed.html",
            {"words": words, "annotation": current},
            409,
        )
    messages.warning(request, words)
    return redirect(current)


def _choose_passage(request: HttpRequest, article: Article) -> HttpResponse:
    """The steps without JavaScript; a step with exactly one answer is taken by itself."""
    version = article.version
    blocks = paragraphs(version.text)
    number = _number(request.GET.get("paragraph", ""))
    words = " ".join(request.GET.get("words", "").split())
    context = {
        "article": article,
        "version": version,
        "paragraphs": [(n, block) for n, (_start, block) in enumerate(blocks, start=1)],
        "annotation": _replaced(request),
        "kind": request.GET.get("kind", ""),
        "words": words,
    }
    if not 1 <= number <= len(blocks):
        return render(request, "annotations/choose_paragraph.html", context)
    start, block = blocks[number - 1]
    context |= {"number": number, "paragraph_text": block}
    found = occurrences(version.text, words, start, start + len(block))
    if len(found) == 1:
        return _chosen(request, article, found[0], found[0] + len(words))
    context["not_found"] = words and not found
    context["places"] = [
        {
            "before": version.text[max(start, at - 40) : at],
            "after": version.text[at + len(words) : at + len(words) + 40],
            "start": at,
            "end": at + len(words),
        }
        for at in found
    ]
    return render(
        request,
        "annotations/choose_words.html",
        context,
        status=400 if context["not_found"] else 200,
    )


def _chosen(
    request: HttpRequest, article: Article, start: int, end: int
) -> HttpResponse:
    """Go on to the form with a passage that is chosen: that of the annotation in hand, or a new
    one."""
    query = request.GET.copy()
    for name in ("paragraph", "words", "annotation"):
        query.pop(name, None)
    replaced = _replaced(request)
    query.update(
        {"version": str(article.version.number), "start": str(start), "end": str(end)}
    )
    address = (
        reverse("annotations:annotation-edit", args=[replaced])
        if replaced
        else request.path
    )
    return redirect(f"{address}?{query.urlencode()}")


def _replaced(request: HttpRequest) -> UUID | None:
    """The annotation that is to stand on other words, where the address names one."""
    named = request.GET.get("annotation", "")
    try:
        return UUID(named) if named else None
    except ValueError as error:
        raise Http404(
            _("There is no annotation “%(named)s”.") % {"named": named}
        ) from error


def _tag_page(
    request: HttpRequest,
    article: Article,
    passage: PassageForm,
    kind: Kind,
    details: MentionForm | DetailForm,
    annotation: Annotation | None = None,
) -> HttpResponse:
    selector = passage.selector
    before, after = around(
        passage.text_version.text, selector.start, selector.end, _CONTEXT
    )
    here = {
        "version": passage.text_version.number,
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "revision": passage.cleaned_data["revision"],
        "key": passage.cleaned_data["key"] or uuid4(),
    }
    context = {
        "article": article,
        "annotation": annotation,
        "passage": PassageForm(here, article=article),
        "was_moved": passage.was_moved,
        "before": before,
        "exact": selector.exact,
        "after": after,
        "kind": kind,
        "kinds": Kind,
        "details": details,
        "find": request.GET.get("find", ""),
        "known_names": Entity.objects.standing()
        .order_by("name")
        .values_list("name", flat=True)[:500],
    }
    status = 200
    if request.method != "GET":
        status = 409 if passage.was_moved else 400
    return part(request, "annotations/tag.html", context, status)


def _passage_lost(
    request: HttpRequest,
    article: Article,
    passage: PassageForm,
    annotation: Annotation | None = None,
) -> HttpResponse:
    """Say why the passage cannot be tagged as selected, and keep what was typed."""
    context = {
        "article": article,
        "passage": passage,
        "annotation": annotation,
        "typed": _typed(request),
    }
    status = 409 if request.POST else 400
    return part(request, "annotations/passage_lost.html", context, status)


def _conflict(
    request: HttpRequest,
    article: Article,
    passage: PassageForm,
    details: MentionForm | DetailForm,
    current: Annotation | None,
) -> HttpResponse:
    """Show both versions: what the editor wrote, still in its form, and what somebody else
    saved meanwhile."""
    theirs = None
    if current is not None:
        theirs = Annotation.objects.with_sources().get(pk=current.pk)
    fields = {**passage.cleaned_data, "revision": current.revision if current else None}
    context = {
        "article": article,
        "passage": PassageForm(fields, article=article),
        "details": details,
        "kind": details.kind,
        "kinds": Kind,
        "words": passage.selector.exact,
        "theirs": theirs,
        "change": _last_change(current) if current else None,
    }
    return part(request, "annotations/annotation_conflict.html", context, 409)


def _last_change(annotation: Annotation) -> Change | None:
    changes = changes_of(annotation)
    return changes[-1] if changes else None


def deleted_meanwhile(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The annotation is gone: show the change in the journal that can bring it back, and what
    was typed."""
    gone = (
        changes_under(pk).filter(after__isnull=True).exclude(before__state__in=MACHINE)
    )
    change = gone.last()
    if change is None and not request.POST:
        raise Http404(_("There is no such annotation, and none was deleted."))
    context = {"change": change, "typed": _typed(request)}
    return part(request, "annotations/annotation_gone.html", context, 410)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What the editor wrote, by what the form calls it; where the passage was is left out."""
    typed: dict[str, str] = {}
    key = _number(request.POST.get("entity", ""))
    entity = Entity.objects.filter(pk=key).first()
    if entity is not None:
        typed[_("Who or what is meant")] = entity.name
    for form in DETAILS.values():
        for name, field in form.base_fields.items():
            if field.label and request.POST.get(name):
                typed[str(field.label)] = str(request.POST[name])
    return typed


def _kind(request: HttpRequest) -> Kind:
    asked = request.POST.get("kind") or request.GET.get("kind")
    return Kind(asked) if asked and asked in Kind else Kind.PERSON


def _details(
    request: HttpRequest,
    kind: Kind,
    passage: PassageForm,
    instance: Annotation | None = None,
) -> MentionForm | DetailForm:
    selector = passage.selector
    return DETAILS[kind](
        request.POST or None,
        kind=kind,
        words=selector.exact,
        after=passage.text_version.text[selector.end : selector.end + _CONTEXT],
        user=signed_in_user(request),
        article=passage.article,
        find=request.GET.get("find", ""),
        instance=instance,
    )


def _offsets(request: HttpRequest) -> dict[str, str]:
    """The passage that the address gives, in place of the one that the annotation has."""
    if "start" not in request.GET:
        return {}
    return {
        name: request.GET.get(name, "") for name in ("version", "start", "end", "exact")
    }


def revision_seen(request: HttpRequest) -> int:
    return _number(request.POST.get("revision", ""))


def key_sent(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
