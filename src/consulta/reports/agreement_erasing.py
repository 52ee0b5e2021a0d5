"""The law takes the names of those who agreed to a brief summary away; what was agreed stays."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, permissions
from consulta.core.plaintext import storable
from consulta.core.redaction import OMISSION
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.models import Agreement, Edition
from consulta.responses.errors import GroundMissingError, ReasonMissingError
from consulta.responses.moderation import Because

#: What stands in the columns afterwards.
ERASED = {"agreed_by": OMISSION}


def grounds(agreed: Agreement) -> tuple[Ground, ...]:
    """The published grounds on which the law takes names away: those of responses."""
    procedure = applied.present(agreed.edition.consultation.procedure)
    return procedure.grounds_for(OnGround.REMOVE)


@transaction.atomic
def erase(agreed: Agreement, because: Because, *, by: User) -> list[Edition]:
    """Leave out who agreed; return the editions of the record that name them. Twice is once.

    Raises NotAllowedError, GroundMissingError, ReasonMissingError.
    """
    permissions.require(by, Act.ERASE, agreed.edition.consultation)
    agreed.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    if agreed.erased_at is not None or not agreed.agreed_by:
        return []
    if because.ground not in {each.slug for each in grounds(agreed)}:
        raise GroundMissingError(because.ground)
    if not because.reason.strip():
        raise ReasonMissingError
    agreed.agreed_by = ERASED["agreed_by"]
    agreed.erased_at, agreed.erased_because = timezone.now(), storable(because.reason).strip()
    agreed.full_clean()
    agreed.save()
    ledger.record("agreement_names_erased", agreed, by=by)
    rows = Edition.objects.filter(pk__in=[agreed.record_id], restricted_at__isnull=True)
    return list(rows.defer("content"))
