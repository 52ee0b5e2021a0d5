"""Anyone contests a passage by web, without an account; question and answer stand beside it."""

import pytest
from django.urls import reverse

from consulta.accounts.models import Tally
from consulta.mailroom.models import OutgoingMail
from consulta.reports import contesting
from consulta.reports.models import Contest
from tests.reports import contests

SENT = {
    "text": "Not everybody agrees.",
    "language": "en",
    "kind": "individual",
    "name": "Sample Person",
    "email": "contester@example.org",
    "key": "0b8e2f2e-0000-4000-8000-000000000001",
}


@pytest.fixture
def icann(consultation):
    return contests.under_icann(consultation)


@pytest.fixture
def report(icann, officer):
    return contests.released(icann, by=officer)


@pytest.fixture
def form(report):
    passage = contests.passage_of(report)
    return reverse("public:contest_passage", args=[report.consultation.slug, report.pk, passage])


def text_of(client, name, *args):
    return client.get(reverse(f"public:{name}", args=args)).content.decode()


def test_every_sentence_of_the_report_leads_to_its_form(client, report, form):
    shown = text_of(client, "contest_pick", report.consultation.slug)

    assert contests.SENTENCE in shown
    assert form in shown
    assert contests.SENTENCE in client.get(form).content.decode()


def test_a_contest_is_sent_without_an_account_and_gets_a_number(client, form):
    answer = client.post(form, SENT)

    assert answer.status_code == 303
    receipt = client.get(answer["Location"]).content.decode()
    assert "C11-000014" in receipt
    assert "Not everybody agrees." in receipt
    assert answer["Referrer-Policy"] == "no-referrer"


def test_sent_twice_by_a_nervous_finger_it_is_one(client, form):
    client.post(form, SENT)
    client.post(form, SENT)

    assert Contest.objects.count() == 1


def test_a_form_without_words_or_name_is_shown_again(client, form):
    answer = client.post(form, {"kind": "organisation", "language": "en", "text": " "})

    assert answer.status_code == 422
    shown = answer.content.decode()
    for said in ("Write what you contest.", "Give the organisation", "Give an e-mail address."):
        assert said in shown
    assert not Contest.objects.exists()


def test_the_button_in_the_mail_confirms_and_reading_it_does_not(client, form):
    client.post(form, SENT)
    token = contesting.give(Contest.objects.get(), "confirm")
    address = reverse("public:contest_confirm", args=[token])

    client.get(address)
    assert not Contest.objects.get().contester.confirmed
    client.post(address)
    assert Contest.objects.get().contester.confirmed


def test_only_what_was_published_is_read_and_every_number_is_listed(client, form, report, officer):
    client.post(form, SENT)
    contest, slug = Contest.objects.get(), report.consultation.slug
    for page in ("report", "contests"):
        assert "Not everybody agrees." not in text_of(client, page, slug)
    assert contest.number in text_of(client, "contests", slug)

    contesting.publish(contest, by=officer)
    contesting.answer(contest, outcome="upheld", text="Quite so.", language="en", by=officer)

    shown = text_of(client, "report", slug)
    sentence = shown.index(contests.SENTENCE)
    question, answer = shown.index("Not everybody agrees."), shown.index("Quite so.")
    assert sentence < question < answer
    assert "contester@example.org" not in shown
    assert "Sample Person" not in shown  # not confirmed
    assert "Quite so." in text_of(client, "contest", contest.number)


def test_under_resolution_1336_nothing_is_said_of_contests(client, consultation, officer):
    contests.under_icann(consultation)
    consultation.procedure = "itu-res-1336-2019"
    consultation.save()
    contests.released(consultation, by=officer)

    assert "contest" not in text_of(client, "report", consultation.slug).lower()
    said = text_of(client, "contest_pick", consultation.slug)
    assert "gives no right to contest" in said


def test_once_the_time_is_over_the_page_says_why_and_since_when(client, icann, officer):
    report = contests.released(icann, by=officer, days_ago=31)
    passage = contests.passage_of(report)
    address = reverse("public:contest_passage", args=[icann.slug, report.pk, passage])

    answer = client.post(address, SENT)

    assert answer.status_code == 409
    assert "for 30 days after its release, until" in answer.content.decode()
    assert "That time is over." in text_of(client, "contest_pick", icann.slug)


def test_an_unreleased_report_cannot_be_contested(client, report, form):
    report.released_at = report.released_by = None
    report.save()

    assert client.get(form).status_code == 404


def test_one_address_is_not_mailed_for_ever(client, form):
    for number in range(7):
        key = f"0b8e2f2e-0000-4000-8000-00000000010{number}"
        client.post(form, SENT | {"key": key})

    assert Contest.objects.count() == 7
    assert OutgoingMail.objects.count() == 5


def test_one_client_is_slowed_down(client, form):
    client.post(form, SENT)
    Tally.objects.filter(key__startswith="contest:ip").update(count=1000)

    answer = client.post(form, SENT | {"key": ""})

    assert answer.status_code == 429
    assert Contest.objects.count() == 1


def test_the_register_keeps_its_number_of_queries(client, report, django_assert_max_num_queries):
    for number in range(12):
        contests.arrived(report, idempotency_key=str(number))
    with django_assert_max_num_queries(16):
        text_of(client, "contests", report.consultation.slug)
