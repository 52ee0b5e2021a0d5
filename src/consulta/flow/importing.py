"""Rows of a table arrive: each a response like any other, some in one transaction, so that nobody waits.

The row of the import says how far it is, in the transaction that registers the responses: a worker
that is killed goes on where it stood, and no row is registered twice.
"""

import itertools
import time
from datetime import datetime

from django.db import transaction

from consulta.consultations.models import Consultation
from consulta.core.submission import Submission
from consulta.flow import journey
from consulta.ledger import ledger
from consulta.responses import importing, intake_many
from consulta.responses.errors import CancelledError, NotYetOpenError
from consulta.responses.importing import Line, Reader
from consulta.responses.models import Import, RefusedRow, Response

#: Rows in one transaction.
BATCH = 200


def rows_arrive(now: datetime, *, seconds: float = 1.0) -> int:
    """Take the imports that were started further, for so many *seconds*; return how many rows."""
    until, taken = time.monotonic() + seconds, 0
    for table in Import.objects.filter(
        started_at__isnull=False, finished_at__isnull=True, stopped=""
    ):
        read = importing.reader(table, now=now)
        while time.monotonic() < until and (rows := _further(table.pk, read, now)):
            taken += rows
    return taken


@transaction.atomic
def _further(pk: int, read: Reader, now: datetime) -> int:
    """Take one batch of the import *pk*; 0 when it is finished or cannot go on."""
    table = Import.objects.select_for_update().get(pk=pk)
    if table.finished_at or table.stopped:
        return 0
    batch = list(itertools.islice(importing.lines(table, offset=table.offset), BATCH))
    try:
        with transaction.atomic():
            _take(table, batch, read, now)
    except (CancelledError, NotYetOpenError) as error:
        table.stopped = "cancelled" if isinstance(error, CancelledError) else "not-open"
        table.save(update_fields=["stopped"])
        return 0
    if table.done == table.total:
        table.finished_at = now
        ledger.record("import_finished", table, by=table.by or "system")
    table.save()
    return len(batch)


def _take(table: Import, batch: list[Line], read: Reader, now: datetime) -> None:
    """Register the good rows of *batch*: those in time and without a receipt to mail all at once."""
    made = importing.judged(table, batch, read)
    good = {given.idempotency_key: given for _, given in made if isinstance(given, Submission)}
    refused = [
        RefusedRow(of=table, row=line.row, troubles=importing.written(given))
        for line, given in made
        if not isinstance(given, Submission)
    ]
    RefusedRow.objects.bulk_create(refused)
    here = _here(table, list(good))
    fresh = [given for key, given in good.items() if key not in here]
    _register(table, fresh, now)
    table.refused += len(refused)
    table.registered += len(fresh)
    table.repeated += len(batch) - len(refused) - len(fresh)
    table.done += len(batch)
    table.offset = batch[-1].end if batch else table.offset


def _here(table: Import, keys: list[str]) -> set[str]:
    rows = Response.objects.filter(consultation=table.consultation_id, idempotency_key__in=keys)
    return set(rows.values_list("idempotency_key", flat=True))


def _register(table: Import, fresh: list[Submission], now: datetime) -> None:
    at_once = [] if table.by_mail or table.by is None else [g for g in fresh if _plain(table, g)]
    plain = {given.idempotency_key for given in at_once}
    for given in fresh:
        if given.idempotency_key not in plain:
            journey.submission_arrives(given, by_mail=table.by_mail)
    if at_once and table.by is not None:
        intake_many.register_many(table.consultation, at_once, by=table.by, now=now)


def _plain(table: Import, given: Submission) -> bool:
    """Whether the rules of lateness and opening have nothing to say about *given*."""
    return table.consultation.state(given.arrived_at) == Consultation.State.OPEN
