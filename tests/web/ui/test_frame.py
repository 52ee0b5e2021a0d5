"""The frame of a page: the same for every anonymous reader, with a desk for those who work here."""

import pytest
from django.template.loader import get_template
from django.test import Client

from consulta.accounts.models import User
from consulta.groups.models import Body

pytestmark = pytest.mark.django_db


def test_an_anonymous_page_carries_no_token_no_cookie_and_asks_once(
    body: Body, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        answer = Client().get("/en/nothing/")
    assert "csrf" not in answer.content.decode()
    assert not answer.cookies


def test_the_masthead_names_the_body_and_only_its_languages(body: Body) -> None:
    page = Client().get("/ar/ui/").content.decode()
    assert '<b lang="en" dir="ltr">Sample Body</b>' in page
    assert 'hreflang="en"' in page
    assert 'class="languages"' in page
    assert 'hreflang="fr" lang="fr"' not in page


def test_the_way_to_the_desk_is_shown_to_those_who_work_there(officer: User) -> None:
    reader = User.objects.create_user("reader@example.org")
    seen = {}
    for user in (officer, reader):
        client = Client()
        client.force_login(user)
        seen[user.email] = 'href="/en/desk/"' in client.get("/en/ui/").content.decode()
    assert seen == {"officer@example.org": True, "reader@example.org": False}


def test_a_missing_page_says_so_in_the_language_of_its_address() -> None:
    answer = Client().get("/ar/nothing/")
    assert answer.status_code == 404
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()


def test_the_page_of_a_failure_needs_nothing() -> None:
    for name in ("400.html", "500.html"):
        assert "<h1>" in get_template(name).render()


def test_a_form_from_another_browser_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/account/login/", {"login": "a@b.org"})
    assert answer.status_code == 403
    assert "The form was not accepted" in answer.content.decode()
