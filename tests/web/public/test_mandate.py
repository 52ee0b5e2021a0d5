"""Showing a mandate: a document that only officers read, or the word of the focal point."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.submission import RespondentClaim, RespondentKind
from consulta.flow import tasks
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.mailroom.models import OutgoingMail
from consulta.responses import attachments, links, mandate
from consulta.responses.models import MandateDocument, MandateRequest, ReturnLink
from consulta.stakeholders.models import Organisation

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def ministry(groups):
    return Organisation.objects.create(
        name="Sample Ministry",
        stakeholder_group=groups["governments"],
        country="KE",
        focal_point="Focal@example.org",
    )


@pytest.fixture
def response(published, ministry):
    claim = RespondentClaim(
        kind=RespondentKind.ORGANISATION, name="A Clerk", organisation="sample ministry",
        stakeholder_group="governments", country="KE",
    )  # fmt: skip
    return published("The ministry agrees.", respondent=claim)


@pytest.fixture
def mine(response):
    token = links.give(response, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
    return f"/en/mine/{token}/mandate/"


@pytest.fixture
def link(browser, mine):
    """The address of the focal point's link."""
    assert browser.post(mine, {"act": "ask"}).status_code == 303
    text = bytes(OutgoingMail.objects.get(recipient="focal@example.org").raw).decode()
    return re.search(r"/en/mandate/[\w-]+/", text.replace("=\r\n", "")).group()


@pytest.fixture
def focal():
    """The focal point, signed in with a proved address."""
    user = User.objects.create_user("focal@example.org", name="Focal")
    EmailAddress.objects.create(user=user, email="focal@example.org", verified=True, primary=True)
    made = Client()
    made.force_login(user, backend=BACKEND)
    return made


def letter(text=b"We mandate A Clerk."):
    return SimpleUploadedFile("letter.txt", text)


def public(browser, response):
    return browser.get(f"/en/responses/{response.number}/").content.decode()


def test_a_document_is_kept_and_seen_by_nobody_outside(browser, response, mine):
    assert browser.post(mine, {"act": "attach", "document": letter()}).status_code == 303

    document = MandateDocument.objects.get()
    assert spool.locate(document.path).read_bytes() == b"We mandate A Clerk."
    assert "letter.txt" in browser.get(mine).content.decode()
    told = browser.get(f"/api/v1/responses/{response.number}").content.decode()
    assert "letter" not in public(browser, response) + told
    entry = Entry.objects.get(act="mandate_document_attached")
    assert document.sha256 not in bytes(entry.body).decode()  # salted


def test_its_bytes_are_not_swept_away(browser, mine):
    browser.post(mine, {"act": "attach", "document": letter()})
    path = MandateDocument.objects.get().path

    assert attachments.named([path, "spool/uploads/other"]) == {path}


def test_it_is_examined_as_every_file_is(browser, mine):
    browser.post(mine, {"act": "attach", "document": letter()})
    tasks.look()

    document = MandateDocument.objects.get()
    assert (document.safety, document.media_type) == ("clean", "text/plain")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "No document was chosen."),
        (letter(b""), "it is empty"),
        (SimpleUploadedFile("a.exe", b"MZ\x90\x00" + bytes(200)), "is no PDF, DOCX, ODT"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(browser, mine, file, said):
    sent = {"act": "attach"} | ({"document": file} if file else {})
    answer = browser.post(mine, sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not MandateDocument.objects.exists()


def test_the_focal_point_is_mailed_and_nothing_is_told_of_addresses(browser, response, link):
    page = browser.get(link).content.decode()

    assert "The ministry agrees." in page
    assert "A Clerk" in page
    assert response.respondent.email not in page
    assert (
        "The ministry agrees."
        not in OutgoingMail.objects.get(recipient="focal@example.org").masked_text
    )


def test_reading_the_link_confirms_nothing(browser, response, link):
    browser.get(link)
    response.respondent.refresh_from_db()

    assert response.respondent.mandate_confirmed_at is None
    assert "sample ministry" not in public(browser, response)


def test_the_focal_point_confirms_and_the_name_is_shown(browser, response, link):
    browser.post(link, {"answer": "confirmed"})
    response.refresh_from_db()

    assert response.public_name == "sample ministry"
    assert "sample ministry" in public(browser, response)
    entry = Entry.objects.filter(act="response_confirmed").last()
    assert f"mandaterequest:{MandateRequest.objects.get().pk}" in bytes(entry.body).decode()


def test_the_focal_point_denies_and_the_response_counts_without_the_name(browser, response, link):
    browser.post(link, {"answer": "denied"})
    browser.post(link, {"answer": "confirmed"})  # answered once
    response.refresh_from_db()

    assert (response.state, response.public_name) == ("published", "")
    assert MandateRequest.objects.get().answer == "denied"


def test_the_focal_point_is_not_asked_twice_a_day(browser, mine, link):
    answer = browser.post(mine, {"act": "ask"})

    assert answer.status_code == 422
    assert "try again tomorrow" in answer.content.decode()


def test_a_focal_point_signed_in_needs_no_mail(focal, response):
    assert "The ministry agrees." in focal.get("/en/mandates/").content.decode()
    focal.post("/en/mandates/", {"number": response.number, "answer": "confirmed"})
    response.refresh_from_db()

    assert response.public_name == "sample ministry"
    assert response.respondent.mandate_confirmed_by.email == "focal@example.org"
    assert "Nothing waits for you" in focal.get("/en/mandates/").content.decode()


def test_an_address_that_is_not_proved_confirms_nothing(focal, response):
    EmailAddress.objects.update(verified=False)

    assert "The ministry agrees." not in focal.get("/en/mandates/").content.decode()
    answer = focal.post("/en/mandates/", {"number": response.number, "answer": "confirmed"})
    assert answer.status_code == 409
    response.refresh_from_db()
    assert response.public_name == ""


def test_somebody_elses_organisation_is_not_ones_own(focal, response, ministry):
    Organisation.objects.create(
        name="Other", stakeholder_group=ministry.stakeholder_group, focal_point="focal@example.org"
    )
    ministry.focal_point = "new@example.org"
    ministry.save()
    with pytest.raises(mandate.NoFocalPointError):
        mandate.answer_signed_in(
            response,
            MandateRequest.Answer.CONFIRMED,
            by=User.objects.get(email="focal@example.org"),
            addresses=["focal@example.org"],
        )


def test_nobody_asks_a_focal_point_that_is_not_known(browser, response, mine, ministry):
    ministry.delete()
    answer = browser.post(mine, {"act": "ask"})

    assert answer.status_code == 422
    assert "Attach a document instead." in answer.content.decode()


def test_an_individual_has_no_mandate_to_show(browser, published):
    claim = RespondentClaim(kind=RespondentKind.INDIVIDUAL, name="A Person")
    token = links.give(
        published("I agree.", respondent=claim), ReturnLink.Purpose.RESPONDENT, now=timezone.now()
    )

    assert browser.get(f"/en/mine/{token}/mandate/")["Location"] == f"/en/mine/{token}/"
    assert "/mandate/" not in browser.get(f"/en/mine/{token}/").content.decode()
