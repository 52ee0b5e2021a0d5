"""Published answers are counted by question; what is published already is counted once."""

from collections import Counter

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    facet = apps.get_model("responses", "Facet")
    shown = (
        apps.get_model("responses", "Response")
        .objects.filter(state="published")
        .values("published_version")
    )
    answers = apps.get_model("responses", "Answer").objects.filter(version__in=shown).order_by()
    pairs = answers.values_list("version__response__consultation_id", "question")
    facet.objects.bulk_create(
        facet(
            consultation_id=consultation,
            dimension="question",
            value=str(question or 0),
            count=number,
        )
        for (consultation, question), number in Counter(pairs.iterator()).items()
    )


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_record")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=False)]
