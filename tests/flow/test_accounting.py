"""What is changed in the rows behind the ledger's back is found, and named."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.utils import timezone

from consulta.cli.verify import verify
from consulta.core.submission import Sender, SubmittedFile
from consulta.flow import accounting, health, journey
from consulta.ledger.ledger import subject_of
from consulta.mailroom import spool
from consulta.reports import assembly
from consulta.reports.models import Edition, EditionFile, Freezing
from consulta.responses import (
    appeals,
    attachments,
    confirmation,
    moderation,
    publication,
    revision,
    withdrawal,
)
from consulta.responses.models import (
    Answer,
    Attachment,
    BalanceLine,
    Facet,
    ModerationStep,
    Redaction,
    Response,
    ReturnLink,
    Version,
)
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

pytestmark = pytest.mark.django_db
UNLAWFUL = Because("unlawful", "It names a person without right.")
LATER = timedelta(minutes=1)


@pytest.fixture
def arrive(submission):
    def _arrive(text="We agree.", **changes):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        return Response.objects.get(number=given.number)

    return _arrive


@pytest.fixture
def response(arrive, officer):
    """A published response."""
    made = arrive()
    publication.publish(made, by=officer)
    return made


@pytest.fixture
def edition(response, officer):
    """A frozen edition with one file on disk."""
    consultation = response.consultation
    consultation.closes_at = timezone.now() - LATER
    consultation.save()
    kind = Edition.Kind.COMPILATION
    made = assembly.freeze(consultation, kind, language="en", by=officer)
    kept = spool.keep([b"bytes"], folder="editions")
    EditionFile.objects.create(
        edition=made, format="html", name="a.html", path=kept.path, sha256=kept.sha256, size=5
    )
    Edition.objects.filter(pk=made.pk).update(rendered_at=timezone.now())
    return made


def codes():
    """What does not agree, where; and the command says the same with its exit code."""
    found = [(fault.where, fault.code) for fault in accounting.faults(accounting.Account())]
    result = CliRunner().invoke(verify, ["--format", "json"])
    told = json.loads(result.stdout)
    assert result.exit_code == (1 if found else 0)
    assert [(fault["where"], fault["code"]) for fault in told["faults"]] == found
    assert told["fault_count"] == len(found)
    return found


def test_a_record_on_which_every_act_was_done_agrees(arrive, submission, officer, second_officer):
    changed, refused, shown, gone = (arrive(text) for text in ("One.", "Two.", "Three.", "Four."))
    publication.publish(changed, by=officer)
    moderation.redact(changed.published_version.answers.get(), (0, 2), UNLAWFUL, by=officer)
    version = revision.revise(changed, submission("One, better."))
    moderation.accept_version(version, by=officer)
    publication.publish_version(version, by=officer)
    moderation.decline_version(revision.revise(changed, submission("Spam.")), UNLAWFUL, by=officer)
    moderation.decline(refused, UNLAWFUL, by=officer)
    appeal = appeals.appeal(refused, "It does not.")
    appeals.decide(appeal, upheld=True, answer="Right.", by=second_officer)
    publication.publish(shown, by=officer)
    moderation.remove(shown, UNLAWFUL, by=officer)
    moderation.restore(shown, by=officer, reason="A mistake.")
    withdrawal.withdraw(gone)
    assert codes() == []


def test_a_version_that_the_rules_accept_lets_nothing_go_that_a_person_held(
    arrive, submission, officer
):
    response = arrive()
    moderation.hold(response, UNLAWFUL, by=officer)
    revision.revise(response, submission("Better."))
    journey.screening.screen_due(timezone.now())
    response.refresh_from_db()
    assert (response.state, codes()) == ("held", [])


def test_a_name_confirmed_and_a_file_released_after_publication_agree(submission, officer):
    kept = spool.keep([b"%PDF-1.7 no pdf"], folder="files")
    file = SubmittedFile(name="a.pdf", path=kept.path, sha256=kept.sha256, size=kept.size)
    given = journey.submission_arrives(submission(attachments=(file,)))
    response = Response.objects.get(number=given.number)
    Attachment.objects.update(safety=Attachment.Safety.UNREADABLE)
    moderation.hold(response, UNLAWFUL, by=officer)
    moderation.accept(response, by=officer)
    publication.publish(response, by=officer)
    confirmation.confirm(response, how=Respondent.Confirmation.BUTTON)
    attachments.release(Attachment.objects.get(), by=officer, reason="Harmless.")
    assert codes() == []


def test_what_changed_while_a_response_was_removed_is_committed_when_it_is_restored(
    submission, officer
):
    given = journey.submission_arrives(submission())
    response = Response.objects.get(number=given.number)
    moderation.hold(response, UNLAWFUL, by=officer)
    moderation.accept(response, by=officer)
    publication.publish(response, by=officer)
    moderation.remove(response, UNLAWFUL, by=officer)
    confirmation.confirm(response, how=Respondent.Confirmation.BUTTON)
    answer = response.published_version.answers.get()
    moderation.redact(answer, (0, 2), UNLAWFUL, by=officer)
    moderation.restore(response, by=officer, reason="A mistake.")
    assert codes() == []


def test_the_command_says_what_it_compared(response, edition):
    result = CliRunner().invoke(verify)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "Compared with the ledger: 1 responses, 1 versions, 1 editions.",
    )


def test_the_text_of_a_published_answer_that_was_replaced_is_found(response):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE responses_answer SET text = 'We object.'")
    assert codes() == [(response.number, "private"), (response.number, "public")]


def test_a_text_replaced_with_all_its_fingerprints_is_found(response):
    Answer.objects.update(text="We object.")
    version = Version.objects.get()
    private = accounting.content.private(version)
    version.private_fingerprint = accounting._fingerprint(private, version.private_salt)
    public = accounting.content.public(version)
    version.public_fingerprint = accounting._fingerprint(public, version.public_salt)
    version.save()
    assert codes() == [
        (response.number, code)
        for code in ("private_unknown", "public_unknown", "version_gone", "published_version")
    ]


@pytest.mark.parametrize("salt", ["", "00", "no salt"])
def test_a_changed_salt_is_found(response, salt):
    Version.objects.update(private_salt=salt)
    assert codes() == [(response.number, "private")]


def test_a_deleted_response_is_found(response):
    subject = subject_of(response)
    Response.objects.update(published_version=None, state="accepted")
    for children in (Redaction, Answer, ModerationStep, ReturnLink, Version, Response):
        children.objects.all()._raw_delete("default")
    assert codes() == [(subject, "response_gone")]


def test_a_response_without_its_respondent_is_found(response):
    with connection.constraint_checks_disabled():
        Response.objects.update(respondent_id=0)
        found = codes()
        Response.objects.update(respondent_id=response.respondent_id)
    assert found == [(response.number, "response_not_whole")]


def test_a_response_that_nobody_recorded_is_found(response):
    values = {name: getattr(response, name) for name in ("consultation", "channel", "received_at")}
    respondent = Respondent.objects.create(kind="individual")
    Response.objects.create(
        serial=9, number="11-000009", respondent=respondent, idempotency_key="false", **values
    )
    assert codes() == [("11-000009", "response_unknown")]


def test_a_version_taken_away_is_found(response, submission):
    version = revision.revise(response, submission("We agree, but."))
    Redaction.objects.all()._raw_delete("default")
    version.answers.all()._raw_delete("default")
    Version.objects.filter(pk=version.pk)._raw_delete("default")
    assert codes() == [(response.number, "version_gone")]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("state", "held", "state"),
        ("received_at", timezone.now() - LATER, "received_at"),
        ("published_at", timezone.now() - LATER, "published_at"),
        ("withdrawn_at", timezone.now() - LATER, "withdrawn_at"),
        ("published_version", None, "published_version"),
        ("public_name", "Another Organisation", "columns"),
        ("public_country", "FR", "columns"),
    ],
)
def test_a_changed_column_is_found(arrive, officer, column, value, code):
    response = arrive()
    publication.publish(response, by=officer)
    changed = {column: value}
    if column == "published_version":  # the database keeps a published response whole
        changed["state"] = "accepted"
    Response.objects.update(**changed)
    assert code in [found for _, found in codes()]


def test_a_response_that_arrived_after_its_entry_is_found(response):
    late = response.received_at + LATER
    Response.objects.update(received_at=late)
    Version.objects.update(received_at=late)
    assert codes() == [(response.number, "received_at")]


@pytest.mark.parametrize(
    ("act", "column"), [("withdraw", "withdrawn_at"), ("remove", "removed_at")]
)
def test_a_changed_date_of_the_end_is_found(response, officer, act, column):
    if act == "withdraw":
        withdrawal.withdraw(response)
    else:
        moderation.remove(response, UNLAWFUL, by=officer)
    assert codes() == []
    Response.objects.update(**{column: timezone.now() + LATER})
    assert codes() == [(response.number, column)]


def test_a_changed_respondent_is_found(response):
    Respondent.objects.update(organisation_name="Another Organisation")
    assert [code for _, code in codes()] == ["private", "columns"]


@pytest.mark.parametrize("bytes_", [b"other bytes", None])
def test_a_changed_or_lost_file_of_an_edition_is_found(edition, bytes_):
    path = Path(settings.DATA) / edition.files.get().path
    path.unlink()
    if bytes_ is not None:
        path.write_bytes(bytes_)
    assert codes() == [(subject_of(edition), "edition_file")]


def test_changed_content_of_an_edition_is_found(edition):
    Edition.objects.update(content={"title": "Another"})
    assert codes() == [(subject_of(edition), "edition")]


def test_a_changed_fingerprint_of_an_edition_and_a_deleted_edition_are_found(edition):
    Edition.objects.update(content_sha256="0" * 64)
    assert [code for _, code in codes()] == ["edition_unknown", "edition"]
    for rows in (EditionFile.objects.all(), Freezing.objects.all()):
        rows._raw_delete("default")
    Edition.objects.all()._raw_delete("default")
    assert codes() == [(subject_of(edition), "edition_gone")]


def test_a_hundred_faults_are_listed_and_all_are_counted(response, monkeypatch):
    fault = accounting.Fault("11-000001", "public")
    monkeypatch.setattr(accounting, "faults", lambda seen: iter([fault] * 130))
    result = CliRunner().invoke(verify)
    assert result.exit_code == 1
    assert result.stderr.count("What readers see") == 100
    assert "Not listed: 30 more." in result.stderr
    assert "130 faults" in result.stdout


def test_comparing_costs_the_same_queries_with_one_response_and_with_ten(
    response, arrive, django_assert_num_queries
):
    def count():
        with django_assert_num_queries(15):
            assert list(accounting.faults(accounting.Account())) == []

    count()
    for number in range(9):
        arrive(f"We agree, too ({number}).")
    count()


def test_the_doctor_counts_balance_and_lists_anew(response, arrive):
    arrive("Waits.")
    BalanceLine.objects.filter(state="published").update(count=7)
    BalanceLine.objects.filter(state="accepted").delete()
    Facet.objects.filter(dimension="country").update(count=3)
    Facet.objects.filter(dimension="language").delete()
    Facet.objects.create(
        consultation=response.consultation, dimension="question", value="9", count=1
    )
    wrong = {finding.name: finding.mend for finding in health.examine() if not finding.sound}
    assert {"balance", "facets"} <= set(wrong)
    assert all("consulta doctor --mend" in wrong[name] for name in ("balance", "facets"))
    assert health.mend() == [
        "The balance of sample-topic was counted anew from its register.",
        "The counts in the lists of sample-topic were made anew.",
    ]
    assert not {"balance", "facets"} & {f.name for f in health.examine() if not f.sound}
    assert health.mend() == []
