"""Tags are counted for each article where they change, rather than in each list."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_COUNT = """
    INSERT INTO annotations_tagcount (article_id, kind, entity_id, number)
    SELECT annotation.article_id, annotation.kind, annotation.entity_id, COUNT(*)
    FROM annotations_annotation annotation
    JOIN archive_article article ON article.id = annotation.article_id
    WHERE annotation.state IN ('linked', 'confirmed')
        AND annotation.version_id = article.current_version_id
    GROUP BY annotation.article_id, annotation.kind, annotation.entity_id
"""


def count(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(_COUNT)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0019_fewer_indexes"),
        ("archive", "0004_generation"),
    ]

    operations = [
        migrations.CreateModel(
            name="TagCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("place", "Place"),
                            ("figure", "Figure"),
                            ("allegation", "Allegation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_counts",
                        to="archive.article",
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_counts",
                        to="annotations.entity",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["article", "kind"], name="tag_count_of_article"
                    ),
                    models.Index(
                        fields=["entity", "number", "article"],
                        name="tag_count_of_entity",
                    ),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
