"""Acts: what somebody did as a whole, of which the journal's lines are parts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("tagged", "tagged"),
    ("changed", "changed"),
    ("confirmed", "confirmed"),
    ("rejected", "rejected"),
    ("deleted", "deleted"),
    ("carried", "carried over to a new version"),
    ("orphaned", "orphaned by a new version"),
    ("named", "changed the names of"),
    ("merged", "merged"),
    ("split", "split"),
    ("undone", "undid"),
    ("redone", "did again"),
]
TABLES = [
    ("entity", "Entity"),
    ("nameform", "Form"),
    ("annotation", "Annotation"),
    ("figure", "Figure"),
    ("allegation", "Allegation"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("annotations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("what", models.CharField(blank=True, max_length=300)),
                ("passages", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        help_text="What is undone or done again.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chain",
                        to="annotations.act",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="annotations.act",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["by", "-id"], name="act_of_somebody")],
            },
        ),
        migrations.RenameField(model_name="change", old_name="act", new_name="did"),
        migrations.AddField(
            model_name="change",
            name="act",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="annotations.act",
            ),
        ),
        migrations.AddField(
            model_name="change", name="table", field=models.CharField(choices=TABLES, default="", max_length=10)
        ),
        migrations.AddField(model_name="change", name="key", field=models.CharField(default="", max_length=36)),
        migrations.AddField(
            model_name="entity",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.entity",
            ),
        ),
    ]
