"""Keys of the API: given to an account, shown once, stored hashed, ended by holder or administrator."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import ApiKey, User
from consulta.core.plaintext import one_line
from consulta.core.tokens import hashed, new_token

#: What a key begins with, so that it is known for one wherever it turns up.
PREFIX = "consulta_"
#: Keys that an account may hold at a time.
MOST = 10
_SEEN_EVERY = timedelta(minutes=10)


class KeyUnknownError(LookupError):
    """No key like this was given out, or it has ended."""


class TooManyKeysError(ValueError):
    """An account holds at most MOST keys at a time."""


class NameMissingError(ValueError):
    """A key is named after the system that will use it."""


@transaction.atomic
def give(user: User, *, name: str, terms: str) -> tuple[ApiKey, str]:
    """Give *user* a key for the system called *name*; return it with its secret, which is kept nowhere.

    *terms*: the version of the terms that were accepted. Raises NameMissingError, TooManyKeysError.
    """
    name = one_line(name)[:120]
    if not name:
        raise NameMissingError
    User.objects.select_for_update().get(pk=user.pk)
    if len(held(user)) >= MOST:
        raise TooManyKeysError
    secret = PREFIX + new_token() + new_token()
    key = ApiKey(user=user, name=name, terms=terms, given_at=timezone.now())
    key.secret_hash, key.begins = hashed(secret), secret[: len(PREFIX) + 6]
    key.full_clean()
    key.save()
    return key, secret


def find(secret: str) -> ApiKey:
    """Return the key whose secret this is, and note that it was used. Raises KeyUnknownError."""
    key = (
        ApiKey.objects.select_related("user")
        .filter(secret_hash=hashed(secret), ended_at__isnull=True, user__is_active=True)
        .first()
    )
    if key is None:
        raise KeyUnknownError
    now = timezone.now()
    if key.used_at is None or now - key.used_at > _SEEN_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(used_at=now)
    return key


@transaction.atomic
def end(key: ApiKey, *, by: User) -> None:
    """From now on the key opens nothing. Twice changes nothing."""
    rows = ApiKey.objects.filter(pk=key.pk, ended_at__isnull=True)
    rows.update(ended_at=timezone.now(), ended_by=by)


def held(user: User) -> list[ApiKey]:
    """Return the keys that *user* holds, the newest first."""
    return list(ApiKey.objects.filter(user=user, ended_at__isnull=True))


def all_given() -> list[ApiKey]:
    """Return every key that was ever given, the newest first."""
    return list(ApiKey.objects.select_related("user", "ended_by"))
