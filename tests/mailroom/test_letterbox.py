"""The door for letters: what is answered with 250 is on disk, whatever happens next."""

import errno
import os
import re
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from consulta.mailroom import conversation, durable, letterbox, lobby, smtp
from consulta.mailroom.letterbox import Envelope, NotALetterError
from tests.cli.test_serve import SOURCE, environment, free_port
from tests.mailroom.certificates import certificate
from tests.mailroom.doors import opened

US, THEM = "consultation-11@localhost", "person@example.org"
TOKEN = "Ab-" + "x" * 18 + "_Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def door() -> Iterator[int]:
    """A door in this process; its port."""
    letterbox.write_addresses(["consultation-11"])
    port = free_port()
    with opened(lambda: conversation.listen("127.0.0.1", port)):
        yield port


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
    assert client.esmtp_features["size"] == str(conversation.MAX_SIZE)
    client.putcmd("MAIL", f"FROM:<{THEM}> SIZE={conversation.MAX_SIZE + 1}")

    assert client.getreply()[0] == 552


def test_a_letter_that_turns_out_too_large_is_refused_and_nothing_is_kept(door, monkeypatch):
    monkeypatch.setattr(conversation, "MAX_SIZE", 5000)
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
    monkeypatch.setattr(lobby, "MAX_GUESTS", 2)
    held = [socket.create_connection(("127.0.0.1", door), timeout=10) for _ in range(2)]
    assert [talking.recv(3) for talking in held] == [b"220", b"220"]

    with socket.create_connection(("127.0.0.1", door), timeout=10) as third:
        assert third.recv(3) == b"421"
    for talking in held:
        talking.close()
    assert _is_let_in(door)


def test_who_holds_a_line_and_brings_nothing_makes_room_for_who_waits(door, monkeypatch):
    monkeypatch.setattr(lobby, "MAX_GUESTS", 1)
    monkeypatch.setattr(lobby, "PATIENCE", 0.0)
    with socket.create_connection(("127.0.0.1", door), timeout=10) as idle:
        assert idle.recv(3) == b"220"

        with smtplib.SMTP("127.0.0.1", door, timeout=10) as client:
            client.sendmail(THEM, [US], b"Words")

        assert b"421 4.4.2" in idle.makefile("rb").read()
    assert len(letterbox.new(10)) == 1


def test_who_sends_without_end_is_cut_off_and_nothing_is_kept(client, monkeypatch):
    monkeypatch.setattr(conversation, "TOO_MUCH", 1_000_000)
    client.mail(THEM)
    client.rcpt(US)
    client.docmd("DATA")

    with pytest.raises(OSError, match=r"reset|pipe|aborted"):
        client.sock.sendall(b"x" * 100_000_000)

    assert letterbox.new(10) == []


def test_what_goes_wrong_here_is_never_answered_for_good(client, monkeypatch):
    def broken(address: str) -> bool:
        raise PermissionError(address)

    monkeypatch.setattr(letterbox, "takes", broken)
    client.mail(THEM)

    assert client.rcpt(US)[0] == 451


def test_letters_in_any_script_are_taken(client):
    client.ehlo()
    assert {"smtputf8", "8bitmime"} <= set(client.esmtp_features)
    client.sendmail(
        "müller@example.org",
        [US],
        "Subject: Réponse\r\n\r\n你好".encode(),
        mail_options=["SMTPUTF8", "BODY=8BITMIME"],
    )

    envelope, content = letterbox.read(letterbox.new(1)[0])
    assert (envelope.sender, content) == (
        "müller@example.org",
        "Subject: Réponse\r\n\r\n你好\r\n".encode(),
    )


def test_a_sender_who_brings_too_many_at_once_is_asked_to_come_later_and_others_are_not():
    letterbox.write_addresses(["consultation-11"])
    port = free_port()
    place = conversation.Place(door=smtp.Door(paces=smtp.paces(1, front=settings.MAIL_FRONT)))
    with (
        opened(lambda: conversation.listen("127.0.0.1", port, place=place)),
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        for _ in range(smtp.BURST):
            client.sendmail(THEM, [US], b"Words")
        client.ehlo()

        assert client.mail(THEM)[0] == 451
        assert client.mail("other@example.org")[0] == 250


def test_a_letter_may_come_encrypted(tmp_path):
    letterbox.write_addresses(["consultation-11"])
    port, pem = free_port(), certificate(tmp_path)
    place = conversation.Place(certificate=conversation.Certificate(pem, pem))
    with (
        opened(lambda: conversation.listen("127.0.0.1", port, place=place)),
        smtplib.SMTP("localhost", port, timeout=10) as client,
    ):
        client.starttls(context=ssl.create_default_context(cafile=str(pem)))
        client.sendmail(THEM, [US], b"Words")

    assert len(letterbox.new(10)) == 1


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("consultation-11+x.y=z@localhost", True),
        ("CONSULTATION-11+1@LocalHost", True),
        ("consultation-11+@localhost", False),
        ("consultation-11+../../x@localhost", False),
        ("group-on-islands@localhost", True),
        ("group-on-islands+1@localhost", False),
        ("abuse@localhost", True),
        ("@localhost", False),
        ("consultation-11", False),
    ],
)
def test_who_is_written_to_with_a_tag_is_known_by_the_name_before_it(address, taken):
    letterbox.write_addresses(["consultation-11", "consultation-11+", "group-on-islands"])

    assert letterbox.takes(address) is taken


def test_one_domain_has_one_name_however_it_is_written(monkeypatch):
    monkeypatch.setattr(settings, "MAIL_DOMAIN", "bücher.example")
    letterbox.write_addresses(["consultation-11"])

    assert letterbox.takes("consultation-11@xn--bcher-kva.example")
    assert letterbox.takes("consultation-11@BÜCHER.example")


def test_on_a_full_disk_the_addresses_known_before_stay(monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    letterbox.write_addresses(["consultation-11"])
    monkeypatch.setattr(durable.os, "fsync", full)

    letterbox.write_addresses(["consultation-12"])

    assert letterbox.takes(US)
    assert not letterbox.takes("consultation-12@localhost")


def _is_let_in(port: int) -> bool:
    """Whether a new sender is let in within ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError, smtplib.SMTPException), smtplib.SMTP("127.0.0.1", port) as later:
            return later.noop()[0] == 250
        time.sleep(0.01)
    return False


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
    which = {"DJANGO_SETTINGS_MODULE": "consulta.config.settings"}
    process = subprocess.Popen(
        [sys.executable, *command], env=environment() | own | which, stderr=subprocess.DEVNULL
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
