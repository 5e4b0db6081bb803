"""The journal: what people do to annotations and names, so that nothing is lost and every act
can be undone.

`record` opens an act and gives the Recorder through which rows are changed; `once` does nothing
twice. `display` puts changes into words; `annotations.editing.undo` takes acts back.
"""

from annotations.journal.recorder import (
    JOURNALED_MODELS,
    REVISION_COLUMNS,
    AlreadyDone,
    Recorder,
    Snapshot,
    act_under,
    as_attributes,
    changes_of,
    once,
    record,
    snapshot,
)

__all__ = [
    "JOURNALED_MODELS",
    "REVISION_COLUMNS",
    "AlreadyDone",
    "Recorder",
    "Snapshot",
    "act_under",
    "as_attributes",
    "changes_of",
    "once",
    "record",
    "snapshot",
]
