"""A post reaches everyone who gets it, once; what is refused, deferred or broken off is dealt with."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import dkim
import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from consulta.mailroom import signing
from consulta.reflector import addresses, distribution, posting, subscribing
from consulta.reflector.models import Deferral, Mailing, Subscription
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db
PORT = 25931


class Server:
    """A mail server that answers each recipient as it is told."""

    def __init__(self):
        self.taken, self.answers, self.down_after = [], {}, None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.down_after is not None and len(self.taken) >= self.down_after:
            server.transport.close()
            return "421 going down"
        self.taken.append(envelope)
        return "250 OK"

    @property
    def to(self):
        return [envelope.rcpt_tos[0] for envelope in self.taken]


@pytest.fixture
def server(settings):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=PORT)
    controller.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{PORT}"
    yield handler
    controller.stop()


def distribute(**later):
    return distribution.distribute_due(timezone.now() + timedelta(seconds=1) + timedelta(**later))


def read(envelope):
    return message_from_bytes(envelope.content, policy=policy.default)


def test_everyone_who_gets_each_post_gets_it_once(server, subscribe, shown, space):
    for number in range(45):
        subscribe(f"reader{number}@example.org")
    subscribe("reader3@example.org", place=space)
    subscribe("only@example.org", place=space)
    subscribe("daily@example.org", mode="digest")
    subscribing.end(subscribe("gone@example.org"), now=NOW)
    subscribing.pause(subscribe("away@example.org"), now=NOW)

    assert distribute() == 46
    assert sorted(server.to) == sorted(
        [*(f"reader{n}@example.org" for n in range(45)), "only@example.org"]
    )
    mailing = Mailing.objects.get()
    assert (mailing.sent, mailing.failed, mailing.finished_at is None) == (46, 0, False)
    assert distribute(days=1) == 0


def test_whoever_did_not_confirm_gets_nothing(server, subscribe, shown):
    Subscription.objects.filter(pk=subscribe("ana@example.org").pk).update(confirmed_at=None)

    assert distribute() == 0


def test_a_post_of_one_space_is_not_sent_to_another_s_readers(
    server, subscribe, write, shown, home, space
):
    subscribe("only@example.org", place=space)
    Mailing.objects.all().delete()
    posting.show(write("General.", place=home), now=NOW, by="rules")

    assert distribute() == 0


def test_a_copy_passes_dmarc_and_can_be_ended_by_one_press(server, subscribe, shown, settings):
    subscription = subscribe("ana@example.org", language="ar")
    distribute()
    (envelope,) = server.taken
    mail, (_name, text) = read(envelope), signing.record()

    assert dkim.verify(envelope.content, dnsfunc=lambda name, timeout=5: text.encode())
    assert mail["From"].addresses[0].addr_spec == "sample-group-list-11@localhost"
    assert "Ana Sample" in mail["From"].addresses[0].display_name
    assert "SG 11" in mail["From"].addresses[0].display_name
    assert mail["Reply-To"] == f"sample-group-list-11+re-{shown.pk}@localhost"
    assert (
        envelope.mail_from == f"sample-group-list+bounce-{_seal('bounce', subscription)}@localhost"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = f"{settings.BASE_URL}/ar/reflector/link/subscription/{_seal('manage', subscription)}/end/"
    assert mail["List-Unsubscribe"].split(",")[0] == f"<{end}>"
    assert mail["List-Id"].endswith("<sample-group-list-11.localhost>")
    assert (mail["Precedence"], mail["Auto-Submitted"]) == ("list", None)
    assert mail["Archived-At"].endswith(f"/reflector/sample-group-list/posts/{shown.pk}/>")
    assert mail.get_content().startswith("A word on this.")
    assert b"example.org" not in envelope.content


def _seal(purpose, subscription):
    return addresses.seal(purpose, subscription.pk)


def test_an_answer_names_what_it_answers(server, subscribe, write, shown):
    subscribe("ana@example.org")
    Mailing.objects.all().delete()
    first = write(parent=shown)
    second = write(parent=first)
    distribute()

    answers = [
        (read(e)["In-Reply-To"], re.findall("<[^>]+>", read(e)["References"])) for e in server.taken
    ]
    assert answers == [
        (shown.message_id, [shown.message_id]),
        (first.message_id, [shown.message_id, first.message_id]),
    ]
    assert second.message_id != first.message_id


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("A" * 300, "N" * 200),
        ("Ünïcode " * 30, "Имя " * 40),
        ("Two\nlines\r\nBcc: eve@example.org", "Ana\r\nBcc: eve@example.org"),
        ("", ""),
        ("=?utf-8?q?x?=", 'Quote " and \\ back'),
    ],
)
def test_no_subject_or_name_breaks_a_header(server, subscribe, write, shown, subject, name):
    subscribe("ana@example.org")
    Mailing.objects.all().delete()
    write(subject=subject, sender=posting.Sender("ana@example.org", name, authenticated=True))
    distribute()

    (envelope,) = server.taken
    mail = read(envelope)
    assert mail["Bcc"] is None
    assert mail["From"].addresses[0].addr_spec == "sample-group-list-11@localhost"
    assert len(mail["From"].addresses) == 1
    assert mail["Subject"].startswith("[SG 11] ")
    assert max(map(len, envelope.content.split(b"\r\n"))) < 998
    (_name, text) = signing.record()
    assert dkim.verify(envelope.content, dnsfunc=lambda n, timeout=5: text.encode())


def test_who_is_refused_for_good_counts_as_a_bounce_and_stops_nobody(server, subscribe, shown):
    gone, other = subscribe("gone@example.org"), subscribe("other@example.org")
    server.answers["gone@example.org"] = "550 no such person"

    assert distribute() == 1
    gone.refresh_from_db()
    assert (gone.points, gone.bounce_reason) == (4, "550 no such person")
    assert (Mailing.objects.get().sent, Mailing.objects.get().failed) == (1, 1)
    assert server.to == [other.email]


def test_who_is_refused_for_now_is_tried_again_alone(server, subscribe, shown):
    subscribe("slow@example.org"), subscribe("other@example.org")
    server.answers["slow@example.org"] = "451 later"
    assert distribute() == 1

    assert distribute() == 0  # not due yet
    assert distribute(minutes=5) == 0  # still refused
    server.answers.clear()
    assert distribute(hours=1) == 1
    assert server.to == ["other@example.org", "slow@example.org"]
    assert (Deferral.objects.count(), Mailing.objects.get().sent) == (0, 2)


def test_who_is_refused_for_five_days_has_failed(server, subscribe, shown):
    slow = subscribe("slow@example.org")
    server.answers["slow@example.org"] = "451 later"
    for day in range(7):
        distribute(days=day)

    slow.refresh_from_db()
    assert (Deferral.objects.count(), Mailing.objects.get().failed, slow.points) == (0, 1, 4)


def test_a_server_that_is_away_loses_nobody(settings, subscribe, shown):
    subscribe("ana@example.org")
    settings.EMAIL_URL = "smtp://127.0.0.1:1"

    assert distribute() == 0
    mailing = Mailing.objects.get()
    assert (mailing.finished_at, mailing.attempts, mailing.last) == (None, 1, 0)
    assert mailing.last_error
    assert mailing.leased_until is None


def test_a_server_that_goes_down_in_the_middle_is_gone_on_with(server, subscribe, shown):
    for number in range(30):
        subscribe(f"reader{number}@example.org")
    server.down_after = 7

    assert distribute() == 7
    server.down_after = None
    assert distribute(minutes=5) == 23
    assert sorted(server.to) == sorted(f"reader{n}@example.org" for n in range(30))


def test_a_post_that_was_removed_is_sent_no_further(server, subscribe, shown, officer):
    subscribe("ana@example.org")
    shown.state, shown.reason = "removed", "It insults."
    shown.save()

    assert distribute() == 0
    assert Mailing.objects.get().finished_at is not None


def test_a_worker_that_lost_its_lease_notes_nothing(server, subscribe, shown, monkeypatch):
    subscribe("ana@example.org")

    def taken_over(*arguments):
        Mailing.objects.update(lease="another")
        return distribution.Handed()

    monkeypatch.setattr(distribution, "_hand_over", taken_over)

    assert distribute() == 0
    assert (Mailing.objects.get().last, Mailing.objects.get().lease) == (0, "another")


def test_a_mailing_that_another_worker_walks_is_left_alone_until_its_lease_ends(
    server, subscribe, shown
):
    subscribe("ana@example.org")
    Mailing.objects.update(lease="another", leased_until=timezone.now() + timedelta(minutes=3))

    assert distribute() == 0
    assert distribute(minutes=4) == 1


def test_a_mailing_that_breaks_stops_no_other(server, subscribe, write, shown, monkeypatch):
    subscribe("ana@example.org")
    write("Another.")
    whole = distribution.copies.of_post

    def broken(post, language):
        if post.pk == shown.pk:
            raise ValueError("broken")
        return whole(post, language)

    monkeypatch.setattr(distribution.copies, "of_post", broken)

    assert distribute() == 1
    assert "ValueError: broken" in Mailing.objects.get(post=shown).last_error


def test_the_queries_of_a_mailing_grow_with_batches_not_with_readers(
    server, subscribe, shown, django_assert_max_num_queries
):
    for number in range(distribution.BATCH * 3):
        subscribe(f"reader{number}@example.org")

    with django_assert_max_num_queries(50):
        assert distribute() == distribution.BATCH * 3
