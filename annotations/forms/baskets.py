"""What an editor types about a basket."""

from django import forms

from annotations.models import Basket


class BasketForm(forms.ModelForm):
    """What a named basket is called, and whether it is shared."""

    class Meta:
        model = Basket
        fields = ("name", "is_shared")
