"""Put a document into the archive, under an address that stays."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.ledger import ledger
from consulta.repository.models import Record


@transaction.atomic
def deposit(record: Record, *, by: User | None) -> Record:
    """Deposit *record* now. Who deposits the same address again gets the first record back.

    The files' bytes must be on disk already. Raises ValidationError naming the field to mend.
    """
    if standing := Record.objects.filter(slug=record.slug).first():
        return standing
    record.deposited_at = timezone.now()
    record.full_clean()
    record.save()
    ledger.record("record_deposited", record, by=by)
    return record
