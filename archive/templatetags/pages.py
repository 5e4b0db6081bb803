"""Small helpers of all pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context

from archive.citing import Citation, Reference, citations
from archive.paging import with_parameter

register = template.Library()


@register.simple_tag(takes_context=True)
def this_page_with(context: Context, **changes: str) -> str:
    """`{% this_page_with after=page.after %}`: the query string of this page with some parameters changed."""
    return with_parameter(context["request"].GET, **{name: str(value or "") for name, value in changes.items()})


@register.filter
def get(mapping: Mapping[str, Any], name: str) -> Any:
    """`{{ mapping|get:name }}`: a value by a key that the template holds in a variable."""
    return mapping.get(name, "")


@register.simple_tag(takes_context=True)
def citations_of(context: Context, reference: Reference, address: str) -> list[Citation]:
    """`{% citations_of article.reference article.get_absolute_url as citations %}`: in each style.

    `address` is where this archive keeps what is cited.
    """
    return citations(replace(reference, archived=context["request"].build_absolute_uri(address)))
