"""Captions to thousands of viewers: how late, CPU for each delivery, memory for each viewer.

`consulta serve` on two processes, beside the least that a machine must do: a C loop (`captions_floor.c`,
compiled where gcc is) that hands each event to every line. The same viewers, the same events, one run.
Run: ``python -m benchmarks.captions --viewers 1000 5000 10000``.
"""

import argparse
import http.client
import json
import os
import re
import resource
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import instance

RATE, SENTENCE = 3.0, "The floor is open on the first question. "
STAMP = re.compile(rb"@([0-9.]+)@")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Place:
    """A server that captions go through: its process, its port, who publishes and who watches where."""

    what: str
    pid: int
    port: int
    publish: str
    watch: str

    def processes(self) -> list[int]:
        """Its processes that answer: itself and its children."""
        found = [self.pid]
        for children in Path(f"/proc/{self.pid}/task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of CPU until now."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self) -> float:
        """Kilobytes in memory, what is shared divided (PSS)."""
        total = 0
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
        return float(total)


@dataclass(frozen=True, slots=True)
class Measured:
    """One server with so many viewers."""

    what: str
    viewers: int
    events: int
    delivered: int  # of viewers times events
    p50_ms: float
    p99_ms: float
    cpu_us: float  # for each delivery
    kb: float  # for each viewer


def measure(place: Place, *, viewers: int, seconds: float) -> Measured:
    """Open *viewers* lines, publish for so many *seconds*, and listen to all."""
    before = place.memory()
    crowd = Crowd(place, viewers)
    crowd.listen(5.0)
    each = (place.memory() - before) / viewers
    crowd.late.clear()
    began_cpu, sent = place.cpu(), 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        following = time.monotonic() + 1 / RATE
        publish(place, sent := sent + 1)
        crowd.listen(following - time.monotonic())
    crowd.listen(2.0)
    cpu, late = place.cpu() - began_cpu, sorted(crowd.late)
    crowd.close()
    return Measured(
        place.what,
        viewers,
        sent,
        len(late),
        round(late[len(late) // 2] * 1000, 1),
        round(late[len(late) * 99 // 100] * 1000, 1),
        round(cpu / len(late) * 1e6, 1),
        round(each, 1),
    )


class Crowd:
    """Many viewers in one loop; notes how late each of them is told each event."""

    def __init__(self, place: Place, viewers: int) -> None:
        self.late: list[float] = []
        self._poll = select.epoll()
        self._lines: dict[int, socket.socket] = {}
        asked = f"GET {place.watch} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        for _ in range(viewers):
            line = socket.create_connection(("127.0.0.1", place.port), 30)
            line.sendall(asked)
            line.setblocking(False)
            self._lines[line.fileno()] = line
            self._poll.register(line.fileno(), select.EPOLLIN)

    def listen(self, seconds: float) -> None:
        """Read whatever comes, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for number, _event in self._poll.poll(left, 2000):
                self._hear(self._lines[number].recv(65536))

    def _hear(self, words: bytes) -> None:
        now = time.monotonic()
        for part in STAMP.findall(words):
            self.late.append(now - float(part))

    def close(self) -> None:
        """All leave."""
        self._poll.close()
        for line in self._lines.values():
            line.close()


def publish(place: Place, number: int) -> None:
    """One caption, with the instant at which it was sent."""
    line = http.client.HTTPConnection("127.0.0.1", place.port, timeout=120)
    line.request("POST", place.publish.format(number), f"{SENTENCE} @{time.monotonic():.6f}@")
    if line.getresponse().status != 200:
        raise RuntimeError("a caption was not taken")
    line.close()


@contextmanager
def consulta(data: Path) -> Iterator[Place]:
    """`consulta serve` on two processes, with a sitting that is captioned."""
    instance.build(data, responses=0)
    made = subprocess.run(
        [sys.executable, "-m", "tests.kill.captioned", str(data)],
        env=instance.environment(data),
        cwd=instance.ROOT,
        capture_output=True,
        check=True,
    )
    hall, port = json.loads(made.stdout), free_port()
    words = ["serve", "--data", str(data), "--port", str(port), "--mail-port", "0"]
    command = instance.command(*words, "--processes", "2")
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(command, env=instance.environment(data), stderr=log)
    live = f"/live/{hall['slug']}"
    publishing = f"{live}/closedcaption?id={hall['token']}&seq={{}}"
    place = Place(
        "consulta", process.pid, port, publishing, f"{live}/events?lang=en&after={10**12}"
    )
    with ended(process, place):
        yield place


@contextmanager
def floor(folder: Path) -> Iterator[Place]:
    """The C loop."""
    program, port = folder / "floor", free_port()
    source = Path(__file__).with_name("captions_floor.c")
    subprocess.run(["gcc", "-O2", "-o", str(program), str(source)], check=True)
    process = subprocess.Popen([str(program), str(port)])
    place = Place("C floor", process.pid, port, "/?{}", "/")
    with ended(process, place):
        yield place


@contextmanager
def ended(process: "subprocess.Popen[bytes]", place: Place) -> Iterator[None]:
    """Wait until *place* answers; end it after the block."""
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                publish(place, 0)
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def main() -> None:
    """Measure, and print one line of JSON for each server and number of viewers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, nargs="+", default=[1000, 5000, 10000])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--smoke", action="store_true")
    told = parser.parse_args()
    viewers, seconds = ([50], 3.0) if told.smoke else (told.viewers, told.seconds)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        places = [consulta(Path(folder) / "data")]
        places += [floor(Path(folder))] if shutil.which("gcc") else []
        for opened in places:
            with opened as place:
                for count in viewers:
                    found = measure(place, viewers=count, seconds=seconds)
                    load = os.getloadavg()[0]
                    print(json.dumps(asdict(found) | {"load": round(load, 1)}), flush=True)
                    whole = found.viewers * found.events
                    if told.smoke and found.what == "consulta" and found.delivered != whole:
                        sys.exit("some events did not reach everyone")


if __name__ == "__main__":
    main()
