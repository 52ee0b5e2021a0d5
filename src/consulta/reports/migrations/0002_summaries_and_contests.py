"""The brief summary, what those present said to it, and contests of a released report."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_procedure_choices"),
        ("meetings", "0001_record"),
        ("reports", "0001_record"),
        ("stakeholders", "0001_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content_sha256", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("agreed", "agreed by those present"),
                            ("reservations", "agreed by those present, with reservations"),
                            ("not_agreed", "not agreed by those present"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("meeting", "in the open meeting"),
                            ("procedure", "by a procedure that those present were told of"),
                        ],
                        max_length=9,
                        verbose_name="how",
                    ),
                ),
                ("procedure", models.TextField(blank=True, verbose_name="procedure")),
                ("put_by", models.CharField(max_length=200, verbose_name="put by")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("agreed_by", models.TextField(blank=True, verbose_name="who agreed")),
                ("reservations", models.TextField(blank=True, verbose_name="reservations")),
                ("views", models.TextField(blank=True, verbose_name="views set out")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="void since"),
                ),
            ],
            options={
                "ordering": ["recorded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BriefSummary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="begun")),
                (
                    "carried_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="carried to the group"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "brief summaries",
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="number")),
                ("serial", models.PositiveIntegerField()),
                ("passage", models.CharField(blank=True, max_length=20, verbose_name="passage")),
                ("quote", models.TextField(blank=True, verbose_name="words of the passage")),
                ("text", models.TextField(verbose_name="question")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("idempotency_key", models.CharField(max_length=120, unique=True)),
                ("terms", models.CharField(max_length=60, verbose_name="terms")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("published", "published"),
                            ("declined", "declined"),
                        ],
                        default="received",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("ground", models.SlugField(blank=True, verbose_name="ground")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("answer_due_on", models.DateField(verbose_name="answer due")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "the report will be corrected"),
                            ("in_part", "the report will be corrected in part"),
                            ("stands", "the report stands"),
                        ],
                        max_length=7,
                        verbose_name="outcome",
                    ),
                ),
                ("answer_language", models.CharField(blank=True, max_length=2)),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
            ],
            options={
                "ordering": ["received_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContestLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("confirm", "confirm the address"),
                            ("mine", "see where it stands"),
                        ],
                        max_length=7,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GroupDiscussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("discussed", "discussed"),
                            ("in_part", "discussed in part"),
                            ("not_discussed", "not discussed"),
                        ],
                        max_length=13,
                        verbose_name="what the group did",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "agenda_item",
                    models.CharField(blank=True, max_length=300, verbose_name="agenda item"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
            ],
            options={
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SummaryTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("original", "original"),
                            ("official", "official translation"),
                            ("courtesy", "courtesy translation"),
                            ("machine", "machine translation"),
                        ],
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="paragraph",
            name="part",
            field=models.CharField(
                choices=[
                    ("report", "consolidated report"),
                    ("written", "the written responses"),
                    ("discussion", "the discussion at the open meeting"),
                ],
                default="report",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="words_sha256",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="edition",
            name="kind",
            field=models.CharField(
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
        migrations.AddField(
            model_name="agreement",
            name="edition",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="record",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.edition",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="voided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="briefsummary",
            name="carried_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="briefsummary",
            name="consultation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
        migrations.AddField(
            model_name="briefsummary",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="briefsummary",
            name="record",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="summary",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="reports.briefsummary",
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="contester",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stakeholders.respondent",
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contest",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
            ),
        ),
        migrations.AddField(
            model_name="contestlink",
            name="contest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.contest"
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="summary",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussions",
                to="reports.briefsummary",
            ),
        ),
        migrations.AddField(
            model_name="summarytranslation",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="translations",
                to="reports.agreement",
            ),
        ),
        migrations.AddField(
            model_name="summarytranslation",
            name="edition",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="briefsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("carried_at__isnull", True),
                        ("document__isnull", True),
                        ("record__isnull", True),
                    ),
                    models.Q(
                        ("carried_at__isnull", False),
                        ("document__isnull", False),
                        ("record__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="summary_carried_has_documents",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("summary",),
                name="agreement_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "not_agreed"),
                    models.Q(("agreed_by", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_names_who_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "reservations"), _negated=True),
                    models.Q(("reservations", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_sets_out_reservations",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "not_agreed"), _negated=True),
                    models.Q(("views", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_sets_out_views",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "procedure"), _negated=True),
                    models.Q(("procedure", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_names_its_procedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.UniqueConstraint(
                fields=("consultation", "serial"), name="contest_serial_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contest_declined_has_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("state", "received")),
                    models.Q(
                        models.Q(("state", "received"), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="contest_decided_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="contest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("outcome", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("state", "published"),
                        models.Q(("answer", ""), _negated=True),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contest_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="summarytranslation",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "original"), _negated=True),
                name="summary_translation_is_no_original",
            ),
        ),
    ]
