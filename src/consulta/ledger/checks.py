"""Django's system check for the ledger: `consulta check --database default`, and at start-up."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from consulta.ledger import triggers


def append_only(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for each trigger that does not stand; silent before the first migration."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if not set(triggers.TABLES) <= set(connection.introspection.table_names()):
            continue
        found += [
            Error(
                f"The ledger can be changed: trigger {name} does not stand.",
                hint="Run `consulta doctor`, which says how to put it back; then `consulta verify`.",
                id="ledger.E001",
            )
            for name in triggers.missing(connection)
        ]
    return found
