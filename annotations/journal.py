"""The journal: every change that an editor makes to an annotation, with all that it was and all that it became.

Nothing is lost by editing or deleting: `before` and `after` are snapshots from which the annotation could be
made again, with its Figure or Allegation.
"""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.forms.models import model_to_dict

from annotations.models import Annotation, Change
from archive.models import User


def snapshot(annotation: Annotation) -> dict[str, Any]:
    """Return all that is known of an annotation as JSON-ready values."""
    kept: dict[str, Any] = {"id": str(annotation.pk)} | _values(annotation)
    for detail in ("figure", "allegation"):
        if hasattr(annotation, detail):
            kept[detail] = _values(getattr(annotation, detail))
    return kept


def record(
    act: Change.Act,
    annotation: Annotation,
    by: User | None,
    *,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    Change.objects.create(
        act=act,
        annotation_id=annotation.pk,
        article_id=annotation.article_id,
        by=by,
        before=before,
        after=after,
    )


def _values(row: Model) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    return {
        name: value if isinstance(value, str | int | None) else encoder.default(value)
        for name, value in model_to_dict(row).items()
        if name != "annotation"
    }
