"""What is due is handed over once, tried again when it must be, and wiped once it is handed over."""

import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMessage
from django.utils import timezone

from consulta.mailroom import carriers, delivery, outbox, signing
from consulta.mailroom.models import OutgoingMail

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


def queue(count: int = 1) -> list[OutgoingMail]:
    mails = []
    for number in range(count):
        to = [f"reader{number}@example.org"]
        mails += outbox.send(EmailMessage("Hello", "The code is 482913.", to=to))
    return mails


def later(**given: float) -> datetime:
    return timezone.now() + timedelta(seconds=1) + timedelta(**given)


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_URL = f"file://{tmp_path}/post"
    return tmp_path / "post"


class Server:
    """A mail server that answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.recipient_answer = self.data_answer = self.sender_answer = "250 OK"
        self.hangs_up_after = 100

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(self.taken) >= self.hangs_up_after and server.transport is not None:
            server.transport.close()
        envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802 -- the name is that of aiosmtpd
        self,
        _: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address == "nobody@example.org":
            return "550 no such person"
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            self.taken.append(envelope)
        return self.data_answer


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=25925)
    controller.start()
    settings.EMAIL_URL = "smtp://127.0.0.1:25925"
    yield handler
    controller.stop()


def test_a_folder_gets_one_private_file_for_each_mail(folder: Path) -> None:
    queue(3)
    assert delivery.deliver_due(later()) == 3
    files = sorted(folder.iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    assert all(b"482913" in file.read_bytes() for file in files)


def test_a_delivered_mail_is_marked_and_its_message_wiped(folder: Path) -> None:
    (mail,) = queue()
    delivery.deliver_due(later())
    mail.refresh_from_db()
    assert (mail.state, mail.raw, mail.attempts, mail.sent_at is None) == (
        State.SENT,
        None,
        1,
        False,
    )
    assert delivery.deliver_due(later(days=1)) == 0


def test_a_mail_that_is_not_due_waits(folder: Path) -> None:
    queue()
    assert delivery.deliver_due(timezone.now() - timedelta(minutes=1)) == 0


def test_a_server_gets_the_mail_whole(server: Server) -> None:
    (mail,) = queue()
    raw = bytes(mail.raw or b"")
    assert delivery.deliver_due(later()) == 1
    (envelope,) = server.taken
    assert (envelope.rcpt_tos, envelope.content) == (["reader0@example.org"], raw + b"\r\n")


@pytest.mark.parametrize("step", ["recipient_answer", "data_answer"])
def test_what_the_server_refuses_for_good_has_failed_and_is_kept_a_month(
    server: Server, step: str
) -> None:
    setattr(server, step, "550 no such person")
    (mail,) = queue()
    now = later()
    assert delivery.deliver_due(now) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.FAILED, "550 no such person")
    assert b"482913" in bytes(mail.raw or b"")

    assert delivery.forget(now + timedelta(days=29)) == 0
    assert delivery.forget(now + timedelta(days=30)) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.raw) == (State.FAILED, None)


@pytest.mark.parametrize("step", ["recipient_answer", "data_answer"])
def test_what_the_server_refuses_for_now_is_tried_again(server: Server, step: str) -> None:
    setattr(server, step, "451 come back")
    (mail,) = queue()
    now = later()
    assert delivery.deliver_due(now) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at, mail.last_error) == (
        State.QUEUED,
        now + timedelta(minutes=1),
        "451 come back",
    )
    setattr(server, step, "250 OK")
    assert delivery.deliver_due(now) == 0
    assert delivery.deliver_due(later(minutes=2)) == 1


def test_one_refused_mail_does_not_hold_up_the_next(server: Server) -> None:
    queue()
    OutgoingMail.objects.update(recipient="nobody@example.org")
    queue()
    assert delivery.deliver_due(later()) == 1


def test_without_a_server_only_the_first_mail_is_tried(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:25926"
    queue(3)
    assert delivery.deliver_due(later()) == 0
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert OutgoingMail.objects.filter(state=State.QUEUED, raw__isnull=False).count() == 3


def test_without_a_server_all_mail_waits_half_a_minute_and_that_costs_no_try(
    settings: Any,
) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:25926"
    queue(50)
    now = later()
    delivery.deliver_due(now)
    tried = OutgoingMail.objects.filter(attempts=1)
    assert (tried.count(), OutgoingMail.objects.filter(attempts=0).count()) == (1, 49)

    for seconds in (1, 29):
        delivery.deliver_due(now + timedelta(seconds=seconds))
    assert OutgoingMail.objects.filter(attempts__gt=0).count() == 1
    delivery.deliver_due(now + timedelta(seconds=30))
    assert OutgoingMail.objects.filter(attempts__gt=0).count() == 2


def test_after_five_days_without_success_a_mail_has_failed(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:25926"
    (mail,) = queue()
    delivery.deliver_due(later(days=5))
    mail.refresh_from_db()
    assert mail.state == State.FAILED


def test_pauses_grow_to_four_hours() -> None:
    minutes = [delivery.pause(n) / timedelta(minutes=1) for n in (1, 2, 3, 8, 9, 60)]
    assert minutes == [1, 2, 4, 128, 240, 240]


def test_a_server_that_hangs_up_in_the_middle_gets_the_rest_later_and_none_twice(
    server: Server,
) -> None:
    queue(7)
    server.hangs_up_after = 3

    assert delivery.deliver_due(later()) == 3
    waiting = OutgoingMail.objects.filter(state=State.QUEUED).order_by("pk")
    assert [mail.attempts for mail in waiting] == [1, 0, 0, 0]
    assert waiting[0].last_error

    server.hangs_up_after = 100
    assert delivery.deliver_due(later(minutes=2)) == 4
    assert sorted(to for envelope in server.taken for to in envelope.rcpt_tos) == [
        f"reader{n}@example.org" for n in range(7)
    ]


def test_a_server_that_says_it_closes_is_left_alone(server: Server) -> None:
    queue(3)
    server.recipient_answer = "421 closing"

    assert delivery.deliver_due(later()) == 0
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 1]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("550 you may not send", State.QUEUED), ("552 too large", State.FAILED)],
)
def test_a_refused_sender_is_mended_on_the_server_and_the_mail_waits(
    server: Server, answer: str, state: str
) -> None:
    (mail,) = queue()
    server.sender_answer = answer

    delivery.deliver_due(later())

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (state, answer)


def test_killed_in_the_middle_at_most_one_batch_is_sent_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outcomes are noted twenty at a time."""
    queue(50)
    handed: list[int] = []
    plain = carriers.Folder.hand_over

    def counted(self: carriers.Folder, mail: OutgoingMail) -> None:
        if len(handed) == 30:
            raise KeyboardInterrupt
        handed.append(mail.pk)
        plain(self, mail)

    with monkeypatch.context() as patch:
        patch.setattr(carriers.Folder, "hand_over", counted)
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver_due(later())
    assert OutgoingMail.objects.filter(state=State.SENT).count() == delivery.BATCH

    monkeypatch.setattr(carriers.Folder, "hand_over", lambda self, mail: handed.append(mail.pk))
    while delivery.deliver_due(later(minutes=11)):
        pass
    assert OutgoingMail.objects.filter(state=State.SENT).count() == 50
    assert len(handed) - len(set(handed)) == 10


