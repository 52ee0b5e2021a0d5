"""Asks pages as fast as they come and says what they cost: `python -m benchmarks.load --help`.

Figures move with the machine; the ratio to a bare Django view, measured in the same run, hardly.
"""

import asyncio
import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import click
import uvloop

from benchmarks.bare import bare_site

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Load:
    """One run: what was asked, how often it was answered, what it cost."""

    per_second: float
    p50: float  # milliseconds
    p99: float  # milliseconds
    cpu: float  # milliseconds of the server's processors for each request
    size: int  # bytes of one answer, head and body
    failed: int  # answers that were not 200

    def line(self, name: str, *, bare: "Load | None" = None) -> str:
        """The run as a line of the table."""
        share = f"{self.cpu / bare.cpu:7.2f}" if bare and bare.cpu else " " * 7
        return (
            f"{name[:44]:44} {self.per_second:9.0f} {self.p50:8.2f} {self.p99:8.2f}"
            f" {self.cpu:8.3f} {share} {self.size:9} {self.failed:6}"
        )


HEAD = (
    f"{'page':44} {'per s':>9} {'p50 ms':>8} {'p99 ms':>8}"
    f" {'CPU ms':>8} {'x bare':>7} {'bytes':>9} {'failed':>6}"
)


class Reader(asyncio.Protocol):
    """One connection that asks the same page again as soon as it has it."""

    def __init__(self, request: bytes, results: "Results") -> None:
        self._request, self._results = request, results
        self._got = bytearray()
        self._whole = 0
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take a piece of the answer; when it is whole, ask again."""
        self._got += data
        if not self._whole and (end := self._got.find(b"\r\n\r\n")) >= 0:
            self._whole = end + 4 + content_length(bytes(self._got[:end]))
        if self._whole and len(self._got) >= self._whole:
            self._results.add(time.perf_counter() - self._asked, bytes(self._got[:15]), self._whole)
            self._ask()

    def connection_lost(self, _error: Exception | None) -> None:
        """Count an answer that broke off."""
        if self._got:
            self._results.failed += 1

    def _ask(self) -> None:
        self._got.clear()
        self._whole, self._asked = 0, time.perf_counter()
        self._transport.write(self._request)


class Results:
    """What the readers of one run were answered."""

    def __init__(self) -> None:
        self.times: deque[float] = deque()
        self.failed = self.size = 0

    def add(self, seconds: float, status: bytes, size: int) -> None:
        """Count one answer."""
        self.times.append(seconds)
        self.size = size
        self.failed += not status.startswith(b"HTTP/1.1 200")


def content_length(head: bytes) -> int:
    """The length that a response's head announces; pages here are never sent in chunks."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from tree(int(child))


def cpu_of(pid: int) -> float:
    """Seconds of processor that a tree of processes has used."""
    used = 0
    for each in tree(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICKS


async def _run(url: str, *, pid: int, seconds: float, readers: int) -> Load:
    parts, results = urlsplit(url), Results()
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: br\r\n\r\n"
    loop = asyncio.get_running_loop()
    before, began = cpu_of(pid), time.perf_counter()
    lines = [
        await loop.create_connection(
            lambda: Reader(request.encode(), results),
            parts.hostname or "localhost",
            parts.port or 80,
        )
        for _ in range(readers)
    ]
    await asyncio.sleep(seconds)
    took, used = time.perf_counter() - began, cpu_of(pid) - before
    for transport, _ in lines:
        transport.abort()
    times = sorted(results.times) or [0.0]
    return Load(
        per_second=len(results.times) / took,
        p50=statistics.median(times) * 1000,
        p99=times[int(len(times) * 0.99)] * 1000,
        cpu=used / max(1, len(results.times)) * 1000,
        size=results.size,
        failed=results.failed,
    )


def measure(url: str, *, pid: int, seconds: float = 2.0, readers: int = 16, runs: int = 3) -> Load:
    """The median of some short runs (by requests per second) against the server tree *pid*."""
    loads = [uvloop.run(_run(url, pid=pid, seconds=seconds, readers=readers)) for _ in range(runs)]
    return sorted(loads, key=lambda load: load.per_second)[len(loads) // 2]


@contextmanager
def heading(out: str) -> Iterator[list[str]]:
    """Collects the lines of a table; written to the file *out* too where one is named."""
    lines = [HEAD]
    click.echo(HEAD)
    yield lines
    if out:
        Path(out).write_text("\n".join(lines) + "\n")


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--base", default="http://localhost:8000", help="Where the pages are served.")
@click.option("--pid", type=int, help="The process on top of the server, for its CPU.")
@click.option("--bare-port", default=8110, help="A free port for the bare view.")
@click.option("--readers", default=16, show_default=True)
@click.option("--smoke", is_flag=True, help="One short run of each: does it work at all?")
@click.option("--out", default="", help="Write the table to this file too.")
def main(paths: tuple[str, ...], base: str, pid: int | None, **options: object) -> None:
    """Measure PATHS beside a bare Django view behind the same door."""
    smoke, readers = bool(options["smoke"]), int(str(options["readers"]))
    seconds, runs = (0.3, 1) if smoke else (2.0, 5)
    failed = 0
    with heading(str(options["out"])) as lines, bare_site(int(str(options["bare_port"]))) as site:
        bare = None
        pages = [(f"{site.base}/bare", site.pid), (f"{site.base}/finished", site.pid)]
        pages += [(base + path, pid or os.getpid()) for path in paths]
        for url, process in pages:
            load = measure(url, pid=process, seconds=seconds, readers=readers, runs=runs)
            bare = bare or load
            failed += load.failed or (not load.size and not smoke)
            lines.append(load.line(urlsplit(url).path, bare=bare))
            click.echo(lines[-1])
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
