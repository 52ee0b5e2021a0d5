"""A practice, and following by e-mail: no GET acts, nothing twice, nobody mailed without end."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from consulta.groups.models import Body, Issue
from consulta.mailroom.models import OutgoingMail
from consulta.notices import following, queries
from consulta.notices.models import Follow
from consulta.repository.models import Practice
from consulta.stakeholders.models import Respondent

pytestmark = pytest.mark.django_db
FOLLOW = "/en/consultations/sample-topic/follow/"
SUBMIT = "/en/repository/submit/"
GIVEN = {
    "title": "Shared masts",
    "issue": "",
    "text": "One mast per island.",
    "language": "en",
    "organisation": "Sample Regulator",
    "stakeholder_group": "governments",
    "country": "CH",
    "email": "person@example.org",
}


@pytest.fixture
def visitor(consultation):
    return Client()


def words_of(page):
    return page.content.decode()


def button(mail):
    raw = bytes(mail.raw).decode().replace("=\r\n", "")
    return next(urlsplit(word).path for word in raw.split() if "/follow/" in word)


def test_a_practice_is_submitted_and_has_a_receipt(visitor):
    answer = visitor.post(SUBMIT, GIVEN)

    page = words_of(visitor.get(answer["Location"]))
    practice = Practice.objects.get()
    assert answer.status_code == 303
    assert "Shared masts" in page
    assert "Practice received" in page
    assert (practice.state, practice.respondent.organisation_name) == (
        "received",
        "Sample Regulator",
    )


def test_a_practice_is_about_an_issue_of_any_body(visitor, body):
    later = Body.objects.create(slug="later", short_name="Later", languages=["en"])
    for owner, slug, place in ((later, "third", 1), (body, "second", 2), (body, "first", 1)):
        Issue.objects.create(body=owner, slug=slug, position=place, names={"en": slug.title()})
    offered = visitor.get(SUBMIT).context["form"]["issue"].field.choices
    visitor.post(SUBMIT, GIVEN | {"issue": "third"})
    assert [slug for slug, _name in offered] == ["", "first", "second", "third"]
    assert Practice.objects.get().issue.slug == "third"


def test_a_practice_sent_twice_is_one_with_one_respondent(visitor):
    key = visitor.get(SUBMIT).context["form"]["key"].value()

    for _time in range(2):
        visitor.post(SUBMIT, GIVEN | {"key": str(key)})

    assert (Practice.objects.count(), Respondent.objects.count()) == (1, 1)


def test_a_practice_with_mistakes_keeps_what_was_typed(visitor):
    page = words_of(visitor.post(SUBMIT, GIVEN | {"title": "", "email": "nothing"}))

    assert "Give the practice a short title." in page
    assert "One mast per island." in page
    assert not Practice.objects.exists()


def test_a_forged_receipt_of_a_practice_opens_nothing(visitor):
    visitor.post(SUBMIT, GIVEN)

    assert (
        visitor.get(f"/en/repository/submitted/{Practice.objects.get().pk}:x/").status_code == 404
    )


def test_nobody_follows_before_the_button_is_pressed(visitor, consultation):
    visitor.post(FOLLOW, {"email": "Reader@Example.org", "language": "en"})
    link = button(OutgoingMail.objects.get())
    visitor.get(link)
    assert not queries.followers(consultation)

    for _time in range(2):
        visitor.post(link)

    assert [follow.email for follow in queries.followers(consultation)] == ["reader@example.org"]
    assert "You follow this consultation" in words_of(visitor.get(link))


def test_asking_twice_is_one_follow_and_says_the_same(visitor):
    pages = [
        words_of(visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"}))
        for _t in range(2)
    ]

    assert pages[0] == pages[1]
    assert Follow.objects.count() == 1


def test_who_follows_goes_on_following_when_somebody_asks_again(visitor, consultation):
    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"})
    visitor.post(button(OutgoingMail.objects.get()))

    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"})

    assert len(queries.followers(consultation)) == 1


def test_following_ends_by_a_button_that_mail_programs_may_press(visitor, consultation):
    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"})
    visitor.post(button(OutgoingMail.objects.get()))
    address = following.end_path(Follow.objects.get())
    visitor.get(address)
    assert queries.followers(consultation)

    strict = Client(enforce_csrf_checks=True)
    strict.post(address, {"List-Unsubscribe": "One-Click"})

    assert not queries.followers(consultation)
    assert "You get no more mails" in words_of(visitor.get(address))


def test_a_forged_end_ends_nothing(visitor):
    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"})
    pk = Follow.objects.get().pk

    assert visitor.post(f"/en/follow/{pk}:forged/end/").status_code == 404
    assert Follow.objects.get().ended_at is None


def test_the_button_s_time_is_over_after_thirty_days(visitor):
    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en"})
    Follow.objects.update(asked_at=timezone.now() - timedelta(days=31))

    assert visitor.post(button(OutgoingMail.objects.get())).status_code == 404


def test_nobody_is_mailed_without_end(visitor):
    answers = [
        visitor.post(FOLLOW, {"email": "victim@example.org", "language": "en"})
        for _time in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "Please try again in" in words_of(answers[-1])
    assert int(answers[-1]["Retry-After"]) > 0


def test_the_mail_carries_no_words_of_whoever_asked(visitor):
    visitor.post(FOLLOW, {"email": "reader@example.org", "language": "en", "name": "Buy this"})

    mail = OutgoingMail.objects.get()
    assert b"Buy this" not in bytes(mail.raw)
    assert "••••" in mail.masked_text
