"""Anyone contests a passage by web, without an account; question and answer stand beside it."""

from datetime import timedelta

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


def test_no_name_is_called_optional_that_one_of_the_two_needs(client, form):
    shown = client.get(form).content.decode()
    refused = client.post(form, SENT | {"kind": "organisation", "name": "", "organisation": ""})

    assert "(optional)" not in shown.split('id="id_name"')[0].split("Your name")[-1]
    assert "(optional)" not in shown.split('id="id_organisation"')[0].split(">Organisation")[-1]
    assert "Give the organisation&#x27;s name." in refused.content.decode()


def test_somebody_without_a_name_contests_for_an_organisation(client, form):
    sent = SENT | {"kind": "organisation", "name": "", "organisation": "Sample organisation"}
    answer = client.post(form, sent)

    assert answer.status_code == 303
    assert Contest.objects.get().contester.organisation_name == "Sample organisation"


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


def test_the_same_form_with_other_words_loses_nothing_and_says_so(client, form):
    client.post(form, SENT)

    answer = client.post(form, SENT | {"text": "Another point: the islands."})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "You sent this form before with other words" in shown
    assert "Another point: the islands." in shown
    assert Contest.objects.count() == 1
    key = answer.context["form"]["key"].value()
    sent = client.post(form, SENT | {"text": "Another point: the islands.", "key": key})
    assert sent.status_code == 303
    assert Contest.objects.count() == 2


def test_a_name_is_withheld_only_where_the_procedure_lets_it(client, form):
    shown = client.get(form).content.decode()
    assert "Do not publish my name" not in shown

    answer = client.post(form, SENT | {"name": "", "withhold_name": "on"})

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Give your name: under this procedure it is published" in said
    assert "tick that it stays out" not in said


def test_beside_a_passage_stand_the_first_few_cut_to_a_few_lines(client, report, officer):
    long = "It leaves out the islands. " * 400
    for number in range(6):
        made = contests.arrived(report, text=long, idempotency_key=str(number))
        contesting.publish(made, by=officer)

    shown = text_of(client, "report", report.consultation.slug)

    assert shown.count("It leaves out the islands.") < 40
    assert shown.count('<aside class="contest"') == 3
    assert "3 more contests of this passage" in shown
    assert shown.count("Read it whole") == 3
    assert text_of(client, "contest", made.number).count("islands") == 400
    assert text_of(client, "contests", report.consultation.slug).count("islands") < 200


def test_no_page_and_no_answer_of_the_api_shows_an_address(client, report, officer):
    made = contests.arrived(report, text="Write to me@example.org, it leaves out the islands.")
    contesting.publish(made, by=officer)
    slug = report.consultation.slug

    pages = [text_of(client, "report", slug), text_of(client, "contests", slug)]
    pages += [text_of(client, "contest", made.number)]
    pages += [client.get(f"/api/v1/consultations/{slug}/contests").content.decode()]

    for shown in pages:
        assert "me@example.org" not in shown
        assert "it leaves out the islands." in shown


def test_whoever_contested_withdraws_it_on_the_private_page(client, form, report, officer):
    mine = client.post(form, SENT)["Location"]
    contesting.publish(Contest.objects.get(), by=officer)
    assert "Withdraw it for good" in client.get(mine).content.decode()

    assert client.post(mine).status_code == 303

    assert "You withdrew it." in client.get(mine).content.decode()
    number, slug = Contest.objects.get().number, report.consultation.slug
    for shown in (text_of(client, "contest", number), text_of(client, "contests", slug)):
        assert "Not everybody agrees." not in shown
        assert number in shown


def test_the_register_and_the_api_are_paged(client, report, officer):
    slug, numbers = report.consultation.slug, []
    for number in range(53):
        numbers.append(contests.arrived(report, idempotency_key=str(number)).number)

    address = f"/api/v1/consultations/{slug}/contests"
    first = client.get(address).json()
    second = client.get(address, {"after": first["next"]}).json()

    assert [one["number"] for one in first["items"] + second["items"]] == numbers
    assert (len(first["items"]), second["next"]) == (50, None)
    assert client.get(address, {"after": "no-cursor"}).status_code == 400
    shown = client.get(reverse("public:contests", args=[slug])).content.decode()
    assert numbers[49] in shown
    assert numbers[50] not in shown
    assert f"?after={first['next']}" in shown
    assert client.get(reverse("public:contests", args=[slug]), {"after": "x"}).status_code == 404


def test_the_timetable_has_the_dates_of_the_right_to_contest(client, icann, officer):
    page = reverse("public:consultation", args=[icann.slug])
    assert "for which no date is set yet" in client.get(page).content.decode()

    report = contests.released(icann, by=officer, days_ago=2)

    shown = client.get(page)
    rows = shown.context["contest_rows"]
    assert [row.label.split(",")[0] for row in rows] == [
        "Contests of the report are taken from its release on",
        "Last day to contest the report",
        "Last day for answers",
    ]
    assert rows[0].on == report.released_at
    assert str(rows[1].verdict.status) == "not_due"
    assert rows[2].verdict is None

    contest = contests.arrived(report)
    Contest.objects.update(answer_due_on=contest.received_at.date() - timedelta(days=3))
    late = client.get(page).context["contest_rows"][2].verdict
    assert (str(late.status), late.days) == ("overdue", 3)
