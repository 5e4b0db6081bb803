"""The words for choices, found without translating those that nobody asked for."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import get_language


class ShowsLabels(models.Model):
    """A model whose rows stand in long lists: `get_state_display` and the like translate one
    label.

    Django's own translate and hash the labels of all choices at each call, which was a third
    of the time of an annotated page.
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:
        value = getattr(self, field.attname)
        for choice, label in field.flatchoices:
            if choice == value:
                return str(label)
        return "" if value is None else str(value)


def label_of(choices: type[models.TextChoices], value: str) -> str:
    """Return the label of a choice, for rows that are no models."""
    return _label(choices, value, get_language())


@lru_cache
def _label(choices: type[models.TextChoices], value: str, _language: str | None) -> str:
    return str(choices(value).label)
