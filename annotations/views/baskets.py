"""Baskets: one's own, which needs no account, and those that editors keep under a name and
share."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.baskets.contents import collected, excerpts_in, may_be_collected
from annotations.baskets.current import (
    UnnamedBasket,
    current_basket,
    keep_under,
    open_basket,
    renew_cookie,
)
from annotations.baskets.requests import BasketRequest, message_of_putting
from annotations.core.basket_contents import LONGEST_NOTE, BasketContents
from annotations.export.formats import FORMATS
from annotations.forms import BasketForm
from annotations.models import Basket
from annotations.views.export import file_of
from archive.permissions import from_this_site, open_to
from archive.roles import Role


@open_to(Role.READER)
@from_this_site
def basket(request: HttpRequest) -> HttpResponse:
    """The basket in which somebody collects; a POST, from any page with a button for it,
    changes it."""
    current = current_basket(request)
    if request.method != "POST":
        return _page(request, current, BasketForm())
    wish = BasketRequest.read(request.POST)
    if wish.too_long:
        return _too_long(request, current, wish)
    allowed: set[UUID] = set()
    if wish.put:
        passages = may_be_collected(request.user, wish.put)
        allowed = set(passages.values_list("pk", flat=True))
    before, after = current.change(lambda contents: wish.done_to(contents, allowed))
    response = _answer(request, wish, after, wish.message(before, after, allowed))
    renew_cookie(request, response)
    return response


@open_to(Role.READER)
def basket_export(request: HttpRequest) -> HttpResponseBase:
    return _export(request, current_basket(request).contents)


@open_to(Role.EDITOR)
def basket_list(request: HttpRequest) -> HttpResponse:
    """One's named baskets; a POST keeps what is in the browser's under a name."""
    current = current_basket(request)
    form = BasketForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = keep_under(request, form.cleaned_data["name"])
        messages.success(request, _("Kept as “%(name)s”, and open.") % {"name": kept})
        return redirect("annotations:basket")
    if request.method == "POST":
        return _page(request, current, form, status=400)
    own = Basket.objects.filter(owner=request.user.pk).newest_first()
    context = {"baskets": own, "current": current}
    return render(request, "annotations/basket_list.html", context)


@open_to(Role.READER)
def basket_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A named basket, for its owner and, if it is shared, for whoever has its address."""
    baskets = Basket.objects.visible_to(request.user).select_related("owner")
    return _named_page(request, get_object_or_404(baskets, pk=pk))


@open_to(Role.READER)
def basket_detail_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    baskets = Basket.objects.visible_to(request.user)
    return _export(request, get_object_or_404(baskets, pk=pk).contents)


@open_to(Role.READER)
@require_POST
@from_this_site
def basket_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put what one sees of a basket, with its notes, into one's current one."""
    copied = get_object_or_404(Basket.objects.visible_to(request.user), pk=pk)
    available = collected(copied.contents, request.user).available
    current = current_basket(request)
    before, after = current.change(lambda contents: contents.put(available))
    keys = [item.key for item in available]
    messages.success(request, message_of_putting(keys, before, after))
    response = redirect("annotations:basket")
    renew_cookie(request, response)
    return response


@open_to(Role.EDITOR)
@require_POST
def basket_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a basket another name, share it, or share it no longer."""
    named = get_object_or_404(Basket, pk=pk, owner=request.user.pk)
    form = BasketForm(request.POST, instance=named)
    if not form.is_valid():
        return _named_page(request, Basket.objects.get(pk=pk), form, status=400)
    named.save(update_fields=["name", "is_shared", "changed_at"])
    messages.success(request, _("Saved."))
    return redirect(named)


@open_to(Role.EDITOR)
@require_POST
def basket_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a named basket the one into which excerpts are put."""
    open_basket(request, get_object_or_404(Basket, pk=pk, owner=request.user.pk))
    return redirect("annotations:basket")


@open_to(Role.EDITOR)
@require_POST
def basket_close(request: HttpRequest) -> HttpResponse:
    """Go back to the basket without a name."""
    open_basket(request, None)
    return redirect("annotations:basket")


@open_to(Role.EDITOR)
@require_POST
def basket_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    named = get_object_or_404(Basket, pk=pk, owner=request.user.pk)
    named.delete()
    messages.success(request, _("The basket “%(name)s” is deleted.") % {"name": named})
    return redirect("annotations:basket-list")


def _page(
    request: HttpRequest,
    current: Basket | UnnamedBasket,
    form: BasketForm,
    contents: BasketContents | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of the current basket, or of other `contents` in its place."""
    contents = contents or current.contents
    context = {
        "current": current,
        "contents": contents,
        "collection": collected(contents, request.user),
        "form": form,
        "formats": FORMATS,
        "longest_note": LONGEST_NOTE,
        "waiting": len(UnnamedBasket(request.session).contents) if current.name else 0,
    }
    return render(request, "annotations/basket.html", context, status=status)


def _named_page(
    request: HttpRequest,
    named: Basket,
    form: BasketForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_own = named.owner_id == request.user.pk
    context = {
        "basket": named,
        "is_own": is_own,
        "current": current_basket(request),
        "collection": collected(named.contents, request.user, is_own=is_own),
        "form": form or BasketForm(instance=named),
        "formats": FORMATS,
        "address": request.build_absolute_uri(named.get_absolute_url()),
    }
    return render(request, "annotations/basket_detail.html", context, status=status)


def _too_long(
    request: HttpRequest, current: Basket | UnnamedBasket, wish: BasketRequest
) -> HttpResponse:
    """Show the page with what was typed, and do nothing."""
    message = _(
        "A note can have %(most)d characters. Nothing is saved yet: shorten it, and save again."
    )
    messages.warning(request, message % {"most": LONGEST_NOTE})
    return _page(
        request, current, BasketForm(), wish.as_typed(current.contents), status=400
    )


def _answer(
    request: HttpRequest, wish: BasketRequest, contents: BasketContents, message: str
) -> HttpResponse:
    """Answer a script with what it must know, and others with the page that they came from."""
    if not request.accepts("text/html"):
        stamps = {}
        for item in contents.items:
            if item.key in wish.notes:
                stamps[str(item.key)] = item.stamp
        return JsonResponse(
            {"message": message, "keys": contents.keys, "stamps": stamps}
        )
    if message:
        messages.success(request, message)
    put_alone = wish.put[0] if len(wish.put) == 1 else None
    touched = wish.up or wish.down or put_alone
    anchor = f"#a-{touched}" if touched else ""
    return redirect(_where_from(request) + anchor)


def _where_from(request: HttpRequest) -> str:
    """Return the page on which the button stood: this archive asks browsers to name it, to
    itself only."""
    page = request.headers.get("Referer", "")
    is_here = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return page if is_here else reverse("annotations:basket")


def _export(request: HttpRequest, contents: BasketContents) -> HttpResponseBase:
    """The excerpts in their order as a file, by default CSV; where some are left out, its name
    says so."""
    excerpts = list(
        excerpts_in(contents, request.user, request.build_absolute_uri("/"))
    )
    name = "testimonia-basket"
    if len(excerpts) < len(contents):
        name = f"testimonia-{len(excerpts)}-of-{len(contents)}"
    return file_of(excerpts, request.GET.get("format", "csv"), name)
