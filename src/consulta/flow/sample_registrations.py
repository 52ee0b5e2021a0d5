"""Registration for the sample open meeting and the group's next one, with some who registered already."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.flow import sample_accounts
from consulta.groups.models import Delegate
from consulta.live import registering, registration_days, registration_terms
from consulta.live.models import Mode, RegistrationTerms
from consulta.live.needs import Needs
from consulta.live.registering import Told, Wish
from consulta.live.registration_terms import Terms
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import describing
from consulta.meetings.models import Meeting
from consulta.responses.models import Response

#: How many of the sample organisations have registered.
REGISTERED = 7
PLACE, PLACES = "Sample conference centre", 40
HOURS = (time(10), time(13))
_NEEDS = {1: Needs(captions="ar", large_print=True), 3: Needs(wheelchair=True)}


@transaction.atomic
def load(consultation: Consultation) -> None:
    """Open registration for both meetings of *consultation*; what is there stays."""
    by = sample_accounts.user(sample_accounts.OFFICER)
    meeting, own = consultation.open_meeting, consultation.group_meeting
    if meeting is None or registration_terms.of(meeting) is not None:
        return
    _describe(meeting, by)
    registration_terms.settle(meeting, _terms(meeting), by=by)
    answered = Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
    answered = answered.exclude(respondent__organisation_name="").select_related(
        "respondent__stakeholder_group"
    )
    for place, response in enumerate(answered.order_by("pk")[:REGISTERED]):
        _register(meeting, place, response, by)
    if own is not None:
        _delegates(own, by)
    OutgoingMail.objects.filter(about__startswith="live.registration:").delete()


def _describe(meeting: Meeting, by: User) -> None:
    told = {"mode": Meeting.Mode.HYBRID, "place": PLACE}
    describing.describe(meeting, told | {"hours_from": HOURS[0], "hours_until": HOURS[1]}, by=by)
    meeting.refresh_from_db()


def _terms(meeting: Meeting) -> Terms:
    is_open = meeting.kind == Meeting.Kind.OPEN
    audience = RegistrationTerms.Audience
    return Terms(
        opens_at=timezone.now() - timedelta(days=7),
        closes_at=_closes(meeting),
        audience=audience.PUBLIC if is_open else audience.PARTICIPANTS,
        room_capacity=PLACES if is_open else None,
        may_be_unlisted=is_open,
    )


def _closes(meeting: Meeting) -> datetime:
    """Three days before the meeting; at least a day from now."""
    end = registration_days.ends_at(meeting) or timezone.now() + timedelta(days=30)
    return max(end - timedelta(days=3, minutes=1), timezone.now() + timedelta(days=1))


def _register(meeting: Meeting, place: int, response: Response, by: User) -> None:
    from_there = response.respondent
    told = Told(
        name=f"Sample participant {place + 1}",
        email=f"participant-{place + 1}@example.org",
        language=from_there.language,
        organisation=from_there.organisation_name,
        stakeholder_group=from_there.stakeholder_group,
        country=from_there.country,
        mode=Mode.REMOTE if place % 3 == 2 else Mode.IN_PERSON,
        is_unlisted=place == 5,
        needs=_NEEDS.get(place),
        wishes=(Wish(1 + place % 2, response.number, is_proved=True),) if place in (0, 2) else (),
    )
    registering.enter(meeting, told, role="participant", by=by, now=timezone.now())


def _delegates(meeting: Meeting, by: User) -> None:
    registration_terms.settle(meeting, _terms(meeting), by=by)
    place = Delegate.objects.select_related("user", "membership__group__body").get(
        user__email=sample_accounts.DELEGATE_OF_A
    )
    state = place.membership.state
    told = Told(
        name=place.user.name,
        email=place.user.email,
        organisation="Sample State A",
        country=state.code if state else "",
        mode=Mode.IN_PERSON,
    )
    registering.delegate(meeting, place, told, by=place.user, now=timezone.now())
