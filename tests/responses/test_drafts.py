"""Drafts: what was sent stays as it was sent, whoever still holds an older look at it."""

import pytest
from django.utils import timezone

from consulta.core.submission import Sender
from consulta.flow import sending
from consulta.flow.sending import Posting
from consulta.responses import drafts
from consulta.responses.models import Draft, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(consultation):
    content = {"answers": {"1": "As it was sent."}, "language": "en", "kind": "individual"}
    return drafts.begin(consultation, content, now=timezone.now())


def posting(**sender):
    return Posting(timezone.now(), Sender(**sender), "1/CC-BY-4.0")


def test_a_save_that_comes_after_sending_changes_nothing(opened):
    held = Draft.objects.get(pk=opened.draft.pk)
    sending.send(opened.draft, posting())

    drafts.save(held, {"answers": {"1": "Too late."}}, now=timezone.now())

    stored = Draft.objects.get(pk=opened.draft.pk)
    assert stored.sent_at is not None
    assert stored.response == Response.objects.get()
    assert stored.content["answers"]["1"] == "As it was sent."


def test_sent_twice_it_is_one_response_with_two_private_links(opened):
    first, second = (sending.send(opened.draft, posting()) for _time in range(2))

    assert first.number == second.number
    assert first.mine != second.mine


def test_the_account_of_the_sender_stands_with_the_response(opened, officer):
    sending.send(opened.draft, posting(address=officer.email, account=officer.pk))

    respondent = Response.objects.get().respondent
    assert (respondent.account, respondent.confirmed_how) == (officer, "")


def test_a_proved_address_of_an_account_is_confirmed_by_it(opened, officer):
    sender = {"address": officer.email, "account": officer.pk, "authenticated": True}
    sending.send(opened.draft, posting(**sender))

    assert Response.objects.get().respondent.confirmed_how == "account"


def test_reopening_brings_words_group_and_what_is_withheld(opened):
    opened.draft.content |= {"withhold_name": True, "name": "Sample Person"}
    opened.draft.save()
    sending.send(opened.draft, posting())

    again = drafts.reopen(Response.objects.get(), now=timezone.now()).draft

    assert again.content["answers"] == {"1": "As it was sent."}
    assert (again.content["name"], again.content["withhold_name"]) == ("Sample Person", True)
