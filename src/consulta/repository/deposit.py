"""Put a document into the archive, under an address that stays."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

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


def withhold(paths: Collection[str], *, at: datetime) -> list[Record]:
    """Take the files at *paths* from every record that carries them; return those records."""
    changed = []
    for record in _carrying(paths, "files"):
        apart = [file for file in record.files if file["path"] in paths]
        record.files = [file for file in record.files if file["path"] not in paths]
        record.withheld_files += [file | {"withheld_at": at.isoformat()} for file in apart]
        record.save(update_fields=["files", "withheld_files"])
        changed.append(record)
    return changed


def replace_withheld(paths: Collection[str], files: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Put *files* where those at *paths* were withheld; twice is once."""
    changed = []
    for record in _carrying(paths, "withheld_files"):
        there = {file["path"] for file in record.files}
        new = [dict(file) for file in files if file["path"] not in there]
        record.files = [*record.files, *new]
        record.save(update_fields=["files"])
        changed.append(record)
    return changed


def _carrying(paths: Collection[str], column: str) -> list[Record]:
    rows = Record.objects.select_for_update(of=("self",)).exclude(**{column: []}).order_by("pk")
    wanted = set(paths)
    return [r for r in rows if wanted & {file["path"] for file in getattr(r, column)}]
