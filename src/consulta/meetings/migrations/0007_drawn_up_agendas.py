import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_members_and_mandates"),
        ("meetings", "0006_contributions_and_attendance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaMatter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("reason", models.TextField(blank=True, verbose_name="why it was left out")),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("settled_at", models.DateTimeField(verbose_name="settled")),
            ],
            options={
                "ordering": ["meeting", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words_sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(verbose_name="drawn up")),
            ],
            options={
                "ordering": ["meeting", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StandingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("opening", "at the beginning"), ("closing", "at the end")],
                        max_length=7,
                        verbose_name="where it stands",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=1, verbose_name="place in the order"),
                ),
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
            ],
            options={
                "ordering": ["group", "-place", "position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="audience",
            field=models.CharField(
                blank=True,
                choices=[("members", "members")],
                max_length=7,
                verbose_name="who has the item",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="begins_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="begins"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="length",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minutes"),
        ),
        migrations.AddField(
            model_name="postingrule",
            name="shows_discussed",
            field=models.BooleanField(
                default=True, verbose_name="everyone sees what was discussed"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begins_at__isnull", True), ("length__isnull", True)),
                    models.Q(("begins_at__isnull", False), ("length__gt", 0)),
                    _connector="OR",
                ),
                name="agenda_item_lasts_from_when_it_begins",
            ),
        ),
        migrations.AddField(
            model_name="agendamatter",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="agendamatter",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="agendamatter",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agendapaper",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="agendapaper",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agendapaper",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="standingitem",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="groups.group"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendamatter",
            constraint=models.UniqueConstraint(
                fields=("meeting", "key"), name="agenda_matter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendamatter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item__isnull", False), ("reason", "")),
                    models.Q(("item__isnull", True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agenda_matter_on_the_agenda_or_left_out_with_reason",
            ),
        ),
    ]
