"""Importing annotations from W3C Web Annotations, our own or another program's.

`documents` says what each record is, `locator` where its words stand here, `entities` whom it names,
`details` what figures and allegations say, and `importer` makes one act of a file.
"""

from annotations.w3c_import.documents import ImportOptions
from annotations.w3c_import.importer import (
    ImportOutcome,
    ImportReport,
    import_annotations,
)

__all__ = ["ImportOptions", "ImportOutcome", "ImportReport", "import_annotations"]
