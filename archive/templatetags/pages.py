"""Template tags for all pages: paging, citations, and metadata for programs."""

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
from archive.models import Article, edition_of_article, edition_of_lists
from archive.pagination import with_parameter

register = template.Library()

# JSON allows U+2028 and U+2029 in strings; older JavaScript ends a line at them.
_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def this_page_with(context: Context, **changes: str) -> str:
    """`{% this_page_with after=page.after %}`: the query string of this page with some
    parameters changed."""
    values = {name: str(value or "") for name, value in changes.items()}
    return with_parameter(context["request"].GET, **values)


@register.simple_tag
def edition(article: Article | None = None) -> str:
    """`{% edition article as edition %}`: the key under which what is shown of an article or,
    without one, of many may be kept."""
    return edition_of_article(article.slug) if article else edition_of_lists()


@register.inclusion_tag("archive/_page_metadata.html", takes_context=True)
def described(context: Context, article: Article) -> dict[str, Any]:
    """`{% described article %}`: the metadata for programs in the head of an article's page."""
    reference = _archived_at(article.reference, context, article.get_absolute_url())
    return {
        "article": article,
        "meta": meta(reference),
        "json_ld_html": _json_ld_html(json_ld(reference)),
        "formats": REFERENCE_FORMATS,
    }


@register.simple_tag(takes_context=True)
def coins_of(context: Context, article: Article) -> str:
    """`{% coins_of article %}`: an OpenURL for one line of a list."""
    address = article.get_absolute_url()
    return coins(_archived_at(article.reference_in_lists, context, address))


@register.filter
def get(mapping: Mapping[str, Any], name: str) -> Any:
    """`{{ mapping|get:name }}`: a value by a key that the template holds in a variable."""
    return mapping.get(name, "")


@register.simple_tag(takes_context=True)
def citations_of(
    context: Context, reference: Reference, address: str
) -> list[Citation]:
    """`{% citations_of article.reference article.get_absolute_url as citations %}`: in each
    style.

    `address` is where this archive keeps what is cited.
    """
    return citations(_archived_at(reference, context, address))


def _archived_at(reference: Reference, context: Context, address: str) -> Reference:
    """Return the reference with its address in this archive, made absolute."""
    return replace(reference, archived=context["request"].build_absolute_uri(address))


def _json_ld_html(data: dict[str, Any]) -> SafeString:
    """Return JSON that ends no script element and begins no comment, whatever words are in it:
    `<` is `\\u003C`."""
    json_text = json.dumps(data, ensure_ascii=False)
    return mark_safe(json_text.translate(_IN_SCRIPTS))
