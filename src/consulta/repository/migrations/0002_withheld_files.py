"""Files of a record can be withheld."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("repository", "0001_record"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="withheld_files",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
