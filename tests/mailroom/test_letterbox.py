"""The door for letters: what is answered with 250 is on disk, whatever happens next."""

import asyncio
import errno
import os
import re
import smtplib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consulta.mailroom import durable, letterbox, smtp
from consulta.mailroom.letterbox import Envelope, NotALetterError
from tests.cli.test_serve import SOURCE, environment, free_port

US, THEM = "consultation-11@localhost", "person@example.org"
TOKEN = "Ab-" + "x" * 18 + "_Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def door() -> Iterator[int]:
    """A door in this process; its port."""
    letterbox.write_addresses(["consultation-11"])
    ready: list[asyncio.AbstractEventLoop] = []
    opened, port = threading.Event(), free_port()

    async def serve() -> None:
        server = await smtp.listen("127.0.0.1", port)
        ready.append(asyncio.get_running_loop())
        opened.set()
        with suppress(asyncio.CancelledError):
            await server.serve_forever()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert opened.wait(10)
    yield port
    for task in asyncio.all_tasks(ready[0]):
        ready[0].call_soon_threadsafe(task.cancel)
    thread.join(10)


@pytest.fixture
def client(door) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", door, timeout=30) as talking:
        talking.ehlo()
        yield talking


def test_a_letter_is_kept_with_its_envelope_byte_for_byte(client):
    raw = b"From: x\r\nSubject: \xff\xfe\r\n\r\n.dot\r\n\x00\x01\r\n"

    client.sendmail(THEM, [US, f"answer+{TOKEN}@localhost"], raw)

    [path] = letterbox.new(10)
    envelope, content = letterbox.read(path)
    assert content == raw
    assert envelope.sender == THEM
    assert envelope.recipients == (US, f"answer+{TOKEN}@localhost")
    assert letterbox.answer_token(envelope.recipients[1]) == TOKEN
    assert abs((datetime.now(UTC) - envelope.arrived_at).total_seconds()) < 30


@pytest.mark.parametrize(
    "stranger", ["nobody@localhost", "consultation-12@localhost", "consultation-11@example.org"]
)
def test_an_address_that_is_not_ours_is_refused_at_once(client, stranger):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail(THEM, [stranger], b"Words")

    assert refused.value.recipients[stranger][0] == 550
    assert letterbox.new(10) == []


def test_before_the_worker_wrote_the_addresses_the_sender_is_asked_to_come_again(client):
    (letterbox.Path(letterbox.settings.DATA) / letterbox.ADDRESSES).unlink()

    client.mail(THEM)

    assert client.rcpt(US)[0] == 451


def test_a_line_of_any_usual_length_is_taken(client):
    line = b"x" * 1_000_000

    client.sendmail(THEM, [US], b"Subject: long\r\n\r\n" + line)

    assert line in letterbox.read(letterbox.new(1)[0])[1]


def test_a_letter_that_is_too_large_is_refused_for_good(client):
    assert client.esmtp_features["size"] == str(smtp.MAX_SIZE)
    client.putcmd("MAIL", f"FROM:<{THEM}> SIZE={smtp.MAX_SIZE + 1}")

    assert client.getreply()[0] == 552


def test_a_letter_that_turns_out_too_large_is_refused_and_nothing_is_kept(door, monkeypatch):
    monkeypatch.setattr(smtp, "MAX_SIZE", 5000)
    with smtplib.SMTP("127.0.0.1", door) as client:
        client.helo()
        client.mail(THEM)
        client.rcpt(US)

        assert client.data(b"x\r\n" * 5000)[0] == 552

    assert letterbox.new(10) == []


