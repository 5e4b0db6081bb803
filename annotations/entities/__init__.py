"""People and places: their names, merging and splitting, and what is known of each.

`spellings` and `merging` change them, each change one act; `profile` is what their page shows, with
`spelling_table` and `timeline` as its pictures.
"""

from annotations.entities.merging import CannotMerge, merge, split
from annotations.entities.profile import EntityProfile
from annotations.entities.spellings import (
    add_spellings,
    assign_names,
    refuse_spellings,
    save_names,
)

__all__ = [
    "CannotMerge",
    "EntityProfile",
    "add_spellings",
    "assign_names",
    "merge",
    "refuse_spellings",
    "save_names",
    "split",
]
