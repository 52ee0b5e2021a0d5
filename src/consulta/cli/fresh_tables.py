"""The tables of a new instance, made at once from the models instead of one migration after another.

The hundred migrations of a release redraw the same tables many times over; a database that holds
nothing needs none of that. What migrations do beside drawing tables is the ledger's triggers: the
others move what is not there. `tests/cli/test_fresh_tables.py` holds both ways to the same schema.
"""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def wanted() -> bool:
    """Whether the database holds no table at all."""
    return not connection.introspection.table_names()


def make() -> None:
    """Draw every table, protect the ledger and note every migration as done: all of it or nothing."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        complete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def complete() -> None:
    """What stands in a database beside its tables: the triggers, and the list of migrations."""
    triggers: Any = import_module("consulta.ledger.triggers")  # after Django is set up
    triggers.install(connection)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for name in sorted(MigrationExecutor(connection).loader.disk_migrations):
        recorder.record_applied(*name)
