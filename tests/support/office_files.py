"""Office files against the schemas that Word and Excel hold them to."""

from pathlib import Path
from tempfile import TemporaryDirectory

from openxml_audit import OpenXmlValidator, ValidationSeverity

# Parts that the standard leaves out as it likes (ECMA-376, part 1, 11.3 and 12.3), and
# that the checker wants.
_NOT_ASKED_FOR = ("/theme' is missing", "/fontTable' is missing")


def faults(content: bytes, ending: str) -> list[str]:
    """Return what is wrong with a file, such as an element that does not stand in the order of
    the schema."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{ending}"
        path.write_bytes(content)
        found = OpenXmlValidator().validate(str(path)).errors
    wrong = [error for error in found if error.severity == ValidationSeverity.ERROR]
    return [
        str(error)
        for error in wrong
        if not any(part in error.description for part in _NOT_ASKED_FOR)
    ]
