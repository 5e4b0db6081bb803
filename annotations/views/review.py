"""Review: what the machine suggests, one at a time, and what a new version left behind."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editing import tagging
from annotations.editing.review_queue import (
    held_by_others,
    next_suggestion,
    suggestions,
)
from annotations.models import Annotation, Entity, State
from annotations.views.journal import add_act_message
from archive.models import User
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 30
STATE_OF_BUTTON = {"confirm": State.CONFIRMED, "reject": State.REJECTED}


@open_to(Role.EDITOR)
def review(request: HttpRequest) -> HttpResponse:
    """The next suggestion, of all or with `?of=` of one person or place; a POST judges it and
    shows the one after."""
    editor = signed_in_user(request)
    if request.method == "POST":
        return _judge(request, editor)
    entity = _entity(request.GET.get("of", ""))
    after = request.GET.get("after", "")
    orphans = Annotation.objects.with_sources().in_reading_order().orphaned()
    context = {
        "of": entity,
        "after": after,
        "waiting": next_suggestion(editor, after, entity),
        "left": suggestions(entity).count(),
        "others": held_by_others(editor),
        "orphans": orphans[:PAGE_SIZE],
        "orphan_count": orphans.count(),
    }
    return render(request, "annotations/review.html", context)


def _judge(request: HttpRequest, editor: User) -> HttpResponse:
    """Give one verdict on all the passages that were sent, each as `key:revision`."""
    this_page = redirect(request.get_full_path())
    state = STATE_OF_BUTTON.get(request.POST.get("verdict", ""))
    seen = _seen(request.POST.getlist("passage"))
    if state is None or not seen:
        return this_page
    act, stayed = tagging.judge(seen, state, editor)
    if act:
        add_act_message(request, act, _("%(act)s.") % {"act": capfirst(act.label)})
    if stayed:
        sentence = ngettext(
            "Somebody else has judged %(count)d of these meanwhile; it stays as they left it.",
            "Somebody else has judged %(count)d of these meanwhile; they stay as they were left.",
            stayed,
        )
        messages.warning(request, sentence % {"count": stayed})
    return this_page


def _seen(passages: list[str]) -> dict[UUID, int]:
    """Read `key:revision`; what is neither is left out."""
    seen = {}
    for passage in passages:
        key, _colon, revision = passage.partition(":")
        try:
            seen[UUID(key)] = int(revision)
        except ValueError:
            continue
    return seen


def _entity(key: str) -> Entity | None:
    # A longer number is no key: the database would refuse it.
    if not key.isdecimal() or len(key) > 18:
        return None
    return Entity.objects.filter(pk=key).first()
