"""The journal: what people do to annotations and names, so that nothing is lost and every act
can be undone.

`record` opens an act and gives the Recorder through which rows are changed; `once` does nothing
twice. `made` has what an act only made; `display` puts changes into words;
`annotations.editing.undo` takes acts back.
"""

from annotations.journal.made import creations, made_by, write_down
from annotations.journal.recorder import (
    AlreadyDone,
    Recorder,
    act_under,
    changes_of,
    changes_under,
    once,
    record,
)
from annotations.journal.snapshots import (
    JOURNALED_MODELS,
    REVISION_COLUMNS,
    Snapshot,
    as_attributes,
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
    "changes_under",
    "creations",
    "made_by",
    "once",
    "record",
    "snapshot",
    "write_down",
]
