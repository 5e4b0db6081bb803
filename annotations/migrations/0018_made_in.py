"""An annotation may name the act that made it in bulk. What was imported before keeps its changes
in the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0017_spelling")]

    operations = [
        migrations.AddField(
            model_name="annotation",
            name="made_in",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="The act that made it in bulk, as long as nobody has touched it since.",
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="made",
                to="annotations.act",
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                condition=models.Q(("made_in__isnull", False)),
                fields=["made_in", "article"],
                name="made_in_bulk",
            ),
        ),
    ]
