"""Members contribute to meetings, alone or jointly, and register for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_members_and_mandates"),
        ("meetings", "0005_decisions_followups_positions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
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
                (
                    "purpose",
                    models.CharField(
                        choices=[("action", "for action"), ("information", "for information")],
                        max_length=11,
                        verbose_name="what it is for",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public", "public"),
                            ("listed", "title public, file for members"),
                            ("members", "members"),
                            ("desk", "desk"),
                        ],
                        max_length=8,
                        verbose_name="who may read it",
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("titles", models.JSONField(default=dict, verbose_name="title")),
                ("abstract", models.TextField(blank=True, verbose_name="abstract")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("files", models.JSONField(blank=True, default=list)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                ("saved_at", models.DateTimeField(verbose_name="last saved")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="submitted"),
                ),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="last day in time"),
                ),
                (
                    "days_late",
                    models.PositiveSmallIntegerField(default=0, verbose_name="days late"),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "discarded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="discarded"),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.document",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.membership",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="JointMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("agrees", models.BooleanField(null=True, verbose_name="agrees")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joint",
                        to="meetings.contribution",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in-person", "in person"), ("remote", "remotely")],
                        max_length=9,
                        verbose_name="how one takes part",
                    ),
                ),
                ("is_head", models.BooleanField(default=False, verbose_name="head of delegation")),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("meeting", "membership", "user"),
                        name="attendance_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", True), ("submitted_at__isnull", True)),
                    models.Q(("document__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="contribution_submitted_under_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discarded_at__isnull", True), ("submitted_at__isnull", True), _connector="OR"
                ),
                name="contribution_discarded_as_a_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointmember",
            constraint=models.UniqueConstraint(
                fields=("contribution", "membership"), name="joint_member_once"
            ),
        ),
    ]
