"""What editors and curators type about passages and names.

A tag is two forms in one page: `PassageForm` holds where the passage is (hidden fields), and
one of the forms in `DETAILS` holds what is said of it, by kind.
"""

from annotations.forms.allegations import AllegationForm
from annotations.forms.baskets import BasketForm
from annotations.forms.details import DetailForm
from annotations.forms.embargoes import EmbargoForm
from annotations.forms.entities import (
    EntityForm,
    OtherForm,
    SpellingForm,
    SpellingFormSet,
    SplitForm,
)
from annotations.forms.figures import AddingForm, FigureForm, MeasureForm
from annotations.forms.mentions import MentionForm
from annotations.forms.passages import PassageForm
from annotations.forms.quote_check import CheckForm
from annotations.models import Kind

DETAILS: dict[str, type[MentionForm] | type[DetailForm]] = {
    Kind.PERSON: MentionForm,
    Kind.PLACE: MentionForm,
    Kind.FIGURE: FigureForm,
    Kind.ALLEGATION: AllegationForm,
}

__all__ = [
    "DETAILS",
    "AddingForm",
    "AllegationForm",
    "BasketForm",
    "CheckForm",
    "DetailForm",
    "EmbargoForm",
    "EntityForm",
    "FigureForm",
    "MeasureForm",
    "MentionForm",
    "OtherForm",
    "PassageForm",
    "SpellingForm",
    "SpellingFormSet",
    "SplitForm",
]
