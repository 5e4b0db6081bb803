"""Export: excerpts and ledgers as files.

`excerpts_of` turns annotations into a stream of excerpts, and each module of `formats` writes those;
`ledgers` does the same for the figures of a measure and for allegations. To add a format, see the
package that it belongs to.
"""

from annotations.export.excerpts import Excerpt, excerpts_of, permalink_of
from annotations.export.format import Format, Purpose

__all__ = ["Excerpt", "Format", "Purpose", "excerpts_of", "permalink_of"]
