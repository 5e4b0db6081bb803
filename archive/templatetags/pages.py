"""Small helpers of all pages."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from archive.citations.citation import Citation, Reference, citations
from archive.citations.formats import REFERENCE_FORMATS
from archive.citations.page_metadata import coins, json_ld, meta
from archive.models import Article
from archive.pagination import with_parameter

register = template.Library()

_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def this_page_with(context: Context, **changes: str) -> str:
    """`{% this_page_with after=page.after %}`: the query string of this page with some
    parameters changed."""
    return with_parameter(
        context["request"].GET, **{name: str(value or "") for name, value in changes.items()}
    )


@register.inclusion_tag("archive/_page_metadata.html", takes_context=True)
def described(context: Context, article: Article) -> dict[str, Any]:
    """`{% described article %}`: what the head of its page says to programs."""
    address = context["request"].build_absolute_uri(article.get_absolute_url())
    reference = replace(article.reference, archived=address)
    return {
        "article": article,
        "meta": meta(reference),
        "json_ld_html": _json_ld_html(json_ld(reference)),
        "formats": REFERENCE_FORMATS,
    }


@register.simple_tag(takes_context=True)
def coins_of(context: Context, article: Article) -> str:
    """`{% coins_of article %}`: an OpenURL for one line of a list."""
    address = context["request"].build_absolute_uri(article.get_absolute_url())
    return coins(replace(article.reference_in_lists, archived=address))


@register.filter
def get(mapping: Mapping[str, Any], name: str) -> Any:
    """`{{ mapping|get:name }}`: a value by a key that the template holds in a variable."""
    return mapping.get(name, "")


@register.simple_tag(takes_context=True)
def citations_of(context: Context, reference: Reference, address: str) -> list[Citation]:
    """`{% citations_of article.reference article.get_absolute_url as citations %}`: in each
    style.

    `address` is where this archive keeps what is cited.
    """
    return citations(
        replace(reference, archived=context["request"].build_absolute_uri(address))
    )


def _json_ld_html(data: dict[str, Any]) -> SafeString:
    """Return JSON that ends no script element and begins no comment, whatever words are in it:
    `<` is `\\u003C`."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPTS))
