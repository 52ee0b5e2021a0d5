"""Sentences of reports released before: taken from the draft, as pages showed them until now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Give every released consolidated report the sentences that its language has now."""
    edition_model = apps.get_model("reports", "Edition")
    released = edition_model.objects.filter(kind="consolidated", released_at__isnull=False)
    for edition in released:
        drafted = apps.get_model("reports", "Sentence").objects.filter(
            paragraph__consultation=edition.consultation_id, paragraph__language=edition.language
        )
        order = ("paragraph__question__position", "paragraph__position", "position")
        rows = drafted.select_related("paragraph__question").order_by(*order)
        for place, sentence in enumerate(rows, start=1):
            _keep(apps, edition.pk, sentence, place)


def _keep(apps: Apps, edition: int, sentence: object, place: int) -> None:
    question = sentence.paragraph.question  # type: ignore[attr-defined]
    kept = apps.get_model("reports", "FrozenSentence").objects.create(
        edition_id=edition,
        sentence=sentence.pk,  # type: ignore[attr-defined]
        question=question.position if question else None,
        place=place,
        text=sentence.text,  # type: ignore[attr-defined]
    )
    citation = apps.get_model("reports", "FrozenCitation")
    citation.objects.bulk_create(
        citation(sentence=kept, citation=cited.pk, version_id=cited.version_id)
        for cited in sentence.citations.all()  # type: ignore[attr-defined]
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_editing_and_review")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
