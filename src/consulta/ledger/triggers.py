"""The database itself refuses to change the record.

SQLite drops triggers silently when a migration rebuilds a table, so `missing` is asked at
start-up, by `consulta doctor` and in the tests; `install` puts them back.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

#: Table, and the columns that no second row may repeat.
TABLES: dict[str, tuple[str, ...]] = {
    "ledger_entry": ("id", "uid"),
    "ledger_leaf": ("index", "entry_id"),
    "ledger_checkpoint": ("id",),
}
#: What is refused, by kind of database.
ACTS = {"sqlite": ("UPDATE", "DELETE", "INSERT"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}
_REFUSAL = "the ledger is append-only"
_FUNCTION = "consulta_ledger_refuse"
_FUNCTION_BODY = f" BEGIN RAISE EXCEPTION '{_REFUSAL}'; END "


def install(connection: BaseDatabaseWrapper | None = None) -> None:
    """Put every trigger in place; those that stand are replaced by the same."""
    connection = connection or connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger"
                f" LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"
            )
        for name, (table, sql) in _expected(connection).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
            cursor.execute(sql)
            if on:
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def missing(connection: BaseDatabaseWrapper | None = None) -> list[str]:
    """The triggers that are absent, switched off or not as they should be; empty when all stand."""
    connection = connection or connections[DEFAULT_DB_ALIAS]
    standing = _standing(connection)
    return [
        name
        for name, (_, sql) in _expected(connection).items()
        if standing.get(name) != (sql if connection.vendor == "sqlite" else _FUNCTION_BODY)
    ]


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name to definition of each trigger at work in the database."""
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgenabled = 'A' AND pg_table_is_visible(t.tgrelid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def _expected(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """Trigger name to its table and the statement that makes it."""
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    return {
        f"{table}_no_{act.lower()}": (table, make(table, act))
        for table in TABLES
        for act in ACTS[connection.vendor]
    }


def _on_postgresql(table: str, act: str) -> str:
    scope = "STATEMENT" if act == "TRUNCATE" else "ROW"
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
        f" FOR EACH {scope} EXECUTE FUNCTION {_FUNCTION}()"
    )


def _on_sqlite(table: str, act: str) -> str:
    """INSERT is refused only over an existing key: REPLACE deletes without a delete trigger.

    One question for each key: asked together, SQLite reads the whole table where its statistics
    were gathered while the table was small.
    """
    held = (
        f'EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" = NEW."{column}")'  # noqa: S608 -- names are constants above
        for column in TABLES[table]
    )
    when = f" WHEN {' OR '.join(held)}" if act == "INSERT" else ""
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}{when}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )
