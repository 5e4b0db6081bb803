"""Measures: one ledger for each, with what is agreed and what is not, and what editors say of
it."""

from uuid import UUID

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.core.figures.conflicts import CannotAdd
from annotations.export.ledgers import LEDGER_FORMATS
from annotations.export.ledgers.measures import measure_table
from annotations.figures.ledger import ledger_of
from annotations.figures.services import (
    CannotSucceed,
    add_up,
    save_measure,
    succeed,
    take_apart,
    unlink,
)
from annotations.forms import AddingForm, MeasureForm
from annotations.models import Figure, Measure, Succession, Total
from annotations.views.export import file_response, format_asked
from annotations.views.journal import add_act_message
from archive.kept_pages import kept
from archive.permissions import open_to, signed_in_user
from archive.roles import Role


@open_to(Role.READER)
@kept
def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure that is given for a measure, drawn and tabled, with what cannot both be
    true."""
    measure = get_object_or_404(
        Measure.objects.visible_to(request.user).select_related("part_of"), slug=slug
    )
    context = {
        "measure": measure,
        "ledger": ledger_of(measure, request.user),
        "formats": LEDGER_FORMATS,
    }
    return render(request, "annotations/measure_detail.html", context)


@open_to(Role.READER)
def measure_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as a file: CSV unless another format is asked for."""
    measure = get_object_or_404(Measure.objects.visible_to(request.user), slug=slug)
    chosen = format_asked(LEDGER_FORMATS, request.GET.get("format", "csv"))
    ledger = ledger_of(measure, request.user)
    table = measure_table(ledger, request.build_absolute_uri("/"))
    return file_response(chosen, measure.slug, table)


@open_to(Role.EDITOR)
def measure_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, Measure())


@open_to(Role.EDITOR)
def measure_edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Measure, slug=slug))


def _edit(request: HttpRequest, measure: Measure) -> HttpResponse:
    form = MeasureForm(request.POST or None, instance=measure)
    if request.method == "POST" and form.is_valid():
        act = save_measure(form.instance, signed_in_user(request))
        add_act_message(request, act, _("Saved."))
        return redirect(form.instance)
    status = 400 if request.method == "POST" else 200
    return render(
        request,
        "annotations/measure_edit.html",
        {"measure": measure, "form": form},
        status=status,
    )


@open_to(Role.EDITOR)
@require_POST
def measure_supersede(request: HttpRequest, slug: str) -> HttpResponse:
    """Link a figure to the later one by which its speaker replaced it or, with `unlink`, take
    that link away."""
    measure = get_object_or_404(Measure, slug=slug)
    user = signed_in_user(request)
    earlier = _figure(request.POST.get("earlier", ""))
    if "unlink" in request.POST:
        add_act_message(
            request,
            unlink(get_object_or_404(Succession, earlier=earlier), user),
            _("The link is taken away."),
        )
        return redirect(measure)
    try:
        act = succeed(earlier, _figure(request.POST.get("later", "")), user)
    except CannotSucceed as refusal:
        messages.error(request, str(refusal))
    else:
        add_act_message(request, act, _("Linked: both figures stay."))
    return redirect(measure)


@open_to(Role.EDITOR)
def total_create(request: HttpRequest, slug: str) -> HttpResponse:
    """State that some figures of a measure or its parts may be added."""
    measure = get_object_or_404(Measure, slug=slug)
    ledger = ledger_of(measure, request.user)
    form = AddingForm(request.POST or None, rows=ledger.rows)
    if request.method == "POST" and form.is_valid():
        try:
            act = add_up(
                measure, form.chosen, form.cleaned_data["note"], signed_in_user(request)
            )
        except CannotAdd as refusal:
            form.add_error("figures", str(refusal))
        else:
            add_act_message(request, act, _("Added up, and shown as your statement."))
            return redirect(measure)
    context = {"measure": measure, "form": form}
    return render(
        request,
        "annotations/total_create.html",
        context,
        status=400 if form.is_bound else 200,
    )


@open_to(Role.EDITOR)
@require_POST
def total_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    total = get_object_or_404(Total, pk=pk, measure__slug=slug)
    add_act_message(
        request,
        take_apart(total, signed_in_user(request)),
        _("The total is taken apart."),
    )
    return redirect(total.measure)


def _figure(key: str) -> Figure:
    try:
        return get_object_or_404(Figure, pk=UUID(key))
    except ValueError:
        return get_object_or_404(Figure, pk=None)
