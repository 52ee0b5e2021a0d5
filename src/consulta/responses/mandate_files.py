"""Documents of a mandate are examined as every file is; no copy is made, since readers get none."""

import logging
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import Case, QuerySet, When

from consulta.adapters.files import sandbox, scan
from consulta.adapters.files.findings import Finding
from consulta.responses.models import Attachment, MandateDocument

log = logging.getLogger(__name__)
_WAITING = Attachment.Safety.WAITING
#: Safe enough to be opened at the desk. *clean* says nothing of a copy here.
SAFE = frozenset({Attachment.Safety.CLEAN, Attachment.Safety.RELEASED})


def waiting() -> QuerySet[MandateDocument]:
    """Documents that nobody has examined yet, those tried in vain after the others."""
    tried = Case(When(findings=[], then=0), default=1)
    return MandateDocument.objects.filter(safety=_WAITING).order_by(tried, "pk")


def examine(document: MandateDocument) -> None:
    """Find out what the file is. It stays waiting while the virus scanner is out of reach."""
    path = Path(settings.DATA) / document.path
    found: dict[str, object]
    try:
        found = _examined(document, path)
    except scan.ScannerUnreachableError as error:
        log.warning("mandate document %s stays waiting, no virus scan: %s", document.pk, error)
        found = {"findings": [Finding.SCANNER_UNREACHABLE]}
    MandateDocument.objects.filter(pk=document.pk, safety=_WAITING).update(**found)
    document.refresh_from_db()


def _examined(document: MandateDocument, path: Path) -> dict[str, object]:
    infected: dict[str, object] = {"safety": Attachment.Safety.UNSAFE, "findings": [Finding.VIRUS]}
    if path.is_file() and _is_infected([path]):
        return infected
    with sandbox.examining(path, name=f"mandate document {document.pk}") as seen:
        if _is_infected(seen.embedded):
            return infected
        safety = Attachment.Safety(seen.verdict)
        return {"safety": safety, "findings": [*seen.findings], "media_type": seen.media_type}


def _is_infected(files: Iterable[Path]) -> bool:
    scanner = scan.scanner(getattr(settings, "CLAMD", ""))
    return any(scanner.is_infected(path) for path in files)
