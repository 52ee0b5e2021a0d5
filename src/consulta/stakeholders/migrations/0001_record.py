"""Drawn once: constraints and indexes stand in their tables, so that no table is rebuilt."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import consulta.core.submission


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StakeholderGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("names", models.JSONField(default=dict, verbose_name="names")),
                (
                    "speaks_for_authority",
                    models.BooleanField(
                        default=False,
                        help_text="Governments and intergovernmental organisations: a claim to speak for one is shown only when its focal point or an officer has confirmed it.",
                        verbose_name="claims need confirmation",
                    ),
                ),
            ],
            options={
                "verbose_name": "stakeholder group",
                "verbose_name_plural": "stakeholder groups",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "focal_point",
                    models.EmailField(blank=True, max_length=254, verbose_name="focal point"),
                ),
                (
                    "stakeholder_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                        verbose_name="stakeholder group",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "country"), name="organisation_name_country"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Respondent",
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
                            (
                                consulta.core.submission.RespondentKind["ORGANISATION"],
                                consulta.core.submission.RespondentKind["ORGANISATION"],
                            ),
                            (
                                consulta.core.submission.RespondentKind["INDIVIDUAL"],
                                consulta.core.submission.RespondentKind["INDIVIDUAL"],
                            ),
                        ],
                        max_length=12,
                        verbose_name="responds as",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "organisation_name",
                    models.CharField(blank=True, max_length=300, verbose_name="organisation"),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("language", models.CharField(default="en", max_length=2, verbose_name="language")),
                ("withhold_name", models.BooleanField(default=False, verbose_name="name withheld")),
                (
                    "withhold_country",
                    models.BooleanField(default=False, verbose_name="country withheld"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                ),
                (
                    "confirmed_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("button", "by the button behind the mailed link"),
                            ("mail", "by answering the mail"),
                            ("account", "signed in"),
                            ("officer", "by an officer, on recorded evidence"),
                            ("channel", "authenticated by the channel"),
                        ],
                        max_length=10,
                    ),
                ),
                ("confirmation_evidence", models.TextField(blank=True, verbose_name="evidence")),
                (
                    "mandate_confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="mandate confirmed"),
                ),
                ("is_sample", models.BooleanField(default=False)),
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
                    "mandate_confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.organisation",
                    ),
                ),
                (
                    "stakeholder_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["email"], name="respondent_email")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_how", "")),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                models.Q(("confirmed_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="respondent_confirmed_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", consulta.core.submission.RespondentKind["INDIVIDUAL"]),
                            models.Q(("withhold_country", False), ("withhold_name", False)),
                            _connector="OR",
                        ),
                        name="respondent_organisation_is_named",
                    ),
                ],
            },
        ),
    ]
