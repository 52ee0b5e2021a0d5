"""Several processes write, sequence and read at once, on a database of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest
from django.db import connection

ACTS = 120
SET_UP = "import django; django.setup()\n"
MIGRATE = "from django.core.management import call_command; call_command('migrate', 'ledger')"
WRITE = f"""
from django.db import transaction
from consulta.ledger import ledger
for number in range({ACTS}):
    with transaction.atomic():
        ledger.record("response_published", None, by="rules")
        transaction.set_rollback(number % 10 == 0)
"""
SEQUENCE = f"""
import time
from consulta.ledger import sequencer, tree, versions
expected, seen = 2 * ({ACTS} - {ACTS} // 10), versions.record_version()
until = time.monotonic() + 60
while tree.size() < expected and time.monotonic() < until:
    sequencer.sequence()
    now = versions.record_version()
    assert now.pages >= seen.pages and now.total >= seen.total, (seen, now)
    seen = now
assert (seen.pages, tree.size()) == (expected, expected), (seen, tree.size())
"""
VERIFY = """
from consulta.ledger import verification
walk = verification.walk()
print(walk.entries, walk.waiting, walk.faults)
"""


@pytest.fixture
def environment(tmp_path: Path, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """What a process needs to find a fresh database of the kind under test."""
    settings = os.environ["DJANGO_SETTINGS_MODULE"]
    plain = {**os.environ, "CONSULTA_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": settings}
    plain["PYTHONPATH"] = os.pathsep.join(sys.path)
    if connection.vendor == "sqlite":
        yield {**plain, "DATABASE_URL": f"sqlite:///{tmp_path}/consulta.sqlite3"}
        return
    name = f"consulta_test_{token_hex(4)}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        address = os.environ["DATABASE_URL"].rpartition("/")[0]
        yield {**plain, "DATABASE_URL": f"{address}/{name}"}
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(code: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SET_UP + code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def test_two_writers_and_two_sequencers_make_one_whole_tree(environment: dict[str, str]) -> None:
    finish(start(MIGRATE, environment))
    at_once = [start(code, environment) for code in (WRITE, SEQUENCE, WRITE, SEQUENCE)]
    for process in at_once:
        finish(process)
    assert finish(start(VERIFY, environment)).strip() == f"{2 * (ACTS - ACTS // 10)} 0 []"
