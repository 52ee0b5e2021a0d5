import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_what_groups_discussed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="groupdiscussion",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.consultation",
            ),
        ),
    ]