def test_a_full_disk_asks_the_sender_to_come_again_and_leaves_nothing_behind(client, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    client.mail(THEM)
    client.rcpt(US)
    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", full)
        assert client.data(b"Words")[0] == 452

    assert letterbox.new(10) == []
    client.sendmail(THEM, [US], b"Words")
    assert len(letterbox.new(10)) == 1


def test_a_sender_without_an_address_is_heard(client):
    client.sendmail("", [US], b"Bounced")

    assert letterbox.read(letterbox.new(1)[0])[0].sender == ""


def test_too_many_talkers_are_asked_to_come_later(door, monkeypatch):
    monkeypatch.setattr(smtp, "MAX_CONNECTIONS", 2)
    held = [socket.create_connection(("127.0.0.1", door), timeout=10) for _ in range(2)]
    assert [talking.recv(3) for talking in held] == [b"220", b"220"]

    with socket.create_connection(("127.0.0.1", door), timeout=10) as third:
        assert third.recv(3) == b"421"
    for talking in held:
        talking.close()
    deadline = time.monotonic() + 10
    while smtp.Conversation.open_now and time.monotonic() < deadline:
        time.sleep(0.01)
    with smtplib.SMTP("127.0.0.1", door, timeout=10) as later:
        assert later.noop()[0] == 250


def test_what_the_letterbox_did_not_write_is_no_letter():
    path = letterbox.put(Envelope(THEM, (US,), datetime.now(UTC)), b"Words")
    place = letterbox.spool.locate(path)
    place.write_bytes(b"Words without an envelope\r\n\r\n")

    with pytest.raises(NotALetterError):
        letterbox.read(path)


# Kill -9 under load


def _start(command: list[str], data: Path, port: int) -> subprocess.Popen[bytes]:
    paths = f"{SOURCE}{os.pathsep}{ROOT}"
    own = {"CONSULTA_DATA": str(data), "CONSULTA_SECRET_KEY": "for-tests", "PYTHONPATH": paths}
    settings = {"DJANGO_SETTINGS_MODULE": "consulta.config.settings"}
    process = subprocess.Popen(
        [sys.executable, *command], env=environment() | own | settings, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return process
        time.sleep(0.05)
    raise AssertionError("the letterbox did not open")


def _send(port: int, writer: int, acknowledged: list[str], stop: threading.Event) -> None:
    """Send letter after letter until told to stop; note those that were answered with 250."""
    for number in range(1_000_000):
        if stop.is_set():
            return
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as talking:
                for part in range(50):
                    name = f"letter-{writer}-{number}-{part}-end"
                    talking.sendmail(THEM, [US], f"Subject: {name}\r\n\r\nWords".encode())
                    acknowledged.append(name)
        except (OSError, smtplib.SMTPException):
            time.sleep(0.01)


def _lost(start: Callable[[int], subprocess.Popen[bytes]], data: Path, *, kills: int) -> list[str]:
    """Letters that were acknowledged and are not there after so many kills under load."""
    port, stop = free_port(), threading.Event()
    acknowledged: list[list[str]] = [[], [], []]
    process = start(port)
    threads = [
        threading.Thread(target=_send, args=(port, writer, names, stop))
        for writer, names in enumerate(acknowledged)
    ]
    for thread in threads:
        thread.start()
    for kill in range(kills):
        time.sleep(0.7 + kill / 10)
        process.kill()
        process.wait()
        if kill + 1 < kills:
            process = start(port)
    stop.set()
    for thread in threads:
        thread.join()
    sent = [name for names in acknowledged for name in names]
    assert len(sent) > 30, "there was no load"
    kept = b"".join(file.read_bytes() for file in (data / letterbox.NEW).iterdir())
    found = set(re.findall(rb"letter-[0-9-]+-end", kept))
    return [name for name in sent if name.encode() not in found]


@pytest.mark.kill
def test_kill_9_under_load_loses_no_letter_that_was_acknowledged(tmp_path):
    letterbox.write_addresses(["consultation-11"])
    command = ["-c", "from consulta.cli import main; main()", "mail", "--data", str(tmp_path)]

    lost = _lost(
        lambda port: _start([*command, "--port", str(port)], tmp_path, port), tmp_path, kills=4
    )

    assert lost == []


@pytest.mark.kill
def test_the_kill_test_can_fail_a_letterbox_that_acknowledges_first_loses_letters(tmp_path):
    letterbox.write_addresses(["consultation-11"])
    command = ["-m", "tests.mailroom.forgetful_letterbox"]

    lost = _lost(lambda port: _start([*command, str(port)], tmp_path, port), tmp_path, kills=2)

    assert lost
