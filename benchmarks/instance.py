"""An instance with one open consultation and a register of any size, to be measured.

Run: ``python -m benchmarks.instance --data DIR --responses 1000`` to look at one yourself.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from consulta.cli import preparation

ROOT = Path(__file__).resolve().parents[1]
SLUG = "access-to-the-network-on-islands"
POSTGRES = os.environ.get("CONSULTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")


def command(*words: str) -> list[str]:
    """The command line of this tree."""
    return [sys.executable, "-c", "from consulta.cli import main; main()", *words]


def environment(data: Path, *, database: str = "") -> dict[str, str]:
    """This process's environment without the settings of another instance."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONSULTA_")}
    kept.pop("DATABASE_URL", None)
    chosen = {"DATABASE_URL": database} if database else {}
    search = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    return {**kept, **chosen, "CONSULTA_DATA": str(data), "PYTHONPATH": search}


def load(data: Path, *, database: str = "") -> None:
    """Load Django on the instance in *data* and bring its tables to this release; once a process."""
    for name in [name for name in os.environ if name.startswith("CONSULTA_")]:
        del os.environ[name]
    os.environ.update(environment(data, database=database))
    preparation.set_up(data=data)
    preparation.prepare_tables(migrate=True)


def build(data: Path, *, responses: int, database: str = "") -> None:
    """Found an instance in *data*, open its consultation, and put *responses* into the register."""
    load(data, database=database)
    founded: Any = import_module("benchmarks.founded")  # after Django is set up
    register: Any = import_module("benchmarks.register")
    founded.found()
    register.fill(responses)


@contextmanager
def postgres(name: str) -> Iterator[str]:
    """The address of a fresh database on the server of the tests, dropped afterwards."""
    address = urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    with psycopg.connect(POSTGRES, autocommit=True) as base:
        base.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        base.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        try:
            yield address
        finally:
            base.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder of its own")
    parser.add_argument("--database", default="", help="DATABASE_URL; else SQLite in the folder")
    parser.add_argument("--responses", type=int, default=1000)
    chosen = parser.parse_args()
    build(chosen.data, responses=chosen.responses, database=chosen.database)


if __name__ == "__main__":
    main()
