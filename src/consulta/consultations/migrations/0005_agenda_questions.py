import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_options"),
        ("meetings", "0007_drawn_up_agendas"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.question",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "question__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "question"), name="agenda_question_once"
                    )
                ],
            },
        ),
    ]
