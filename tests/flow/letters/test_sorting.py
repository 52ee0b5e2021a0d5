"""An officer sorts a mail otherwise: on the record, to be undone, and the balance follows."""

from dataclasses import asdict

import pytest
from django.utils import timezone

from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.flow import letters
from consulta.flow.accounting import Account, faults
from consulta.flow.letters import sorting
from consulta.flow.letters.arriving import open_again
from consulta.flow.letters.sorting import ConsultationMissingError, NotSortableError
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom import incoming
from consulta.mailroom.models import IncomingMail, MailSorting, OutgoingMail
from consulta.responses import balance, moderation, publication
from consulta.responses.models import Response
from tests.flow.letters.conftest import THEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(post_letter):
    """A letter that came, and what it was taken for."""

    def _arrived(text="We agree.", **how):
        post_letter(text, **how)
        letters.letters_arrive()
        return IncomingMail.objects.latest("pk")

    return _arrived


@pytest.fixture
def sort(officer):
    def _sort(mail, to, *, number=None):
        opened = open_again(mail) if to == "response" else None
        sorting.sort(mail, to=to, by=officer, opened=opened, number=number)
        mail.refresh_from_db()

    return _sort


def received(consultation):
    return balance.of(consultation).received


@pytest.mark.parametrize("to", ["spam", "enquiry", "robot"])
def test_a_response_that_was_none_leaves_the_balance_and_comes_back(
    arrived, sort, consultation, to
):
    mail = arrived()
    before = asdict(balance.of(consultation))
    number = Response.objects.get().number

    sort(mail, to)
    response = Response.objects.get()
    assert (response.state, received(consultation)) == (State.SET_ASIDE, 0)
    assert (mail.kind, mail.state) == (to, "processed")
    assert incoming.counts()["responses"] == 0

    sort(mail, "response")
    assert Response.objects.get().state == State.RECEIVED
    assert (Response.objects.get().number, asdict(balance.of(consultation))) == (number, before)
    assert balance.recounted(consultation) == balance.of(consultation)
    assert OutgoingMail.objects.count() == 1


def test_every_sorting_is_on_the_record(arrived, sort, officer):
    mail = arrived()
    sort(mail, "spam")
    sort(mail, "response")

    acts = (
        Entry.objects.filter(by=f"user:{officer.pk}").order_by("pk").values_list("act", flat=True)
    )
    assert list(acts) == ["response_set_aside", "mail_sorted", "response_taken_back", "mail_sorted"]
    noted = MailSorting.objects.values_list("before", "after", "number", "by")
    number = Response.objects.get().number
    assert list(noted) == [
        ("response", "spam", number, f"user:{officer.pk}"),
        ("spam", "response", number, f"user:{officer.pk}"),
    ]
    assert list(faults(Account())) == []


@pytest.mark.parametrize(
    ("how", "was"),
    [
        ({"to": ["consultations@localhost"]}, "enquiry"),
        ({"Auto_Submitted": "auto-replied"}, "robot"),
        ({"X_Spam_Flag": "yes"}, "spam"),
    ],
)
def test_what_was_a_response_after_all_counts_from_its_arrival(
    arrived, sort, consultation, how, was
):
    mail = arrived(files=[("a.pdf", b"%PDF")], **how)
    assert (mail.kind, Response.objects.count()) == (was, 0)

    sort(mail, "response", number=11)

    response = Response.objects.get()
    assert (response.received_at, response.late) == (mail.arrived_at, False)
    assert response.versions.get().attachments.get().name == "a.pdf"
    assert (received(consultation), mail.kind) == (1, "response")
    sort(mail, was)
    assert (received(consultation), mail.kind) == (0, was)


def test_what_a_program_or_a_spammer_sent_is_not_answered_when_it_is_sorted(arrived, sort):
    sort(arrived(X_Spam_Flag="yes"), "response")

    assert (Response.objects.count(), OutgoingMail.objects.count()) == (1, 0)
    assert Response.objects.get().respondent.email == THEM


def test_an_accepted_one_that_comes_back_is_accepted_again(
    arrived, sort, post_letter, answer_address
):
    mail = arrived()
    post_letter("Yes.", to=[answer_address()])
    letters.letters_arrive()
    assert Response.objects.get().state == State.ACCEPTED

    sort(mail, "enquiry")
    sort(mail, "response")

    assert Response.objects.get().state == State.ACCEPTED


def test_set_aside_it_is_neither_screened_nor_asked_to_confirm(arrived, sort, monkeypatch):
    mail = arrived(Precedence="bulk")
    sort(mail, "spam")

    assert letters.confirmations_due(timezone.now()) == 0
    assert Response.objects.get().state == State.SET_ASIDE


def test_what_is_published_stays(arrived, sort, officer, post_letter, answer_address):
    mail = arrived()
    post_letter("Yes.", to=[answer_address()])
    letters.letters_arrive()
    publication.publish(Response.objects.get(), by=officer)

    with pytest.raises(StepNotAllowedError):
        sort(mail, "spam")

    mail.refresh_from_db()
    assert (mail.kind, MailSorting.objects.count()) == ("response", 0)


def test_what_was_declined_stays_declined(arrived, sort, officer):
    mail = arrived()
    because = moderation.Because("off_topic", "Another matter.")
    moderation.decline(Response.objects.get(), because, by=officer)

    with pytest.raises(StepNotAllowedError):
        sort(mail, "spam")


def test_nobody_sorts_without_the_right(arrived, django_user_model):
    mail = arrived()

    with pytest.raises(NotAllowedError):
        sorting.sort(mail, to="spam", by=django_user_model.objects.create_user("x@example.org"))


def test_a_response_needs_a_consultation(arrived, sort):
    mail = arrived(to=["consultations@localhost"])

    with pytest.raises(ConsultationMissingError):
        sort(mail, "response")


@pytest.mark.parametrize("to", ["response", "version", "nonsense", ""])
def test_what_it_is_already_and_what_is_no_kind_is_refused(arrived, sort, to):
    with pytest.raises(NotSortableError):
        sort(arrived(), to)


def test_a_letter_to_two_consultations_is_set_aside_in_both(arrived, sort, consultation):
    second = type(consultation).objects.get(pk=consultation.pk)
    second.pk, second.number, second.slug = None, 12, "second"
    second.save()
    mail = arrived(to=["consultation-11@localhost", "consultation-12@localhost"])

    sort(mail, "spam")
    assert set(Response.objects.values_list("state", flat=True)) == {State.SET_ASIDE}
    sort(mail, "response")
    assert set(Response.objects.values_list("state", flat=True)) == {State.RECEIVED}


def test_a_letter_taken_for_one_sent_twice_becomes_a_response_of_its_own(arrived, sort):
    arrived(Message_ID="<1@x.org>")
    mail = arrived(Message_ID="<1@x.org>", X_Way="other")
    assert mail.state == IncomingMail.State.REPEATED

    sort(mail, "response")

    assert Response.objects.count() == 2
    assert (mail.kind, mail.state) == ("response", "processed")
    assert sorting.responses_of(mail) == [Response.objects.latest("pk")]


def test_two_persons_letters_that_name_nobody_are_two_responses(arrived):
    for sender in ("ana@example.org", "ben@example.org"):
        arrived(raw=b"Subject: We agree\n\nWe agree with all of it.", sender=sender)

    assert Response.objects.count() == 2
