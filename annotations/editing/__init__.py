"""Editing: tagging, applying a tag to all, undoing, and the queue of suggestions.

Each function does one act through the journal. `undo` says what may be undone and by whom,
`reversal` takes the changes of an act back.
"""

from annotations.editing.tagging import (
    ApplyResult,
    StaleRevision,
    TagDetails,
    apply,
    change,
    delete,
    judge,
    tag,
)

__all__ = [
    "ApplyResult",
    "StaleRevision",
    "TagDetails",
    "apply",
    "change",
    "delete",
    "judge",
    "tag",
]
