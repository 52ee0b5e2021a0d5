"""Passages that were marked, not decided on and published all the same stay as they were committed to.

Until now a mark alone left nothing out; from now on it does. Which of the two a published version
was made under is told by its fingerprint, which stands in the ledger.
"""

from typing import Any

from django.db import migrations, models

from consulta.core import redaction
from consulta.core.fingerprint import fingerprint

_SHOWN_FILES = ("clean", "released")
_STATES = [
    ("proposed", "proposed"),
    ("shown", "shown, not decided yet"),
    ("applied", "applied"),
    ("dismissed", "dismissed"),
]


def keep_what_was_shown(apps: Any, _schema: Any) -> None:
    """Mark as shown what the fingerprints of published versions say was shown."""
    marks = apps.get_model("responses", "Redaction").objects.filter(state="proposed")
    marked = marks.exclude(answer__version__public_fingerprint="")
    versions = apps.get_model("responses", "Version").objects.filter(
        pk__in=marked.values("answer__version")
    )
    for version in versions.select_related("response__respondent", "response__public_group"):
        if version.public_salt and version.public_fingerprint == _made(version):
            marks.filter(answer__version=version.pk).update(state="shown")


def hide_again(apps: Any, _schema: Any) -> None:
    """Take the earlier release's word for it."""
    marks = apps.get_model("responses", "Redaction").objects.filter(state="shown")
    marks.update(state="proposed")


def _made(version: Any) -> str:
    """The fingerprint of *version* as the earlier rule showed it: without what persons left out alone."""
    response = version.response
    answers = sorted(version.answers.all(), key=lambda answer: answer.question or 0)
    files = version.attachments.filter(safety__in=_SHOWN_FILES).order_by("position")
    group = response.public_group
    content = {
        "consultation": response.consultation.slug,
        "language": version.language,
        "answers": [_answer(answer) for answer in answers],
        "attachments": [
            {"name": file.name, "sha256": file.clean_sha256, "size": file.clean_size or 0}
            for file in files
        ],
        "respondent": {
            "country": response.public_country or None,
            "kind": response.respondent.kind,
            "name": response.public_name or None,
            "stakeholder_group": group.slug if group else None,
        },
    }
    return fingerprint(content, bytes.fromhex(version.public_salt))


def _answer(answer: Any) -> dict[str, Any]:
    spans = answer.redactions.filter(state="applied").values_list("start", "end")
    said = {"question": answer.question, "text": redaction.apply(answer.text, spans)}
    return said if answer.choices is None else said | {"choices": answer.choices}


class Migration(migrations.Migration):
    dependencies = [
        ("responses", "0008_rows_named_twice"),
        ("stakeholders", "0003_names_that_stand"),
    ]

    operations = [
        migrations.AlterField(
            model_name="redaction",
            name="state",
            field=models.CharField(choices=_STATES, default="proposed", max_length=10),
        ),
        migrations.RunPython(keep_what_was_shown, hide_again),
    ]
