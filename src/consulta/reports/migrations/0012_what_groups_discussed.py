from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _name_the_consultation(apps: Any, _schema: Any) -> None:
    """Every row so far is about a brief summary: it is of that summary's consultation."""
    discussions = apps.get_model("reports", "GroupDiscussion")
    for row in discussions.objects.select_related("summary"):
        row.consultation_id = row.summary.consultation_id
        row.save(update_fields=["consultation"])


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0005_agenda_questions"),
        ("meetings", "0007_drawn_up_agendas"),
        ("reports", "0011_reports_of_groups"),
        ("responses", "0009_marks_already_shown"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="groupdiscussion",
            name="audience",
            field=models.CharField(
                choices=[("public", "public"), ("members", "members")],
                default="public",
                max_length=7,
                verbose_name="who can see it",
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="consultation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
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
            model_name="groupdiscussion",
            name="question",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.question",
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="response",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="responses.response",
            ),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
        ),
        migrations.AddField(
            model_name="groupdiscussion",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="groupdiscussion",
            name="summary",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussions",
                to="reports.briefsummary",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupdiscussion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("summary__isnull", True),
                    models.Q(("question__isnull", True), ("response__isnull", True)),
                    _connector="OR",
                ),
                name="discussion_of_a_summary_or_of_responses",
            ),
        ),
        # last: a table whose rows were changed is not altered in the same transaction
        migrations.RunPython(_name_the_consultation, migrations.RunPython.noop),
    ]
