"""Registering for a meeting: confirmed by a button, seats in their order, who waits moves up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import members
from consulta.groups.permissions import NotAllowedError
from consulta.live import (
    attending,
    changing,
    registering,
    registration_links,
    registration_queries,
    registration_terms,
    seating,
)
from consulta.live.changing import Changed
from consulta.live.models import Mode, Registration, RegistrationTerms
from consulta.live.registering import Wish
from consulta.live.registration_errors import (
    AlreadyRegisteredError,
    Door,
    KindNotRegisteredError,
    LinkUnknownError,
    ListTooOpenError,
    ModeNotOfferedError,
    NotMeetingDayError,
    NotStandingError,
    RegistrationClosedError,
    UnlistedNotAllowedError,
)
from consulta.live.registration_queries import Filters
from consulta.mailroom.models import OutgoingMail
from tests import delegations
from tests.live import gatherings
from tests.live.gatherings import coming, opened, subjects, told
from tests.rounds import a_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(body):
    return gatherings.open_meeting(body)


def test_a_registration_counts_once_its_button_was_pressed(meeting, officer):
    opened(meeting, officer)
    asked = registering.ask(meeting, told(), now=timezone.now())
    assert (asked.stands, registration_queries.listed(meeting)) == (False, ([], 0))
    secret = gatherings.button()
    found = registering.confirm(secret, now=timezone.now())
    assert registering.confirm(secret, now=timezone.now()).confirmed_at == found.confirmed_at
    assert [one.name for one in registration_queries.listed(meeting)[0]] == ["Ann"]
    assert subjects() == ["Please confirm your registration", "You are registered: Open meeting"]
    assert registration_links.find(registration_links.token(found)) == found
    with pytest.raises(LinkUnknownError):
        registration_links.find(registration_links.token(found) + "x")


def test_a_button_that_is_a_week_old_opens_nothing(meeting, officer):
    opened(meeting, officer)
    registering.ask(meeting, told(), now=timezone.now())
    with pytest.raises(LinkUnknownError):
        registering.confirm(gatherings.button(), now=timezone.now() + timedelta(days=8))


def test_a_double_press_mails_once_and_a_second_person_may_share_the_address(meeting, officer):
    opened(meeting, officer)
    first = registering.ask(meeting, told(), now=timezone.now())
    again = registering.ask(meeting, told("  ANN "), now=timezone.now())
    assert (again.pk, len(subjects())) == (first.pk, 1)
    second = registering.ask(meeting, told("Ben"), now=timezone.now())
    assert (second.ordinal, len(subjects())) == (2, 2)


def test_who_stands_is_mailed_the_private_link_and_nothing_changes(meeting, officer):
    opened(meeting, officer)
    standing = coming(meeting)
    later = timezone.now() + timedelta(minutes=5)
    other = registering.ask(meeting, told(organisation="Another", mode=Mode.REMOTE), now=later)
    standing.refresh_from_db()
    assert (other.pk, standing.organisation_name, standing.mode) == (standing.pk, "", "in-person")
    mail = OutgoingMail.objects.latest("pk")
    assert registration_links.mine(standing).encode() in bytes(mail.raw).replace(b"=\r\n", b"")
    assert registration_links.token(standing) not in mail.masked_text


def test_seats_go_in_the_order_of_confirming_and_who_waits_moves_up(meeting, officer):
    opened(meeting, officer, room_capacity=1)
    ann, ben, cy = (coming(meeting, name) for name in ("Ann", "Ben", "Cy"))
    assert [seating.place_in_line(one) for one in (ann, ben, cy)] == [0, 1, 2]
    assert subjects()[-1] == "You are on the waiting list: Open meeting"
    changing.cancel(ann, by=ann, now=timezone.now())
    ben.refresh_from_db()
    cy.refresh_from_db()
    assert (ben.is_seated, cy.is_seated, seating.place_in_line(cy)) == (True, False, 1)
    assert subjects()[-1] == "A place in the room is yours: Open meeting"
    opened(meeting, officer, room_capacity=2)
    cy.refresh_from_db()
    assert cy.is_seated


def test_who_goes_remote_leaves_a_seat_and_comes_back_to_the_end_of_the_line(meeting, officer):
    opened(meeting, officer, room_capacity=1)
    ann, ben = coming(meeting), coming(meeting, "Ben")
    changing.change(ann, Changed(name="Ann", mode=Mode.REMOTE), by=ann, now=timezone.now())
    back = changing.change(ann, Changed(name="Ann", mode="in-person"), by=ann, now=timezone.now())
    ben.refresh_from_db()
    assert (ben.is_seated, back.is_seated) == (True, False)


def test_a_room_without_a_place_has_everybody_wait_or_come_remotely(meeting, officer):
    opened(meeting, officer, room_capacity=0)
    assert coming(meeting).waiting_since is not None
    assert coming(meeting, "Ben", mode=Mode.REMOTE).is_seated


def test_the_closing_instant_is_the_last_and_who_asked_in_time_may_confirm(meeting, officer):
    terms = opened(meeting, officer)
    door = registration_terms.door
    at = terms.closes_at
    assert door(meeting, terms, at) is Door.OPEN
    assert door(meeting, terms, at + timedelta(microseconds=1)) is Door.CLOSED
    assert door(meeting, terms, terms.opens_at - timedelta(seconds=1)) is Door.EARLY
    registering.ask(meeting, told(), now=at)
    with pytest.raises(RegistrationClosedError):
        registering.ask(meeting, told("Ben"), now=at + timedelta(seconds=1))
    assert registering.confirm(gatherings.button(), now=at + timedelta(hours=1)).stands


def test_what_the_terms_do_not_offer_is_refused(meeting, officer):
    opened(meeting, officer, takes_remote=False)
    with pytest.raises(ModeNotOfferedError):
        registering.ask(meeting, told(mode=Mode.REMOTE), now=timezone.now())
    with pytest.raises(UnlistedNotAllowedError):
        registering.ask(meeting, told(is_unlisted=True), now=timezone.now())


def test_who_may_and_wishes_not_to_be_named_is_counted_and_not_listed(meeting, officer):
    opened(meeting, officer, may_be_unlisted=True)
    coming(meeting, is_unlisted=True)
    assert registration_queries.listed(meeting) == ([], 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Zoë\u202e O’Hara ", "Zoë O’Hara"),
        ("عبد الرحمن", "عبد الرحمن"),
        ("王小明", "王小明"),
        ("N" * 200, "N" * 200),
    ],
)
def test_names_of_every_script_stand_without_signs_that_turn_others(meeting, officer, typed, kept):
    opened(meeting, officer)
    assert coming(meeting, typed).name == kept


def test_somebody_entered_by_hand_stands_at_once_and_only_once(meeting, officer):
    found = registering.enter(
        meeting, told(email=""), role="participant", by=officer, now=timezone.now()
    )
    assert (found.is_seated, subjects()) == (True, [])
    with pytest.raises(AlreadyRegisteredError):
        registering.enter(
            meeting, told(email=""), role="participant", by=officer, now=timezone.now()
        )


def test_wishes_to_present_are_those_of_who_stands_by_question(meeting, officer):
    opened(meeting, officer)
    coming(meeting, "Ben", wishes=(Wish(2, "1-000019", True), Wish(1, "1-000019", True)))
    gone = coming(meeting, "Cy", wishes=(Wish(0, "1-000027"),))
    registering.ask(meeting, told("Dee", wishes=(Wish(1, "1-000035"),)), now=timezone.now())
    changing.cancel(gone, by=gone, now=timezone.now())
    wishing = registration_queries.wishing_to_present(meeting)
    assert [(w.question, w.registration.name, w.number, w.is_proved) for w in wishing] == [
        (1, "Ben", "1-000019", True),
        (2, "Ben", "1-000019", True),
    ]


def test_who_is_there_is_noted_on_a_day_of_the_meeting_once(meeting, officer, body):
    held = gatherings.open_meeting(body, slug="now", starts_on=a_day(0), ends_on=a_day(0))
    opened(held, officer, closes_at=timezone.now() + timedelta(seconds=60), room_capacity=0)
    ann, now = coming(held), timezone.now()
    attending.arrive(ann, by=officer, now=now)
    attending.arrive(ann, by=officer, now=now)
    ann.refresh_from_db()
    assert (ann.is_seated, ann.attendances.count()) == (True, 1)
    assert [o.name for o in registration_queries.of_meeting(held, Filters(presence="there"))] == [
        "Ann"
    ]
    attending.take_back(ann, by=officer, now=now)
    assert registration_queries.counts(held)["there"] == 0
    remote = coming(held, "Ben", mode=Mode.REMOTE)
    attending.join(remote, now=now)
    attending.join(remote, now=now)
    assert (attending.leave(remote, now=now), remote.attendances.count()) == (1, 1)
    later = attending.join(remote, now=now)
    assert attending.close_due(now + timedelta(days=2)) == 1
    later.refresh_from_db()
    assert later.left_at is not None
    opened(meeting, officer)
    with pytest.raises(NotMeetingDayError):
        attending.arrive(coming(meeting), by=officer, now=now)
    changing.cancel(ann, by=ann, now=now)
    with pytest.raises(NotStandingError):
        attending.arrive(ann, by=officer, now=now)


def test_a_number_at_the_door_is_one_person_in_the_digits_of_any_script(meeting, officer):
    opened(meeting, officer)
    coming(meeting, "Ann 2")
    coming(meeting, "Ben")
    found = [[one.name for one in registration_queries.to_mark(meeting, typed)]
             for typed in ("٢", "ann", "")]  # fmt: skip
    assert found == [["Ben"], ["Ann 2"], []]


def test_delegates_register_themselves_and_their_administrator_registers_all(body, officer):
    group = gatherings.open_meeting(body).group
    made = delegations.made(group, officer)
    own = gatherings.open_meeting(body, slug="own", kind="group")
    everyone, members_alone = RegistrationTerms.Audience.PUBLIC, ("member",)
    with pytest.raises(ListTooOpenError):
        opened(own, officer, audience=everyone)
    opened(own, officer, audience="participants", kinds=members_alone)
    now, place = timezone.now(), made.delegate_of_a

    def register(who, by):
        return registering.delegate(own, who, told(email=who.user.email), by=by, now=now)

    with pytest.raises(NotAllowedError):
        register(place, made.delegate_of_b.user)
    found = register(place, made.administrator_of_a.user)
    assert (found.role, found.membership, found.user) == ("member", made.a, place.user)
    with pytest.raises(AlreadyRegisteredError):
        register(place, place.user)
    with pytest.raises(KindNotRegisteredError):
        register(made.observing, made.observing.user)
    assert registration_queries.registered_of([own], [made.a, made.b]) == {own.pk: 1}
    assert members.sees(place.user, group)


def test_terms_are_for_who_arranges_meetings(meeting):
    with pytest.raises(NotAllowedError):
        opened(meeting, User.objects.create_user("nobody@example.org"))
    assert not Registration.objects.exists()
