"""Whom an allegation points at is said by its parties alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("annotations", "0012_move_parties")]

    operations = [
        migrations.RemoveField(model_name="allegation", name="claimant_entity"),
        migrations.RemoveField(model_name="allegation", name="accused_entity"),
    ]
