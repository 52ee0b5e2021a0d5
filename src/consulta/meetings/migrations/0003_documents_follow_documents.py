"""Documents follow documents; bodies number them in their own way."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_instrument_editions"),
        ("meetings", "0002_document_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pattern", models.CharField(max_length=200, verbose_name="pattern")),
                ("symbol", models.CharField(blank=True, max_length=40, verbose_name="symbol")),
                (
                    "open_symbol",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="symbol of open meetings"
                    ),
                ),
                (
                    "meeting_by",
                    models.CharField(
                        choices=[
                            ("number", "the meeting's number"),
                            ("year", "the year in which it begins"),
                            ("short-year", "the last two digits of that year"),
                        ],
                        default="number",
                        max_length=10,
                        verbose_name="what stands for the meeting",
                    ),
                ),
                (
                    "letters",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="suffixes of languages"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "number series",
            },
        ),
        migrations.AlterModelOptions(
            name="document",
            options={"ordering": ["meeting", "sequence", "revision", "addendum", "corrigendum"]},
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_sequence_once",
        ),
        migrations.AddField(
            model_name="document",
            name="addendum",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="addendum"),
        ),
        migrations.AddField(
            model_name="document",
            name="corrigendum",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="corrigendum"),
        ),
        migrations.AddField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("original", "document"),
                    ("revision", "revision"),
                    ("addendum", "addendum"),
                    ("corrigendum", "corrigendum"),
                ],
                default="original",
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="reserved_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="number given"),
        ),
        migrations.AddField(
            model_name="document",
            name="revision",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="document",
            name="withdrawal_reason",
            field=models.TextField(blank=True, verbose_name="why it was withdrawn"),
        ),
        migrations.AddField(
            model_name="document",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
        ),
        migrations.AddField(
            model_name="document",
            name="withheld_files",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="document",
            name="base_number",
            field=models.CharField(max_length=80, unique=True),
        ),
        migrations.AlterField(
            model_name="document",
            name="posted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="posted"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("meeting", "sequence", "revision", "addendum", "corrigendum"),
                name="document_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("addendum", 0),
                        ("corrigendum", 0),
                        ("kind", "original"),
                        ("of__isnull", True),
                        ("revision", 0),
                    ),
                    models.Q(
                        ("addendum", 0),
                        ("corrigendum", 0),
                        ("kind", "revision"),
                        ("of__isnull", False),
                        ("revision__gt", 0),
                    ),
                    models.Q(
                        ("addendum__gt", 0),
                        ("corrigendum", 0),
                        ("kind", "addendum"),
                        ("of__isnull", False),
                    ),
                    models.Q(
                        ("corrigendum__gt", 0), ("kind", "corrigendum"), ("of__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="document_kind_agrees_with_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="document_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reserved_at__isnull", False), ("posted_at__isnull", False), _connector="OR"
                ),
                name="document_reserved_or_posted",
            ),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="group",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce(models.F("group"), models.Value(0)),
                name="number_series_of_all_groups_once",
            ),
        ),
    ]
