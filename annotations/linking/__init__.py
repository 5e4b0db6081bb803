"""Linking: from known names to mentions in texts.

`linker` keeps the machine's mentions as the matcher finds them; whether one is sure is decided by
`core.names.matcher`. `candidates` proposes whom words may mean, `spelling_suggestions` which names may
be spellings of somebody known. Names only link as they are spelled: what is alike is proposed.
"""

from annotations.linking.linker import (
    LinkResult,
    add_spelling,
    articles_with,
    link_articles,
    link_now_or_queue,
    link_spellings,
    link_version,
    link_versions,
    link_waiting,
)
from annotations.linking.matcher_cache import known_matcher

__all__ = [
    "LinkResult",
    "add_spelling",
    "articles_with",
    "known_matcher",
    "link_articles",
    "link_now_or_queue",
    "link_spellings",
    "link_version",
    "link_versions",
    "link_waiting",
]
