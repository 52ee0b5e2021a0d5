"""`consulta serve`: from an empty folder to answers, through kills, and back."""

import http.client
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = [sys.executable, "-c", "from consulta.cli import main; main()", "serve"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Served:
    """An instance in a folder of its own, served by a tree of processes."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.log = data.with_suffix(".log")
        data.mkdir(exist_ok=True)
        self.start()

    def start(self) -> None:
        with self.log.open("wb") as said:
            self.process = subprocess.Popen(self.command(), env=environment(), stderr=said)
        self.wait_until_ready()

    def command(self) -> list[str]:
        ports = ["--port", str(self.port), "--mail-port", str(free_port())]
        return [*COMMAND, "--data", str(self.data), *ports, "--processes", "2"]

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.status("/readyz") == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def wait_for(self, text: str, *, times: int = 1) -> None:
        deadline = time.monotonic() + 20
        while self.log.read_text().count(text) < times:
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def children(self) -> list[int]:
        folder = Path(f"/proc/{self.process.pid}/task/{self.process.pid}")
        return [int(pid) for pid in (folder / "children").read_text().split()]


def environment() -> dict[str, str]:
    """This environment without the settings of an instance."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CONSULTA_")}
    kept.pop("DATABASE_URL", None)
    return {**kept, "PYTHONPATH": str(SOURCE)}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    instance = Served(tmp_path_factory.mktemp("served") / "data")
    yield instance
    instance.process.kill()
    instance.process.wait()


def test_an_empty_folder_becomes_an_instance_that_answers(served: Served) -> None:
    assert served.status("/healthz") == 200
    assert served.status("/") == 302
    assert stat.S_IMODE((served.data / "secret_key").stat().st_mode) == 0o600
    said = served.log.read_text()
    assert f"Consulta is at http://localhost:{served.port}" in said
    served.wait_for("worker: ")
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_one_sentence_and_exit_2(served: Served) -> None:
    second = subprocess.run(
        served.command(), env=environment(), capture_output=True, text=True, timeout=60
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"127.0.0.1:{served.port} cannot be used (address already in use):"
        " stop what runs there, or choose another with --port.\n"
    )


@pytest.mark.kill
def test_every_child_that_is_killed_comes_back(served: Served) -> None:
    before = served.children()
    for child in before:
        os.kill(child, signal.SIGKILL)
    served.wait_for("ended (-9)", times=len(before))
    assert served.status("/readyz") == 200
    deadline = time.monotonic() + 20
    while len(served.children()) < len(before) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(served.children()) == len(before)
    assert not set(before) & set(served.children())


@pytest.mark.kill
def test_a_tree_whose_top_was_killed_leaves_the_port_and_starts_again(served: Served) -> None:
    key = (served.data / "secret_key").read_text()
    served.process.kill()
    served.process.wait()
    time.sleep(0.5)
    with pytest.raises(ConnectionRefusedError):
        served.status("/healthz")
    served.start()
    assert (served.data / "secret_key").read_text() == key


def test_it_stops_when_asked_and_refuses_a_record_that_lost_its_protection(
    served: Served,
) -> None:
    served.process.terminate()
    assert served.process.wait(timeout=20) == 0
    database = sqlite3.connect(served.data / "consulta.sqlite3")
    database.execute("DROP TRIGGER ledger_entry_no_delete")
    database.close()
    refused = subprocess.run(
        served.command(), env=environment(), capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1
    assert "the record is not protected: 1 triggers are missing" in refused.stderr
