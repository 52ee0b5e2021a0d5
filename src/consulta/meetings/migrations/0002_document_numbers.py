"""Documents get what their numbers say: revision, addendum, corrigendum, language versions."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LETTERS = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es"}


def read_numbers(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every number ended in a hyphen and the letter of a language."""
    documents = apps.get_model("meetings", "Document")
    for document in documents.objects.all():
        base, _hyphen, letter = document.number.rpartition("-")
        document.base_number = base or document.number
        document.language = LETTERS.get(letter, letter.lower()[:2] or "en")
        document.save(update_fields=["base_number", "language"])


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_instrument_editions"), ("meetings", "0001_record")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="base_number",
            field=models.CharField(default="", max_length=80),
        ),
        migrations.AddField(
            model_name="document",
            name="language",
            field=models.CharField(default="en", max_length=2, verbose_name="first language"),
        ),
        migrations.RunPython(read_numbers, migrations.RunPython.noop),
    ]
