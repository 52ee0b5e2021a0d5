"""The record's version: two numbers that grow with every committed act and never fall."""

from dataclasses import dataclass

from django.db import connection

# One statement, so that both parts are read from the same state of the database.
_SQL = """
SELECT COALESCE((SELECT pages FROM ledger_leaf ORDER BY "index" DESC LIMIT 1), 0)
       + (SELECT COUNT(*) FROM ledger_unsequenced WHERE pages),
       COALESCE((SELECT "index" + 1 FROM ledger_leaf ORDER BY "index" DESC LIMIT 1), 0)
       + (SELECT COUNT(*) FROM ledger_unsequenced)
"""


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """How many acts are on record: those that change public pages, and all."""

    pages: int
    total: int


def record_version() -> RecordVersion:
    """The version now. One query, whatever the size of the ledger.

    Ask for it before reading what a page shows; a page kept under it is then never too old.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        pages, total = cursor.fetchone()
    return RecordVersion(pages=int(pages), total=int(total))
