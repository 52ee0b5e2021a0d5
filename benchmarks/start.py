"""From an empty folder to the first page, and what the public pages weigh.

Run: ``python -m benchmarks.start [--smoke]``. *first page*: seconds until the address that the
command prints is answered; *CPU*: of all its processes until then. Weights are of the whole page, its
style and its scripts, as a browser gets them (brotli).
"""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import brotli

from benchmarks import instance
from benchmarks.load import cpu_of

LIMIT = 200_000  # bytes of one whole page
FOUNDED = (
    *("--name", "Sample Body", "--short-name", "Sample Body", "--languages", "en"),
    *("--timezone", "UTC", "--admin-email", "administrator@example.org"),
)
_PART = re.compile(r'<(?:link[^>]+?href|script[^>]+?src|img[^>]+?src)="([^"]+)"')
SLUG = "sample-islands-and-remote-areas"
PAGES = (
    "/en/",
    f"/en/consultations/{SLUG}/",
    f"/en/consultations/{SLUG}/responses/",
    f"/en/consultations/{SLUG}/register/",
    f"/ar/consultations/{SLUG}/",
    "/en/groups/cwg-internet/",
    f"/en/consultations/{SLUG}/respond/",
)


@dataclass(frozen=True, slots=True)
class Started:
    """How long it took, in seconds, and the seconds of processor that were used."""

    seconds: float
    cpu: float


@contextmanager
def started(data: Path, *words: str, port: int, page: str) -> Iterator[Started]:
    """Run a command that serves; from its start until *page* is answered."""
    began = time.perf_counter()
    process = subprocess.Popen(
        instance.command(*words, "--data", str(data), "--port", str(port), "--mail-port", "0"),
        env=instance.environment(data),
        cwd=instance.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}{page}", process)
        yield Started(time.perf_counter() - began, cpu_of(process.pid))
    finally:
        process.terminate()
        process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            with urlopen(url, timeout=120):  # noqa: S310 -- our own address
                return
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"it ended with {process.returncode} before it answered {url}")


def demo(port: int) -> tuple[Started, list[tuple[str, int, int]]]:
    """`consulta demo` in an empty folder, and the weights of its pages."""
    with (
        tempfile.TemporaryDirectory() as folder,
        started(Path(folder) / "demo", "demo", port=port, page=PAGES[0]) as seen,
    ):
        return seen, [weigh(f"http://127.0.0.1:{port}", page) for page in PAGES]


def founded(port: int) -> tuple[Started, Started]:
    """`consulta init` and `consulta serve` in an empty folder; then the same served once more."""
    with tempfile.TemporaryDirectory() as folder:
        data, began = Path(folder) / "own", time.perf_counter()
        subprocess.run(
            instance.command("init", "--data", str(data), *FOUNDED),
            env=instance.environment(data),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        init = time.perf_counter() - began
        with started(data, "serve", port=port, page="/en/") as first:
            pass
        with started(data, "serve", port=port, page="/en/") as again:
            pass
        return Started(init + first.seconds, first.cpu), again


def weigh(base: str, page: str) -> tuple[str, int, int]:
    """The page, its own bytes, and those of it with everything that it loads."""
    html, body = _get(base + page)
    parts = {urljoin(page, part) for part in _PART.findall(html) if not part.startswith("data:")}
    loaded = {part for part in parts if "/static/" in part}
    return page, body, body + sum(_get(base + part)[1] for part in loaded)


def _get(url: str) -> tuple[str, int]:
    """The text of *url*, and its bytes as they were sent."""
    with urlopen(Request(url, headers={"Accept-Encoding": "br"}), timeout=120) as answer:  # noqa: S310
        sent = answer.read()
        packed = answer.headers.get("Content-Encoding") == "br"
    text = brotli.decompress(sent) if packed else sent
    return text.decode(errors="replace"), len(sent)


def main() -> None:
    """Read the command line, measure, and fail where a page is too heavy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="each once: does it work?")
    parser.add_argument("--port", type=int, default=8184, help="a free port")
    chosen = parser.parse_args()
    runs = 1 if chosen.smoke else 3
    demos = [demo(chosen.port) for _ in range(runs)]
    own = [founded(chosen.port) for _ in range(runs)]
    print(f"{'':44}{'first page s':>14}{'CPU s':>8}")
    rows = (
        ("consulta demo, empty folder", [seen for seen, _ in demos]),
        ("consulta init and serve, empty folder", [first for first, _ in own]),
        ("consulta serve, again", [again for _, again in own]),
    )
    for name, seen in rows:
        seconds = statistics.median(each.seconds for each in seen)
        cpu = statistics.median(each.cpu for each in seen)
        print(f"{name:44}{seconds:14.1f}{cpu:8.1f}")
    print(f"\n{'':44}{'page bytes':>14}{'whole':>8}")
    for page, alone, whole in demos[-1][1]:
        print(f"{page[:44]:44}{alone:14,}{whole:8,}")
    sys.exit(1 if any(whole > LIMIT for _, _, whole in demos[-1][1]) else 0)


if __name__ == "__main__":
    main()
