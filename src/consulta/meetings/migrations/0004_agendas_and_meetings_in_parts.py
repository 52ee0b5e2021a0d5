"""Meetings have an agenda, particulars and parts; documents say of which sort they are."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0002_instrument_editions"),
        ("meetings", "0003_documents_follow_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("added", "item added"),
                            ("changed", "item changed"),
                            ("moved", "order changed"),
                            ("removed", "item taken off"),
                        ],
                        max_length=7,
                        verbose_name="what was done",
                    ),
                ),
                ("before", models.JSONField(blank=True, default=dict)),
                ("reason", models.TextField(verbose_name="reason")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
            options={
                "ordering": ["changed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("number", models.CharField(max_length=20, verbose_name="number")),
                ("titles", models.JSONField(default=dict, verbose_name="title")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("decision", "for decision"),
                            ("discussion", "for discussion"),
                            ("information", "for information"),
                        ],
                        max_length=11,
                        verbose_name="what it is for",
                    ),
                ),
                (
                    "presenter",
                    models.CharField(blank=True, max_length=200, verbose_name="presented by"),
                ),
                ("minutes", models.JSONField(blank=True, default=dict, verbose_name="minutes")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken off"),
                ),
            ],
            options={
                "ordering": ["meeting", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="part")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
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
                ("reason", models.TextField(verbose_name="reason")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
            ],
            options={
                "ordering": ["meeting", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="PostingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("deadlines", models.SlugField(blank=True, verbose_name="rule of deadlines")),
                (
                    "posts_at_once",
                    models.BooleanField(
                        default=False, verbose_name="contributions are posted at once"
                    ),
                ),
            ],
        ),
        migrations.AlterModelOptions(
            name="document",
            options={
                "ordering": ["meeting", "series", "sequence", "revision", "addendum", "corrigendum"]
            },
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_place_once",
        ),
        migrations.RemoveConstraint(
            model_name="numberseries",
            name="number_series_of_all_groups_once",
        ),
        migrations.AddField(
            model_name="document",
            name="series",
            field=models.CharField(
                blank=True,
                choices=[
                    ("contribution", "contribution of a member"),
                    ("report", "report by the secretariat"),
                    ("temporary", "temporary document"),
                    ("information", "information document"),
                    ("liaison", "liaison statement"),
                    ("administrative", "administrative document"),
                ],
                max_length=14,
                verbose_name="series",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="sort",
            field=models.CharField(
                blank=True,
                choices=[
                    ("contribution", "contribution of a member"),
                    ("report", "report by the secretariat"),
                    ("temporary", "temporary document"),
                    ("information", "information document"),
                    ("liaison", "liaison statement"),
                    ("administrative", "administrative document"),
                ],
                max_length=14,
                verbose_name="sort of document",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="agenda_audience",
            field=models.CharField(
                blank=True,
                choices=[("public", "public"), ("members", "members")],
                max_length=7,
                verbose_name="who sees the agenda",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="agenda_published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="agenda published"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancellation_reason",
            field=models.TextField(blank=True, verbose_name="why it was cancelled"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="cancelled"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="conference_url",
            field=models.URLField(
                blank=True, max_length=500, verbose_name="address of the conference"
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="hours_from",
            field=models.TimeField(blank=True, null=True, verbose_name="begins each day at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="hours_until",
            field=models.TimeField(blank=True, null=True, verbose_name="ends each day at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="practical",
            field=models.JSONField(blank=True, default=dict, verbose_name="practical information"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="timezone",
            field=models.CharField(blank=True, max_length=60, verbose_name="time zone"),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="sort",
            field=models.CharField(
                blank=True,
                choices=[
                    ("contribution", "contribution of a member"),
                    ("report", "report by the secretariat"),
                    ("temporary", "temporary document"),
                    ("information", "information document"),
                    ("liaison", "liaison statement"),
                    ("administrative", "administrative document"),
                ],
                max_length=14,
                verbose_name="sort of documents",
            ),
        ),
        migrations.AlterField(
            model_name="numberseries",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("meeting", "series", "sequence", "revision", "addendum", "corrigendum"),
                name="document_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancellation_reason", ""), ("cancelled_at__isnull", True)),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        models.Q(("cancellation_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agenda_audience", ""), ("agenda_published_at__isnull", True)),
                    models.Q(
                        ("agenda_published_at__isnull", False),
                        models.Q(("agenda_audience", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_agenda_published_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce(models.F("group"), models.Value(0)),
                models.F("sort"),
                name="number_series_of_a_sort_once",
            ),
        ),
        migrations.AddField(
            model_name="agendachange",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agendachange",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="documents",
            field=models.ManyToManyField(blank=True, related_name="+", to="meetings.document"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="agendachange",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="meetingpart",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meetingpart",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="postingrule",
            name="group",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="groups.group"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("meeting", "number"),
                name="agenda_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendachange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="agenda_change_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpart",
            constraint=models.UniqueConstraint(
                fields=("meeting", "ordinal"), name="meeting_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="meeting_part_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="meeting_part_ends_after_it_starts",
            ),
        ),
    ]
