"""A table of responses that was uploaded and not begun."""

from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.mailroom import spool
from consulta.responses import importing
from consulta.responses.models import Import


def table(consultation: Consultation) -> Import:
    """One row with a name and no answer."""
    rows = spool.keep([b'[2, "Sample"]\n'], folder=importing.FOLDER)
    return Import.objects.create(
        consultation=consultation, name="table.csv", path=rows.path, rows_path=rows.path,
        sha256="0" * 64, size=1, headings=["Name"], mapped={"0": "name"}, language="en", total=1,
        began_at=timezone.now(),
    )  # fmt: skip
