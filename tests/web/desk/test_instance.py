"""Officers, post, ledger, practices and the first page of the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consulta.flow import journey
from consulta.groups.models import Appointment
from consulta.ledger import sequencer, wording
from consulta.ledger.acts import ACTS
from consulta.mailroom.models import OutgoingMail
from consulta.repository.models import Practice
from consulta.responses import appeals
from consulta.stakeholders.models import Respondent


def words(answer) -> str:
    return answer.content.decode()


def test_the_first_page_says_what_waits_and_where(desk, at_desk, accepted, declined):
    accepted("Write to person@example.org.")
    appeals.appeal(declined(), "Look again.")
    shown = words(desk.get(reverse("desk:home")))
    for what in ("Accepted, to publish", "Marked passages", "Appeals to decide"):
        assert what in shown
    assert f"{reverse('desk:responses', args=[at_desk.slug])}?list=appeals" in shown


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_first_page_asks_as_often_whatever_waits(
    rows, desk, accepted, django_assert_num_queries
):
    for number in range(rows):
        accepted(f"Text {number}")
    with django_assert_num_queries(36):
        desk.get(reverse("desk:home"))


def test_an_officer_is_appointed_told_by_mail_and_dismissed(desk, group):
    address = reverse("desk:officers")
    new = {"email": "New@Example.org", "name": "New", "role": "moderator", "group": group.slug}
    for _click in range(2):
        desk.post(address, new)
    appointment = Appointment.objects.get(user__email="new@example.org")
    mail = OutgoingMail.objects.get()
    assert (appointment.role, mail.recipient) == ("moderator", "new@example.org")
    assert "/en/desk/" in mail.masked_text
    for _click in range(2):
        ended = desk.post(reverse("desk:end_appointment", args=[appointment.pk]), follow=True)
    appointment.refresh_from_db()
    assert appointment.ended_at is not None
    assert "ended already" in words(ended)


def test_nobody_appoints_where_they_have_no_right(desk, group):
    new = {"email": "new@example.org", "role": "officer", "group": "*"}
    answer = desk.post(reverse("desk:officers"), new)
    assert answer.status_code == 422
    assert not Appointment.objects.filter(user__email="new@example.org").exists()


def test_mail_is_shown_masked_and_tried_again(desk, submission, at_desk):
    given = journey.submission_arrives(submission())
    mail = OutgoingMail.objects.get()
    later = timezone.now() + timedelta(hours=2)
    OutgoingMail.objects.update(next_attempt_at=later, last_error="451 busy")
    listed = words(desk.get(reverse("desk:post")))
    assert given.number in listed
    assert "451 busy" in listed
    shown = words(desk.get(reverse("desk:mail", args=[mail.pk])))
    assert "••••" in shown
    desk.post(reverse("desk:try_now", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.next_attempt_at <= timezone.now()


def test_the_ledger_says_who_did_what_and_how_far_it_is_in_the_chain(desk, published):
    published()
    sequencer.sequence()
    shown = words(desk.get(reverse("desk:ledger")))
    assert "A response was published" in shown
    assert "consulta verify" in shown
    assert "place 0" in shown


def test_every_act_of_the_ledger_has_words():
    assert set(wording.ACTS) == set(ACTS)


@pytest.mark.parametrize(("act", "state"), [("publish", "published"), ("decline", "declined")])
def test_a_practice_is_decided_once(act, state, sign_in, people):
    client = sign_in(people["administrator"])
    respondent = Respondent.objects.create(kind="individual", name="Sample")
    practice = Practice.objects.create(
        slug="p", respondent=respondent, language="en", title="A practice", text="Words",
        submitted_at=timezone.now(), idempotency_key="p",
    )  # fmt: skip
    assert "A practice" in words(client.get(reverse("desk:practices")))
    address = reverse("desk:decide_practice", args=[practice.pk, act])
    because = {"ground": "off_topic", "reason": "Another matter."}
    client.post(address, because)
    again = client.post(address, because, follow=True)
    practice.refresh_from_db()
    assert practice.state == state
    assert "decided already" in words(again)
