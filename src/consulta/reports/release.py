"""Release: the secretariat puts a frozen edition on the consultation's page."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.errors import NotRenderedError, ReportError, UndecidedError
from consulta.reports.models import Edition, ReleaseNote
from consulta.responses import queries as responses


@transaction.atomic
def explain(consultation: Consultation, explanation: str, *, by: User) -> ReleaseNote:
    """Record why responses are still undecided; the report will say so."""
    permissions.require(by, Act.RELEASE, consultation)
    if not explanation.strip():
        raise ReportError
    return ReleaseNote.objects.create(
        consultation=consultation, explanation=explanation, written_by=by
    )


@transaction.atomic
def release(edition: Edition, *, by: User) -> None:
    """Show *edition* to everyone; :mod:`consulta.flow.reporting` marks the clock and tells everyone.

    Raises NotRenderedError, or UndecidedError while a hold is undecided and unexplained.
    """
    consultation = edition.consultation
    permissions.require(by, Act.RELEASE, consultation)
    if edition.rendered_at is None:
        raise NotRenderedError
    undecided = list(responses.undecided(consultation).values_list("number", flat=True)[:50])
    if edition.kind == Edition.Kind.RECEIVED:
        raise ReportError  # holds declined responses: it goes to the group alone
    if undecided and not ReleaseNote.objects.filter(consultation=consultation).exists():
        raise UndecidedError(undecided)
    if edition.released_at is not None:
        return
    edition.released_at, edition.released_by = timezone.now(), by
    edition.full_clean()
    edition.save()
    ledger.record(
        "report_released", edition, by=by, commitments={"content": edition.content_sha256}
    )
