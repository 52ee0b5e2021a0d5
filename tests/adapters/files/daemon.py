"""A real clamd that knows one virus, EICAR, by a signature of our own; nothing is fetched from anywhere."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import means

from .made import EICAR

#: name : target type (0: any file) : offset (*: anywhere) : bytes
SIGNATURE = f"Consulta.Test.EICAR:0:*:{EICAR.hex()}\n"
STARTS_WITHIN = 60.0  # seconds; it takes less than one on an idle machine


@dataclass
class Daemon:
    """A clamd that runs. *address* and *path* are what CONSULTA_CLAMD may hold."""

    address: str
    path: str
    process: "subprocess.Popen[bytes]"

    def hold(self) -> None:
        """It answers nobody until :meth:`go_on`."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It answers again."""
        self.process.send_signal(signal.SIGCONT)

    def die(self) -> None:
        """It is gone at once."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Daemon]:
    """A clamd on a port of its own, with its settings and its database in *folder*."""
    found, port = means.clamd(), _free_port()
    assert found, "mark the test with clamd"
    database = folder / "database"
    database.mkdir()
    (database / "own.ndb").write_text(SIGNATURE)
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {database}\nTemporaryDirectory {folder}\nTCPAddr 127.0.0.1\n"
        f"TCPSocket {port}\nLocalSocket {folder / 'socket'}\nForeground yes\n"
        f"StreamMaxLength 60M\nMaxThreads 2\nPidFile {folder / 'pid'}\nLogFile {folder / 'log'}\n"
    )
    command = [found, f"--config-file={settings}"]
    with open(os.devnull, "wb") as nowhere, subprocess.Popen(command, stdout=nowhere) as process:
        daemon = Daemon(f"127.0.0.1:{port}", str(folder / "socket"), process)
        try:
            _wait(daemon, folder / "log")
            yield daemon
        finally:
            daemon.die()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _wait(daemon: Daemon, log: Path) -> None:
    host, _, port = daemon.address.partition(":")
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and daemon.process.poll() is None:
        try:
            with socket.create_connection((host, int(port)), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(log.read_text() if log.is_file() else "clamd wrote nothing")
