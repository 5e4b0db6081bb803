"""The journal: every change that an editor makes to an annotation, with all that it was and all that it became.

Nothing is lost by editing or deleting: `before` and `after` are snapshots from which the annotation could be
made again, with its Figure or Allegation.
"""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from annotations.models import Annotation, Change
from archive.models import User


def snapshot(annotation: Annotation) -> dict[str, Any]:
    """Return all that is known of an annotation as JSON-ready values."""
    kept = _values(annotation)
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
) -> Change:
    return Change.objects.create(
        act=act, annotation_id=annotation.pk, article_id=annotation.article_id, by=by, before=before, after=after
    )


def as_fields(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot's values by the names under which `model` takes them."""
    columns = {field.name: field.attname for field in model._meta.concrete_fields}
    return {columns[name]: value for name, value in values.items()}


def _values(row: Model) -> dict[str, Any]:
    """The row's columns, times and the article's date apart, as JSON has them; keys of other rows as they are."""
    encoder = DjangoJSONEncoder()
    columns = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {
        name: value if isinstance(value, str | int | None) else encoder.default(value)
        for name, value in columns.items()
        if name not in ("annotation", "made_at", "changed_at", "sort_date")
    }
