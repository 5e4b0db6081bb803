"""Allegations: their parties, where they stand, what answers them, and embargoes on them.

`services` changes them, each change one act; `threads` reads them as turns of an exchange; `search`
finds those that an editor may mean; `embargoes` hides them from readers for a while.
"""

from annotations.allegations.embargoes import embargo_of, lift, set_embargo
from annotations.allegations.services import (
    CannotAnswer,
    answer,
    change_status,
    save_allegation,
    take_back_status,
    unlink_answer,
)
from annotations.allegations.threads import (
    Exchange,
    exchange_of,
    with_claims,
    with_copies,
    with_responses,
)

__all__ = [
    "CannotAnswer",
    "Exchange",
    "answer",
    "change_status",
    "embargo_of",
    "exchange_of",
    "lift",
    "save_allegation",
    "set_embargo",
    "take_back_status",
    "unlink_answer",
    "with_claims",
    "with_copies",
    "with_responses",
]
