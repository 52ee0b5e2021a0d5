"""A file that opens only with a password is asked for again, once; a readable one lets the response go on."""

from datetime import timedelta
from email import message_from_bytes

import pikepdf
import pytest
from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.submission import Channel, Sender, SubmittedFile
from consulta.flow import journey, tasks
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.mailroom.models import OutgoingMail
from consulta.responses import asking, drafts, revision
from consulta.responses.models import ModerationStep, Response
from tests.adapters.files import made

pytestmark = pytest.mark.django_db
LOCKED = made.saved(made.pdf(), encryption=pikepdf.Encryption(user="a", owner="b"))
OPEN = made.saved(made.pdf())


def kept(data, name="our views.pdf"):
    found = spool.keep([data], folder="spool/uploads")
    return SubmittedFile(name, found.path, found.sha256, found.size)


@pytest.fixture
def arrive(submission):
    """A letter with these files from a proved sender, or a stranger; examined and screened."""

    def _arrive(*files, proved=True):
        made = submission(
            channel=Channel.EMAIL,
            attachments=tuple(kept(*file) for file in files),
            sender=Sender("person@example.org", "Sample Person", authenticated=proved),
        )
        given = journey.submission_arrives(made)
        look()
        return Response.objects.get(number=given.number)

    return _arrive


def look():
    tasks.examine_files()
    tasks.look()


def letter():
    return OutgoingMail.objects.filter(subject__contains="without a password").latest("pk")


def letters():
    return OutgoingMail.objects.filter(subject__contains="without a password").count()


def test_the_respondent_is_asked_for_a_file_without_a_password_and_the_response_waits(arrive):
    response = arrive((LOCKED, "our views.pdf"), (OPEN, "annex.pdf"))

    mail = letter()
    raw = message_from_bytes(bytes(mail.raw))
    assert response.hold_reasons == ["locked_file"]
    assert response.state == State.HELD
    assert (letters(), mail.recipient) == (1, "person@example.org")
    assert "- our views.pdf" in mail.masked_text
    assert "annex.pdf" not in mail.masked_text
    assert "/mine/" in raw.get_payload(decode=True).decode()
    assert "/mine/••••" in mail.masked_text
    assert raw["Reply-To"].startswith("answer+")
    assert next(iter(ModerationStep.objects.values_list("act", "reason"))) == (
        "file_asked",
        "our views.pdf",
    )
    assert Entry.objects.filter(act="file_asked_again", by="rules").count() == 1


def test_nobody_is_asked_twice_for_the_same_bytes(arrive, submission):
    response = arrive((LOCKED,))
    look()
    asking.ask_due(timezone.now())
    revision.revise(response, submission(attachments=(kept(LOCKED, "again.pdf"),)))
    look()

    response.refresh_from_db()
    assert letters() == 1
    assert response.hold_reasons == ["locked_file"]


def test_a_readable_file_in_a_new_version_lets_the_response_go_on(arrive, submission):
    response = arrive((LOCKED,))

    revision.revise(response, submission(attachments=(kept(OPEN),)))
    look()

    response.refresh_from_db()
    assert (response.state, response.hold_reasons) == (State.ACCEPTED, [])


def test_a_letter_goes_out_when_all_files_were_examined(arrive, settings):
    settings.CLAMD = "127.0.0.1:1"
    arrive((LOCKED,))
    assert letters() == 0

    settings.CLAMD = ""
    look()

    assert letters() == 1


def test_a_stranger_is_asked_once_a_day_without_the_name_of_the_file_and_without_private_page(
    arrive,
):
    arrive((LOCKED, "words that anyone may have typed.pdf"), proved=False)
    arrive((LOCKED, "more.pdf"), proved=False)

    text = bytes(letter().raw).decode()
    assert letters() == 1
    assert "words that anyone" not in text
    assert "/mine/" not in text
    assert "/confirm/" in text


def test_after_the_close_the_letter_says_that_an_officer_decides(arrive, consultation):
    Consultation.objects.filter(pk=consultation.pk).update(
        closes_at=timezone.now() - timedelta(hours=1)
    )

    response = arrive((LOCKED,))

    assert set(response.hold_reasons) == {"late", "locked_file"}
    assert "an officer decides" in " ".join(letter().masked_text.split())


def test_what_was_sent_to_many_is_answered_by_nobody(arrive, monkeypatch):
    monkeypatch.setattr(asking, "ask_due", lambda now: 0)
    response = arrive((LOCKED,))
    monkeypatch.undo()
    version = response.versions.get()
    version.hold_reasons = ["bulk"]
    version.save()

    assert asking.ask_due(timezone.now()) == 0


def test_a_new_version_on_the_web_begins_without_the_locked_file(arrive):
    response = arrive((LOCKED, "our views.pdf"), (OPEN, "annex.pdf"))

    opened = drafts.reopen(response, now=timezone.now())

    assert [file.name for file in opened.draft.files.all()] == ["annex.pdf"]
