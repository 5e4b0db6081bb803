"""What editors say of texts: who and where is meant, which numbers are given, what is alleged.

An Annotation tags a passage of one TextVersion. Of kind person or place it points at an Entity
and is a mention; of kind figure or allegation it has a Figure or an Allegation beside it that
says what the passage says. It is always true of its own version: `version.text[start:end] ==
exact`. When an article gets a new version its annotations are carried over to it or stay behind
on the old one, as orphans, until an editor places them.
"""

from annotations.models.allegations import (
    DONE_BY,
    LONGEST_NAME,
    RESPONSES,
    Allegation,
    AllegationQuerySet,
    Answer,
    AnswerQuerySet,
    Basis,
    Party,
    Relation,
    Response,
    Status,
    StatusChange,
    names_in,
    newest_answer,
)
from annotations.models.annotations import (
    MACHINE,
    MENTIONS,
    SHOWN,
    Annotation,
    AnnotationQuerySet,
    Entity,
    EntityQuerySet,
    Kind,
    State,
    entity_url,
    position_columns,
)
from annotations.models.baskets import Basket, BasketQuerySet
from annotations.models.embargoes import Embargo
from annotations.models.figures import (
    Addend,
    Figure,
    Measure,
    MeasureQuerySet,
    Qualifier,
    Succession,
    Total,
)
from annotations.models.journal import Act, Change
from annotations.models.names import NameWord, RefusedSpelling, Spelling
from annotations.models.queue import PendingRelink, ReviewHold
from annotations.models.tag_counts import TagCount, TagCountQuerySet

__all__ = [
    "DONE_BY",
    "LONGEST_NAME",
    "MACHINE",
    "MENTIONS",
    "RESPONSES",
    "SHOWN",
    "Act",
    "Addend",
    "Allegation",
    "AllegationQuerySet",
    "Annotation",
    "AnnotationQuerySet",
    "Answer",
    "AnswerQuerySet",
    "Basis",
    "Basket",
    "BasketQuerySet",
    "Change",
    "Embargo",
    "Entity",
    "EntityQuerySet",
    "Figure",
    "Kind",
    "Measure",
    "MeasureQuerySet",
    "NameWord",
    "Party",
    "PendingRelink",
    "Qualifier",
    "RefusedSpelling",
    "Relation",
    "Response",
    "ReviewHold",
    "Spelling",
    "State",
    "Status",
    "StatusChange",
    "Succession",
    "TagCount",
    "TagCountQuerySet",
    "Total",
    "entity_url",
    "names_in",
    "newest_answer",
    "position_columns",
]
