"""The journal: what people do to annotations and names, so that nothing is lost and every act
can be undone.

`recorder` writes acts, `display` reads them out; `annotations.editing.undo` takes them back.
"""

from annotations.journal.recorder import (
    MODELS,
    ONLY_RISE,
    AlreadyDone,
    Recorder,
    Snapshot,
    as_fields,
    batched,
    changes_of,
    done_under,
    once,
    record,
    snapshot,
)

__all__ = [
    "MODELS",
    "ONLY_RISE",
    "AlreadyDone",
    "Recorder",
    "Snapshot",
    "as_fields",
    "batched",
    "changes_of",
    "done_under",
    "once",
    "record",
    "snapshot",
]
