"""Letters taken in: per second and durable, beside a bare door that only writes and flushes; then a flood.

Run: ``python -m benchmarks.mail [--smoke]``. Every letter of 2 kB has a sender of its own. The bare
door is aiosmtpd that writes each letter to a file, flushes it, and says 250: what the disk allows. Then
the whole site takes a flood of 5,000 letters from 100 senders while a reader asks for a page and the form.
"""

import argparse
import asyncio
import os
import shutil
import signal
import smtplib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks import instance, mail_senders
from tests.kill.site import PATIENCE, Site, found, free_port, tree

PAGES = (f"/en/consultations/{instance.SLUG}/", f"/en/consultations/{instance.SLUG}/respond/")
_RESPONSES = "SELECT count(*) FROM responses_response WHERE channel = 'email'"


class BareDoor:
    """Writes, flushes, says 250."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the letter as it came."""
        await asyncio.to_thread(self._keep, bytes(envelope.original_content or b""))
        return "250 OK"

    def _keep(self, content: bytes) -> None:
        handle = os.open(self._folder / uuid4().hex, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(handle, content)
        os.fsync(handle)
        os.close(handle)


async def serve_barely(folder: Path, port: int) -> None:
    """Take letters at *port* until stopped."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(BareDoor(folder)), "127.0.0.1", port)
    await server.serve_forever()


@contextmanager
def bare(folder: Path) -> Iterator[int]:
    """The bare door as a process of its own; its port."""
    folder.mkdir()
    port = free_port()
    words = [sys.executable, "-m", "benchmarks.mail", "--bare", str(folder), "--port", str(port)]
    with _running(words, folder) as process:
        _wait_for(port, process)
        yield port


@contextmanager
def door(data: Path) -> Iterator[tuple[int, int]]:
    """`consulta mail` alone on *data*; its port and process."""
    port = free_port()
    words = instance.command("mail", "--data", str(data), "--port", str(port))
    with _running(words, data) as process:
        _wait_for(port, process)
        yield port, process.pid


@contextmanager
def _running(words: list[str], data: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        words, env=instance.environment(data), cwd=instance.ROOT, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, smtplib.SMTPException):
            smtplib.SMTP("127.0.0.1", port, timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the door did not open")


def memory(pid: int) -> float:
    """What a process holds for itself, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = (line for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
    return sum(int(line.split()[1]) for line in own) / 1024


def doors(folder: Path, founded: Path, *, letters: int) -> None:
    """Print letters per second at the bare door and at ours, in turn, the median of three runs each."""
    print(f"{'':34}{'per s':>8}{'x bare':>8}{'MB':>8}")
    with bare(folder / "bare") as plain, door(shutil.copytree(founded, folder / "door")) as ours:
        port, pid = ours
        for lines in (1, 8):
            rates = [
                [_rate(each, letters=letters, lines=lines) for each in (plain, port)]
                for _run in range(3)
            ]
            flushed, kept = (statistics.median(run[which] for run in rates) for which in (0, 1))
            print(f"{f'bare, flushed file, {lines} line(s)':34}{flushed:8.0f}")
            ratio, held = flushed / kept, memory(pid)
            print(f"{f'consulta mail, {lines} line(s)':34}{kept:8.0f}{ratio:8.1f}{held:8.0f}")


def _rate(port: int, *, letters: int, lines: int) -> float:
    mail_senders.hand_over(port, letters=lines, lines=lines)  # connections and caches are warm
    began = time.monotonic()
    mail_senders.hand_over(port, letters=letters, lines=lines)
    return letters / (time.monotonic() - began)


class Reader(threading.Thread):
    """Asks for pages one after the other, and notes how long each took (seconds)."""

    def __init__(self, base: str) -> None:
        super().__init__(daemon=True)
        self.base = base
        self.took: dict[str, list[float]] = {path: [] for path in PAGES}
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.stopping.is_set():
            for path in PAGES:
                began = time.monotonic()
                with urlopen(self.base + path, timeout=60) as page:  # noqa: S310 -- our own address
                    page.read()
                self.took[path].append(time.monotonic() - began)
            time.sleep(0.05)


def flood(folder: Path, founded: Path, *, letters: int) -> None:
    """Print what a reader notices while a flood comes, and how long it takes to be dealt with."""
    site = Site(folder / "site", founded=founded)
    site.start()
    try:
        _flood(site, letters=letters)
    finally:
        site.kill_tree()


def _flood(site: Site, *, letters: int) -> None:
    _wait_for(site.mail_port, site.process)
    print(f"{_first_receipt(site):.2f} s from 250 to the receipt of one letter")
    reader = Reader(f"http://127.0.0.1:{site.port}")
    reader.start()
    time.sleep(5)
    _tell("before the flood", reader)
    began = time.monotonic()
    sent = mail_senders.hand_over(site.mail_port, letters=letters, lines=8, senders=100)
    taken = time.monotonic() - began
    _tell("while it comes", reader)
    other = _first_receipt(site, while_flooded=True)
    _wait_until(site, letters)
    whole = time.monotonic() - began
    _tell("while it is opened", reader)
    reader.stopping.set()
    reader.join(PATIENCE)
    print(f"{letters} letters acknowledged in {taken:.1f} s, registered after {whole:.1f} s")
    print(f"{sent.again} were asked to come again; another sender's receipt took {other:.1f} s")
    print(
        "MB held by each process: "
        + ", ".join(f"{memory(pid):.0f}" for pid in tree(site.process.pid))
    )


def _tell(when: str, reader: Reader) -> None:
    for path, times in reader.took.items():
        some = sorted(times)
        if some:
            middle, late = statistics.median(some) * 1000, some[int(len(some) * 0.99)] * 1000
            name = "form" if path.endswith("respond/") else "consultation"
            print(
                f"{when:20}{name:14}{len(some):6} pages  p50 {middle:7.1f} ms  p99 {late:7.1f} ms"
            )
        times.clear()


def _first_receipt(site: Site, *, while_flooded: bool = False) -> float:
    """Seconds from 250 to the receipt of one letter, by a sender who writes for the first time."""
    name = "other" if while_flooded else "first"
    sql = f"SELECT count(*) FROM mailroom_outgoingmail WHERE recipient = '{name}@example.org'"  # noqa: S608
    deadline = time.monotonic() + PATIENCE * 5
    with smtplib.SMTP("127.0.0.1", site.mail_port, timeout=30) as talking:
        who = f"{name}@example.org"
        while not mail_senders.accepted(talking, who, mail_senders.letter(who)):
            time.sleep(0.2)
    began = time.monotonic()
    while not _count(site, sql):
        if time.monotonic() > deadline:
            raise RuntimeError("no receipt")
        time.sleep(0.01)
    return time.monotonic() - began


def _wait_until(site: Site, letters: int) -> None:
    deadline = time.monotonic() + max(PATIENCE, letters)
    while _count(site, _RESPONSES) < letters:
        if time.monotonic() > deadline:
            raise RuntimeError("letters are not registered")
        time.sleep(0.2)


def _count(site: Site, sql: str) -> int:
    with closing(sqlite3.connect(site.data / "consulta.sqlite3", timeout=PATIENCE)) as base:
        return int(base.execute(sql).fetchone()[0])


def report(*, letters: int, flooding: int) -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory(prefix="consulta-mail-") as name:
        folder = Path(name)
        founded = found(folder / "founded")
        _write_addresses(founded)
        doors(folder, founded, letters=letters)
        flood(folder, founded, letters=flooding)


def _write_addresses(founded: Path) -> None:
    """As the worker does at its start."""
    (founded / "mail").mkdir(exist_ok=True)
    (founded / "mail" / "addresses").write_text("consultation-1")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one short run: does it work?")
    parser.add_argument("--letters", type=int, default=2000, help="at each door")
    parser.add_argument("--flood", type=int, default=5000)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.bare:
        asyncio.run(serve_barely(chosen.bare, chosen.port))
    else:
        few = (60, 60) if chosen.smoke else (chosen.letters, chosen.flood)
        report(letters=few[0], flooding=few[1])


if __name__ == "__main__":
    main()
