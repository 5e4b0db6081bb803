"""The lines of the journal are those of rows in any table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_acts_of_the_journal")]

    operations = [
        *(
            migrations.RemoveField(model_name="change", name=name)
            for name in ("did", "annotation_id", "article", "at", "by")
        ),
        migrations.AlterField(
            model_name="change",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="annotations.act"
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="table",
            field=models.CharField(
                choices=[
                    ("entity", "Entity"),
                    ("nameform", "Form"),
                    ("annotation", "Annotation"),
                    ("figure", "Figure"),
                    ("allegation", "Allegation"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(model_name="change", name="key", field=models.CharField(max_length=36)),
        migrations.AddIndex(model_name="change", index=models.Index(fields=["table", "key"], name="change_of_a_row")),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.UniqueConstraint(
                fields=("version", "start", "end", "entity"), name="mention_stands_once"
            ),
        ),
    ]
