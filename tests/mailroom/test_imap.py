"""Letters of a mailbox elsewhere: kept first, then moved; fetched twice at most as a counted repeat."""

import errno
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from consulta.mailroom import durable, fetching, imap, letterbox, mailbox_state
from consulta.mailroom.mailbox_state import Progress
from tests.mailroom.certificates import certificate
from tests.mailroom.mailbox_server import Mailbox, serving

US = "consultation-11@localhost"
RAW = b"Return-Path: <ana@example.org>\r\nTo: <consultation-11@localhost>\r\n\r\nD\xe9j\xe0.\r\n"


@pytest.fixture(autouse=True)
def _addresses():
    letterbox.write_addresses(["consultation-11", "consultations"])


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def url(mailbox: Mailbox, settings: Any) -> Iterator[str]:
    with serving(mailbox) as port:
        settings.MAIL_IMAP_URL = f"imap://us:secret@127.0.0.1:{port}/INBOX?tls=no&move=Done"
        yield settings.MAIL_IMAP_URL


def kept() -> list[tuple[letterbox.Envelope, bytes]]:
    return [letterbox.read(path) for path in letterbox.new(1000)]


def test_a_letter_is_kept_byte_for_byte_with_the_instant_at_which_the_mailbox_got_it(url, mailbox):
    mailbox.add(RAW, " 7-Nov-2026 23:59:59 -0500")

    assert imap.look(imap.box(url)) == 1

    [(envelope, content)] = kept()
    assert content == RAW
    assert envelope == letterbox.Envelope(
        sender="ana@example.org",
        recipients=(US,),
        arrived_at=datetime(2026, 11, 8, 4, 59, 59, tzinfo=UTC),
        helo="127.0.0.1",
        via="imap",
    )


def test_what_is_kept_is_moved_and_not_fetched_again(url, mailbox):
    for _ in range(3):
        mailbox.add(RAW)

    assert [imap.look(imap.box(url)) for _ in range(2)] == [3, 0]
    assert (mailbox.uids(), mailbox.uids("Done")) == ([], [1, 2, 3])
    assert len(kept()) == 3


def test_without_a_folder_to_move_to_letters_stay_and_are_fetched_once(url, mailbox):
    box = imap.box(url.replace("&move=Done", ""))
    mailbox.add(RAW)

    assert [imap.look(box) for _ in range(2)] == [1, 0]
    mailbox.add(RAW)
    assert imap.look(box) == 1
    assert mailbox.uids() == [1, 2]


def test_when_the_mailbox_was_made_anew_everything_is_fetched_again(url, mailbox):
    box = imap.box(url.replace("&move=Done", ""))
    mailbox.add(RAW)
    imap.look(box)

    mailbox.validity += 1

    assert imap.look(box) == 1


@pytest.mark.parametrize("moment", ["UID MOVE", "UID FETCH", "UID SEARCH", "LOGOUT", "LOGIN"])
def test_a_line_that_is_cut_loses_no_letter_and_the_next_look_goes_on(url, mailbox, moment):
    for _ in range(2):
        mailbox.add(RAW)
    mailbox.drop_at = moment
    if moment == "LOGOUT":
        imap.look(imap.box(url))
    else:
        with pytest.raises(imap.MailboxError):
            imap.look(imap.box(url))

    mailbox.drop_at = ""
    imap.look(imap.box(url))

    assert (mailbox.uids(), len(kept())) == ([], 2)


class KilledError(BaseException):
    """Stands for kill -9: nothing may catch it."""


