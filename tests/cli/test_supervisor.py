"""The tree of processes: what falls is started again, and nothing outlives the one on top."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
PROGRAM = """
import os, signal, socket, sys, time
from consulta.cli.supervisor import Child, Supervisor

door = socket.socket(fileno=int(sys.argv[1]))

def answer():
    print("answering", os.getpid(), flush=True)
    while True:
        line, _ = door.accept()
        line.sendall(str(os.getpid()).encode())
        line.close()

def fall():
    print("no newline at the end", end="", flush=True)
    raise ValueError("fell")

def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print("stays", flush=True)
    while True:
        time.sleep(1)

work = {"answer": answer, "fall": fall, "stubborn": stubborn}
children = [Child(name, work[name]) for name in sys.argv[2:]]
sys.exit(Supervisor(children, grace=1.0).run())
"""

Tree = Callable[..., "Running"]


class Running:
    """A supervisor in a process of its own, and the socket that it answers on."""

    def __init__(self, log: Path, names: tuple[str, ...]) -> None:
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as door, log.open("wb") as said:
            self.port = door.getsockname()[1]
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(door.fileno()), *names],
                pass_fds=[door.fileno()],
                env={**os.environ, "PYTHONPATH": str(SOURCE)},
                stderr=said,
            )

    def ask(self) -> int:
        """The process that answers."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            return int(line.recv(100))

    def wait_for(self, text: str, *, times: int = 1) -> str:
        """The log, once *text* stands in it *times* times."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            if self.log.read_text().count(text) >= times:
                return self.log.read_text()
            time.sleep(0.02)
        raise AssertionError(f"{text!r} is not in the log:\n{self.log.read_text()}")


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    running: list[Running] = []

    def start(*names: str) -> Running:
        running.append(Running(tmp_path / f"log{len(running)}", names))
        return running[-1]

    yield start
    for each in running:
        each.process.kill()
        each.process.wait()


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.kill
def test_a_child_that_is_killed_is_started_again(tree: Tree) -> None:
    running = tree("answer")
    first = running.ask()
    os.kill(first, signal.SIGKILL)
    running.wait_for("answer: ended (-9), starts again in 0.1 s")
    assert running.ask() != first


@pytest.mark.kill
def test_nothing_answers_when_the_process_on_top_was_killed(tree: Tree) -> None:
    running = tree("answer", "stubborn")
    child = running.ask()
    running.wait_for("stays")
    running.process.kill()
    running.process.wait()
    assert is_gone(child)
    with pytest.raises(ConnectionRefusedError):
        running.ask()
    with socket.create_server(("127.0.0.1", running.port)):
        pass


def test_the_tree_stops_when_it_is_asked(tree: Tree) -> None:
    running = tree("answer", "answer")
    child = running.ask()
    running.process.terminate()
    assert running.process.wait(timeout=5) == 0
    assert is_gone(child)


@pytest.mark.parametrize("children", range(1, 13))
def test_the_tree_stops_also_while_children_are_being_started(tree: Tree, children: int) -> None:
    running = tree(*["answer"] * children)
    running.ask()
    running.process.terminate()
    assert running.process.wait(timeout=10) == 0


def test_a_child_that_does_not_end_is_stopped(tree: Tree) -> None:
    running = tree("stubborn")
    running.wait_for("stays")
    running.process.terminate()
    assert running.process.wait(timeout=5) == 1
    assert "stubborn: did not end in time" in running.log.read_text()


def test_a_child_that_falls_at_once_is_started_later_each_time_and_stops_no_other(
    tree: Tree,
) -> None:
    running = tree("fall", "answer")
    said = running.wait_for("fall: ended (1)", times=3)
    pauses = [line.split()[-2] for line in said.splitlines() if "fall: ended" in line]
    assert pauses[:3] == ["0.1", "0.2", "0.4"]
    assert "fall: ValueError: fell" in said
    assert running.ask()


def test_every_line_of_the_log_says_whose_it_is(tree: Tree) -> None:
    running = tree("answer", "fall")
    child = running.ask()
    running.wait_for("ValueError: fell")
    said = running.wait_for(f"answer: answering {child}\n")
    assert all(line.startswith(("answer: ", "fall: ")) for line in said.splitlines())
