"""The archive's own fonts for pages that tests make up, so that they are set alike on every
machine."""

import re
from base64 import b64encode
from pathlib import Path

from django.conf import settings

_STATIC = Path(settings.BASE_DIR) / "static"
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*Source Serif[^}]*\}")
_URL = re.compile(r"url\(\"?([^)\"]+)\"?\)")


def serif_faces() -> str:
    """Return a style sheet with the fonts of the reading page in it; the family is `Source
    Serif 4`."""
    tokens = _STATIC / "css" / "tokens.css"
    faces = _FONT_FACE.findall(tokens.read_text(encoding="utf-8"))
    return "\n".join(_URL.sub(_as_data, face) for face in faces)


def _as_data(match: re.Match[str]) -> str:
    font = (_STATIC / "css" / match[1]).resolve()
    data = b64encode(font.read_bytes()).decode("ascii")
    return f"url(data:font/woff2;base64,{data})"
