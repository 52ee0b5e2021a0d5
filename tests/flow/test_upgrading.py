"""What an earlier version published keeps verifying after an upgrade, until a person decides anew."""

from importlib import import_module

import pytest
from django.apps import apps

from consulta.core.submission import RespondentClaim, Sender
from consulta.flow import accounting, deciding, journey
from consulta.responses import content, naming, publication, waiting
from consulta.responses.models import Redaction, Response
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
MIGRATION = import_module("consulta.responses.migrations.0009_marks_already_shown")
SAID = "Call +41 22 730 51 11."
PERSONAL = Because("personal_data", "A number to call.")


@pytest.fixture
def arrive(submission):
    def _arrive(text=SAID, **changes):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        return Response.objects.get(number=given.number)

    return _arrive


@pytest.fixture
def published_before(arrive, officer, monkeypatch):
    """A response published by the rules of an earlier version: a mark alone hid nothing."""
    claim = RespondentClaim(name="Ana Sample (ana@example.org)")
    response = arrive(respondent=claim)
    with monkeypatch.context() as before:
        before.setattr(Redaction, "HIDING", (Redaction.State.APPLIED,))
        before.setattr(naming, "cut", naming.written)
        publication.publish(response, by=officer)
    return response


def faults():
    return [(found.where, found.code) for found in accounting.faults(accounting.Account())]


def said(response):
    version = Response.objects.get(pk=response.pk).published_version
    return content.public(version)["answers"][0]["text"]


def test_what_was_published_before_the_rule_stays_as_it_was_committed_to(published_before):
    assert faults() == [(published_before.number, "public")]

    MIGRATION.keep_what_was_shown(apps, None)

    assert faults() == []
    assert said(published_before) == SAID
    shown = content.public(published_before.published_version)["respondent"]["name"]
    assert shown == published_before.public_name == "Ana Sample (ana@example.org)"


def test_a_mark_that_was_shown_is_still_to_be_decided(published_before, officer):
    MIGRATION.keep_what_was_shown(apps, None)
    mark = Redaction.objects.get()

    assert list(waiting._marked()) == [mark]
    deciding.decide_marks(published_before, {mark.pk: True}, PERSONAL, by=officer)

    assert said(published_before) == "Call […]."
    assert faults() == []


def test_what_was_published_under_the_rule_stays_hidden(arrive, officer):
    response = arrive()
    publication.publish(response, by=officer)

    MIGRATION.keep_what_was_shown(apps, None)

    assert said(response) == "Call […]."
    assert Redaction.objects.get().state == Redaction.State.PROPOSED
    assert faults() == []


def test_a_name_stays_as_it_was_shown_when_the_rules_for_names_change(arrive, officer, monkeypatch):
    response = arrive(respondent=RespondentClaim(name="Ana Sample"))
    publication.publish(response, by=officer)

    monkeypatch.setattr(naming, "cut", lambda _respondent: "Ana")

    assert faults() == []
