"""The archive's addresses and, for a floor, that of an empty view behind the same
middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY = "/benchmarks/empty/"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path(EMPTY.lstrip("/"), empty), path("", include("config.urls"))]
