"""A post that may hide words waits for a moderator, whoever wrote it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reflector", "0002_files_with_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="needs_moderator",
            field=models.BooleanField(default=False),
        ),
    ]
