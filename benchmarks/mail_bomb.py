"""A mail bomb of 5,000 letters watched to its end: what readers and the desk notice before, during and after.

Run: ``python -m benchmarks.mail_bomb [--smoke] [--letters N]``. The whole site takes the letters of 100
senders on eight lines while one reader asks for the consultation's page and its form, and an officer for
the inbox and the letters, one page after the other. It ends when every letter is in the register.
"""

import argparse
import os
import smtplib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks import instance, mail_senders
from tests.kill.site import PATIENCE, Site, found, tree

PUBLIC = f"/en/consultations/{instance.SLUG}/"
#: What is asked for, by what it is called in the tables.
PAGES = {
    "consultation": PUBLIC,
    "form": f"{PUBLIC}respond/",
    "inbox": "/en/desk/inbox/",
    "letters": "/en/desk/post/",
}
_RESPONSES = "SELECT count(*) FROM responses_response WHERE channel = 'email'"
#: Seconds that the site is watched before and after.
WATCHED = 20.0
_LONG_ENOUGH = 1_800.0  # seconds without one more letter in the register, and it is given up


class Reader(threading.Thread):
    """Asks for pages one after the other, and notes how long each took (seconds)."""

    def __init__(self, base: str, *, cookie: str) -> None:
        super().__init__(daemon=True)
        self.base, self.cookie = base, cookie
        self.took: dict[str, list[float]] = {name: [] for name in PAGES}
        self.failed: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.stopping.is_set():
            for name, path in PAGES.items():
                began = time.monotonic()
                try:
                    self._read(path)
                except OSError as error:
                    self.failed.append(f"{name}: {error}")
                self.took[name].append(time.monotonic() - began)
            time.sleep(0.05)

    def _read(self, path: str) -> None:
        own = {"Cookie": self.cookie} if "/desk/" in path else {}
        with urlopen(Request(self.base + path, headers=own), timeout=60) as page:  # noqa: S310 -- our own address
            page.read()
            if not page.url.endswith(path):
                raise OSError(f"sent on to {page.url}")


def memory(pid: int) -> float:
    """What a process holds for itself, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    own = (line for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
    return sum(int(line.split()[1]) for line in own) / 1024


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when letters are taken at *port*. Raises RuntimeError where none are."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, smtplib.SMTPException):
            smtplib.SMTP("127.0.0.1", port, timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("the door did not open")


def write_addresses(founded: Path) -> None:
    """As the worker does at its start."""
    (founded / "mail").mkdir(exist_ok=True)
    (founded / "mail" / "addresses").write_text("consultation-1")


def flood(folder: Path, founded: Path, *, letters: int, watched: float = WATCHED) -> None:
    """Print what readers and the desk notice while a flood comes, and how long it takes to be dealt with."""
    site = Site(folder / "site", founded=founded)
    words = [sys.executable, "-m", "benchmarks.desk_session", "--data", str(site.data)]
    environment = instance.environment(site.data)
    told = subprocess.run(
        words, check=True, capture_output=True, text=True, env=environment, cwd=instance.ROOT
    )
    site.start()
    try:
        _flood(site, told.stdout.split()[-1], letters=letters, watched=watched)
    finally:
        site.kill_tree()


def _flood(site: Site, cookie: str, *, letters: int, watched: float) -> None:
    wait_for(site.mail_port, site.process)
    print(f"{_first_receipt(site, 'first'):.2f} s from 250 to the receipt of one letter")
    reader = Reader(f"http://127.0.0.1:{site.port}", cookie=cookie)
    reader.start()
    time.sleep(watched)
    _tell("before", reader)
    began = time.monotonic()
    sent = mail_senders.hand_over(site.mail_port, letters=letters, lines=8, senders=100)
    taken = time.monotonic() - began
    _tell("while it comes", reader)
    other = _first_receipt(site, "other")
    _wait_until(site, letters)
    whole = time.monotonic() - began
    _tell("while it is opened", reader)
    time.sleep(watched)
    _tell("after", reader)
    reader.stopping.set()
    reader.join(PATIENCE)
    print(f"{letters} letters acknowledged in {taken:.1f} s, registered after {whole:.1f} s")
    print(f"{sent.again} were asked to come again; another sender's receipt took {other:.1f} s")
    held = ", ".join(f"{memory(pid):.0f}" for pid in tree(site.process.pid))
    print(f"MB held by each process: {held}; pages that failed: {reader.failed or 'none'}")


def _tell(when: str, reader: Reader) -> None:
    load = os.getloadavg()[0]
    for name, times in reader.took.items():
        some = sorted(times)
        if some:
            p50, p95, worst = (
                1000 * each
                for each in (statistics.median(some), some[int(len(some) * 0.95)], some[-1])
            )
            print(
                f"{when:20}{name:14}{len(some):6} pages  p50 {p50:7.0f} ms  p95 {p95:7.0f} ms  "
                f"slowest {worst:7.0f} ms  load {load:.1f}",
                flush=True,
            )
        times.clear()


def _first_receipt(site: Site, name: str) -> float:
    """Seconds from 250 to the receipt of one letter, by a sender who writes for the first time."""
    who = f"{name}@example.org"
    sql = f"SELECT count(*) FROM mailroom_outgoingmail WHERE recipient = '{who}'"  # noqa: S608
    deadline = time.monotonic() + PATIENCE * 5
    with smtplib.SMTP("127.0.0.1", site.mail_port, timeout=30) as talking:
        while not mail_senders.accepted(talking, who, mail_senders.letter(who)):
            time.sleep(0.2)
    began = time.monotonic()
    while not _count(site, sql):
        if time.monotonic() > deadline:
            raise RuntimeError("no receipt")
        time.sleep(0.01)
    return time.monotonic() - began


def _wait_until(site: Site, letters: int) -> None:
    last, since = 0, time.monotonic()
    while (now := _count(site, _RESPONSES)) < letters:
        if now > last:
            last, since = now, time.monotonic()
        if time.monotonic() - since > min(_LONG_ENOUGH, max(PATIENCE, letters)):
            raise RuntimeError(f"{letters - now} letters are not registered")
        time.sleep(0.5)


def _count(site: Site, sql: str) -> int:
    with closing(sqlite3.connect(site.data / "consulta.sqlite3", timeout=PATIENCE)) as base:
        return int(base.execute(sql).fetchone()[0])


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one short run: does it work?")
    parser.add_argument("--letters", type=int, default=5000)
    parser.add_argument("--founded", type=Path, help="an instance of benchmarks.instance, copied")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consulta-bomb-") as name:
        folder = Path(name)
        founded = chosen.founded or found(folder / "founded")
        write_addresses(founded)
        if chosen.smoke:
            flood(folder, founded, letters=60, watched=2)
        else:
            flood(folder, founded, letters=chosen.letters)


if __name__ == "__main__":
    main()
