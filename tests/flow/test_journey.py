"""The journey of one response, told as tests."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.core import fingerprint
from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.core.submission import Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.responses import (
    appeals,
    balance,
    confirmation,
    content,
    facets,
    moderation,
    publication,
    queries,
    screening,
    withdrawal,
)
from consulta.responses.errors import (
    AppealUsedError,
    ClosedError,
    GroundMissingError,
    NotYetOpenError,
    SecondPersonNeededError,
)
from consulta.responses.models import Appeal, Response, ReturnLink, Version
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

OFF_TOPIC = Because("off_topic", "It speaks of another matter.")


@pytest.fixture
def arrive(submission):
    def _arrive(text="We welcome the consultation.", **changes):
        receipt = journey.submission_arrives(submission(text, **changes))
        return Response.objects.get(number=receipt.number)

    return _arrive


@pytest.fixture
def confirmed(submission):
    def _confirmed(text="We agree.", **changes):
        made = submission(text)
        sender = Sender(made.sender.address, authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        return Response.objects.get(number=given.number)

    return _confirmed


def test_what_arrives_gets_a_number_and_a_receipt_at_once_and_the_mail_has_no_word_of_the_text(
    arrive,
):
    response = arrive("Our secret plan.")

    mail = OutgoingMail.objects.get()
    assert (response.number, response.state) == ("11-000014", State.RECEIVED)
    assert response.number in mail.subject
    assert "Our secret plan." not in mail.masked_text
    assert b"Our secret plan." not in bytes(mail.raw)
    assert response.versions.get().private_fingerprint in mail.masked_text


def test_an_unconfirmed_response_waits_seven_days_and_is_published_without_a_name(arrive, officer):
    response = arrive()
    now = timezone.now()

    assert screening.screen_due(now + timedelta(days=6, hours=23)) == 0
    assert screening.screen_due(now + timedelta(days=7, minutes=1)) == 1
    response.refresh_from_db()
    publication.publish(response, by=officer)

    assert (response.state, response.public_name) == (State.PUBLISHED, "")


def test_confirming_by_the_button_puts_the_name_and_sends_the_copy(arrive, officer):
    response = arrive("Our open plan.")
    raw = bytes(OutgoingMail.objects.get().raw).decode("utf-8", "replace")
    token = raw.split("/confirm/")[1].split("/")[0]

    confirmation.use_link(token)

    response.refresh_from_db()
    assert response.state == State.ACCEPTED
    assert ReturnLink.objects.get(purpose="confirm").used_at is not None
    assert "Our open plan." in OutgoingMail.objects.latest("pk").masked_text
    publication.publish(response, by=officer)
    assert response.public_name.startswith("Sample Organisation")


def test_equal_texts_from_different_senders_are_both_accepted(confirmed):
    assert [confirmed("Same.").state, confirmed("Same.").state] == [State.ACCEPTED] * 2


def test_the_same_key_twice_is_one_response_and_one_mail(submission):
    made = submission(idempotency_key="once")

    first, second = journey.submission_arrives(made), journey.submission_arrives(made)

    assert first.number == second.number
    assert first.mine != second.mine
    assert (Response.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_a_response_without_text_and_file_is_held_and_never_declined_by_a_rule(confirmed):
    response = confirmed("   ")

    assert (response.state, response.hold_reasons) == (State.HELD, ["empty"])


def test_a_late_response_is_registered_marked_and_held(confirmed, consultation):
    consultation.closes_at = timezone.now() - timedelta(hours=2)
    consultation.save()

    response = confirmed()

    assert (response.late, response.state, response.hold_reasons) == (True, State.HELD, ["late"])


def test_a_draft_saved_before_the_close_is_taken_for_sixty_minutes(confirmed, consultation):
    now = timezone.now()
    consultation.closes_at = now - timedelta(minutes=30)
    consultation.save()

    response = confirmed(draft_saved_at=now - timedelta(hours=1))

    assert (response.late, response.within_grace, response.state) == (True, True, State.ACCEPTED)


def test_nothing_is_taken_before_the_opening(submission, consultation):
    consultation.opens_at = timezone.now() + timedelta(days=1)
    consultation.save()

    with pytest.raises(NotYetOpenError):
        journey.submission_arrives(submission())


def test_declining_needs_a_ground_of_the_published_list(confirmed, officer):
    response = confirmed()

    with pytest.raises(GroundMissingError):
        moderation.decline(response, Because("because-i-say-so", "No."), by=officer)


def test_an_appeal_is_decided_by_a_second_person(confirmed, officer, second_officer):
    response = confirmed()
    moderation.decline(response, OFF_TOPIC, by=officer)
    appeal = appeals.appeal(response, "It is about the topic.")

    with pytest.raises(SecondPersonNeededError):
        appeals.decide(appeal, upheld=True, answer="You are right.", by=officer)
    appeal.refresh_from_db()
    appeals.decide(appeal, upheld=True, answer="You are right.", by=second_officer)

    response.refresh_from_db()
    assert response.state == State.ACCEPTED
    publication.publish(response, by=second_officer)


def test_a_new_version_is_screened_while_the_old_one_stands(confirmed, submission, officer):
    response = confirmed("First.")
    publication.publish(response, by=officer)

    version = journey.version_arrives(
        response, submission("Second.", answers=(SubmittedAnswer(1, "Second."),))
    )

    response.refresh_from_db()
    version.refresh_from_db()
    assert response.published_version.ordinal == 1
    assert version.screening == Version.Screening.ACCEPTED
    publication.publish_version(version, by=officer)
    response.refresh_from_db()
    assert response.published_version.ordinal == 2


def test_a_version_after_the_close_is_refused_and_the_response_stands(
    confirmed, submission, consultation
):
    response = confirmed()
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()

    with pytest.raises(ClosedError):
        journey.version_arrives(response, submission("Later."))


def test_withdrawing_is_possible_at_any_time_but_only_once(confirmed, officer):
    response = confirmed()
    publication.publish(response, by=officer)

    withdrawal.withdraw(response, reason="Changed our mind.")

    assert response.state == State.WITHDRAWN
    with pytest.raises(StepNotAllowedError):
        withdrawal.withdraw(response)


def test_received_is_always_the_sum_of_the_other_five(arrive, confirmed, consultation, officer):
    arrive()
    shown, declined, withdrawn, removed = (confirmed(f"{n}") for n in range(4))
    publication.publish(shown, by=officer)
    publication.publish(removed, by=officer)
    moderation.decline(declined, OFF_TOPIC, by=officer)
    withdrawal.withdraw(withdrawn)
    moderation.remove(removed, Because("spam", "Sent by a robot."), by=officer)

    kept = balance.of(consultation)

    assert kept == balance.recounted(consultation)
    assert (kept.received, kept.published, kept.held) == (5, 1, 1)
    assert (kept.declined, kept.withdrawn, kept.removed) == (1, 1, 1)
    assert kept.by_channel == {"web": 5}
    assert facets.of(consultation)["group"] == {"civil-society": 1}


def test_redacting_leaves_the_passage_out_and_keeps_the_original(confirmed, officer):
    response = confirmed("Write to person@example.org for more.")
    answer = response.versions.get().answers.get()
    mark = answer.redactions.get()

    moderation.apply_mark(mark, Because("personal_data", "A private address."), by=officer)

    answer = response.versions.get().answers.get()
    assert content.public_text(answer) == "Write to […] for more."
    assert answer.text == "Write to person@example.org for more."


def test_what_is_published_has_a_fingerprint_that_an_outsider_can_check(confirmed, officer):
    response = confirmed()
    publication.publish(response, by=officer)

    version = queries.by_number(response.number).published_version
    salt = bytes.fromhex(version.public_salt)

    assert fingerprint.fingerprint(content.public(version), salt) == version.public_fingerprint
    assert (
        f'"public":"{version.public_fingerprint}"'
        in bytes(Entry.objects.get(act="response_published").body).decode()
    )


def test_the_ledger_holds_no_name_no_address_and_no_text(confirmed, officer):
    response = confirmed("Words that can be taken back.")
    publication.publish(response, by=officer)

    written = b"".join(bytes(entry.body) for entry in Entry.objects.all())

    for private in (b"Words", b"@", b"Sample"):
        assert private not in written


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_a_page_of_responses_asks_the_same_number_of_queries(
    rows, confirmed, officer, consultation, django_assert_num_queries
):
    for number in range(rows):
        publication.publish(confirmed(f"Text {number}"), by=officer)

    with django_assert_num_queries(5):
        page = queries.published(consultation)

    assert len(page.items) == min(rows, 50)
    assert (page.next is None) == (rows <= 50)


def test_two_who_withdraw_at_once_withdraw_once_and_the_balance_holds(confirmed, consultation):
    response = confirmed()
    first, second = (Response.objects.get(pk=response.pk) for _ in range(2))

    withdrawal.withdraw(first)
    with pytest.raises(StepNotAllowedError):
        withdrawal.withdraw(second)

    kept = balance.of(consultation)
    assert (kept.received, kept.withdrawn, kept.held) == (1, 1, 0)
    assert kept == balance.recounted(consultation)


def test_publishing_what_was_withdrawn_meanwhile_is_refused(confirmed, officer, consultation):
    response = confirmed()
    stale = Response.objects.get(pk=response.pk)
    withdrawal.withdraw(response)

    with pytest.raises(StepNotAllowedError):
        publication.publish(stale, by=officer)

    assert balance.of(consultation) == balance.recounted(consultation)


def test_an_appeal_is_decided_once(confirmed, officer, second_officer):
    response = confirmed()
    moderation.decline(response, OFF_TOPIC, by=officer)
    appeal = appeals.appeal(response, "It is about the topic.")
    first, second = (Appeal.objects.get(pk=appeal.pk) for _ in range(2))
    appeals.decide(first, upheld=True, answer="Yes.", by=second_officer)

    with pytest.raises(AppealUsedError):
        appeals.decide(second, upheld=False, answer="No.", by=second_officer)

    appeal.refresh_from_db()
    assert appeal.upheld is True


def test_confirming_twice_at_once_sends_one_copy(arrive):
    response = arrive()
    first, second = (Response.objects.get(pk=response.pk) for _ in range(2))
    assert [r.respondent.confirmed for r in (first, second)] == [False, False]

    for stale in (first, second):
        confirmation.confirm(stale, how=Respondent.Confirmation.BUTTON)

    assert OutgoingMail.objects.filter(subject__startswith="Copy").count() == 1


def committed(response):
    """The public commitment of the newest entry about *response* that carries one."""
    bodies = [json.loads(bytes(e.body)) for e in Entry.objects.order_by("pk")]
    mine = [b["commitments"] for b in bodies if b["subject"].endswith(f"response:{response.pk}")]
    return [c["public"] for c in mine if "public" in c][-1]


def test_confirming_a_published_response_commits_to_it_anew(arrive, officer):
    response = arrive()
    screening.screen_due(timezone.now() + timedelta(days=8))
    response.refresh_from_db()
    publication.publish(response, by=officer)
    before = committed(response)

    confirmation.confirm(
        response, how=Respondent.Confirmation.OFFICER, by=officer, evidence="A letter."
    )

    version = Version.objects.get(response=response)
    assert response.public_name.startswith("Sample Organisation")
    assert committed(response) == version.public_fingerprint != before


def test_letting_a_mark_stand_is_on_record(confirmed, officer):
    response = confirmed("Write to person@example.org for more.")
    mark = response.versions.get().answers.get().redactions.get()

    moderation.dismiss_mark(mark, by=officer)

    assert Entry.objects.filter(act="mark_dismissed").count() == 1
