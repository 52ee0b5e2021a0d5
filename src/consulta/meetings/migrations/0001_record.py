"""Drawn once: constraints and indexes stand in their tables, so that no table is rebuilt."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("groups", "0001_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                        choices=[("group", "meeting of the group"), ("open", "open meeting")],
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number"),
                ),
                ("slug", models.SlugField(unique=True)),
                ("titles", models.JSONField(blank=True, default=dict, verbose_name="title")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "first_planned_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="first day as first planned"
                    ),
                ),
                ("is_provisional", models.BooleanField(default=False, verbose_name="provisional")),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in-person", "in person"),
                            ("virtual", "virtual"),
                            ("hybrid", "in person, with remote participation"),
                            ("", "not known"),
                        ],
                        max_length=9,
                        verbose_name="mode",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("note", models.JSONField(blank=True, default=dict, verbose_name="note")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            models.Q(
                                ("ends_on__gte", models.F("starts_on")),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("group", "kind", "number"),
                        name="meeting_number_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField(verbose_name="number in the series")),
                ("number", models.CharField(max_length=80, unique=True, verbose_name="number")),
                ("titles", models.JSONField(default=dict, verbose_name="title")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("listed", "title public, file for members"),
                            ("members", "members"),
                            ("desk", "desk"),
                        ],
                        default="desk",
                        max_length=8,
                        verbose_name="audience",
                    ),
                ),
                ("posted_at", models.DateTimeField(verbose_name="posted")),
                ("files", models.JSONField(blank=True, default=list)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "sequence"), name="document_sequence_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "taken_by",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the group itself.",
                        max_length=120,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consensus", "decided by consensus"),
                            ("no-consensus", "no consensus"),
                            ("record", "recorded"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "opens_consultation",
                    models.BooleanField(default=False, verbose_name="opens a consultation"),
                ),
                ("texts", models.JSONField(default=dict, verbose_name="text")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "position"],
            },
        ),
        migrations.CreateModel(
            name="MeetingMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_starts_on",
                    models.DateField(blank=True, null=True, verbose_name="first day before"),
                ),
                ("new_starts_on", models.DateField(verbose_name="first day now")),
                ("reason", models.TextField(verbose_name="reason")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["decided_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="meeting_move_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "force",
                    models.CharField(
                        choices=[
                            ("instruct", "instructed"),
                            ("request", "requested"),
                            ("invite", "invited"),
                        ],
                        max_length=8,
                        verbose_name="force",
                    ),
                ),
                ("addressee", models.JSONField(default=dict, verbose_name="addressee")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("force", "invite"), _negated=True),
                            ("due_on__isnull", True),
                            _connector="OR",
                        ),
                        name="invitation_is_never_due",
                    )
                ],
            },
        ),
    ]
