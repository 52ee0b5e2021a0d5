"""The whole server killed while somebody captions: viewers resume without a gap and without a repeat."""

import http.client
import json
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import instance
from consulta.core.captions import fold
from consulta.live.captions import store
from tests.kill.site import Site, found

pytestmark = pytest.mark.kill
LINES, KILLS = 120, 2
PATIENCE = 240.0  # seconds; a machine may be very busy


class Captioner(threading.Thread):
    """A tool that sends line after line, and each of them until it is told that it was taken."""

    def __init__(self, port: int, hall: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.port, self.hall, self.sent = port, hall, 0

    def run(self) -> None:
        while self.sent < LINES:
            if self._post(f"line {self.sent + 1}", self.sent + 1):
                self.sent += 1
            time.sleep(0.02)

    def _post(self, body: str, seq: int) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            path = f"/live/{self.hall['slug']}/closedcaption?id={self.hall['token']}&seq={seq}"
            line.request("POST", path, body)
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()


class Viewer(threading.Thread):
    """A browser: comes back with the number of the last event that it was told."""

    def __init__(self, port: int, hall: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.port, self.hall = port, hall
        self.last, self.seen = 0, [0]
        self.lines: list[str] = []
        self.returns, self.is_over = -1, False

    def run(self) -> None:
        while not self.is_over:
            self.returns += 1
            try:
                self._watch()
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)

    def _watch(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        asked = {"Last-Event-ID": str(self.last)}
        with closing(line):
            line.request("GET", f"/live/{self.hall['slug']}/events?lang=en", headers=asked)
            with closing(line.getresponse()) as answer:
                self._read(answer)

    def _read(self, answer: http.client.HTTPResponse) -> None:
        number = 0
        while words := answer.readline().decode():
            if words.startswith("id: "):
                number = int(words[4:])
            elif words.startswith("data: "):
                self.last = number
                self.seen.append(number)
                self.lines.append(json.loads(words[6:])["text"])


def test_viewers_resume_and_nothing_that_was_taken_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.kill.site.PATIENCE", PATIENCE)
    site = Site(tmp_path / "data", founded=found(tmp_path / "founded"))
    made = subprocess.run(
        [sys.executable, "-m", "tests.kill.captioned", str(site.data)],
        env=instance.environment(site.data),
        cwd=instance.ROOT,
        capture_output=True,
        check=True,
    )
    hall = json.loads(made.stdout)
    site.start()
    captioner = Captioner(site.port, hall)
    viewers = [Viewer(site.port, hall) for _ in range(3)]
    for each in (*viewers, captioner):
        each.start()
    for kill in range(1, KILLS + 1):
        _wait(lambda kill=kill: captioner.sent >= kill * LINES // (KILLS + 1))  # type: ignore[misc]
        site.kill_tree()
        time.sleep(0.2)
        site.start()
    captioner.join(PATIENCE)
    kept = store.SqliteStore(site.data / "captions.sqlite3").connect()
    rows = store.of_sitting(kept, hall["pk"], "en")
    kept.close()
    expected = [f"line {number}" for number in range(1, LINES + 1)]
    assert [cue.text for cue in fold(row.event for row in rows)] == expected
    for viewer in viewers:
        _wait(lambda viewer=viewer: viewer.last == rows[-1].id)  # type: ignore[misc]
        assert viewer.seen[1:] == [row.id for row in rows]
        assert viewer.returns >= KILLS
    for viewer in viewers:
        viewer.is_over = True
    site.kill_tree()
    for viewer in viewers:
        viewer.join(PATIENCE)


def _wait(so: object) -> None:
    deadline = time.monotonic() + PATIENCE
    while not so():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)
