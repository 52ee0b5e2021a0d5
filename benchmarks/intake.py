"""Responses taken in per second, durable, by 1 and 8 writers, beside a bare durable commit.

Run: ``python -m benchmarks.intake [--smoke] [--on sqlite|postgresql]``. Every writer is a process of its own
and sends one submission after the other through the whole journey (number, version, answers,
ledger, counters, letter), each in a transaction of its own. The bare commit is one row, by the
same connections in the same line. *slowest*: the longest that any writer waited for one receipt.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance

WRITERS = (1, 8)
HEAD = f"{'':38}{'per s':>8}{'p50 ms':>9}{'p99 ms':>9}{'slowest ms':>12}{'x bare':>8}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the writers of one run did together; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    slowest: float

    def line(self, name: str, *, bare: "Taken | None" = None) -> str:
        """The run as a line of the table."""
        share = f"{bare.per_second / self.per_second:8.1f}" if bare else " " * 8
        return f"{name:38}{self.per_second:8.0f}{self.p50:9.2f}{self.p99:9.2f}{self.slowest:12.1f}{share}"


def write(what: str, *, seconds: float, writer: int) -> list[float]:
    """Do one thing after the other until the time is over; how long each took, in seconds."""
    work: Any = import_module("benchmarks.writing")  # after Django is set up
    once: Callable[[int], object] = getattr(work, what)(writer)
    once(-1)  # templates and connections are there before the clock runs
    print("ready", flush=True)
    sys.stdin.readline()
    took: list[float] = []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        once(len(took))
        took.append(time.perf_counter() - began)
    return took


def together(what: str, *, writers: int, seconds: float, where: list[str]) -> Taken:
    """Let *writers* processes work at the same time; what they did together."""
    own = [sys.executable, "-m", "benchmarks.intake", "--write", what, "--seconds", str(seconds)]
    running = [
        subprocess.Popen(
            [*own, "--writer", str(number), *where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=instance.ROOT,
        )
        for number in range(writers)
    ]
    for process in running:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise RuntimeError("a writer could not begin; its error stands above")
    for process in running:  # all begin before anyone's results are waited for
        if process.stdin is not None:
            process.stdin.write("go\n")
            process.stdin.flush()
    results = [process.communicate()[0] for process in running]
    times = sorted(took for result in results for took in json.loads(result))
    return Taken(
        per_second=len(times) / seconds,
        p50=statistics.median(times) * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        slowest=times[-1] * 1000,
    )


@contextmanager
def _databases(wanted: str) -> Iterator[dict[str, str]]:
    here = {} if wanted == "postgresql" else {"SQLite": ""}
    if wanted == "sqlite":
        yield here
        return
    with instance.postgres("consulta_intake") as address:
        yield here | {"PostgreSQL": address}


def report(wanted: str, *, seconds: float, runs: int) -> None:
    """Print the median of *runs* runs (by responses per second) of each arrangement."""
    with _databases(wanted) as databases:
        for name, database in databases.items():
            with tempfile.TemporaryDirectory(prefix="consulta-intake-") as folder:
                where = ["--data", folder, "--database", database]
                _one(["--build", *where])
                print(f"\n{name}: {_one(['--count', *where]).strip()}\n{HEAD}")
                _table(seconds=seconds, runs=runs, where=where)


def _table(*, seconds: float, runs: int, where: list[str]) -> None:
    for writers in WRITERS:
        bare = None
        for what, words in (("bare", "bare commit"), ("response", "response, whole journey")):
            loads = [
                together(what, writers=writers, seconds=seconds, where=where) for _ in range(runs)
            ]
            middle = sorted(loads, key=lambda load: load.per_second)[runs // 2]
            print(middle.line(f"{words}, {writers} writer(s)", bare=bare), flush=True)
            bare = bare or middle


def _one(options: list[str]) -> str:
    """Do one thing in a process of its own, so that Django is loaded for one database only."""
    whole = [sys.executable, "-m", "benchmarks.intake", *options]
    return subprocess.run(
        whole, check=True, stdout=subprocess.PIPE, text=True, cwd=instance.ROOT
    ).stdout


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one short run: does it work?")
    parser.add_argument("--on", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    for hidden in ("--data", "--database", "--write", "--writer"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    for hidden in ("--build", "--count"):
        parser.add_argument(hidden, action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if not chosen.data:
        seconds, runs = (0.3, 1) if chosen.smoke else (chosen.seconds, chosen.runs)
        report("sqlite" if chosen.smoke else chosen.on, seconds=seconds, runs=runs)
    elif chosen.build:
        instance.build(Path(chosen.data), responses=0, database=chosen.database)
    else:
        instance.load(Path(chosen.data), database=chosen.database)
        if chosen.count:
            print(import_module("benchmarks.writing").counted())
        else:
            number = int(chosen.writer)
            print(json.dumps(write(chosen.write, seconds=chosen.seconds, writer=number)))


if __name__ == "__main__":
    main()
