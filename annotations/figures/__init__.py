"""Measures: the ledger of every figure given for one, and what editors say of them.

How figures are read and compared is in `core.figures`.
"""

from annotations.figures.ledger import MeasureLedger, ledger_of, measures_for
from annotations.figures.services import (
    CannotSucceed,
    add_up,
    save_measure,
    succeed,
    take_apart,
    unlink,
)

__all__ = [
    "CannotSucceed",
    "MeasureLedger",
    "add_up",
    "ledger_of",
    "measures_for",
    "save_measure",
    "succeed",
    "take_apart",
    "unlink",
]
