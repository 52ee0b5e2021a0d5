"""What officers had frozen is on record before a worker has drawn it up."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_options"),
        ("reports", "0007_hands_in_a_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Freezing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("compilation", "compilation"),
                            ("consolidated", "consolidated report"),
                            ("received", "all responses received, for the group"),
                            ("summary", "brief summary"),
                            ("agreement", "record of agreement on the brief summary"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("errata", models.TextField(blank=True, verbose_name="what changed")),
                ("versions", models.JSONField(default=list)),
                ("draft", models.JSONField(default=list)),
                ("balance", models.JSONField(default=dict)),
                ("pressed_at", models.DateTimeField(verbose_name="pressed")),
                ("drawn", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("refusal", models.CharField(blank=True, max_length=60)),
                ("error", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.edition",
                    ),
                ),
                (
                    "pressed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pressed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("consultation", "kind", "language"),
                        name="freezing_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition__isnull", True), ("ended_at__isnull", False), _connector="OR"
                        ),
                        name="freezing_with_an_edition_has_ended",
                    ),
                ],
            },
        ),
    ]
