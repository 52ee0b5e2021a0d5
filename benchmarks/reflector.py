"""A post to everyone who gets a list: copies handed over a second, and what each costs.

Beside it, in the same run and to the same server: a bare loop of smtplib with one message for all, no
database, no signature. Run: ``python -m benchmarks.reflector --readers 10000``.
"""

import argparse
import json
import resource
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance


@dataclass(frozen=True, slots=True)
class Measured:
    """How long *copies* took, in seconds of the clock and of this process."""

    what: str
    copies: int
    seconds: float
    cpu: float

    def told(self) -> dict[str, object]:
        """With the figures that are compared: copies a second, milliseconds of CPU for each."""
        each = {"per_second": round(self.copies / self.seconds), "cpu_ms": self.cpu_ms}
        return asdict(self) | each

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for one copy."""
        return round(self.cpu / self.copies * 1000, 3)


@contextmanager
def sink() -> Iterator[int]:
    """A mail server of its own; its port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = int(door.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sink", str(port)], cwd=instance.ROOT
    )
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def measure(what: str, work: Callable[[], int]) -> Measured:
    """Do *work*, which returns how many copies it handed over."""
    began, cpu = time.monotonic(), time.process_time()
    copies = work()
    return Measured(what, copies, time.monotonic() - began, time.process_time() - cpu)


def bare(port: int, raw: bytes, recipients: list[str]) -> int:
    """The same message to each, by one connection."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for recipient in recipients:
            server.sendmail("list@example.org", [recipient], raw)
    return len(recipients)


def distribute(port: int) -> int:
    """Walk the mailing to its end, as the worker does; how many copies went out."""
    from django.conf import settings  # noqa: PLC0415 -- after Django is set up
    from django.utils import timezone  # noqa: PLC0415

    distribution: Any = import_module("consulta.reflector.distribution")
    models: Any = import_module("consulta.reflector.models")
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}?tls=no"
    handed = 0
    while models.Mailing.objects.filter(finished_at__isnull=True).exists():
        handed += distribution.distribute_due(timezone.now() + timedelta(minutes=5))
    return handed


def one_copy() -> bytes:
    """The bytes of one copy, as they are signed and sent."""
    from django.utils import timezone  # noqa: PLC0415

    models: Any = import_module("consulta.reflector.models")
    queries: Any = import_module("consulta.reflector.queries")
    copies: Any = import_module("consulta.reflector.copies")
    frame = copies.of_post(queries.whole(models.Post.objects.get().pk), "en")
    reader = models.Subscription.objects.select_related("list").first()
    return bytes(copies.copy(frame, reader, at=timezone.now()))


def run(readers: int) -> list[Measured]:
    """Build an instance, post, and measure both ways, the bare one before and after."""
    with tempfile.TemporaryDirectory() as folder, sink() as port:
        data = Path(folder) / "list"
        made = [
            sys.executable,
            "-m",
            "benchmarks.instance",
            "--data",
            str(data),
            "--responses",
            "0",
        ]
        subprocess.run(made, check=True, cwd=instance.ROOT)
        instance.load(data)
        reflected: Any = import_module("tests.kill.reflected")
        from django.db import connections, transaction  # noqa: PLC0415

        with transaction.atomic():
            reflected.make(readers)
        raw = one_copy()
        addresses = [f"reader{n}@example.org" for n in range(readers)]
        found = [
            measure("bare smtplib loop, before", lambda: bare(port, raw, addresses)),
            measure("our copies, personal and signed", lambda: distribute(port)),
            measure("bare smtplib loop, after", lambda: bare(port, raw, addresses)),
        ]
        connections.close_all()
        return found


def main() -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=2000)
    parser.add_argument("--smoke", action="store_true", help="one short run")
    chosen = parser.parse_args()
    readers = 60 if chosen.smoke else chosen.readers
    found = run(readers)
    if any(each.copies != readers for each in found):
        raise SystemExit("copies are missing")
    print(json.dumps([each.told() for each in found], indent=2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory {peak} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
