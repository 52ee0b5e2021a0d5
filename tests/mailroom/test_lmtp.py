"""LMTP: the mail server of this house hands letters over and gets one answer for each recipient."""

import asyncio
import errno
import smtplib
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from consulta.mailroom import conversation, durable, letterbox
from tests.cli.test_serve import free_port
from tests.mailroom.doors import opened

US, THEM = "consultation-11@localhost", "person@example.org"
TWO = [US, "consultation-12@localhost"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    letterbox.write_addresses(["consultation-11", "consultation-12"])
    return tmp_path / "lmtp.sock"


@pytest.fixture
def client(path: Path) -> Iterator[smtplib.LMTP]:
    with (
        opened(lambda: conversation.listen_locally(f"unix:{path}")),
        smtplib.LMTP(str(path)) as talking,
    ):
        yield talking


def deliver(client: smtplib.LMTP, to: list[str], content: bytes = b"Words\r\n.\r\n") -> list[bytes]:
    """Every line that is answered once the letter is through."""
    client.ehlo()
    client.mail(THEM)
    for each in to:
        client.rcpt(each)
    assert client.docmd("DATA")[0] == 354
    client.send(content)
    client.send(b"NOOP\r\n")
    file = client.file or client.sock.makefile("rb")
    lines = []
    while (line := file.readline()).strip() != b"250 OK":
        lines.append(line.strip())
    return lines


def test_a_letter_is_answered_once_for_each_recipient_and_kept_once(client):
    assert deliver(client, TWO) == [b"250 2.0.0 Kept"] * 2

    [path] = letterbox.new(10)
    envelope, content = letterbox.read(path)
    assert (envelope.recipients, envelope.via, content) == (tuple(TWO), "lmtp", b"Words\r\n")


def test_a_stranger_is_refused_and_the_others_are_answered(client):
    client.ehlo()
    client.mail(THEM)

    assert client.rcpt("nobody@localhost")[0] == 550
    assert deliver(client, TWO[:1]) == [b"250 2.0.0 Kept"]


def test_a_letter_that_is_too_large_is_refused_once_for_each_recipient(path, monkeypatch):
    monkeypatch.setattr(conversation, "MAX_SIZE", 5000)
    with (
        opened(lambda: conversation.listen_locally(f"unix:{path}")),
        smtplib.LMTP(str(path)) as client,
    ):
        answers = deliver(client, TWO, b"x\r\n" * 5000 + b".\r\n")

    assert [line[:3] for line in answers] == [b"552"] * 2
    assert letterbox.new(10) == []


def test_a_full_disk_asks_for_each_recipient_to_come_again(client, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", full)
        assert [line[:3] for line in deliver(client, TWO)] == [b"452"] * 2

    assert deliver(client, TWO) == [b"250 2.0.0 Kept"] * 2


def test_after_a_letter_each_command_has_one_answer_again(client):
    deliver(client, TWO)

    assert client.noop() == (250, b"OK")
    assert client.docmd("DATA")[0] == 503
    assert client.noop() == (250, b"OK")


def test_smtp_is_not_spoken_there(client):
    assert client.docmd("EHLO", "here")[0] == 500


def test_the_socket_is_for_owner_and_group_and_one_left_by_a_killed_process_is_replaced(path):
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()

    with opened(lambda: conversation.listen_locally(f"unix:{path}")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with smtplib.LMTP(str(path)) as client:
            assert client.noop()[0] == 250


def test_it_may_listen_on_a_port():
    letterbox.write_addresses(["consultation-11"])
    port = free_port()

    with (
        opened(lambda: conversation.listen_locally(f"127.0.0.1:{port}")),
        smtplib.LMTP("127.0.0.1", port) as client,
    ):
        assert deliver(client, [US]) == [b"250 2.0.0 Kept"]


@pytest.mark.parametrize("where", ["nowhere", "localhost:", "/run/lmtp.sock"])
def test_what_is_no_address_is_refused(where):
    with pytest.raises(ValueError, match="unix:/path"):
        asyncio.run(conversation.listen_locally(where))
