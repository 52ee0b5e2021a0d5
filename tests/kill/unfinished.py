"""Leaves work to a worker: a mail to be sent, a file to be examined, editions to be frozen and made."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from benchmarks import writing
from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.submission import Submission, SubmittedFile
from consulta.flow import journey
from consulta.mailroom import spool
from consulta.reports import assembly, pressing
from consulta.reports.models import Edition

FILE = b"A file that came with it.\n"


def leave() -> None:
    """Take in one response with a file; then the close, and a frozen compilation."""
    journey.submission_arrives(_with_file())
    now = timezone.now()
    Consultation.objects.update(
        announced_at=now - timedelta(days=2),
        opens_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
    )
    officer = User.objects.get(is_administrator=True)
    consultation = Consultation.objects.get()
    assembly.freeze(consultation, Edition.Kind.COMPILATION, language="en", by=officer)
    pressing.press(consultation, Edition.Kind.RECEIVED, language="en", by=officer)


def _with_file() -> Submission:
    kept = spool.keep([FILE], folder="spool/uploads")
    file = SubmittedFile(name="note.txt", path=kept.path, sha256=kept.sha256, size=kept.size)
    return replace(writing.submission("unfinished"), attachments=(file,))
