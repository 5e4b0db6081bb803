"""Languages: what a text is written in, what that is called, and which way it runs."""

from functools import cache
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

UNKNOWN = "und"
_NAMES = {
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "uz": "Uzbek",
    "tg": "Tajik",
    "tk": "Turkmen",
    "tt": "Tatar",
}
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
)
_MOST = 2000  # characters: more cost time and do not change the answer
_ENOUGH = 40  # characters: less is not told apart reliably


def name_of(tag: str) -> str:
    """Return the English name of a BCP 47 language tag, for translation; the tag itself where
    it has none.

    >>> name_of("kk"), name_of("ru"), name_of("und")
    ('Kazakh', 'Russian', 'language not known')
    """
    if tag == UNKNOWN:
        return _("language not known")
    primary = _primary(tag)
    name = LANG_INFO.get(primary, {}).get("name") or _NAMES.get(primary)
    return _(name) if name else tag


def direction_of(tag: str) -> str:
    """Return `rtl` for languages written from right to left, else `ltr`."""
    return "rtl" if _primary(tag) in _RIGHT_TO_LEFT else "ltr"


def _primary(tag: str) -> str:
    """Return the language of a tag, without its script and region."""
    return tag.lower().split("-")[0]


def detect(text: str) -> tuple[str, float]:
    """Return the BCP 47 tag of the language of `text` and a confidence from 0 to 1; `und` for
    too little text."""
    if len(text) < _ENOUGH:
        return UNKNOWN, 0.0
    tag, confidence = _identifier().classify(text[:_MOST])
    return str(tag), float(confidence)


@cache
def _identifier() -> Any:
    """Return the identifier, whose model is read on first use: it takes about half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