def test_one_call_hands_over_at_most_a_round(folder: Path) -> None:
    queue(delivery.ROUND + 5)

    assert [delivery.deliver_due(later()) for _ in range(3)] == [delivery.ROUND, 5, 0]
    assert not OutgoingMail.objects.filter(attempts__gt=1).exists()


def test_two_deliverers_send_a_mail_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second runs while the first is handing over."""
    queue()
    counts: list[int] = []
    plain = carriers.Folder.hand_over

    def slow(self: carriers.Folder, mail: OutgoingMail) -> None:
        if not counts:
            counts.append(-1)
            counts.append(delivery.deliver_due(later()))
        plain(self, mail)

    monkeypatch.setattr(carriers.Folder, "hand_over", slow)
    assert (delivery.deliver_due(later()), counts) == (1, [-1, 0])


def test_a_mail_whose_deliverer_died_is_sent_after_the_lease(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()

    def die(self: carriers.Folder, mail: OutgoingMail) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carriers.Folder, "hand_over", die)
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver_due(later())
    assert delivery.deliver_due(later(minutes=5)) == 0
    assert delivery.deliver_due(later(minutes=11)) == 1


@pytest.mark.parametrize("url", ["http://example.org", "smtp://", "post@example.org"])
def test_an_address_that_no_carrier_serves_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="CONSULTA_EMAIL_URL"):
        carriers.for_address(url)


def test_what_is_handed_over_is_signed_and_the_row_keeps_what_was_written(settings, tmp_path):
    settings.EMAIL_URL = f"file://{tmp_path / 'out'}"
    signing.record()
    mail = outbox.send(EmailMessage("S", "Text", "office@localhost", ["a@b.example"]))[0]

    delivery.deliver_due(timezone.now())

    handed = next((tmp_path / "out").glob("*.eml")).read_bytes()
    assert handed.startswith(b"DKIM-Signature: v=1; a=rsa-sha256")
    assert handed.endswith(bytes(mail.raw).partition(b"\r\n\r\n")[2])
