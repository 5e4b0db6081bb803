"""Checking a manuscript: for each quotation and each figure in it, what the archive has.

`checker` compares, `figures` does so for numbers, `report` holds what was found, and `formats` writes
it. Nothing of a manuscript is stored.
"""

from annotations.quote_check.checker import check
from annotations.quote_check.report import CheckReport

__all__ = ["CheckReport", "check"]
