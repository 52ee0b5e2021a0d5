"""Public pages with 1,000 and with 100,000 responses in the register: they must cost the same.

Run: ``python -m benchmarks.pages [--smoke] [--few DIR --many DIR]``. Both instances are served at the
same time by `consulta serve`, each page is measured on both in turn, and beside them a bare Django
view behind the same door. *finished*: as anonymous readers get it, from the finished pages;
*rendered*: the same page made anew each time. *grows*: CPU with many responses by CPU with few.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance
from benchmarks.bare import Site, bare_site, wait_for
from benchmarks.load import Load, measure

FEW, MANY = 1_000, 100_000
#: A parameter that no page reads: what carries it is answered, but not kept.
ANEW = "anew=1"
HEAD = (
    f"{'':40}{'queries':>8}{'per s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'x bare':>8}"
    f"{'bytes':>9}{'grows':>8}"
)


@dataclass(frozen=True, slots=True)
class Instance:
    """One served register, and what each of its pages asks the database."""

    site: Site
    pages: list[dict[str, Any]]


@contextmanager
def served(data: Path, *, port: int) -> Iterator[Site]:
    """`consulta serve` on *data*."""
    words = ["serve", "--data", str(data), "--port", str(port), "--mail-port", "0"]
    process = subprocess.Popen(
        instance.command(*words),
        env=instance.environment(data),
        cwd=instance.ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz", seconds=120)
        yield Site(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


def _own(*options: str) -> str:
    """Something that Django is loaded for, in a process of its own."""
    whole = [sys.executable, "-m", "benchmarks.pages", *options]
    return subprocess.run(
        whole, check=True, stdout=subprocess.PIPE, text=True, cwd=instance.ROOT
    ).stdout


def _built(chosen: Path | None, *, responses: int, stack: ExitStack) -> Path:
    """The folder of an instance: the one that was named, else one built now and thrown away."""
    if chosen is not None and (chosen / "consulta.sqlite3").exists():
        return chosen
    folder = chosen or Path(stack.enter_context(tempfile.TemporaryDirectory()))
    print(f"building a register of {responses:,} responses …", file=sys.stderr, flush=True)
    _own("--build", str(folder), "--responses", str(responses))
    return folder


def _middle(loads: list[Load]) -> Load:
    return sorted(loads, key=lambda load: load.cpu)[len(loads) // 2]


def in_turn(urls: list[tuple[str, int]], *, seconds: float, runs: int) -> list[Load]:
    """Measure each address *runs* times, one after the other, so that noise falls on all alike."""
    loads: list[list[Load]] = [[] for _ in urls]
    for url, _pid in urls:
        wait_for(url)  # code and templates are loaded before the clock runs
    for _ in range(runs):
        for place, (url, pid) in enumerate(urls):
            loads[place].append(measure(url, pid=pid, seconds=seconds, readers=8, runs=1))
    return [_middle(each) for each in loads]


def report(few: Instance, many: Instance, bare: Site, *, seconds: float, runs: int) -> bool:
    """Print the table; whether every answer was good. A window too short for one answer shows 0."""
    good = True
    print(HEAD)
    for one, other in zip(few.pages, many.pages, strict=True):
        for how, query in (("rendered", ANEW), ("finished", "")):
            urls = [(f"{bare.base}/bare" if query else f"{bare.base}/finished", bare.pid)]
            urls += [
                (_address(served.site, page["path"], query), served.site.pid)
                for served, page in ((few, one), (many, other))
            ]
            loads = in_turn(urls, seconds=seconds, runs=runs)
            good = good and not any(load.failed for load in loads)
            _lines(f"{one['name']}, {how}", loads, (one["queries"], other["queries"]))
    return good


def drawn(few: list[dict[str, Any]], many: list[dict[str, Any]]) -> None:
    """Print what drawing each page costs within one process, with few and with many responses."""
    words = ("CPU ms few", "many", "grows", "x bare", "queries", "many")
    print(f"{'drawn in one process':36}" + "".join(f"{word:>11}" for word in words))
    bare = few[0]["cpu"]
    for one, other in zip(few, many, strict=True):
        row = (one["cpu"], other["cpu"], other["cpu"] / one["cpu"], one["cpu"] / bare)
        print(
            f"{one['name']:36}"
            + "".join(f"{value:11.2f}" for value in row)
            + f"{one['queries']:11}{other['queries']:11}"
        )
    print(flush=True)


def _address(site: Site, path: str, query: str) -> str:
    return f"{site.base}{path}" + (("&" if "?" in path else "?") + query if query else "")


def _lines(name: str, loads: list[Load], queries: tuple[int, int]) -> None:
    bare, few, many = loads
    print(_line("  (bare view)", bare, bare=bare, queries=""))
    print(_line(f"{name}, few", few, bare=bare, queries=str(queries[0])))
    grows = f"{many.cpu / few.cpu:8.2f}" if few.cpu else ""
    print(_line(f"{name}, many", many, bare=bare, queries=str(queries[1])) + grows, flush=True)


def _line(name: str, load: Load, *, bare: Load, queries: str) -> str:
    share = load.cpu / bare.cpu if bare.cpu else 0
    return (
        f"{name[:40]:40}{queries:>8}{load.per_second:8.0f}{load.p50:9.2f}{load.p99:9.2f}"
        f"{load.cpu:9.3f}{share:8.2f}{load.size:9}"
    )


def run(chosen: argparse.Namespace) -> bool:
    """Build what is missing, serve both, measure."""
    smoke = bool(chosen.smoke)
    sizes = (20, 200) if smoke else (FEW, MANY)
    seconds, runs = (1.0, 1) if smoke else (1.5, 3)
    with ExitStack() as stack:
        folders = [
            _built(folder, responses=size, stack=stack)
            for folder, size in zip((chosen.few, chosen.many), sizes, strict=True)
        ]
        asked = [json.loads(_own("--ask", str(data))) for data in folders]
        drawn(*asked)
        if chosen.drawn_only:
            return True
        found = []
        for place, (data, pages) in enumerate(zip(folders, asked, strict=True)):
            wanted = [page for page in pages[1:] if not chosen.page or page["name"] in chosen.page]
            site = stack.enter_context(served(data, port=chosen.port + place))
            found.append(Instance(site, wanted[:3] if smoke else wanted))
        bare = stack.enter_context(bare_site(chosen.port + 2))
        return report(found[0], found[1], bare, seconds=seconds, runs=runs)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small registers, short runs")
    parser.add_argument("--few", type=Path, help=f"an instance of {FEW:,}, built there if missing")
    parser.add_argument("--many", type=Path, help=f"an instance of {MANY:,}, built if missing")
    parser.add_argument("--page", action="append", help="only the page of this name; repeatable")
    parser.add_argument("--drawn-only", action="store_true", help="no server: only the first table")
    parser.add_argument("--port", type=int, default=8180, help="the first of three free ports")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--responses", type=int, default=FEW, help=argparse.SUPPRESS)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.build:
        instance.build(chosen.build, responses=chosen.responses)
    elif chosen.ask:
        instance.load(chosen.ask)
        asking: Any = import_module("benchmarks.asking")  # after Django is set up
        print(json.dumps(asking.ask()))
    else:
        sys.exit(0 if run(chosen) else 1)


if __name__ == "__main__":
    main()
