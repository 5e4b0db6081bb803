"""Addresses of many rows: as `reverse` makes them, which is asked once for all of them."""

from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

# By type: a value that stands in no address by chance.
_STAND_INS: dict[type, str | int | UUID] = {
    str: "-stand-in-",
    int: 987654321,
    UUID: UUID("5ca1ab1e-0000-4000-8000-0000fee1dead"),
}


def address_of(name: str, value: str | int | UUID) -> str:
    """Return the address of the page `name` for `value`, which is a slug or a key."""
    stand_in = _STAND_INS[type(value)]
    before, after = _around(name, stand_in, get_script_prefix(), get_urlconf())
    return f"{before}{value}{after}"


@cache
def _around(
    name: str, stand_in: str | int | UUID, _prefix: str, urlconf: str | None
) -> tuple[str, str]:
    """Return what stands before and after the value in such an address."""
    address = reverse(name, args=[stand_in], urlconf=urlconf)
    before, _stand_in, after = address.partition(str(stand_in))
    return before, after
