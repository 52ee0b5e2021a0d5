"""Documents before the group, heads, covers, restricted editions, respondents told of citations."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_procedure_choices"),
        ("groups", "0002_instrument_editions"),
        ("meetings", "0003_documents_follow_documents"),
        ("reports", "0004_released_sentences"),
        ("responses", "0005_on_behalf"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CitationNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("queued_at", models.DateTimeField(verbose_name="put into the outbox")),
            ],
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("template", models.BinaryField(blank=True, null=True, verbose_name="cover page")),
                ("template_name", models.CharField(blank=True, max_length=255)),
                ("template_sha256", models.CharField(blank=True, max_length=64)),
                ("logo", models.BinaryField(blank=True, null=True, verbose_name="logo")),
                ("logo_type", models.CharField(blank=True, max_length=40)),
                ("logo_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "logo_names",
                    models.JSONField(blank=True, default=dict, verbose_name="what the logo says"),
                ),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
            ],
        ),
        migrations.CreateModel(
            name="EditionHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                (
                    "agenda_item",
                    models.CharField(blank=True, max_length=200, verbose_name="agenda item"),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("action", models.TextField(blank=True, verbose_name="action required")),
                ("references", models.TextField(blank=True, verbose_name="references")),
                ("written_at", models.DateTimeField(verbose_name="written")),
            ],
        ),
        migrations.CreateModel(
            name="ReportDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numbers", models.JSONField(default=list, verbose_name="responses")),
                ("ground", models.SlugField(verbose_name="ground")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("restricted_at", models.DateTimeField(verbose_name="restricted")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="replaced"),
                ),
            ],
            options={
                "ordering": ["restricted_at", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="edition",
            options={"ordering": ["kind", "language", "-ordinal", "-redaction"]},
        ),
        migrations.RemoveConstraint(
            model_name="edition",
            name="edition_once",
        ),
        migrations.AddField(
            model_name="edition",
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
            model_name="edition",
            name="redaction",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="redacted edition"),
        ),
        migrations.AddField(
            model_name="edition",
            name="redacts",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.edition",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="restricted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="restricted"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("consultation", "kind", "language", "ordinal", "redaction"),
                name="edition_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("redaction", 0), ("redacts__isnull", True)),
                    models.Q(("redaction__gt", 0), ("redacts__isnull", False)),
                    _connector="OR",
                ),
                name="edition_redacted_names_the_one_before",
            ),
        ),
        migrations.AddField(
            model_name="citationnotice",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
            ),
        ),
        migrations.AddField(
            model_name="citationnotice",
            name="response",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="responses.response",
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cover",
            name="group",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.AddField(
            model_name="editionhead",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
        migrations.AddField(
            model_name="editionhead",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportdocument",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
        migrations.AddField(
            model_name="reportdocument",
            name="document",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meetings.document",
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="edition",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition"
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="redacted",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.edition",
            ),
        ),
        migrations.AddField(
            model_name="restriction",
            name="restricted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="citationnotice",
            constraint=models.UniqueConstraint(
                fields=("edition", "response"), name="citation_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cover",
            constraint=models.UniqueConstraint(
                django.db.models.functions.comparison.Coalesce(models.F("group"), models.Value(0)),
                name="cover_of_all_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionhead",
            constraint=models.UniqueConstraint(
                fields=("consultation", "kind", "language"), name="edition_head_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_at__isnull", True), ("redacted__isnull", False), _connector="OR"
                ),
                name="restriction_replaced_by_an_edition",
            ),
        ),
    ]
