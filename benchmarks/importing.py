"""A table of responses imported: rows per second and peak memory, beside the same rows only read.

Run: ``python -m benchmarks.importing [--smoke] [--rows N] [--format csv|xlsx]``. The whole way of
`consulta import`: kept, converted in its own process, looked over, then registered row by row through the
journey. *read* is the conversion alone; *x read* how many times longer the whole takes.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks import instance

WORDS = "The network reaches the harbour and not the hills; a cable alone does not carry a school. "
HEADINGS = ["reference", "organisation", "country", "received", "answer:1", "answer:2"]


def rows(count: int) -> Iterator[list[str]]:
    """Rows of plainly labelled sample organisations, each with two answers of some sentences."""
    day = datetime.now(UTC).date().isoformat()
    for number in range(1, count + 1):
        said = WORDS * (1 + number % 7)
        yield [f"R{number}", f"Sample organisation {number}", "FJ", day, said, f"{number}: {said}"]


def written(path: Path, count: int) -> Path:
    """The table as a file of the kind that its name says."""
    if path.suffix == ".csv":
        table: Any = import_module("csv")
        with path.open("w", newline="", encoding="utf-8") as file:
            table.writer(file).writerows([HEADINGS, *rows(count)])
        return path
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEADINGS, *rows(count)]:
        sheet.append(row)
    book.save(path)
    return path


def run(count: int, form: str) -> None:
    """Import *count* rows into a fresh instance and print what it took."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        instance.build(folder / "data", responses=0)
        source = written(folder / f"table.{form}", count)
        read, looked, took = _measured(source)
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{count} rows as {form}, {source.stat().st_size / 1e6:.1f} MB")
        print(f"read            {read:8.1f} s")
        print(f"looked over     {looked:8.1f} s")
        print(f"registered      {took:8.1f} s {count / took:8.0f} rows/s {took / read:8.1f} x read")
        print(f"peak memory     {own:8.0f} MB here, {children:.0f} MB in the reading process")


def _measured(source: Path) -> tuple[float, float, float]:
    importing: Any = import_module("consulta.responses.importing")
    arriving: Any = import_module("consulta.flow.importing")
    users: Any = import_module("consulta.accounts.models").User.objects
    consultations: Any = import_module("consulta.consultations.models").Consultation.objects
    by = users.filter(is_administrator=True).first()
    began = time.perf_counter()
    table = importing.keep(consultations.get(slug=instance.SLUG), source, name=source.name, by=by)
    read = time.perf_counter()
    seen = importing.look_over(table, now=datetime.now(UTC))
    looked = time.perf_counter()
    importing.start(table, by=by)
    while arriving.rows_arrive(datetime.now(UTC), seconds=30):
        pass
    done = time.perf_counter()
    table.refresh_from_db()
    if (table.registered, seen.good) != (table.total, table.total):
        raise RuntimeError(f"{table.registered} of {table.total} rows were registered")
    return read - began, looked - read, done - looked


def main() -> None:
    """Read the arguments and run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true")
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--format", choices=["csv", "xlsx"], default="xlsx")
    said = asked.parse_args()
    run(200 if said.smoke else said.rows, said.format)


if __name__ == "__main__":
    main()
