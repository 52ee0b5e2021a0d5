"""Whose name stands: a proved and known sender's at once, anybody else's after confirming."""

from dataclasses import replace
from email import message_from_bytes

import pytest

from consulta.core.lifecycle import State
from consulta.flow import letters
from consulta.flow.letters import arriving
from consulta.mailroom import letterbox
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.responses.models import Response
from consulta.stakeholders.models import Organisation, Respondent
from tests.mailroom.trust import stub

pytestmark = pytest.mark.django_db
ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    monkeypatch.setattr(arriving, "SystemDns", stub.dns)


@pytest.fixture
def organisation(groups):
    return Organisation.objects.create(
        name="Sample Institute", stakeholder_group=groups["civil-society"], country="CH"
    )


@pytest.fixture
def known(groups, organisation):
    """Ana responded before and confirmed her address."""
    return Respondent.objects.create(
        kind="organisation",
        name="Ana Sample",
        organisation_name="Sample Institute",
        organisation=organisation,
        stakeholder_group=groups["civil-society"],
        country="CH",
        email=ANA,
        confirmed_at="2026-01-01T00:00Z",
        confirmed_how="mail",
    )


def send(raw, *, sender=ANA, peer=""):
    letterbox.put(stub.envelope(sender, peer=peer), raw)
    letters.letters_arrive()
    return Response.objects.latest("pk")


def test_who_is_proved_and_known_needs_no_confirmation_and_speaks_for_whom_they_spoke(
    consultation, known, organisation
):
    response = send(stub.signed(stub.letter()))

    respondent, mail = response.respondent, OutgoingMail.objects.get()
    assert (respondent.confirmed_how, response.state) == ("channel", State.ACCEPTED)
    assert (respondent.organisation, respondent.organisation_name, respondent.country) == (
        organisation,
        "Sample Institute",
        "CH",
    )
    assert respondent.stakeholder_group == known.stakeholder_group
    assert mail.subject.startswith("Copy of your response")
    assert IncomingMail.objects.get().trust["proved"] is True


def test_who_is_known_and_not_proved_is_asked_to_confirm(consultation, known):
    response = send(stub.letter())

    assert (response.respondent.confirmed, response.respondent.organisation_name) == (False, "")
    assert OutgoingMail.objects.get().subject.endswith("please confirm your address")


def test_who_is_proved_and_not_known_is_asked_to_confirm(consultation):
    response = send(stub.signed(stub.letter()))

    assert not response.respondent.confirmed
    assert IncomingMail.objects.get().trust["proved"] is True


def test_a_name_like_that_of_somebody_known_is_nobody(consultation, known):
    raw = stub.letter("other@example.org").replace(b"From: Ana", b"From: Ana Sample")

    response = send(stub.signed(raw), sender="other@example.org")

    assert (response.respondent.organisation, response.respondent.confirmed) == (None, False)


@pytest.mark.parametrize("how", ["channel", "officer"])
def test_who_never_proved_to_read_the_address_is_not_known_by_it(consultation, known, how):
    known.confirmed_how = how
    known.save()

    assert not send(stub.signed(stub.letter())).respondent.confirmed


def test_whoever_withheld_a_name_before_is_not_named_now(consultation, known):
    known.kind, known.withhold_name = "individual", True
    known.save()

    assert send(stub.signed(stub.letter())).respondent.withhold_name


def test_a_focal_point_who_confirms_is_matched_to_the_organisation(consultation, organisation):
    organisation.focal_point = "Ana@Example.org"
    organisation.save()
    response = send(stub.letter())
    assert response.respondent.organisation is None
    asked = message_from_bytes(bytes(OutgoingMail.objects.get().raw))

    letterbox.put(replace(stub.envelope(ANA), recipients=(asked["Reply-To"],)), stub.letter())
    letters.letters_arrive()

    response.respondent.refresh_from_db()
    assert response.respondent.organisation == organisation
