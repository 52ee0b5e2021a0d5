"""What the rule declined because it came late: an officer admits it for a reason, and it stays marked."""

from datetime import UTC, datetime, timedelta

import pytest

from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.core.submission import Channel, Sender
from consulta.flow import deciding, journey
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.responses import appeals, balance, lateness, moderation
from consulta.responses.errors import AppealMadeError, ReasonMissingError
from consulta.responses.models import ModerationStep, Response
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
STRIKE = Because("", "The post was on strike.")


@pytest.fixture
def late(consultation, submission) -> Response:
    """Declined by a rule that takes nothing late."""
    consultation.procedure = "berec"
    consultation.closes_at = datetime.now(UTC) - timedelta(hours=1)
    consultation.save()
    sender = Sender("late@example.org", authenticated=True)
    given = journey.submission_arrives(submission(sender=sender, channel=Channel.EMAIL))
    return Response.objects.get(number=given.number)


def test_a_late_sender_is_not_told_of_changes_until_the_close(late):
    copy = OutgoingMail.objects.get(masked_text__icontains="Copy of your response").masked_text
    assert "until the close" not in copy
    assert "where you can withdraw the response at any time" in copy


def test_an_officer_admits_it_for_a_reason_and_it_stays_marked_as_late(late, officer):
    assert late.state == State.DECLINED
    deciding.decide(late, "admit", STRIKE, by=officer)
    late.refresh_from_db()
    assert (late.state, late.late, late.ground) == (State.ACCEPTED, True, "")
    last = ModerationStep.objects.last()
    assert (last.act, last.reason, last.by) == ("accepted", STRIKE.reason, officer)
    assert Entry.objects.filter(act="late_admitted", by=f"user:{officer.pk}").count() == 1
    assert balance.of(late.consultation).held == 1
    told = OutgoingMail.objects.latest("pk")
    assert (told.recipient, "was admitted" in told.subject) == ("late@example.org", True)
    assert STRIKE.reason in told.masked_text


def test_it_is_admitted_once_and_not_without_a_reason(late, officer):
    with pytest.raises(ReasonMissingError):
        lateness.admit(late, by=officer, reason="  ")
    lateness.admit(late, by=officer, reason="A strike.")
    with pytest.raises(StepNotAllowedError):
        lateness.admit(late, by=officer, reason="A strike.")


def test_where_its_author_appealed_the_appeal_decides(late, officer):
    appeals.appeal(late, "The post was on strike.")
    with pytest.raises(AppealMadeError):
        lateness.admit(late, by=officer, reason="A strike.")


def test_nobody_without_the_right_admits_it(late, django_user_model):
    stranger = django_user_model.objects.create_user("stranger@example.org")
    with pytest.raises(NotAllowedError):
        lateness.admit(late, by=stranger, reason="A strike.")


def test_what_a_person_declined_is_not_admitted_but_appealed(late, officer):
    lateness.admit(late, by=officer, reason="A strike.")
    moderation.decline(late, Because("off_topic", "Another matter."), by=officer)
    with pytest.raises(StepNotAllowedError):
        lateness.admit(late, by=officer, reason="A strike.")
