"""Allegations: the ledger, each with its exchange, and what editors record of where it stands
and what answers it."""

from typing import Any
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.allegations.search import allegations_near, allegations_with
from annotations.allegations.services import (
    CannotAnswer,
    answer,
    change_status,
    take_back_status,
    unlink_answer,
)
from annotations.allegations.threads import (
    exchange_of,
    with_claims,
    with_copies,
    with_responses,
)
from annotations.export.ledgers import LEDGER_FORMATS
from annotations.export.ledgers.allegations import allegation_table
from annotations.filters import AllegationFilter
from annotations.forms.allegations import AnswerForm, StatusForm
from annotations.models import Annotation, Answer, Kind, StatusChange, names_in
from annotations.views.export import file_response, format_asked
from annotations.views.journal import add_act_message
from annotations.views.robots import kept_from_robots
from archive.kept_pages import kept
from archive.pagination import page_asked
from archive.permissions import open_to, signed_in_user
from archive.roles import Role

PAGE_SIZE = 50


@open_to(Role.READER)
@kept
@kept_from_robots
def allegation_list(request: HttpRequest) -> HttpResponse:
    """Who alleges what of whom, each with its status and its answer; copies of one agency's
    text once."""
    ledger = _ledger(request)
    page = page_asked(request, ledger.found.with_sources(), PAGE_SIZE)
    with_responses(page.items, request.user)
    with_copies(page.items, request.user)
    with_claims(page.items, request.user)
    context = {"page": page, "filter": ledger, "formats": LEDGER_FORMATS}
    return render(request, "annotations/allegation_list.html", context)


@open_to(Role.READER)
@kept_from_robots
def allegation_export(request: HttpRequest) -> HttpResponseBase:
    """The ledger with the same filters as a file: CSV unless another format is asked for."""
    ledger = _ledger(request)
    chosen = format_asked(LEDGER_FORMATS, request.GET.get("format", "csv"))
    allegations = ledger.qs if ledger.is_valid() else ledger.queryset.none()
    base, address = request.build_absolute_uri("/"), request.build_absolute_uri()
    table = allegation_table(allegations, request.user, address, base)
    return file_response(chosen, "allegations", table)


def _ledger(request: HttpRequest) -> AllegationFilter:
    seen = (
        Annotation.objects.visible_to(request.user).current().shown().in_reading_order()
    )
    allegations = seen.filter(kind=Kind.ALLEGATION, allegation__isnull=False)
    return AllegationFilter(request.GET, queryset=allegations, request=request)


@open_to(Role.READER)
@kept
@kept_from_robots
def allegation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One allegation: where it stands since when, and the exchange in which it is a turn."""
    annotation = _annotation(request, pk)
    exchange = exchange_of(annotation, request.user)
    context = {
        "annotation": annotation,
        "exchange": exchange,
        "turn": exchange.turn_of(annotation),
        "history": sorted(
            annotation.allegation.statuses.for_reading(request.user),
            key=lambda change: change.place_in_history,
        ),
    }
    return render(request, "annotations/allegation_detail.html", context)


@open_to(Role.EDITOR)
def answer_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that another allegation answers this one, or this the other: found by words, or
    pasted."""
    annotation, query = _annotation(request, pk), request.GET.get("q", "").strip()
    near = (
        allegations_with(query, request.user) if query else _near(request, annotation)
    )
    form = AnswerForm(
        request.POST or None,
        allegation=annotation.allegation,
        near=near,
        user=signed_in_user(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            act = answer(
                *form.ends, form.cleaned_data["relation"], signed_in_user(request)
            )
        except CannotAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            add_act_message(request, act, _("Linked: both stand in one exchange now."))
            return redirect(annotation.allegation)
    return _form_page(request, "answer_create", annotation, form, query=query)


@open_to(Role.EDITOR)
@require_POST
def answer_delete(request: HttpRequest, pk: UUID, link: int) -> HttpResponse:
    found = get_object_or_404(Answer.objects.select_related("claim", "answer"), pk=link)
    add_act_message(
        request,
        unlink_answer(found, signed_in_user(request)),
        _("The link is taken away; both allegations stay."),
    )
    return redirect("annotations:allegation-detail", pk)


@open_to(Role.EDITOR)
def status_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record where an allegation stands since some day, with the passage that says so."""
    annotation = _annotation(request, pk)
    editor = signed_in_user(request)
    others = [near for near in _near(request, annotation) if near.pk != pk]
    form = StatusForm(
        request.POST or None,
        allegation=annotation.allegation,
        near=[annotation, *others],
        user=editor,
    )
    if request.method == "POST" and form.is_valid():
        add_act_message(request, change_status(form.instance, editor), _("Recorded."))
        return redirect(annotation.allegation)
    return _form_page(request, "status_create", annotation, form)


@open_to(Role.EDITOR)
@require_POST
def status_delete(request: HttpRequest, pk: UUID, change: int) -> HttpResponse:
    changes = StatusChange.objects.select_related("allegation")
    status_change = get_object_or_404(changes, pk=change, allegation=pk)
    act = take_back_status(status_change, signed_in_user(request))
    add_act_message(request, act, _("Taken back."))
    return redirect(status_change.allegation)


def _annotation(request: HttpRequest, pk: UUID) -> Annotation:
    passages = Annotation.objects.visible_to(request.user).filter(
        allegation__isnull=False
    )
    return get_object_or_404(passages.with_sources(), pk=pk, kind=Kind.ALLEGATION)


def _near(request: HttpRequest, annotation: Annotation) -> list[Annotation]:
    names = names_in(
        f"{annotation.allegation.claimant};{annotation.allegation.accused}"
    )
    return allegations_near(annotation.article, request.user, names)


def _form_page(
    request: HttpRequest, page: str, annotation: Annotation, form: Any, **more: str
) -> HttpResponse:
    context = {"annotation": annotation, "form": form, **more}
    status = 400 if form.is_bound else 200
    return render(request, f"annotations/{page}.html", context, status=status)
