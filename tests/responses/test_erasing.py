"""Whatever can hold words of a response is emptied with it, or known to say nothing."""

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.responses import erasing, moderation, publication
from consulta.responses.errors import ErasedError
from consulta.responses.models import Response, ReturnLink
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

LAW = Because("unlawful", "By order of a court.")
#: Columns that say nothing of what was written: states, instants, hashes, grounds, what a law needs.
KEPT = {
    "Response": "uid number channel state hold_reasons ground reason idempotency_key source_id terms"
    " public_country public_language public_name",
    "Version": "language screening hold_reasons idempotency_key private_fingerprint"
    " public_fingerprint",
    "Attachment": "sha256 media_type safety clean_sha256",
    "AnswerTranslation": "language status",
    "Respondent": "kind country language confirmed_how",
    "Signatory": "uid kind country language state token_hash commitment",
    "MandateDocument": "sha256 media_type safety",
    "MandateRequest": "token_hash answer",
    "ModerationStep": "act ground",
    "Redaction": "kind state ground reason",
    "ReturnLink": "purpose token_hash",
    "Draft": "uid token_hash language",
    "DraftFile": "sha256 media_type",
    "DraftSave": "fields",
    "Colleague": "language token_hash",
    "Erasure": "ground reason",
}
WORDS = (models.CharField, models.TextField, models.JSONField, models.EmailField)


def models_of_responses():
    """Every model that belongs to one response, however far away."""
    found, waiting = {Response, Respondent}, [Response]
    while waiting:
        target = waiting.pop()
        for model in apps.get_app_config("responses").get_models():
            leads = any(f.is_relation and f.related_model is target for f in model._meta.fields)
            if leads and model not in found:
                found.add(model)
                waiting.append(model)
    return found


def test_every_column_that_can_hold_words_is_emptied_or_known_to_say_nothing():
    unknown = []
    for model in models_of_responses():
        emptied = set(erasing.ERASED.get(model, ("", {}))[1])
        emptied |= set(erasing.FILES.get(model, ("", ()))[1])
        known = emptied | set(KEPT.get(model.__name__, "").split())
        unknown += [
            f"{model.__name__}.{field.name}"
            for field in model._meta.fields
            if isinstance(field, WORDS) and field.name not in known
        ]
    assert unknown == []


@pytest.fixture
def erased(submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Sample words.", sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    erasing.erase(response, LAW, by=officer)
    return response


def test_no_word_name_or_address_is_left(erased):
    who = erased.respondent
    who.refresh_from_db()
    assert (who.name, who.organisation_name, who.email) == ("", "", "")
    version = erased.versions.get()
    assert [answer.text for answer in version.answers.all()] == [""]
    assert version.private_salt == version.public_salt == ""
    assert version.private_fingerprint
    assert erased.public_name == ""
    mails = OutgoingMail.objects.filter(about=f"responses.response:{erased.pk}")
    told = mails.exclude(state="queued").values_list("masked_text", flat=True)
    assert set(told) <= {""}
    assert not ReturnLink.objects.filter(response=erased, expires_at__gt=timezone.now()).exists()


def test_twice_is_once_and_what_was_sealed_can_still_be_erased(submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Sample words.", sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    first = erasing.erase(response, LAW, by=officer, is_sealed=True)
    assert response.versions.get().answers.get().text == "Sample words."
    again = erasing.erase(response, LAW, by=officer)
    assert (again.pk, again.is_sealed) == (first.pk, False)
    assert response.versions.get().answers.get().text == ""
    assert erasing.erase(response, LAW, by=officer).at == again.at


def test_what_the_law_took_is_not_shown_again(erased, officer):
    assert isinstance(officer, User)
    with pytest.raises(ErasedError):
        moderation.restore(erased, by=officer, reason="A mistake.")
