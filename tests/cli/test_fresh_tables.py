"""A new instance's tables are those that its migrations would have drawn."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
#: The one app whose migrations do more than draw tables: all of them would take minutes.
MIGRATE = ("-m", "django", "migrate", "ledger", "--settings", "consulta.config.settings", "-v", "0")
AT_ONCE = ("-c", "from consulta.cli import main; main()", "migrate")


TRIGGERS = {("ledger", "0002_append_only"), ("ledger", "0003_keys_one_by_one")}
MOVING_ROWS = {
    ("mailroom", "0002_sorted_mail"),
    ("meetings", "0002_document_numbers"),
    ("reports", "0004_released_sentences"),
    ("reports", "0010_mark_contests"),
    ("reports", "0012_what_groups_discussed"),
    ("responses", "0002_answers_counted"),
    ("responses", "0009_marks_already_shown"),
}


def items(sql: str) -> frozenset[str]:
    """What stands between the outer parentheses of a CREATE TABLE, split at its own commas."""
    found, depth, start = [], 0, sql.index("(") + 1
    for place, sign in enumerate(sql[start:-1], start):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append(sql[start:place])
            start = place + 1
    return frozenset(" ".join(item.split()) for item in (*found, sql[start:-1]))


def shape(database: Path) -> dict[str, object]:
    """Every table by its columns and constraints, every index and trigger by its SQL."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        ).fetchall()
    return {
        name: items(sql) if kind == "table" else re.sub(r"\s+", " ", sql)
        for kind, name, sql in rows
    }


def rows(database: Path) -> dict[str, set[tuple[object, ...]]]:
    """The migrations that a database notes as done."""
    asked = {"django_migrations": "SELECT app, name FROM django_migrations"}
    with closing(sqlite3.connect(database)) as connection:
        return {name: set(connection.execute(sql)) for name, sql in asked.items()}


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    for name, command in (("one_by_one", MIGRATE), ("at_once", AT_ONCE)):
        data = folder / name
        data.mkdir()
        env = {**ENVIRONMENT, "CONSULTA_DATA": str(data), "CONSULTA_SECRET_KEY": "x" * 50}
        subprocess.run([sys.executable, *command], env=env, check=True, timeout=300)
    return tuple(next((folder / name).glob("*.sqlite3")) for name in ("one_by_one", "at_once"))


def test_tables_indexes_and_triggers_are_the_same(databases):
    by_migrations, at_once = map(shape, databases)

    assert {"ledger_entry", "ledger_leaf", "ledger_checkpoint"} < by_migrations.keys()
    assert any("TRIGGER" in str(sql) for sql in by_migrations.values())
    assert {name: at_once.get(name) for name in by_migrations} == by_migrations


def test_every_migration_is_noted_as_done(databases):
    by_migrations, at_once = map(rows, databases)

    assert by_migrations["django_migrations"] < at_once["django_migrations"]
    assert at_once["django_migrations"] == set(MigrationLoader(None).disk_migrations)


def test_every_migration_that_runs_code_is_known_to_move_rows_alone():
    """Rows that are there before: a new instance has none. Triggers are put in place by themselves."""
    loader = MigrationLoader(None)
    running = {
        key
        for key, migration in loader.disk_migrations.items()
        if any(isinstance(step, RunPython | RunSQL) for step in migration.operations)
    }
    ours = {
        (app, name) for app, name in running if apps.get_app_config(app).name.startswith("consulta")
    }
    assert ours == TRIGGERS | MOVING_ROWS
