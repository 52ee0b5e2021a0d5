"""A disk that is really full: 452, nothing partial, nothing acknowledged lost; with room, all goes on."""

import contextlib
import os
import smtplib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consulta.mailroom import conversation, durable, letterbox
from consulta.mailroom.smtp import Door
from tests.cli.test_serve import free_port
from tests.mailroom.doors import opened

US, THEM = "consultation-11@localhost", "person@example.org"
LETTER = b"Subject: x\r\n\r\n" + b"Words and words.\r\n" * 2000  # 36 kB


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A disk of 256 kB as the data folder; only root may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no disk can be made here")
    settings.DATA = place
    letterbox.write_addresses(["consultation-11"])
    yield place
    subprocess.run(["umount", str(place)], check=True)


def hand_over(port: int, *, letters: int) -> list[int]:
    """What was answered to so many letters."""
    answers = []
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.ehlo()
        for _ in range(letters):
            client.mail(THEM)
            client.rcpt(US)
            answers.append(client.data(LETTER)[0])
    return answers


def kept() -> list[bytes]:
    return [letterbox.read(path)[1] for path in letterbox.new(1000)]


def files(place: Path) -> set[str]:
    return {str(file.relative_to(place)) for file in place.rglob("*") if file.is_file()}


def test_what_is_acknowledged_is_whole_and_the_rest_is_to_come_again(small_disk: Path) -> None:
    port = free_port()
    with opened(lambda: conversation.listen("127.0.0.1", port)):
        answers = hand_over(port, letters=12)

        assert set(answers) == {250, 452}
        assert answers == sorted(answers), "a full disk does not empty itself"
        assert kept() == [LETTER] * answers.count(250)
        assert files(small_disk) == {*letterbox.new(1000), letterbox.ADDRESSES}

        for path in letterbox.new(3):
            os.unlink(small_disk / path)
        assert hand_over(port, letters=1) == [250]
        assert letterbox.takes(US), "who may be written to is known all the while"


def test_a_door_that_acknowledges_first_is_caught(small_disk: Path) -> None:
    def hastily(envelope: letterbox.Envelope, content: bytes) -> str:
        with contextlib.suppress(durable.DiskFullError, letterbox.spool.SpoolFullError):
            return letterbox.put(envelope, content)
        return ""

    port, place = free_port(), conversation.Place(door=Door(keep=hastily))
    with opened(lambda: conversation.listen("127.0.0.1", port, place=place)):
        answers = hand_over(port, letters=12)

    assert answers.count(250) == 12 > len(kept())
