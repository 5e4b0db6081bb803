"""The context of a passage follows from its version's text, so it is kept no longer."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Greatest, Least, Substr

# Code points on either side.
CONTEXT = 32


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each annotation back what stands around it."""
    annotations = apps.get_model("annotations", "Annotation")._default_manager
    own = apps.get_model("archive", "TextVersion").objects.filter(pk=OuterRef("version_id"))
    # SQL counts from 1.
    first = Greatest(OuterRef("start") - CONTEXT, 0) + 1
    prefix = Substr("text", first, Least(OuterRef("start"), CONTEXT))
    suffix = Substr("text", OuterRef("end") + 1, CONTEXT)
    context = {
        "prefix": Subquery(own.values(context=prefix)),
        "suffix": Subquery(own.values(context=suffix)),
    }
    annotations.update(**context)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0021_no_doubled_indexes")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, fill),
        migrations.RemoveField("Annotation", "prefix"),
        migrations.RemoveField("Annotation", "suffix"),
    ]
