"""Everyone's first letter comes before anybody's second."""

from datetime import UTC, datetime, timedelta

import pytest

from consulta.mailroom import incoming, letterbox, turns
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def put(sender: str, second: int) -> str:
    at = NOW + timedelta(seconds=second)
    raw = b"Subject: x\r\n\r\nWords %d" % second
    return letterbox.put(Envelope(sender, ("consultation-11@localhost",), at), raw)


def senders(paths: list[str]) -> list[str]:
    return [letterbox.read(path)[0].sender for path in paths]


def test_a_flood_of_one_sender_stands_behind_the_first_letter_of_another():
    for second in range(50):
        put("flood@example.org", second)
    put("ana@example.org", 51)
    put("ANA@example.org", 53)
    put("ben@example.org", 52)

    assert senders(letterbox.new(6)) == [
        "flood@example.org",
        "ana@example.org",
        "ben@example.org",
        "flood@example.org",
        "ANA@example.org",
        "flood@example.org",
    ]


@pytest.mark.django_db
def test_so_it_is_among_those_that_wait_to_be_opened():
    rows = [incoming.enter(put("flood@example.org", second)) for second in range(50)]
    ana = incoming.enter(put("ana@example.org", 51))
    later = NOW + timedelta(minutes=5)

    assert turns.waiting(later, limit=3) == [rows[0].pk, ana.pk, rows[1].pk]
    assert len(turns.waiting(later)) == turns.BATCH


@pytest.mark.django_db
def test_whoever_had_turns_already_stands_behind_who_writes_for_the_first_time():
    """Else each of a flood's letters would be a first one again, and older than the newcomer's."""
    for second in range(40):
        put(f"flood-{second % 4}@example.org", second)
    now = NOW + timedelta(minutes=5)
    for path in letterbox.new(8):
        mail = incoming.enter(path)
        incoming.settle(mail.pk, IncomingMail.State.PROCESSED, [], kind="response")
    put("ana@example.org", 50)

    assert senders(letterbox.new(1)) == ["flood-0@example.org"], "the control: without memory"
    [first, *others] = letterbox.new(32, had=turns.entered(now))
    assert senders([first]) == ["ana@example.org"]
    rows = {incoming.enter(path).pk for path in others}
    ana = incoming.enter(first)
    assert turns.waiting(now, limit=1) == [ana.pk]
    assert ana.pk not in rows


@pytest.mark.django_db
def test_letters_that_have_to_wait_do_not_stand_in_the_way_of_those_that_may_be_opened():
    for second in range(30):
        incoming.enter(put(f"{second}@example.org", second))
    IncomingMail.objects.update(attempts=6)
    fresh = incoming.enter(put("ana@example.org", 31))

    assert turns.waiting(NOW + timedelta(minutes=5), limit=1) == [fresh.pk]
    assert len(turns.waiting(NOW + timedelta(hours=5), limit=99)) == 31


@pytest.mark.django_db
@pytest.mark.parametrize("attempts", [0, 1, 5, 7, 60])
def test_a_letter_is_due_when_its_pause_is_over(attempts):
    mail = incoming.enter(put("ana@example.org", 0))
    IncomingMail.objects.update(attempts=attempts)
    due = mail.arrived_at + incoming.pause(attempts)

    assert turns.waiting(due - timedelta(microseconds=1)) == []
    assert turns.waiting(due) == [mail.pk]


def test_what_is_no_letter_is_taken_out_of_the_way():
    put("ana@example.org", 0)
    place = letterbox.spool.locate(letterbox.new(1)[0]).parent / "nonsense"
    place.write_bytes(b"no letter")

    aside = letterbox.set_aside(f"{letterbox.NEW}/nonsense")

    assert letterbox.Path(aside).read_bytes() == b"no letter"
    assert len(letterbox.new(10)) == 1
