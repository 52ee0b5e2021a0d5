"""Seconds and peak memory of freezing a compilation and of making its files, format by format.

Run: ``python -m benchmarks.documents [--smoke] [--counts 200 2000 10000] [--formats html pdf]``. Each
step runs in a fresh process on an instance of its own, whose responses are of about two pages in six
languages. *worker* is the largest resident size of the process that makes the files, *layout* that of
the largest process it started, one for each volume and format and as many at once as there are cores.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import instance

FORMATS = ("json", "akn", "html", "docx", "pdf")
Figures = dict[str, float]


def build(data: Path, count: str) -> Figures:
    """An instance with *count* responses whose consultation is closed."""
    instance.build(data, responses=int(count))
    models: Any = import_module("consulta.consultations.models")  # after Django is set up
    timezone: Any = import_module("django.utils.timezone")
    past = timezone.now() - timedelta(days=1)
    models.Consultation.objects.update(
        announced_at=past - timedelta(days=2), opens_at=past - timedelta(days=2), closes_at=past
    )
    return {}


def freeze(data: Path, _asked: str) -> Figures:
    """Freeze the compilation, as the desk does at one click."""
    instance.load(data)
    assembly: Any = import_module("consulta.reports.assembly")
    accounts: Any = import_module("consulta.accounts.models")
    consultations: Any = import_module("consulta.consultations.models")
    officer = accounts.User.objects.get(is_administrator=True)
    found = consultations.Consultation.objects.get()
    start = time.perf_counter()
    edition = assembly.freeze(found, "compilation", language="en", by=officer)
    return {"seconds": time.perf_counter() - start, "files": edition.volumes}


def make(data: Path, kind: str) -> Figures:
    """Make the files of the compilation in one format, as the worker does."""
    instance.load(data)
    making: Any = import_module("consulta.reports.making")
    models: Any = import_module("consulta.reports.models")
    making.FORMATS = (kind,)
    edition = models.Edition.objects.defer("content").get()
    start = time.perf_counter()
    with making.alone():
        making.make(edition)
    sizes = edition.files.filter(format=kind).values_list("size", flat=True)
    return {
        "seconds": time.perf_counter() - start,
        "files": len(sizes),
        "written": sum(sizes) / 1e6,
    }


STEPS: dict[str, Callable[[Path, str], Figures]] = {"build": build, "freeze": freeze, "make": make}


def fresh(step: str, data: Path, asked: str) -> Figures:
    """Do one step in a new process, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.documents", "--one", step, str(data), asked]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=instance.ROOT, env=dict(os.environ)
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(step: str, data: Path, asked: str) -> Figures:
    """The figures of one step, with peak memory in MB."""
    figures = STEPS[step](data, asked)
    peaks = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return figures | dict(zip(("worker", "layout"), peaks, strict=True))


def report(counts: list[int], formats: Sequence[str]) -> None:
    """Print a line for every step and size."""
    print(
        f"{'':8}{'responses':>10}{'seconds':>10}{'worker MB':>11}{'layout MB':>11}{'files':>7}{'MB':>8}"
    )
    for count in counts:
        with TemporaryDirectory(prefix="consulta-documents-") as folder:
            data = Path(folder, "data")
            fresh("build", data, str(count))
            _line("freeze", count, fresh("freeze", data, "-"))
            for kind in formats:
                _line(kind, count, fresh("make", data, kind))


def _line(name: str, count: int, row: Figures) -> None:
    print(
        f"{name:8}{count:>10}{row['seconds']:>10.1f}{row['worker']:>11.0f}{row['layout']:>11.0f}"
        f"{row['files']:>7.0f}{row.get('written', 0):>8.1f}",
        flush=True,
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="few responses: does it work?")
    parser.add_argument("--counts", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--one", nargs=3, metavar=("STEP", "DIR", "ASKED"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        step, data, asked = chosen.one
        print(json.dumps(measured(step, Path(data), asked)))
        return
    report([5] if chosen.smoke else chosen.counts, chosen.formats)


if __name__ == "__main__":
    main()
