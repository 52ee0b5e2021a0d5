"""Who may send captions: admitted at the desk with a secret address, and sent away there."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core import tokens
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live.captions.errors import (
    LanguageNotOfferedError,
    NothingNamedError,
    RevokedAlreadyError,
)
from consulta.live.models import Captioner, Sitting


@transaction.atomic
def admit(
    sitting: Sitting,
    *,
    language: str,
    name: str,
    by: User,
    way: str = Captioner.Way.AUTO,
    is_automatic: bool = False,
) -> tuple[Captioner, str]:
    """Let somebody caption *sitting* in one language; with the secret, which is told only now.

    *is_automatic*: speech recognition, which readers are told of. Raises NotAllowedError,
    LanguageNotOfferedError, NothingNamedError.
    """
    permissions.require(by, Act.MOVE_MEETING, sitting.meeting.group)
    if language not in sitting.languages:
        raise LanguageNotOfferedError
    if not name.strip():
        raise NothingNamedError
    token = tokens.new_token()
    captioner = Captioner(sitting=sitting, language=language, name=name.strip(), way=way)
    captioner.is_automatic, captioner.token_hash = is_automatic, tokens.hashed(token)
    captioner.issued_at, captioner.issued_by = timezone.now(), by
    captioner.full_clean()
    captioner.save()
    ledger.record("captioner_admitted", captioner, by=by)
    return captioner, token


@transaction.atomic
def revoke(captioner: Captioner, *, by: User) -> None:
    """Take nothing from *captioner* any more; what was sent stays. Raises RevokedAlreadyError."""
    permissions.require(by, Act.MOVE_MEETING, captioner.sitting.meeting.group)
    captioner.refresh_from_db(from_queryset=Captioner.objects.select_for_update())
    if captioner.revoked_at is not None:
        raise RevokedAlreadyError
    captioner.revoked_at = timezone.now()
    captioner.save()
    ledger.record("captioner_revoked", captioner, by=by)


def by_token(slug: str, token: str) -> Captioner:
    """Who holds *token* for the sitting *slug* now. Raises Captioner.DoesNotExist."""
    held = Captioner.objects.select_related("sitting__meeting__group__body")
    return held.get(token_hash=tokens.hashed(token), sitting__slug=slug, revoked_at__isnull=True)
