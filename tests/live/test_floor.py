"""The floor of a sitting: who asks, who speaks, what is handed in, what goes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.live.captions import sittings
from consulta.live.floor import asking, chairing, erasing, errors, giving, queries, writing
from consulta.live.floor.speakers import Named
from consulta.live.models import FloorRequest, Intervention, Mode, Registration
from consulta.meetings.models import AgendaItem, Meeting
from tests.rounds import group  # noqa: F401

pytestmark = pytest.mark.django_db
ASK = FloorRequest.Ask


@pytest.fixture
def sitting(group, officer):  # noqa: F811
    meeting = Meeting.objects.create(
        slug="open-1", kind="open", group=group, starts_on=date(2026, 9, 21)
    )
    made = sittings.plan(meeting, languages=["en"], by=None)
    sittings.begin(made, by=officer)
    chairing.open_floor(made, by=officer)
    return made


@pytest.fixture
def registered(sitting):
    def _registered(name, mode=Mode.IN_PERSON, **changes):
        meeting, now = sitting.meeting, timezone.now()
        last = Registration.objects.filter(meeting=meeting).count()
        return Registration.objects.create(
            meeting=meeting,
            ordinal=last + 1,
            role="participant",
            name=name,
            organisation_name=f"Sample {name}",
            mode=mode,
            asked_at=now,
            confirmed_at=now,
            **changes,
        )

    return _registered


def waiting(sitting):
    return [request.name for request in queries.standing(sitting).queue]


def test_room_and_remote_wait_in_one_queue_and_the_chair_gives_the_floor(
    sitting, registered, officer
):
    first = asking.ask(sitting, registered("A"))
    asking.ask(sitting, registered("B"))
    asking.ask(sitting, registered("C", Mode.REMOTE))
    asking.ask(sitting, Named(name="D", organisation_name="Sample Guest"), by=officer)
    assert waiting(sitting) == ["A", "C", "B", "D"]

    said = giving.give(first, by=officer)

    standing = queries.standing(sitting)
    assert standing.speaking == said
    assert (said.ordinal, said.name, said.limit) == (1, "A", 180)
    assert [request.name for request in standing.queue] == ["C", "B", "D"]
    assert giving.stop(sitting, by=officer).ended_at is not None
    assert FloorRequest.objects.get(pk=first.pk).state == FloorRequest.State.SPOKEN


def test_an_organisation_that_has_spoken_on_the_item_waits_behind_those_who_have_not(
    sitting, registered, officer
):
    once = registered("A")
    giving.give(asking.ask(sitting, once), by=officer)
    giving.stop(sitting, by=officer)
    asking.ask(sitting, once)
    asking.ask(sitting, registered("B"))
    assert waiting(sitting) == ["B", "A"]

    item = AgendaItem.objects.create(meeting=sitting.meeting, number="2", titles={})
    chairing.take(sitting, item, by=officer)

    assert waiting(sitting) == ["A", "B"]


def test_nobody_speaks_beside_another_but_for_a_point_of_order(sitting, registered, officer):
    giving.give(asking.ask(sitting, registered("A")), by=officer)
    second = asking.ask(sitting, registered("B"))
    with pytest.raises(errors.FloorTakenError):
        giving.give(second, by=officer)

    raised = asking.ask(sitting, registered("C"), what=ASK.POINT_OF_ORDER)
    said = giving.give(raised, by=officer)

    assert queries.standing(sitting).speaking == said
    assert said.limit == 60
    assert Intervention.objects.get(ordinal=1).ended_at is not None


def test_a_closed_list_takes_replies_and_points_of_order_alone(sitting, registered, officer):
    chairing.close_list(sitting, by=officer)

    with pytest.raises(errors.ListClosedError):
        asking.ask(sitting, registered("A"))
    asking.ask(sitting, registered("B"), what=ASK.REPLY)
    chairing.reopen_list(sitting, by=officer)
    asking.ask(sitting, registered("C"))

    assert waiting(sitting) == ["B", "C"]


def test_who_waits_cannot_ask_again_and_may_take_it_back_or_yield(sitting, registered):
    someone, other = registered("A"), registered("B")
    request = asking.ask(sitting, someone)
    with pytest.raises(errors.AskedAlreadyError):
        asking.ask(sitting, someone)

    passed = asking.pass_on(request, other)
    assert (waiting(sitting), passed.asked_at) == (["B"], request.asked_at)

    asking.take_back(passed)
    assert waiting(sitting) == []
    with pytest.raises(errors.NotWaitingError):
        asking.take_back(passed)


@pytest.mark.parametrize(
    "change", [{"waiting_since": timezone.now()}, {"cancelled_at": timezone.now()}]
)
def test_who_is_not_seated_cannot_ask(sitting, registered, change):
    with pytest.raises(errors.MayNotAskError):
        asking.ask(sitting, registered("A", **change))


def test_nobody_but_officers_and_the_chair_conducts(sitting, registered):
    user = User.objects.create_user("delegate@example.org", name="Delegate")
    request = asking.ask(sitting, registered("A"))

    for act in (
        lambda: giving.give(request, by=user),
        lambda: chairing.close_list(sitting, by=user),
        lambda: asking.ask(sitting, Named(name="X"), by=user),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_the_floor_closes_with_the_sitting(sitting, registered, officer):
    said = giving.give(asking.ask(sitting, registered("A")), by=officer)
    sittings.end(sitting, by=officer)

    with pytest.raises(errors.FloorNotOpenError):
        asking.ask(sitting, registered("B"))
    assert queries.standing(sitting).speaking is None
    writing.withdraw_name(said)
    assert (said.name, said.organisation_name) == ("", "")
    assert FloorRequest.objects.get().name == ""


def test_what_is_handed_in_has_a_number_and_is_shown_once_it_was_read(sitting, registered, officer):
    made = writing.hand_in(sitting, registered("A"), " More cables. ", language="en")
    assert (made.ordinal, made.text, queries.shown(sitting)) == (1, "More cables.", [])

    writing.show(made, by=officer)
    assert queries.shown(sitting) == [made]

    with pytest.raises(errors.ReasonMissingError):
        writing.keep_back(made, because=" ", by=officer)
    writing.keep_back(made, because="Advertising.", by=officer)
    assert queries.shown(sitting) == []

    erasing.erase(made, because="By order of a court.", by=officer)
    made.refresh_from_db()
    assert (made.text, made.name, made.withheld_because) == ("", "", "By order of a court.")


@pytest.mark.parametrize(
    ("text", "error"),
    [(" ", errors.TextMissingError), ("x" * (writing.MOST + 1), errors.TooLongError)],
)
def test_a_text_without_words_or_too_long_is_refused(sitting, registered, text, error):
    with pytest.raises(error):
        writing.hand_in(sitting, registered("A"), text, language="en")


def test_two_cannot_have_the_floor_in_the_database_either(sitting, registered, officer):
    giving.give(asking.ask(sitting, registered("A")), by=officer)
    second = asking.ask(sitting, registered("B"))

    with pytest.raises(IntegrityError), transaction.atomic():
        FloorRequest.objects.filter(pk=second.pk).update(state=FloorRequest.State.GIVEN)


def test_names_of_those_who_asked_in_vain_go_after_thirty_days(sitting, registered, officer):
    giving.give(asking.ask(sitting, registered("A")), by=officer)
    asking.ask(sitting, registered("B"))
    sittings.end(sitting, by=officer)
    over = timezone.now() + erasing.KEPT_FOR

    assert erasing.forget(over - timedelta(minutes=1)) == 0
    assert erasing.forget(over + timedelta(minutes=1)) == 1
    assert set(FloorRequest.objects.values_list("name", flat=True)) == {"A", ""}


def test_the_ledger_says_that_pages_change_and_no_name(sitting, registered):
    asking.ask(sitting, registered("A"))

    entry = Entry.objects.get(act="floor_asked")
    assert entry.shows == "pages"
    assert b"Sample" not in bytes(entry.body)
