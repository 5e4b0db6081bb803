"""Parties, history and answers of allegations; what is there already is moved by the next migration."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import annotations.models.allegations


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0010_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="allegation",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("eyewitness", "eyewitness"),
                    ("official", "official statement"),
                    ("document", "document"),
                    ("video", "video"),
                    ("hearsay", "hearsay"),
                    ("unnamed", "unnamed source"),
                ],
                max_length=10,
                verbose_name="on what basis",
            ),
        ),
        migrations.AddField(
            model_name="allegation",
            name="conduct",
            field=models.CharField(
                blank=True,
                help_text="In a few words, the same for the same act: “ordering the police to shoot”.",
                max_length=100,
                verbose_name="the act",
            ),
        ),
        migrations.AddField(
            model_name="allegation",
            name="happened",
            field=models.CharField(
                blank=True,
                help_text="EDTF: 2011-12-16, 2011-12, 2011-12-16/2011-12-17; empty: not said.",
                max_length=60,
                verbose_name="when it is said to have happened",
            ),
        ),
        migrations.AddField(
            model_name="allegation",
            name="place",
            field=models.CharField(blank=True, max_length=200, verbose_name="where it is said to have happened"),
        ),
        migrations.AddField(
            model_name="allegation",
            name="place_entity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="allegations_here",
                to="annotations.entity",
            ),
        ),
        migrations.AddField(
            model_name="allegation",
            name="wording",
            field=models.CharField(
                db_index=True,
                default=annotations.models.allegations._like_no_other,
                editable=False,
                help_text="The same for the same words under the same credit; derived.",
                max_length=32,
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="kind",
            field=models.CharField(
                choices=[
                    ("tagged", "tagged"),
                    ("changed", "changed"),
                    ("confirmed", "confirmed"),
                    ("rejected", "rejected"),
                    ("deleted", "deleted"),
                    ("applied", "applied to all"),
                    ("carried", "carried over to a new version"),
                    ("orphaned", "orphaned by a new version"),
                    ("named", "changed the names of"),
                    ("refused", "refused as a spelling of"),
                    ("merged", "merged"),
                    ("split", "split"),
                    ("measured", "described the measure"),
                    ("added_up", "added up"),
                    ("apart", "took apart the total of"),
                    ("superseded", "linked as superseded"),
                    ("unlinked", "unlinked as superseded"),
                    ("stated", "recorded where it stands:"),
                    ("unstated", "took back where it stood:"),
                    ("answered", "linked the answer"),
                    ("unanswered", "unlinked the answer"),
                    ("undone", "undid"),
                    ("redone", "did again"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="allegation",
            name="accused",
            field=models.CharField(
                blank=True, help_text="Several with semicolons between them.", max_length=500, verbose_name="of whom"
            ),
        ),
        migrations.AlterField(
            model_name="allegation",
            name="claimant",
            field=models.CharField(
                help_text="A name or a description; several with semicolons between them.",
                max_length=500,
                verbose_name="who says so",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="table",
            field=models.CharField(
                choices=[
                    ("entity", "Entity"),
                    ("nameform", "Form"),
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
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("alleged", "alleged"),
                            ("denied", "denied"),
                            ("partly_admitted", "partly admitted"),
                            ("corroborated", "corroborated"),
                            ("charged", "charged"),
                            ("convicted", "convicted"),
                            ("acquitted", "acquitted"),
                            ("retracted", "retracted"),
                        ],
                        max_length=20,
                        verbose_name="where it stands",
                    ),
                ),
                (
                    "date",
                    models.CharField(
                        blank=True,
                        help_text="EDTF: 2012-01-26, 2012-01; empty: since its passage was published.",
                        max_length=60,
                        verbose_name="since when",
                    ),
                ),
                ("according_to", models.CharField(blank=True, max_length=200, verbose_name="according to")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "allegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statuses",
                        to="annotations.allegation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="annotations.annotation",
                        verbose_name="passage that says so",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("denies", "denies"),
                            ("corroborates", "corroborates"),
                            ("contradicts", "contradicts"),
                            ("repeats", "repeats"),
                            ("admits", "admits"),
                        ],
                        max_length=12,
                        verbose_name="what it does",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="annotations.allegation"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="annotations.allegation"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "answer"), name="allegation_answers_another_once"),
                    models.CheckConstraint(
                        condition=models.Q(("claim", models.F("answer")), _negated=True),
                        name="allegation_answers_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[("claimant", "who says so"), ("accused", "of whom")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="place in the list")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "allegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="annotations.allegation"
                    ),
                ),
                (
                    "entity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parties",
                        to="annotations.entity",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
                "ordering": ["role", "position"],
                "indexes": [models.Index(fields=["role", "name"], name="party_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("allegation", "role", "position"), name="party_has_its_own_place")
                ],
            },
        ),
    ]
