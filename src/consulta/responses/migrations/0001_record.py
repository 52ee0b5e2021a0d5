"""Drawn once: constraints and indexes stand in their tables, so that no table is rebuilt."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import consulta.core.lifecycle
import consulta.core.submission


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0001_record"),
        ("stakeholders", "0001_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="number")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            (
                                consulta.core.submission.Channel["WEB"],
                                consulta.core.submission.Channel["WEB"],
                            ),
                            (
                                consulta.core.submission.Channel["EMAIL"],
                                consulta.core.submission.Channel["EMAIL"],
                            ),
                            (
                                consulta.core.submission.Channel["API"],
                                consulta.core.submission.Channel["API"],
                            ),
                            (
                                consulta.core.submission.Channel["DESK"],
                                consulta.core.submission.Channel["DESK"],
                            ),
                            (
                                consulta.core.submission.Channel["REFLECTOR"],
                                consulta.core.submission.Channel["REFLECTOR"],
                            ),
                            (
                                consulta.core.submission.Channel["IMPORT"],
                                consulta.core.submission.Channel["IMPORT"],
                            ),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                consulta.core.lifecycle.State["RECEIVED"],
                                consulta.core.lifecycle.State["RECEIVED"],
                            ),
                            (
                                consulta.core.lifecycle.State["HELD"],
                                consulta.core.lifecycle.State["HELD"],
                            ),
                            (
                                consulta.core.lifecycle.State["ACCEPTED"],
                                consulta.core.lifecycle.State["ACCEPTED"],
                            ),
                            (
                                consulta.core.lifecycle.State["DECLINED"],
                                consulta.core.lifecycle.State["DECLINED"],
                            ),
                            (
                                consulta.core.lifecycle.State["PUBLISHED"],
                                consulta.core.lifecycle.State["PUBLISHED"],
                            ),
                            (
                                consulta.core.lifecycle.State["WITHDRAWN"],
                                consulta.core.lifecycle.State["WITHDRAWN"],
                            ),
                            (
                                consulta.core.lifecycle.State["REMOVED"],
                                consulta.core.lifecycle.State["REMOVED"],
                            ),
                        ],
                        default=consulta.core.lifecycle.State["RECEIVED"],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("late", models.BooleanField(default=False, verbose_name="late")),
                (
                    "within_grace",
                    models.BooleanField(
                        default=False,
                        verbose_name="sent within 60 minutes after the close, from a draft saved before it",
                    ),
                ),
                (
                    "hold_reasons",
                    models.JSONField(blank=True, default=list, verbose_name="held for"),
                ),
                ("ground", models.SlugField(blank=True, verbose_name="ground")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("idempotency_key", models.CharField(max_length=120)),
                ("source_id", models.CharField(blank=True, max_length=300)),
                (
                    "terms",
                    models.CharField(blank=True, max_length=40, verbose_name="terms accepted"),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                ("is_sample", models.BooleanField(default=False)),
                ("public_name", models.CharField(blank=True, max_length=300)),
                ("public_country", models.CharField(blank=True, max_length=2)),
                ("public_language", models.CharField(blank=True, max_length=2)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "public_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                    ),
                ),
                (
                    "respondent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.respondent",
                    ),
                ),
            ],
            options={
                "ordering": ["consultation", "serial"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", consulta.core.lifecycle.State["PUBLISHED"])),
                        fields=["consultation", "published_at", "number"],
                        name="response_published",
                    ),
                    models.Index(
                        condition=models.Q(("state", consulta.core.lifecycle.State["PUBLISHED"])),
                        fields=["consultation", "public_group", "published_at", "number"],
                        name="response_published_group",
                    ),
                    models.Index(
                        condition=models.Q(("state", consulta.core.lifecycle.State["PUBLISHED"])),
                        fields=["consultation", "public_country", "published_at", "number"],
                        name="response_published_country",
                    ),
                    models.Index(
                        condition=models.Q(("state", consulta.core.lifecycle.State["PUBLISHED"])),
                        fields=["consultation", "public_language", "published_at", "number"],
                        name="response_published_language",
                    ),
                    models.Index(fields=["consultation", "state", "serial"], name="response_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "serial"), name="response_serial_once"
                    ),
                    models.UniqueConstraint(
                        fields=("consultation", "idempotency_key"), name="response_sent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        consulta.core.lifecycle.State["DECLINED"],
                                        consulta.core.lifecycle.State["REMOVED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="response_refused_with_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", consulta.core.lifecycle.State["WITHDRAWN"]), _negated=True
                            ),
                            ("withdrawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="response_withdrawn_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="version")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "screening",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("published", "published"),
                            ("superseded", "superseded by a later version"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("hold_reasons", models.JSONField(blank=True, default=list)),
                ("idempotency_key", models.CharField(blank=True, max_length=120)),
                ("private_salt", models.CharField(max_length=64)),
                ("private_fingerprint", models.CharField(max_length=64)),
                ("public_salt", models.CharField(max_length=64)),
                ("public_fingerprint", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="responses.response",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("response", "ordinal"), name="version_ordinal_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="response",
            name="published_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="responses.version",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", consulta.core.lifecycle.State["PUBLISHED"]), _negated=True),
                    models.Q(("published_at__isnull", False), ("published_version__isnull", False)),
                    _connector="OR",
                ),
                name="response_published_is_whole",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("content", models.JSONField(default=dict)),
                ("language", models.CharField(default="en", max_length=2)),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                ("created_at", models.DateTimeField(verbose_name="begun")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="responses.response",
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at"],
            },
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("path", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="responses.draft",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReturnLink",
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
                            ("respondent", "see, change or withdraw the response"),
                        ],
                        max_length=10,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="responses.response",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ModerationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.SlugField(verbose_name="act")),
                ("ground", models.SlugField(blank=True, verbose_name="ground")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moderation",
                        to="responses.response",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="responses.version",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("path", models.CharField(max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(blank=True, max_length=100)),
                (
                    "safety",
                    models.CharField(
                        choices=[
                            ("waiting", "being checked"),
                            ("clean", "cleaned copy shown"),
                            ("released", "checked by a person"),
                            ("unsafe", "unsafe"),
                            ("unreadable", "could not be read"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("findings", models.JSONField(blank=True, default=list)),
                ("clean_path", models.CharField(blank=True, max_length=300)),
                ("clean_sha256", models.CharField(blank=True, max_length=64)),
                ("clean_size", models.PositiveBigIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="responses.version",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "position"), name="attachment_position_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="question"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="responses.version",
                    ),
                ),
            ],
            options={
                "ordering": ["question"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "question"), name="answer_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("question__isnull", True)),
                        fields=("version",),
                        name="answer_to_the_whole_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("text", models.TextField(verbose_name="text")),
                ("status", models.CharField(max_length=8, verbose_name="status")),
                ("attached_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="responses.answer",
                    ),
                ),
                (
                    "attached_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "language"), name="answer_translation_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BalanceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("count", models.IntegerField(default=0)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "channel", "state"), name="balance_line_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0)), name="balance_never_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Facet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dimension", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=60)),
                ("count", models.IntegerField(default=0)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "dimension", "value"), name="facet_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0)), name="facet_never_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("applied", "applied"),
                            ("dismissed", "dismissed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("ground", models.SlugField(blank=True, verbose_name="ground")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="responses.answer",
                    ),
                ),
                (
                    "decided_by",
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
                "ordering": ["start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))),
                        name="redaction_has_length",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("upheld", models.BooleanField(blank=True, null=True, verbose_name="upheld")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="responses.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("upheld__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("upheld__isnull", False)),
                            _connector="OR",
                        ),
                        name="appeal_decided_whole",
                    )
                ],
            },
        ),
    ]
