"""What editors say of texts: who and where is meant, which numbers are given, what is alleged.

An Annotation tags a passage of one TextVersion. Of kind person or place it points at an Entity and is a mention;
of kind figure or allegation it has a Figure or an Allegation beside it that says what the passage says. It is
always true of its own version: `version.text[start:end] == exact`. When an article gets a new version its
annotations are carried over to it or stay behind on the old one, as orphans, until an editor places them.
"""

from annotations.models.allegations import Allegation, Status
from annotations.models.tags import (
    MACHINE,
    MENTIONS,
    SHOWN,
    Act,
    Addend,
    Annotation,
    AnnotationQuerySet,
    Change,
    Entity,
    EntityQuerySet,
    Figure,
    Hold,
    Kind,
    Measure,
    MeasureQuerySet,
    NameForm,
    NameWord,
    Qualifier,
    RefusedSpelling,
    Reread,
    State,
    Succession,
    Total,
    entity_url,
    placed,
)

__all__ = [
    "MACHINE",
    "MENTIONS",
    "SHOWN",
    "Act",
    "Addend",
    "Allegation",
    "Annotation",
    "AnnotationQuerySet",
    "Change",
    "Entity",
    "EntityQuerySet",
    "Figure",
    "Hold",
    "Kind",
    "Measure",
    "MeasureQuerySet",
    "NameForm",
    "NameWord",
    "Qualifier",
    "RefusedSpelling",
    "Reread",
    "State",
    "Status",
    "Succession",
    "Total",
    "entity_url",
    "placed",
]
