"""The order in which mentions are read through the whole archive: day, article, place in the
text, annotation.

The day is the article's first possible one, and articles without a date stand in front of all
others. A page of a list in this order is asked for by the key of the row in front of it (see
`archive.pagination`).
"""

import json
from datetime import date
from uuid import UUID


def key_before(day: date, article: int = 0, start: int = 0) -> str:
    """Return the key after which comes whatever stands on `day` or later, or at a code point of
    an article of that day.

    >>> key_before(date(2011, 12, 19))
    '["2011-12-19", 0, 0, "00000000-0000-0000-0000-000000000000"]'
    """
    return json.dumps([day.isoformat(), article, start, str(UUID(int=0))])
