"""Needs are sealed and go after 30 days; names go after the body's period; figures stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.flow import erasing
from consulta.ledger.models import Entry
from consulta.live import attending, needs, participation, registering, registration_erasing
from consulta.live.models import ParticipantNeeds, PresentingWish, Registration
from consulta.live.needs import Needs
from consulta.live.registering import Wish
from consulta.mailroom.models import OutgoingMail
from tests.live import gatherings
from tests.live.gatherings import coming, opened, told
from tests.rounds import a_day

pytestmark = pytest.mark.django_db
NEEDS = Needs(captions="ar", wheelchair=True, other="A seat near the door")


@pytest.fixture
def meeting(body, officer):
    made = gatherings.open_meeting(body, starts_on=a_day(0), ends_on=a_day(0))
    opened(made, officer, closes_at=timezone.now() + timedelta(seconds=60))
    return made


def days(number):
    """So many days after the last day of the meeting, at its very end."""
    return timezone.now() + timedelta(days=number + 1)


def test_needs_are_read_only_with_the_key(meeting, settings):
    found = coming(meeting, needs=NEEDS)
    sealed = bytes(ParticipantNeeds.objects.get().sealed)
    assert b"door" not in sealed
    assert needs.of([found]) == {found.pk: NEEDS}
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert needs.of([found]) == {found.pk: needs.LOST}
    settings.SECRET_KEY_FALLBACKS = [old]
    assert needs.of([found]) == {found.pk: NEEDS}


def test_needs_are_deleted_thirty_days_after_the_meeting_and_at_once_with_a_cancelling(meeting):
    coming(meeting, needs=NEEDS)
    assert (needs.forget_due(days(28)), needs.forget_due(days(30))) == (0, 1)
    assert not ParticipantNeeds.objects.exists()
    assert Entry.objects.filter(act="needs_deleted", shows="none").count() == 1
    assert needs.forget_due(days(31)) == 0


def test_after_the_period_only_figures_and_numbers_are_left(meeting, officer, settings):
    settings.REGISTRATION_DAYS = 100
    ann = coming(meeting, "Ann", organisation="Sample Org", country="CH", needs=NEEDS)
    coming(meeting, "Ben", country="FR", mode="remote", wishes=(Wish(1, "1-000019"),))
    attending.arrive(ann, by=officer, now=timezone.now())
    assert participation.count_due(timezone.now()) == 0
    assert (participation.count_due(days(1)), participation.count_due(days(1))) == (1, 0)
    before = participation.kept(meeting)
    assert (before["registered"], before["present"]) == (2, 1)
    assert before["by"]["country"] == {"CH": [1, 1], "FR": [1, 0]}
    assert registration_erasing.reduce_due(days(99)) == 0
    assert registration_erasing.reduce_due(days(101)) == 2
    kept = ("name", "email", "organisation_name", "country", "same_key", "told")
    assert set(Registration.objects.values_list(*kept)) == {("",) * 6}
    assert not PresentingWish.objects.exists()
    assert not ParticipantNeeds.objects.exists()
    assert not any("Ann" in mail.masked_text for mail in OutgoingMail.objects.all())
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {
        "erased@erased.invalid"
    }
    assert participation.kept(meeting) == before
    assert registration_erasing.reduce_due(days(102)) == 0
    assert Entry.objects.filter(act="registrations_reduced").count() == 1


def test_what_was_never_confirmed_is_forgotten_once_its_button_works_no_more(meeting):
    registering.ask(meeting, told(needs=NEEDS), now=timezone.now())
    coming(meeting, "Ben")
    assert registration_erasing.forget_unconfirmed(timezone.now() + timedelta(days=6)) == 0
    registration_erasing.forget_unconfirmed(timezone.now() + timedelta(days=8))
    assert list(Registration.objects.values_list("name", flat=True)) == ["Ben"]


def test_an_address_that_the_law_erases_is_in_no_registration_and_holds_no_place(meeting, officer):
    ann = coming(meeting, needs=NEEDS)
    assert erasing.erase_address("A@example.org", by=officer) == 1
    ann.refresh_from_db()
    assert (ann.name, ann.email, ann.same_key, ann.stands) == ("", "", "", False)
    assert not ParticipantNeeds.objects.exists()


def test_nothing_personal_is_in_the_ledger_and_no_registration_shows_in_public(meeting, officer):
    ann = coming(meeting, "Ann Personal", organisation="Org Personal")
    registration_erasing.erase(ann, by=officer, now=timezone.now())
    bodies = [bytes(entry.body) for entry in Entry.objects.all()]
    assert not any(b"Personal" in body or b"a@example.org" in body for body in bodies)
    about = Entry.objects.filter(subject__startswith="live.registration:")
    assert set(about.values_list("act", "shows")) == {
        ("registered", "none"),
        ("registration_erased", "none"),
    }