@pytest.mark.parametrize("step", ["keep", "passed"])
def test_killed_around_keeping_one_letter_is_fetched_again_at_most(url, mailbox, monkeypatch, step):
    for _ in range(3):
        mailbox.add(RAW)

    def killed(*_args: object, **_named: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        if step == "passed":
            patched.setattr(Progress, "passed", killed)
        with pytest.raises(KilledError):
            imap.look(imap.box(url), **({"keep": killed} if step == "keep" else {}))
    assert mailbox.uids() == [1, 2, 3], "it may be moved only when it is kept and noted"

    assert imap.look(imap.box(url)) == 3
    assert len(kept()) == (4 if step == "passed" else 3)
    assert mailbox.uids() == []


def test_on_a_full_disk_letters_stay_in_the_mailbox(url, mailbox, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    mailbox.add(RAW)
    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", full)
        assert fetching.look() == 0

    assert (mailbox.uids(), kept()) == ([1], [])
    assert fetching.look() == 1
    assert mailbox.uids() == []


def test_a_letter_that_is_too_large_stays_for_a_person_and_does_not_stop_the_next(
    url, mailbox, monkeypatch
):
    monkeypatch.setattr(imap, "MAX_SIZE", 1000)
    mailbox.add(b"x" * 1001)
    mailbox.add(RAW)

    assert fetching.look() == 1
    assert mailbox.uids() == [1]
    standing = mailbox_state.standing()
    assert standing is not None
    assert standing.too_large == (1,)


def test_a_wrong_password_is_noted_for_the_desk_until_it_is_mended(url, mailbox):
    mailbox.password = "another"
    assert fetching.look() == 0
    noted = mailbox_state.standing()
    assert noted is not None
    assert "127.0.0.1" in noted.error
    assert "secret" not in noted.error
    assert noted.since is None

    mailbox.password = "secret"
    fetching.look()

    mended = mailbox_state.standing()
    assert mended is not None
    assert (mended.error, mended.since) == ("", mended.looked_at)


def test_nobody_there_is_noted_too(settings):
    settings.MAIL_IMAP_URL = "imap://us:secret@127.0.0.1:1/INBOX?tls=no"

    assert fetching.look() == 0
    noted = mailbox_state.standing()
    assert noted is not None
    assert noted.error


def test_before_the_addresses_are_known_letters_stay(url, mailbox):
    (Path(letterbox.settings.DATA) / letterbox.ADDRESSES).unlink()
    mailbox.add(RAW)

    assert fetching.look() == 0
    assert mailbox.uids() == [1]


def test_the_line_is_encrypted_and_the_certificate_checked(mailbox, tmp_path, monkeypatch):
    pem = certificate(tmp_path)
    mailbox.add(RAW)
    with serving(mailbox, pem=pem) as port:
        box = imap.box(f"imaps://us:secret@127.0.0.1:{port}")
        with pytest.raises(imap.MailboxError, match="CERTIFICATE_VERIFY_FAILED"):
            imap.look(box)

        trusting = ssl.create_default_context(cafile=str(pem))
        monkeypatch.setattr(imap.ssl, "create_default_context", lambda: trusting)
        assert imap.look(box) == 1


def test_without_encryption_no_password_leaves_unless_it_is_allowed(url, mailbox):
    with pytest.raises(imap.MailboxError):
        imap.look(imap.box(url.replace("tls=no&", "")))

    assert "LOGIN" not in mailbox.asked


@pytest.mark.parametrize("address", ["", "pop://us:x@host/", "imaps://host/INBOX", "imaps://"])
def test_what_is_no_mailbox_is_refused(address):
    with pytest.raises(ValueError, match="CONSULTA_IMAP_URL"):
        imap.box(address)


def test_an_address_may_hold_any_sign(tmp_path):
    found = imap.box("imaps://us%40b.org:p%40%2Fss@host:1993/A%20folder?move=B", token="/t")

    assert found == imap.Box(
        "host", 1993, "tls", "us@b.org", "p@/ss", "A folder", "B", token=Path("/t")
    )


@pytest.mark.parametrize(
    ("head", "recipients", "sender"),
    [
        (b"Delivered-To: Consultation-11@localhost\r\nTo: x@b", ("Consultation-11@localhost",), ""),
        (b"To: a@b, <consultation-11@localhost>\r\nCc: consultation-11@localhost", (US,), ""),
        (b"To: undisclosed-recipients:;", ("consultations@localhost",), ""),
        (
            b"From: Ana <ana@b.org>\r\nTo: nobody@localhost",
            ("consultations@localhost",),
            "ana@b.org",
        ),
        (b"Return-Path: <>\r\nFrom: <daemon@b.org>", ("consultations@localhost",), ""),
        (b"\xff\xfe: \x00\r\nnonsense", ("consultations@localhost",), ""),
    ],
)
def test_to_whom_and_from_whom_is_read_from_the_headers(url, mailbox, head, recipients, sender):
    mailbox.add(head + b"\r\n\r\nTo: consultation-11@localhost\r\n")
    imap.look(imap.box(url))

    [(envelope, _content)] = kept()
    assert (envelope.recipients, envelope.sender) == (recipients, sender)
