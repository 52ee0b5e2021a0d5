"""A new instance's tables are those that its migrations would have drawn."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
MIGRATE = ("-m", "django", "migrate", "--settings", "consulta.config.settings", "-v", "0")
AT_ONCE = ("-c", "from consulta.cli import main; main()", "migrate")


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
    """What a new instance already holds: the migrations done, and Django's names of things."""
    asked = {
        "django_migrations": "SELECT app, name FROM django_migrations",
        "django_content_type": "SELECT app_label, model FROM django_content_type",
        "auth_permission": "SELECT codename, name FROM auth_permission",
    }
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

    assert len(by_migrations) > 300
    assert at_once.keys() == by_migrations.keys()
    assert {name for name in at_once if at_once[name] != by_migrations[name]} == set()


def test_the_rows_that_a_new_instance_holds_are_the_same(databases):
    by_migrations, at_once = map(rows, databases)

    assert len(by_migrations["django_migrations"]) > 100
    assert at_once == by_migrations
