"""What keeps letters from coming in is said in a sentence at the desk and by the doctor."""

import pytest

from consulta.flow import health
from consulta.mailroom import faults, mailbox_state
from consulta.mailroom.mailbox_state import Progress


def test_where_nothing_is_set_up_nothing_is_said(settings):
    mailbox_state.note("left from another time")

    assert faults.sentences() == []


def test_a_mailbox_that_cannot_be_read_is_said_until_it_can(settings):
    settings.MAIL_IMAP_URL = "imaps://us:x@mail.example.org"
    assert faults.sentences() == []
    mailbox_state.note("mail.example.org: refused")
    assert ["mail.example.org: refused" in each for each in faults.sentences()] == [True]
    mailbox_state.note()
    Progress.of(7).passed(12, too_large=True)

    assert ["60 MB" in each for each in faults.sentences()] == [True]


@pytest.mark.django_db
def test_a_webhook_without_its_secret_is_said_by_the_doctor_too(settings):
    settings.MAIL_WEBHOOK, settings.MAIL_WEBHOOK_SECRET = "postmark", ""

    found = {finding.name: finding for finding in health.examine()}["letters"]

    assert (found.sound, "CONSULTA_MAIL_WEBHOOK_SECRET" in found.mend) == (False, True)
    settings.MAIL_WEBHOOK_SECRET = "user:password"
    assert {finding.name: finding for finding in health.examine()}["letters"].sound
