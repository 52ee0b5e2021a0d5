"""Long contents lie in a file; an edition knows its volumes, a file what was replaced in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_placing_and_afterwards")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="content_path",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="edition",
            name="volumes",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="editionfile",
            name="replaced",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
