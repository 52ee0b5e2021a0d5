"""Signing in with a mailed code, and a second factor: our pages, in the reader's language, without script."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from consulta.accounts.models import User
from consulta.groups import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mailbox(officer: User, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    cache.clear()  # the rate limits count the tests before


@pytest.fixture
def signed_in(officer: User) -> Client:
    client = Client()
    sent = client.post("/ar/account/login/", {"login": officer.email})
    assert sent["Location"] == "/ar/account/login/code/confirm/"
    code = re.search(r"^[A-Z0-9-]{5,}$", str(mail.outbox[-1].body), re.M)
    assert code
    client.post("/ar/account/login/code/confirm/", {"code": code[0]})
    return client


def test_the_page_for_the_code_is_ours_and_keeps_the_language(officer: User) -> None:
    client = Client()
    client.post("/ar/account/login/", {"login": officer.email})
    shown = client.get("/ar/account/login/code/confirm/").content.decode()
    assert '<html lang="ar" dir="rtl">' in shown
    assert f"<bdi>{officer.email}</bdi>" in shown


def test_a_wrong_code_is_explained_beside_its_field(officer: User) -> None:
    client = Client()
    client.post("/en/account/login/", {"login": officer.email})
    shown = client.post("/en/account/login/code/confirm/", {"code": "nonsense"}).content.decode()
    assert 'aria-describedby="id_code_error"' in shown
    assert 'class="notice notice-error error-summary"' in shown


def test_the_second_factor_shows_its_picture_from_the_page_itself(signed_in: Client) -> None:
    answer = signed_in.get("/ar/account/2fa/totp/activate/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'<img class="qr" src="data:image/svg\+xml', shown)
    assert "data:" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["email/", "2fa/", "logout/", "2fa/recovery-codes/generate/"])
def test_the_pages_of_an_account_are_ours(signed_in: Client, page: str) -> None:
    answer = signed_in.get(f"/ar/account/{page}", follow=True)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="masthead"' in shown
    assert shown.count("<script") == 1


@pytest.mark.parametrize(
    ("page", "given", "subject"),
    [
        ("login", {"login": "officer"}, "Your code to sign in: {}"),
        ("login", {"login": "nobody@example.org"}, "No account has this address: {}"),
        ("signup", {"email": "new@example.org"}, "Please confirm your address: {}"),
        ("signup", {"email": "officer"}, "You have an account already: {}"),
    ],
)
def test_the_mails_of_an_account_name_the_institution(
    officer: User, consultation, page, given, subject
) -> None:
    typed = {key: officer.email if value == "officer" else value for key, value in given.items()}
    Client().post(f"/en/account/{page}/", typed)
    letter, body = mail.outbox[-1], queries.body()
    assert body is not None
    name = queries.name(body, "en").text
    assert letter.subject == subject.format(name)
    assert str(letter.body).startswith("Somebody, probably you, ")
    assert str(letter.body).endswith(f"\n\n{name}\nhttp://localhost:8000/en/")
    assert "Hello" not in str(letter.body)
