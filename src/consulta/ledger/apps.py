"""The ledger as a Django app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from consulta.ledger import checks


class LedgerConfig(AppConfig):
    name = "consulta.ledger"

    def ready(self) -> None:
        """Register the check that the append-only triggers stand."""
        register(checks.append_only, Tags.database)
