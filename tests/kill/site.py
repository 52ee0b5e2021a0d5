"""An instance in a folder of its own, served by a tree of processes that can be killed."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks import instance

PATIENCE = 60.0  # seconds; a machine may be busy


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def found(data: Path) -> Path:
    """Make an instance with one open consultation in *data*."""
    words = ["-m", "benchmarks.instance", "--data", str(data), "--responses", "0"]
    subprocess.run([sys.executable, *words], check=True, cwd=instance.ROOT, timeout=PATIENCE * 2)
    return data


def tree(pid: int) -> Iterator[int]:
    """A process and all below it, the process first."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from tree(int(child))


class Site:
    """`consulta serve` on a copy of *founded*; *program*: what is run instead of the command."""

    def __init__(self, data: Path, *, founded: Path, program: tuple[str, ...] = ()) -> None:
        shutil.copytree(founded, data)
        self.data, self.port, self.mail_port = data, free_port(), free_port()
        self.log = data.with_suffix(".log")
        self.program = [sys.executable, *program] if program else instance.command()

    def start(self) -> None:
        """Serve, and return when pages are answered."""
        ports = ["--port", str(self.port), "--mail-port", str(self.mail_port)]
        words = ["serve", "--data", str(self.data), *ports, "--processes", "2"]
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                [*self.program, *words],
                env=instance.environment(self.data),
                cwd=instance.ROOT,
                stderr=said,
            )
        self._wait_until_ready()

    def kill_child(self, which: int) -> None:
        """Kill -9 one process below the one on top."""
        children = list(tree(self.process.pid))[1:]
        if children:
            _kill(children[which % len(children)])

    def kill_tree(self) -> None:
        """Kill -9 every process, the one on top first; nothing may be left on the port."""
        for pid in list(tree(self.process.pid)):
            _kill(pid)
        self.process.wait()
        deadline = time.monotonic() + PATIENCE
        while self._is_taken():
            if time.monotonic() > deadline:
                raise AssertionError("something still answers on the port")
            time.sleep(0.02)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another command of this instance."""
        return subprocess.run(
            instance.command(*words),
            env=instance.environment(self.data),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE * 2,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                door.request("GET", "/readyz")
                if door.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                door.close()
        raise AssertionError(self.log.read_text())

    def _is_taken(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return True
        except OSError:
            return False


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
