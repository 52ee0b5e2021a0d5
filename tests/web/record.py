"""The sample record, loaded once for a whole file of tests that only read it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from consulta.flow import sample_accounts
from tests.web.every_place import Places, make

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACCOUNTS = {
    "stakeholder": "stakeholder@example.org",
    "delegate of A": "delegate-a@example.org",
    "delegate of B": "delegate-b@example.org",
    "administrator of A": "delegation-a@example.org",
    "observer": "observer@example.org",
    "chair": "chair@example.org",
    "reader": "reader@example.org",
    "editor": "editor@example.org",
    "moderator": "moderator@example.org",
    "officer": "officer@example.org",
    "administrator": "administrator@example.org",
}
WHO = ("anonymous", *ACCOUNTS)


@pytest.fixture(scope="module")
def places(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Places]:
    """The record of the demo, its consultation delivered; taken back after the file's last test.

    The tests are marked django_db: what each of them changes is taken back after it.
    """
    folder = tmp_path_factory.mktemp("record")
    own = {"DATA": folder, "MEDIA_ROOT": folder / "files", "STATIC_ROOT": folder, "DEMO": True}
    with override_settings(**own), django_db_blocker.unblock(), transaction.atomic():
        yield make(folder)
        transaction.set_rollback(True)


@pytest.fixture
def _own_data_folder() -> None:
    """The record's files lie in the folder of the whole file of tests."""


def client(who: str) -> Client:
    """The browser of somebody, signed in unless they are nobody."""
    made = Client(raise_request_exception=False)
    if who in ACCOUNTS:
        made.force_login(sample_accounts.user(ACCOUNTS[who]), backend=BACKEND)
    return made
