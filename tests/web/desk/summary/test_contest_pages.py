"""Contests at the desk: read, publish or decline, answer."""

import pytest
from django.urls import reverse

from consulta.reports import contesting
from consulta.reports.models import Contest
from tests.reports import contests


@pytest.fixture
def contest(consultation, officer):
    return contests.arrived(contests.released(contests.under_icann(consultation), by=officer))


def test_an_officer_publishes_and_answers(desk, contest):
    slug, pk = contest.consultation.slug, contest.pk
    assert contest.number in desk.get(reverse("desk:contests", args=[slug])).content.decode()

    desk.post(reverse("desk:contest_decide", args=[slug, pk, "publish"]))
    sent = {"outcome": "stands", "text": "It rests on seven responses.", "language": "en"}
    desk.post(reverse("desk:contest_answer", args=[slug, pk]), sent)

    contest.refresh_from_db()
    assert (contest.state, contest.outcome) == ("published", "stands")
    shown = desk.get(reverse("desk:contest", args=[slug, pk])).content.decode()
    assert "It rests on seven responses." in shown


def test_an_answer_is_in_the_language_of_the_page_unless_another_is_chosen(desk, contest, officer):
    contesting.publish(contest, by=officer)
    where = [contest.consultation.slug, contest.pk]

    shown = desk.get(reverse("desk:contest", args=where))

    assert shown.context["answering"]["language"].initial == "en"


def test_declining_needs_a_ground_and_a_reason(desk, contest):
    address = reverse(
        "desk:contest_decide", args=[contest.consultation.slug, contest.pk, "decline"]
    )

    assert desk.post(address, {"ground": "unlawful", "reason": ""}).status_code == 422
    assert desk.post(address, {"ground": "unlawful", "reason": "Insults."}).status_code == 302

    assert Contest.objects.get().ground == "unlawful"


@pytest.mark.parametrize(
    ("role", "decides", "answers"),
    [("reader", 403, 403), ("editor", 403, 403), ("moderator", 302, 403), ("officer", 302, 302)],
)
def test_moderators_screen_and_officers_answer(client, appointed, contest, role, decides, answers):
    desk, where = appointed(client, role), [contest.consultation.slug, contest.pk]

    decided = desk.post(reverse("desk:contest_decide", args=[*where, "publish"]))
    sent = {"outcome": "stands", "text": "No.", "language": "en"}
    answered = desk.post(reverse("desk:contest_answer", args=where), sent)

    assert (decided.status_code, answered.status_code) == (decides, answers)
