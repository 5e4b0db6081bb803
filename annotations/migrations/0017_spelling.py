"""Give tables the names that the glossary has for their rows: spelling, review hold, pending
relink."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def rename_in_journal(apps: Apps, table: str, new_table: str, column: str, new_column: str) -> None:
    """Let the journal's rows of a table speak of its new name and column."""
    Change = apps.get_model("annotations", "Change")
    batch = []
    for change in Change.objects.filter(table=table).order_by("pk").iterator(chunk_size=BATCH):
        change.table = new_table
        for row in (change.before, change.after):
            if row and column in row:
                row[new_column] = row.pop(column)
        batch.append(change)
        if len(batch) == BATCH:
            Change.objects.bulk_update(batch, ["table", "before", "after"])
            batch = []
    Change.objects.bulk_update(batch, ["table", "before", "after"])


def forwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    rename_in_journal(apps, "nameform", "spelling", "alone", "linkable")


def backwards(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    rename_in_journal(apps, "spelling", "nameform", "linkable", "alone")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0016_embargoes")]

    operations = [
        migrations.RenameModel("NameForm", "Spelling"),
        migrations.RenameField("Spelling", "alone", "linkable"),
        migrations.AlterField(
            "Spelling",
            "entity",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="spellings", to="annotations.entity"
            ),
        ),
        migrations.RenameIndex("Spelling", new_name="spelling_by_text", old_name="form_by_text"),
        migrations.RemoveConstraint("Spelling", "form_is_listed_once"),
        migrations.AddConstraint(
            "Spelling",
            models.UniqueConstraint(fields=("entity", "text"), name="spelling_is_listed_once"),
        ),
        migrations.RenameModel("Hold", "ReviewHold"),
        migrations.RenameModel("Reread", "PendingRelink"),
        migrations.AlterField(
            "Change",
            "table",
            models.CharField(
                choices=[
                    ("entity", "Entity"),
                    ("spelling", "Spelling"),
                    ("refusedspelling", "Refused"),
                    ("annotation", "Annotation"),
                    ("measure", "Measure"),
                    ("figure", "Figure"),
                    ("succession", "Succession"),
                    ("total", "Total"),
                    ("addend", "Addend"),
                    ("allegation", "Allegation"),
                    ("party", "Party"),
                    ("statuschange", "Status"),
                    ("answer", "Answer"),
                    ("embargo", "Embargo"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            "Annotation",
            "reason",
            models.CharField(
                blank=True, help_text="Why the machine thinks so: a LinkReason.", max_length=20
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
