"""Numbers in words: how the value of a figure is written."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Amount:
    """A value or, with `high`, a range; `qualifier` is one of `annotations.models.Qualifier`'s values."""

    low: Decimal
    high: Decimal | None
    qualifier: str

    def __str__(self) -> str:
        """For reading: `at least 15`, `between 20 and 30`, `about 1,400`."""
        low = number(self.low)
        if self.high is not None:
            pattern = {
                "about": _("about %(low)s to %(high)s"),
                "between": _("between %(low)s and %(high)s"),
            }.get(self.qualifier, _("%(low)s to %(high)s"))
            return pattern % {"low": low, "high": number(self.high)}
        pattern = {
            "about": _("about %(low)s"),
            "at_least": _("at least %(low)s"),
            "at_most": _("at most %(low)s"),
            "more_than": _("more than %(low)s"),
            "fewer_than": _("fewer than %(low)s"),
        }.get(self.qualifier, "%(low)s")
        return pattern % {"low": low}


def number(value: Decimal) -> str:
    """Return `value` with thousands parted by commas and without zeros at its end."""
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def plain(value: Decimal) -> str:
    """Return `value` as a field takes it: all its digits, but no zeros at its end."""
    return format(value.normalize(), "f")
