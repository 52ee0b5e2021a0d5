"""Another system sends a response: with a key, once, and with a receipt."""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from consulta.accounts import keys
from consulta.accounts.models import ApiKey, Tally
from consulta.mailroom.models import OutgoingMail
from consulta.responses import balance, terms
from consulta.responses.models import Response
from consulta.web.api import submitting

pytestmark = pytest.mark.usefixtures("groups")


@pytest.fixture
def secret(second_officer) -> str:
    return keys.give(second_officer, name="Sample system", terms=terms.version())[1]


@pytest.fixture
def body():
    return {
        "language": "en",
        "respondent": {
            "kind": "organisation", "organisation": "Sample Union", "name": "The office",
            "stakeholder_group": "civil-society", "country": "KE", "email": "union@sample.example",
        },
        "answers": [{"question": 1, "text": "We agree."}, {"question": None, "text": "Thank you."}],
        "terms": terms.version(),
    }  # fmt: skip


@pytest.fixture
def send(consultation, secret):
    def _send(body, *, key="one", token=secret, slug=consultation.slug):
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return Client().post(
            f"/api/v1/consultations/{slug}/responses",
            json.dumps(body),
            content_type="application/json",
            headers={name: value for name, value in headers.items() if value},
        )

    return _send


def test_a_response_is_registered_and_the_receipt_given_at_once(send, body, consultation):
    answer = send(body)
    assert answer.status_code == 201
    receipt, made = answer.json(), Response.objects.get()
    assert receipt["number"] == made.number
    assert receipt["fingerprint"] == made.versions.get().private_fingerprint
    assert (receipt["repeated"], receipt["late"]) == (False, False)
    assert Client().get(receipt["mine"].removeprefix("http://localhost:8000")).status_code == 200
    assert (made.channel, made.respondent.confirmed, made.terms) == ("api", False, terms.version())
    assert made.respondent.organisation_name == "Sample Union"
    assert sorted(a.text for a in made.versions.get().answers.all()) == ["Thank you.", "We agree."]
    assert balance.of(consultation).by_channel == {"api": 1}


def test_what_came_after_the_close_is_told_to_be_late(send, body, consultation):
    consultation.closes_at = timezone.now() - timedelta(hours=1)
    consultation.save()
    answer = send(body)
    assert (answer.status_code, answer.json()["late"]) == (201, True)
    assert send(body).json()["late"] is True
    assert Response.objects.get().late


def test_the_holders_own_address_is_confirmed(send, body, second_officer):
    body["respondent"]["email"] = second_officer.email
    send(body)
    assert Response.objects.get().respondent.confirmed


