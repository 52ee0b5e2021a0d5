"""The database refuses to change the record, whoever asks."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connection, transaction

from consulta.ledger import keys, ledger, sequencer, triggers
from consulta.ledger.checkpoints import sign
from consulta.ledger.models import Checkpoint, Entry, Leaf

pytestmark = pytest.mark.django_db
TABLES = (Entry, Leaf, Checkpoint)


@pytest.fixture(autouse=True)
def _one_row_of_each(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    keys.create()
    ledger.record("consultation_opened", None, by="system")
    sequencer.sequence()
    sign()
    connection.check_constraints()  # PostgreSQL alters no table with deferred checks pending


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("model", TABLES)
def test_a_row_cannot_be_changed_or_removed(model: type[Entry]) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    assert refused(f'UPDATE {table} SET "{key}" = "{key}"')  # noqa: S608
    assert refused(f"DELETE FROM {table}")  # noqa: S608
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.get().save(force_update=True)


@pytest.mark.parametrize("model", TABLES)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
def test_a_row_cannot_be_replaced(model: type[Entry]) -> None:
    table = model._meta.db_table
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
def test_a_row_cannot_be_replaced_over_its_second_key_either() -> None:
    columns = "act, at, by, subject, shows, body, leaf_hash, uid"
    assert refused(
        f"INSERT OR REPLACE INTO ledger_entry (id, {columns}) SELECT 99, {columns} FROM ledger_entry"  # noqa: S608
    )
    assert refused(
        'INSERT OR REPLACE INTO ledger_leaf ("index", entry_id, pages, nodes)'
        " SELECT 99, entry_id, pages, nodes FROM ledger_leaf"
    )


@pytest.mark.parametrize("model", TABLES)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_a_table_cannot_be_emptied(model: type[Entry]) -> None:
    assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_all_triggers_stand_after_the_migrations() -> None:
    assert triggers.missing() == []


def drop(name: str) -> None:
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


def test_a_trigger_that_is_gone_is_named_and_put_back() -> None:
    drop("ledger_entry_no_update")
    assert triggers.missing() == ["ledger_entry_no_update"]
    found = run_checks(tags=[Tags.database], databases=["default"])
    assert [error.id for error in found] == ["ledger.E001"]
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's syntax")
def test_a_trigger_that_does_nothing_is_named() -> None:
    drop("ledger_entry_no_delete")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT 1; END"
        )
    assert triggers.missing() == ["ledger_entry_no_delete"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's syntax")
def test_a_trigger_that_is_switched_off_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_delete")
    assert triggers.missing() == ["ledger_entry_no_delete"]


@pytest.mark.parametrize("model", TABLES)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL refuses a second key by itself"
)
def test_a_new_row_reads_no_table_through_whatever_the_statistics_say(model: type[Entry]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # gathered while the tables are small, and kept as they grow
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [f"{table}_no_insert"])
        (sql,) = cursor.fetchone()
        asked = sql.partition(" WHEN ")[2].partition(" BEGIN ")[0]
        for column in triggers.TABLES[table]:
            asked = asked.replace(f'NEW."{column}"', "'1'")
        cursor.execute(f"EXPLAIN QUERY PLAN SELECT {asked}")
        steps = [step for *_, step in cursor.fetchall() if table in step]
    assert steps
    assert all(step.startswith("SEARCH ") for step in steps), steps
