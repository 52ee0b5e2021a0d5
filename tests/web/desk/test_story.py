"""The story of one response: arrival and why its instant counts, mails, decisions, in one list."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.core.submission import Channel
from consulta.flow import journey
from consulta.mailroom import incoming, letterbox
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.responses import appeals, confirmation, moderation
from consulta.responses.models import Response
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent


def told(client, response) -> str:
    page = client.get(reverse("desk:response", args=[response.number])).content.decode()
    return page[page.index('id="story"') :]


def heads(client, response) -> list[str]:
    """What happened, in the order of the list."""
    found = re.findall(r"<strong>(.*?)</strong>", told(client, response), re.S)
    return [re.sub(r"<[^>]+>", "", each) for each in found]


def test_everything_that_happened_stands_in_one_list_in_order(
    moderator, at_desk, submission, officer, second_officer
):
    given = journey.submission_arrives(submission("Unconfirmed words."))
    response = Response.objects.get(number=given.number)
    confirmation.confirm(
        response, how=Respondent.Confirmation.OFFICER, by=officer, evidence="By telephone."
    )
    response.refresh_from_db()
    moderation.decline(response, Because("off_topic", "Another matter."), by=officer)
    appeals.decide(
        appeals.appeal(response, "Look again."), upheld=True, answer="We did.", by=second_officer
    )
    found = heads(moderator, response)
    order = ["Arrived: Web form", "A sender or a mandate was confirmed", "Declined", "Appeal",
             "Appeal upheld", "Accepted"]  # fmt: skip
    assert [what for what in found if what in order][:4] == order[:4]
    assert set(order) <= set(found)
    assert sum(what.startswith("Mail written:") for what in found) == OutgoingMail.objects.count()
    story = told(moderator, response)
    for words in ("had the whole form", "Another matter.", "Look again.", "We did.", "Officer"):
        assert words in story, words


def test_a_step_that_the_ledger_tells_too_is_told_once(moderator, accepted, officer):
    response = accepted()
    moderation.hold(response, Because("unlawful", "To be looked at."), by=officer)
    assert [
        w for w in heads(moderator, response) if w.startswith(("Held", "A response was held"))
    ] == ["Held"]


@pytest.mark.parametrize(
    ("via", "words"),
    [("smtp", "our mail server took the last byte"), ("imap", "the mailbox&#x27;s own server took it")],
)  # fmt: skip
def test_a_letter_is_linked_and_the_instant_that_counts_is_explained(
    people, sign_in, moderator, accepted, via, words
):
    at = timezone.now() - timedelta(hours=1)
    path = letterbox.put(
        Envelope("a@example.org", ("c11@example.org",), at, via=via), b"Subject: A\r\n\r\nText\r\n"
    )
    mail = incoming.enter(path)
    response = accepted(
        channel=Channel.EMAIL, source_id=f"mailroom.incomingmail:{mail.pk}", arrived_at=at
    )
    link = f'href="{reverse("desk:letter", args=[mail.pk])}"'
    story = told(sign_in(people["administrator"]), response)
    assert link in story
    assert words in story
    assert link not in told(moderator, response)


def test_a_mail_that_came_back_and_a_later_letter_stand_in_the_story(desk, accepted):
    response = accepted()
    sent = OutgoingMail.objects.filter(about=f"responses.response:{response.pk}").first()
    for number, kind in enumerate(("robot", "confirmation")):
        path = letterbox.put(
            Envelope("m@example.org", ("x@example.org",), timezone.now()),
            b"Subject: %d\r\n\r\n%d\r\n" % (number, number),
        )
        mail = incoming.enter(path)
        outcome = {"outcome": "bounce", "why": "550 no such user"}
        if kind == "confirmation":
            outcome = {"outcome": "confirmed", "number": response.number, "to": "x@example.org"}
        bounced = {"bounce_of": sent} if kind == "robot" else {}
        incoming.settle(mail.pk, IncomingMail.State.PROCESSED, [outcome], kind=kind, **bounced)
    story = told(desk, response)
    assert f"Mail came back: {sent.subject}" in story
    assert "550 no such user" in story
    assert "Mail came: Confirmation" in story
    assert reverse("desk:mail", args=[sent.pk]) in story


def test_a_long_story_costs_as_many_queries_as_a_short_one(moderator, accepted, officer):
    response = accepted()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            moderator.get(reverse("desk:response", args=[response.number]))
        return len(captured)

    def go_round(times: int) -> None:
        for _ in range(times):
            moderation.hold(response, Because("unlawful", "Wait."), by=officer)
            moderation.accept(response, by=officer)

    go_round(1)
    short = cost()
    go_round(10)
    assert cost() == short


@pytest.mark.parametrize(
    ("channel", "source", "words"),
    [
        (
            Channel.DESK,
            "paper; arrived 2026-11-22; postmark 2026-11-19; Letter 7; copy",
            "It came on paper. Reference: Letter 7; copy",
        ),
        (Channel.IMPORT, "import 0f-1 row 12; Row 3", "Row 12 of a table that was brought in."),
        (Channel.EMAIL, "mailroom.incomingmail:3", ""),
    ],
)
def test_beside_the_respondent_words_say_how_it_came_and_never_a_code(
    moderator, accepted, channel, source, words
):
    response = accepted(channel=channel, source_id=source)
    page = moderator.get(reverse("desk:response", args=[response.number])).content.decode()
    assert words in page
    assert f"{source.partition(chr(59))[0]};" not in page
    assert "mailroom.incomingmail" not in page


def test_the_words_of_the_rule_that_declined_a_late_one_stand_as_a_sentence(
    moderator, accepted, at_desk
):
    at_desk.procedure, at_desk.closes_at = "berec", timezone.now() - timedelta(hours=1)
    at_desk.save()
    response = accepted(channel=Channel.EMAIL)
    page = told(moderator, response)
    assert "what arrives after the deadline is not taken into account." in page
    assert "; what; arrives" not in page
