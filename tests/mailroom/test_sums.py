"""However mails come and whatever becomes of them, the sum of mails adds up at every moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consulta.mailroom import books, incoming, letterbox
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail

pytestmark = pytest.mark.django_db
LINES = ["mails", "responses", "versions", "robots", "repeats", "spam", "waiting", "enquiries"]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KINDS = IncomingMail.Kind.values
STEPS = st.one_of(
    st.tuples(st.just("come"), st.integers(0, 4)),
    st.tuples(st.just("settle"), st.sampled_from(KINDS)),
    st.tuples(st.just("fail"), st.integers(0, 9)),
    st.tuples(st.just("again"), st.just(0)),
)


def come(number: int, at: datetime) -> None:
    raw = b"From: a@b.org\r\nMessage-ID: <%d>\r\n\r\nWords\r\n" % number
    path = letterbox.put(Envelope("a@b.org", ("consultation-11@localhost",), at), raw)
    incoming.enter(path)


def step(name: str, what: int | str, at: datetime) -> None:
    waiting = IncomingMail.objects.filter(state=IncomingMail.State.WAITING).order_by("pk").first()
    aside = IncomingMail.objects.filter(state__in=incoming.FOR_A_PERSON).first()
    if name == "come":
        come(int(what), at)
    elif name == "settle" and waiting:
        done = what in (IncomingMail.Kind.RESPONSE, IncomingMail.Kind.VERSION)
        state = IncomingMail.State.PROCESSED if done else IncomingMail.State.SET_ASIDE
        incoming.settle(waiting.pk, state, [{"outcome": what}], kind=str(what))
    elif name == "fail" and waiting:
        incoming.claim(waiting.pk)
        incoming.fail(waiting.pk, "a fault")
    elif name == "again" and aside:
        incoming.try_again(aside)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=25))
def test_the_lines_add_up_after_every_step(steps):
    IncomingMail.objects.all().delete()
    for number, (name, what) in enumerate(steps):
        step(name, what, NOW + timedelta(seconds=number))
        sums = books.sums()
        assert list(sums) == LINES
        assert sums["mails"] == IncomingMail.objects.count()
        assert sums["mails"] == sum(sums.values()) - sums["mails"]
        assert min(sums.values()) >= 0


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("response", "responses"),
        ("version", "versions"),
        ("confirmation", "enquiries"),
        ("enquiry", "enquiries"),
        ("robot", "robots"),
        ("spam", "spam"),
        ("", "waiting"),
    ],
)
def test_each_kind_has_its_line(kind, line):
    come(1, NOW)
    come(1, NOW + timedelta(seconds=1))
    incoming.settle(IncomingMail.objects.earliest("pk").pk, "set_aside", [], kind=kind)

    assert books.sums() == dict.fromkeys(LINES, 0) | {"mails": 2, "repeats": 1, line: 1}


def test_what_failed_waits_for_a_person():
    come(1, NOW)
    IncomingMail.objects.update(attempts=len(incoming.PAUSES))
    incoming.fail(IncomingMail.objects.get().pk, "a fault")

    assert IncomingMail.objects.get().state == IncomingMail.State.FAILED
    assert books.sums()["waiting"] == 1
