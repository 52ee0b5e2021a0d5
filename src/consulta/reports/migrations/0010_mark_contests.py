"""Addresses and telephone numbers in contests that are there already are left out as in new ones."""

from typing import Any

from django.db import migrations

from consulta.core import redaction


def mark(apps: Any, schema_editor: Any) -> None:
    """Mark what the rule finds in each contest that nobody marked yet."""
    contests = apps.get_model("reports", "Contest").objects.using(schema_editor.connection.alias)
    marks = apps.get_model("reports", "ContestMark").objects.using(schema_editor.connection.alias)
    for contest in contests.select_related("contester").iterator():
        for found in redaction.find(contest.text, country=contest.contester.country):
            marks.create(contest=contest, start=found.start, end=found.end, kind=found.kind)


class Migration(migrations.Migration):
    """Marks for the contests that are there."""

    dependencies = [("reports", "0009_contests_masked_withdrawn_erased")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
