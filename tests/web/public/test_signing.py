"""Signing a response together: asked by mail, shown only once signed, free to withdraw."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consulta.core.fingerprint import fingerprint
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.reports import compilation
from consulta.responses import (
    balance,
    links,
    publication,
    signatories,
    signatories_shown,
    withdrawal,
)
from consulta.responses.models import ReturnLink, Signatory, Version
from consulta.stakeholders.models import Organisation

pytestmark = pytest.mark.django_db
ASK = {
    "act": "ask", "kind": "organisation", "name": "Second Union", "email": "second@example.org",
    "stakeholder_group": "civil-society", "country": "KE", "language": "en",
}  # fmt: skip


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def response(published):
    return published("We agree.")


@pytest.fixture
def mine(response):
    token = links.give(response, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
    return f"/en/mine/{token}/signatories/"


@pytest.fixture
def ask(browser, mine):
    def _ask(**changes):
        return browser.post(mine, ASK | changes)

    return _ask


@pytest.fixture
def link(ask):
    """The address of the link that the signatory was mailed."""
    assert ask().status_code == 303
    return mailed()


def mailed(to="second@example.org"):
    text = bytes(OutgoingMail.objects.filter(recipient=to).latest("pk").raw).decode()
    return re.search(r"/en/sign/[\w-]+/", text.replace("=\r\n", "")).group()


def sign(browser, link, act="sign", version=1):
    return browser.post(link, {"act": act, "version": version})


def public(browser, response):
    page = browser.get(f"/en/responses/{response.number}/")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_who_is_asked_is_mailed_a_button_and_no_word_of_the_response(response, link):
    mail = OutgoingMail.objects.get(recipient="second@example.org")

    assert mail.subject == f"Will you sign response {response.number}? Sample topic"
    assert "We agree." not in mail.masked_text
    assert link.split("/")[3] not in mail.masked_text


def test_nobody_is_shown_before_signing(browser, response, link):
    page = public(browser, response)

    assert "Second Union" not in page
    assert "1 more was named and is not confirmed yet." in page


def test_reading_the_link_signs_nothing(browser, response, link):
    page = browser.get(link).content.decode()

    assert "We agree." in page
    assert Signatory.objects.get().state == "asked"


def test_who_signed_is_shown_by_name_and_never_by_address(browser, response, link):
    sign(browser, link)
    page, told = public(browser, response), browser.get(f"/api/v1/responses/{response.number}")

    assert "Second Union" in page
    assert "second@example.org" not in page + told.content.decode()
    row = Signatory.objects.get()
    assert told.json()["signatories"] == [
        {
            "name": "Second Union", "kind": "organisation", "stakeholder_group": "civil-society",
            "country": "KE", "version": 1,
            "signed_at": told.json()["signatories"][0]["signed_at"],
            "version_fingerprint": row.version.private_fingerprint,
            "fingerprint": {"public": row.commitment, "salt": row.salt},
        }
    ]  # fmt: skip
    assert told.json()["signatories_awaited"] == 0


def test_anyone_computes_a_signatures_fingerprint_from_what_the_api_tells(browser, response, link):
    sign(browser, link)
    told = browser.get(f"/api/v1/responses/{response.number}").json()
    each = told["signatories"][0]
    content = {
        "consultation": told["consultation"],
        "fingerprint_private": each["version_fingerprint"],
        "response": told["number"],
        "signatory": {k: each[k] for k in ("country", "kind", "name", "stakeholder_group")},
        "signed_at": each["signed_at"],
        "version": each["version"],
    }

    salt = bytes.fromhex(each["fingerprint"]["salt"])
    assert fingerprint(content, salt) == each["fingerprint"]["public"]


def test_the_list_of_the_api_tells_signatories_too(browser, response, link):
    sign(browser, link)
    told = browser.get("/api/v1/consultations/sample-topic/responses").json()

    assert [row["name"] for row in told["items"][0]["signatories"]] == ["Second Union"]


def test_a_signature_leaves_both_fingerprints_as_they_were(browser, response, link):
    before = Version.objects.values_list("private_fingerprint", "public_fingerprint").get()
    sign(browser, link)

    assert Version.objects.values_list("private_fingerprint", "public_fingerprint").get() == before


def test_each_signature_is_an_entry_of_the_ledger_that_its_receipt_proves(browser, response, link):
    sign(browser, link)
    document = json.loads(browser.get(f"{link}receipt.json").content)

    entry = Entry.objects.get(act="signature_confirmed")
    again = fingerprint(document["content"], bytes.fromhex(document["salt"]))
    assert again == document["commitment"]
    assert document["commitment"] in bytes(entry.body).decode()
    assert b"Second Union" not in bytes(entry.body)
    version = Version.objects.get()
    assert document["content"]["fingerprint_private"] == version.private_fingerprint


def test_a_withdrawn_signature_leaves_the_response_and_changes_the_list(browser, response, link):
    sign(browser, link)
    sign(browser, link, act="withdraw")
    response.refresh_from_db()

    assert response.state == "published"
    assert "Second Union" not in public(browser, response)
    assert browser.get(f"{link}receipt.json").status_code == 404
    acts = [e.act for e in Entry.objects.filter(act__startswith="signature").order_by("pk")]
    assert acts == ["signature_asked", "signature_confirmed", "signature_withdrawn"]


def test_who_declined_is_not_shown_and_not_asked_again(browser, response, link, ask):
    sign(browser, link, act="decline")

    assert "not confirmed yet" not in public(browser, response)
    assert ask().status_code == 422
    assert Signatory.objects.get().state == "declined"


def test_what_is_wrong_is_summed_up_once(ask):
    assert ask(name="").content.decode().count("error-summary") == 1


def test_a_joint_response_counts_once(browser, response, link):
    before = balance.of(response.consultation)
    sign(browser, link)

    assert balance.of(response.consultation) == before


def test_signing_twice_is_one_signature(browser, response, link):
    sign(browser, link)
    sign(browser, link)

    assert Entry.objects.filter(act="signature_confirmed").count() == 1


def test_nobody_is_asked_before_the_sender_is_confirmed(browser, submission):
    given = journey.submission_arrives(submission("Unconfirmed."))
    answer = browser.post(f"/en/mine/{given.mine}/signatories/", ASK)

    assert answer.status_code == 422
    assert "First confirm your own address" in answer.content.decode()
    assert not Signatory.objects.exists()


def test_nobody_is_asked_after_the_close_but_who_was_may_answer(
    browser, response, link, ask, consultation
):
    consultation.closes_at = timezone.now() - timedelta(minutes=1)
    consultation.save()

    assert ask(email="third@example.org").status_code == 422
    sign(browser, link)
    assert Signatory.objects.get().state == "confirmed"


def test_after_the_report_nobody_signs_but_a_signature_can_be_withdrawn(
    browser, response, link, consultation
):
    sign(browser, link)
    consultation.closes_at = timezone.now() - timedelta(minutes=2)
    consultation.report_released_at = timezone.now() - timedelta(minutes=1)
    consultation.save()

    sign(browser, link, act="withdraw")
    assert Signatory.objects.get().state == "withdrawn"
    assert sign(browser, link).status_code == 409
    assert Signatory.objects.get().state == "withdrawn"


def test_new_words_are_signed_anew(browser, response, link, submission, officer):
    sign(browser, link)
    changed = submission("", answers=(SubmittedAnswer(1, "We agree less."),))
    version = journey.version_arrives(response, changed)

    assert "Response " in OutgoingMail.objects.filter(recipient="second@example.org").last().subject
    newer = mailed()
    assert browser.get(link).status_code == 404
    assert sign(browser, newer, version=1).status_code == 409  # not the words that were read
    publication.publish_version(Version.objects.get(pk=version.pk), by=officer)
    assert "signed version 1" in public(browser, response)
    sign(browser, newer, version=2)
    assert "signed version" not in public(browser, response)


def test_a_signature_for_a_government_waits_for_its_mandate(browser, response, ask):
    ask(name="A Ministry", stakeholder_group="governments")
    sign(browser, mailed())

    assert "A Ministry" not in public(browser, response)
    assert signatories_shown.of(response).awaited == 1


def test_a_focal_point_signs_for_its_own_organisation_only(browser, response, ask, groups):
    for name in ("A Ministry", "Another Ministry"):
        Organisation.objects.create(
            name=name,
            stakeholder_group=groups["governments"],
            focal_point=f"{name.split()[0].lower()}@example.org",
        )
    ask(name="a ministry", stakeholder_group="governments", email="a@example.org")
    ask(name="A Ministry", stakeholder_group="governments", email="another@example.org")
    sign(browser, mailed("a@example.org"))
    sign(browser, mailed("another@example.org"))

    assert [row.email for row in signatories_shown.of(response).by] == ["a@example.org"]


def test_an_unknown_link_says_what_to_do(browser, consultation):
    answer = browser.get("/en/sign/nothing/")

    assert answer.status_code == 404
    assert "Open the latest mail" in answer.content.decode().replace("\n", " ")


def test_a_form_with_mistakes_keeps_what_was_typed(browser, ask):
    page = ask(email="no address", stakeholder_group="").content.decode()

    assert "This is not a whole e-mail address." in page
    assert "Choose the stakeholder group of the organisation." in page
    assert 'value="Second Union"' in page


def test_the_words_of_a_withdrawn_response_are_shown_to_no_signatory(browser, response, link):
    withdrawal.withdraw(response)

    assert "We agree." not in browser.get(link).content.decode()


def test_the_compilation_names_who_signed(browser, response, link):
    sign(browser, link)
    drawn = compilation.draw_up(response.consultation, language="en", at=timezone.now())

    assert "Second Union" in str(drawn)


def test_a_page_of_many_joint_responses_asks_once(published, django_assert_num_queries):
    rows = [published(f"Text {n}.") for n in range(3)]
    for number, row in enumerate(rows):
        named = signatories.Named(
            kind="individual", name=f"P{number}", email=f"p{number}@example.org", language="en"
        )
        signatories.ask(row, named, now=timezone.now())

    with django_assert_num_queries(1):
        assert {s.awaited for s in signatories_shown.of_each(rows).values()} == {1}


def test_a_sender_who_was_confirmed_by_account_is_no_signatory_too(response, ask):
    sender = Sender(response.respondent.email)

    assert ask(email=sender.address).status_code == 422
