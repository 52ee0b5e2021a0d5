"""Following one consultation, a group's or all: confirmed by a button, ended by one click."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.notices import following
from consulta.notices.models import Follow
from consulta.responses.models import Response

pytestmark = pytest.mark.django_db
READER = "reader@example.org"
ONE = "/en/consultations/sample-topic/follow/"


@pytest.fixture
def every(consultation, group) -> dict[str, str]:
    """Where each thing is followed."""
    return {
        "consultation": ONE,
        "group": f"/en/groups/{group.slug}/follow/",
        "everything": "/en/follow/",
    }


def ask(path: str = ONE, **changes: str) -> str:
    """Ask to follow; the page that says what happens next."""
    answer = Client().post(path, {"email": READER, "language": "en"} | changes)
    assert answer.status_code == 200
    return answer.content.decode()


def buttons() -> list[str]:
    """The mailed links, the oldest first."""
    texts = [bytes(mail.raw).decode() for mail in OutgoingMail.objects.order_by("pk")]
    return [next(urlsplit(w).path for w in text.split() if "/follow/" in w) for text in texts]


@pytest.mark.parametrize("what", ["consultation", "group", "everything"])
def test_each_is_followed_after_a_button_and_ended_by_another(every, what):
    page = Client().get(every[what]).content.decode()
    assert 'name="email"' in page
    ask(every[what])
    [link] = buttons()
    assert not Follow.objects.get().is_told
    assert Client().get(link).status_code == 200
    assert not Follow.objects.get().is_told

    assert Client().post(link).status_code == 303
    follow = Follow.objects.get()
    assert follow.is_told
    assert (follow.consultation is not None, follow.group is not None) == (
        what == "consultation",
        what == "group",
    )
    end = following.end_path(follow)
    assert Client().get(end).status_code == 200
    assert Follow.objects.get().is_told
    assert Client().post(end).status_code == 303
    assert not Follow.objects.get().is_told
    assert f'href="{every[what]}"' in Client().get(end).content.decode()


def test_a_mail_program_ends_it_without_token_session_or_redirect(every):
    for path in every.values():
        ask(path)
    strict = Client(enforce_csrf_checks=True)
    for follow in Follow.objects.all():
        follow.confirmed_at = timezone.now()
        follow.save()
        answer = strict.post(following.end_path(follow), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert not Follow.objects.filter(ended_at__isnull=True).exists()


def test_who_responded_ends_the_mails_without_ever_having_followed(consultation, submission):
    given = journey.submission_arrives(submission(sender=Sender(READER, authenticated=True)))
    response = Response.objects.get(number=given.number)
    token = following.end_token_of_response(response)
    assert not Follow.objects.exists()
    Client().get(f"/en/follow/{token}/end/")
    assert not Follow.objects.exists()

    for _twice in range(2):
        Client().post(f"/en/follow/{token}/end/", {"List-Unsubscribe": "One-Click"})

    ended = Follow.objects.get()
    assert (ended.email, ended.consultation, ended.confirmed_at) == (READER, consultation, None)
    assert ended.ended_at is not None
    assert Client().post(f"/en/follow/r{response.pk}:forged/end/").status_code == 404


def test_asking_again_within_the_hour_mails_nothing_and_says_the_same(consultation):
    pages = [ask() for _time in range(4)]
    assert len(set(pages)) == 1
    assert len(buttons()) == 1

    Follow.objects.update(asked_at=timezone.now() - timedelta(minutes=61))
    assert ask() == pages[0]
    assert len(buttons()) == 2
    assert Client().post(buttons()[1]).status_code == 303


def test_the_first_button_still_works_after_asking_again(consultation):
    ask()
    ask()
    Client().post(buttons()[0])
    assert Follow.objects.get().is_told


def test_the_mails_come_in_the_language_that_was_chosen(consultation):
    assert 'name="language"' in Client().get(ONE).content.decode()
    ask(language="ar")
    assert buttons()[0].startswith("/ar/follow/")
    assert "موضوع تجريبي" in OutgoingMail.objects.get().masked_text

    Client().post(buttons()[0])

    assert Follow.objects.get().language == "ar"


def test_a_stranger_who_asks_again_does_not_change_the_language(consultation):
    ask(language="ar")
    Client().post(buttons()[0])
    Follow.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    ask(language="fr")
    assert Follow.objects.get().language == "ar"
    assert Follow.objects.get().is_told
    Client().post(buttons()[1])
    assert Follow.objects.get().language == "fr"


def test_a_language_that_is_not_spoken_here_is_refused(consultation):
    answer = Client().post(ONE, {"email": READER, "language": "xx"})
    assert answer.status_code == 422


@pytest.mark.parametrize("scope", ["consultation", "group", "everything"])
def test_the_database_keeps_a_second_follow_out(consultation, group, scope):
    what = {"consultation": {"consultation": consultation}, "group": {"group": group}}.get(
        scope, {}
    )
    made = {"email": READER, "language": "en", "asked_at": timezone.now()} | what
    Follow.objects.create(token_hash="1", **made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(token_hash="2", **made)


def test_the_database_keeps_a_follow_of_two_things_out(consultation, group):
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(
            email=READER,
            language="en",
            asked_at=timezone.now(),
            consultation=consultation,
            group=group,
        )


def test_the_pages_lead_there(consultation, group):
    assert (
        f'href="/en/groups/{group.slug}/follow/"'
        in Client().get(f"/en/groups/{group.slug}/").content.decode()
    )
    assert 'href="/en/follow/"' in Client().get("/en/").content.decode()
