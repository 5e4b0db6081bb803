"""Of the indexes of annotations one was the beginning of another, and one held mostly nothing:
annotations of the machine, and most that were imported, are nobody's."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0018_made_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex("Annotation", "annotation_in_text_order"),
        migrations.AlterField(
            "Annotation",
            "made_by",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            "Annotation",
            models.Index(
                condition=models.Q(("made_by__isnull", False)),
                fields=["made_by"],
                name="annotation_of_account",
            ),
        ),
    ]
