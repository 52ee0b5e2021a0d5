"""Rows of a table arrive: each a response like any other, some in one transaction, so that nobody waits.

The row of the import says how far it is, in the transaction that registers the responses: a worker
that is killed goes on where it stood, and no row is registered twice.
"""

import itertools
import time
from datetime import datetime

from django.db import transaction

from consulta.core.submission import Submission
from consulta.flow import journey
from consulta.ledger import ledger
from consulta.responses import importing
from consulta.responses.errors import CancelledError, NotYetOpenError
from consulta.responses.importing import Line, Reader
from consulta.responses.models import Import, RefusedRow, Response

#: Rows in one transaction.
BATCH = 50


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
            _take(table, batch, read)
    except (CancelledError, NotYetOpenError) as error:
        table.stopped = "cancelled" if isinstance(error, CancelledError) else "not-open"
        table.save(update_fields=["stopped"])
        return 0
    if table.done == table.total:
        table.finished_at = now
        ledger.record("import_finished", table, by=table.by or "system")
    table.save()
    return len(batch)


def _take(table: Import, batch: list[Line], read: Reader) -> None:
    made = [(line, read.row(line)) for line in batch]
    keys = [given.idempotency_key for _, given in made if isinstance(given, Submission)]
    here = set(
        Response.objects.filter(
            consultation=table.consultation_id, idempotency_key__in=keys
        ).values_list("idempotency_key", flat=True)
    )
    for line, given in made:
        if not isinstance(given, Submission):
            troubles = importing.written(given)
            RefusedRow.objects.create(of=table, row=line.row, troubles=troubles)
            table.refused += 1
        elif given.idempotency_key in here:
            table.repeated += 1
        else:
            journey.submission_arrives(given, by_mail=table.by_mail)
            here.add(given.idempotency_key)
            table.registered += 1
    table.done += len(batch)
    table.offset = batch[-1].end if batch else table.offset
