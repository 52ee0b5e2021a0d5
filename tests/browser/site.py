"""A site of its own in a folder of its own, for a browser to visit, and its post to read."""

import email
import email.policy
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError

from benchmarks import instance
from tests.kill.site import free_port, tree

PATIENCE = 180.0  # seconds; a machine may be busy


class Site:
    """`consulta demo` or `consulta serve`, as a newcomer starts it."""

    def __init__(self, data: Path, *, command: str) -> None:
        self.data, self.port = data, free_port()
        self.base = f"http://localhost:{self.port}"
        self.log = data.with_suffix(".log")
        ports = ["--port", str(self.port), "--mail-port", str(free_port())]
        self._words = instance.command(command, "--data", str(data), *ports)

    def start(self) -> None:
        """Start it, and return when it is alive."""
        with self.log.open("ab") as said:
            self.process = subprocess.Popen(
                self._words, env=self._environment(), cwd=instance.ROOT, stdout=said, stderr=said
            )
        deadline = time.monotonic() + PATIENCE
        while not self._is_alive():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(self.log.read_text())
            time.sleep(0.2)

    def stop(self) -> None:
        """End it, and whatever of it did not end by itself."""
        below = list(tree(self.process.pid))
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            for pid in below:
                os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def run(self, *words: str) -> str:
        """What another command of this instance prints."""
        return self._said(instance.command(*words))

    def script(self, name: str, *words: str) -> str:
        """What a script beside this file prints, run on this instance's record."""
        return self._said([*instance.command()[:1], "-m", f"tests.browser.{name}", *words])

    def letter(self, to: str, *, saying: str = "") -> EmailMessage:
        """The latest mail to *to* with *saying* in subject or body; waits until it has gone out."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = [m for m in self._post() if m["To"] == to and saying in m["Subject"] + words(m)]
            if found:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {to} says {saying!r}; see {self.log}")

    def _post(self) -> Iterator[EmailMessage]:
        files = sorted((self.data / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime)
        for file in files:
            yield email.message_from_bytes(file.read_bytes(), policy=email.policy.default)

    def _said(self, command: list[str]) -> str:
        environment = self._environment()
        done = subprocess.run(
            command, env=environment, cwd=instance.ROOT, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {**instance.environment(self.data), "CONSULTA_BASE_URL": self.base}

    def _is_alive(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/healthz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def words(mail: EmailMessage) -> str:
    """The text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link(mail: EmailMessage, part: str) -> str:
    """The address in *mail* that has *part* in it."""
    found = re.search(rf"https?://\S*{re.escape(part)}\S*", words(mail))
    assert found, words(mail)
    return found[0]
