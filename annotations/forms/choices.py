"""Choices that a form knows only when it is made."""

from typing import Any, cast

from django import forms


def set_choices(
    form: forms.BaseForm, name: str, choices: list[tuple[str, Any]]
) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices
