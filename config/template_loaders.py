"""Templates without their indentation: it is for those who read the templates, and would be a
quarter of the bytes of a long page."""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"\n[ \t]+")


class UnindentedLoader(filesystem.Loader):
    """Loads what is in `templates/`, each line from its first character on.

    A line break stays, so what a browser shows is the same, and so are the numbers of lines
    in Django's messages.
    """

    def get_contents(self, origin: Origin) -> str:
        return _INDENTATION.sub("\n", super().get_contents(origin))