def test_the_same_request_again_is_the_same_response(send, body):
    first, again = send(body), send(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["number"] == first.json()["number"]
    assert again.json()["repeated"] is True
    assert send(body, key="two").json()["number"] != first.json()["number"]


def test_an_idempotency_key_never_stands_for_other_words(send, body):
    send(body)
    body["answers"][0]["text"] = "We disagree."
    answer = send(body)
    assert (answer.status_code, answer.json()["error"]) == (422, "idempotency_key_reused")
    assert Response.objects.count() == 1


def test_files_come_in_base64_and_are_kept_as_they_came(send, body, tmp_path):
    data = b"%PDF-1.7\nnothing more"
    body["attachments"] = [{"name": "../a.pdf", "content": base64.b64encode(data).decode()}]
    assert send(body).status_code == 201
    file = Response.objects.get().versions.get().attachments.get()
    assert (file.name, (tmp_path / file.path).read_bytes()) == ("a.pdf", data)


@pytest.mark.parametrize(
    ("change", "error", "status"),
    [
        ({"answers": []}, "mistyped", 422),
        ({"colour": "blue"}, "mistyped", 422),
        ({"terms": "0"}, "unknown_value", 422),
        ({"language": "tlh"}, "unknown_value", 422),
        ({"answers": [{"question": 9, "text": "x"}]}, "unknown_value", 422),
        ({"answers": [{"question": 1, "text": "x"}] * 2}, "answer_twice", 422),
        ({"respondent": {"kind": "organisation"}}, "mistyped", 422),
        ({"respondent": {"country": "XX"}}, "unknown_value", 422),
        ({"respondent": {"country": "ZZ"}}, "unknown_value", 422),
        ({"respondent": {"email": "nobody"}}, "mistyped", 422),
        ({"attachments": [{"name": "a", "content": "%%"}]}, "file_mistyped", 422),
        ({"attachments": [{"name": "a", "content": "AAAA"}]}, "file_refused", 422),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_mend_and_nothing_is_registered(
    send, body, change, error, status
):
    answer = send(body | change)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["message"].endswith((".", ". ", ": –."))
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["", "consulta_unknown"])
def test_without_a_key_nothing_is_taken(send, body, token):
    answer = send(body, token=token)
    assert (answer.status_code, answer.json()["error"]) == (401, "key_unknown")


def test_a_key_that_ended_opens_nothing(send, body, second_officer):
    keys.end(ApiKey.objects.get(), by=second_officer)
    assert send(body).status_code == 401


def test_an_idempotency_key_is_asked_for(send, body):
    assert send(body, key="").json()["error"] == "idempotency_key_missing"


def test_too_many_in_an_hour_wait(send, body, monkeypatch):
    monkeypatch.setattr(submitting, "PER_HOUR", 1)
    assert send(body).status_code == 201
    answer = send(body, key="two")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert Tally.objects.filter(key__startswith="api:").exists()


def test_broken_json_and_unknown_consultations_are_said(send, body, consultation, secret):
    answer = Client().post(
        f"/api/v1/consultations/{consultation.slug}/responses", "{", content_type="application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "1"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert send(body, slug="nowhere").status_code == 404


def test_the_terms_that_a_submission_names_can_be_read():
    assert Client().get("/api/v1/terms").json()["version"] == terms.version()


def test_a_person_takes_a_key_sees_it_once_and_ends_it(second_officer):
    client = Client()
    client.force_login(
        second_officer, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.post("/en/account/keys/", {"name": "My system", "terms": terms.version()})
    key = ApiKey.objects.get()
    assert key.begins in page.content.decode()
    assert "shown this once" in page.content.decode()
    assert "shown this once" not in client.get("/en/account/keys/").content.decode()
    client.post(f"/en/account/keys/{key.pk}/end/")
    key.refresh_from_db()
    assert key.ended_by == second_officer


def test_no_key_without_the_terms_or_a_name(second_officer):
    client = Client()
    client.force_login(
        second_officer, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.post("/en/account/keys/", {"name": "My system"}).status_code == 422
    assert client.post("/en/account/keys/", {"terms": terms.version()}).status_code == 422
    assert not ApiKey.objects.exists()


def test_two_requests_at_once_with_other_words_under_one_key_are_not_one(send, body, monkeypatch):
    send(body)
    before, real = iter([False]), submitting._earlier  # the other came after we had looked
    monkeypatch.setattr(submitting, "_earlier", lambda *said: next(before, True) and real(*said))
    answer = send(body | {"answers": [{"question": 1, "text": "Other words."}]})
    assert (answer.status_code, answer.json()["error"]) == (422, "idempotency_key_reused")
    assert Response.objects.count() == 1


def test_responses_in_one_name_are_one_mail_an_hour(send, body):
    for key in ("one", "two", "three"):
        assert send(body, key=key).status_code == 201
    assert OutgoingMail.objects.filter(recipient="union@sample.example").count() == 1


@pytest.mark.parametrize("text", ["\x07\x01", "\u200b\u2060", "\u3164", "\u2800\u202e"])
def test_an_answer_that_nobody_can_see_is_refused_with_the_mend(send, body, text):
    body["answers"][1]["text"] = text
    answer = send(body)
    assert (answer.status_code, answer.json()["error"]) == (422, "nothing_to_read")
    assert "write words, or leave it out" in answer.json()["message"]

    body["answers"] = [{"question": 1, "text": text}]
    answer = send(body, key="two")
    assert (answer.status_code, answer.json()["error"]) == (422, "mistyped")
    assert "that can be read, or add a file" in answer.json()["message"]
    assert Response.objects.count() == 0
