"""Give each annotation the date of its article, and the indexes that have the reading order."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    annotation, article = apps.get_model("annotations", "Annotation"), apps.get_model("archive", "Article")
    own = article.objects.filter(pk=models.OuterRef("article_id")).values("sort_date")
    annotation.objects.update(sort_date=models.Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("annotations", "0006_names_offered")]

    operations = [
        migrations.AddField(
            model_name="annotation",
            name="sort_date",
            field=models.DateField(
                editable=False, help_text="That of the article, so that an index has the order.", null=True
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="annotation",
            name="sort_date",
            field=models.DateField(editable=False, help_text="That of the article, so that an index has the order."),
        ),
        migrations.RemoveIndex(model_name="annotation", name="annotation_of_entity"),
        migrations.AlterField(
            model_name="annotation",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                help_text="That of the version.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="annotations",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to="archive.textversion",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="annotations.entity",
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                fields=["entity", "sort_date", "article", "start", "state", "version"], name="entity_in_reading_order"
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                fields=["kind", "sort_date", "article", "start", "state", "version"], name="kind_in_reading_order"
            ),
        ),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(fields=["article", "entity", "state", "version"], name="mentioned_in_article"),
        ),
    ]
