"""The demo's accounts are there in the demo and nowhere else."""

import re

import pytest
from django.contrib.auth import get_user

from consulta.accounts.models import User
from consulta.flow import sample_accounts
from tests.delegations import delegations  # noqa: F401
from tests.rounds import group  # noqa: F401


@pytest.fixture
def officer_of_the_demo(db):
    return User.objects.create_user(sample_accounts.OFFICER)


def test_one_press_signs_in_to_the_demo(client, settings, officer_of_the_demo, body):
    settings.DEMO = True

    answer = client.post("/en/demo/sign-in/", {"account": sample_accounts.OFFICER})

    assert answer.headers["Location"] == "/en/desk/"
    assert get_user(client) == officer_of_the_demo
    assert sample_accounts.OFFICER in client.get("/ar/demo/").content.decode()


def test_a_delegate_lands_with_the_members_and_needs_no_second_factor(
    client,
    settings,
    delegations,  # noqa: F811
):
    settings.DEMO = True
    account = sample_accounts.DELEGATE_OF_A

    answer = client.post("/en/demo/sign-in/", {"account": account})

    assert answer.headers["Location"] == "/en/members/"
    assert client.get("/en/members/delegation/", follow=True).status_code == 200
    assert client.get("/en/desk/").status_code == 403


def test_no_two_buttons_read_the_same(client, settings, officer_of_the_demo, body):
    settings.DEMO = True
    page = client.get("/en/demo/").content.decode()
    buttons = re.findall(r"<button[^>]*account[^>]*>(.*?)</button>", page)
    assert len(set(buttons)) == len(buttons) == len(sample_accounts.listed())


def test_only_sample_accounts_can_be_named(client, settings, officer, body):
    settings.DEMO = True
    real = User.objects.create_user("somebody@example.com")

    assert client.post("/en/demo/sign-in/", {"account": real.email}).status_code == 404


def test_outside_the_demo_there_is_no_such_page(client, settings, officer_of_the_demo, body):
    settings.DEMO = False

    assert client.get("/en/demo/").status_code == 404
    assert client.post("/en/demo/sign-in/", {"account": sample_accounts.OFFICER}).status_code == 404
    assert get_user(client).is_anonymous
