"""Letters taken in: per second and durable, beside a bare door that only writes and flushes; then a flood.

Run: ``python -m benchmarks.mail [--smoke]``. Every letter of 2 kB has a sender of its own. The bare
door is aiosmtpd that writes each letter to a file, flushes it, and says 250: what the disk allows. Then
comes the flood of :mod:`benchmarks.mail_bomb`; `--flood 0` leaves it out.
"""

import argparse
import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks import instance, mail_bomb, mail_senders
from tests.kill.site import found, free_port


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
        mail_bomb.wait_for(port, process)
        yield port


@contextmanager
def door(data: Path) -> Iterator[tuple[int, int]]:
    """`consulta mail` alone on *data*; its port and process."""
    port = free_port()
    words = instance.command("mail", "--data", str(data), "--port", str(port))
    with _running(words, data) as process:
        mail_bomb.wait_for(port, process)
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
            ratio, held = flushed / kept, mail_bomb.memory(pid)
            print(f"{f'consulta mail, {lines} line(s)':34}{kept:8.0f}{ratio:8.1f}{held:8.0f}")


def _rate(port: int, *, letters: int, lines: int) -> float:
    mail_senders.hand_over(port, letters=lines, lines=lines)  # connections and caches are warm
    began = time.monotonic()
    mail_senders.hand_over(port, letters=letters, lines=lines)
    return letters / (time.monotonic() - began)


def report(*, letters: int, flooding: int) -> None:
    """Print everything."""
    with tempfile.TemporaryDirectory(prefix="consulta-mail-") as name:
        folder = Path(name)
        founded = found(folder / "founded")
        mail_bomb.write_addresses(founded)
        doors(folder, founded, letters=letters)
        if flooding:
            mail_bomb.flood(folder, founded, letters=flooding)


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
