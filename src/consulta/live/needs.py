"""What people need to take part: data on health, sealed with a key that is not in the database.

The officer of the meeting reads them; 30 days after the meeting they are gone.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from consulta.ledger import ledger
from consulta.live import registration_days
from consulta.live.models import ParticipantNeeds, Registration
from consulta.meetings.models import Meeting

#: For how long after the last day of a meeting they are kept.
KEPT = timedelta(days=30)
_INFO = b"consulta.live.needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """*captions*: a language; *sign_language*: which one; *other*: a few words."""

    captions: str = ""
    sign_language: str = ""
    wheelchair: bool = False
    large_print: bool = False
    other: str = ""

    def __bool__(self) -> bool:
        return any(astuple(self))


#: Sealed under a key that is not known any more: whoever told them has to be asked again.
LOST = None


def keep(registration: Registration, told: Needs, *, now: datetime) -> None:
    """Keep what *registration* needs, sealed; nothing where nothing is needed. Inside the act."""
    ParticipantNeeds.objects.filter(registration=registration).delete()
    if told:
        sealed = _box().encrypt(json.dumps(asdict(told)).encode())
        ParticipantNeeds.objects.create(registration=registration, sealed=sealed, told_at=now)


def of(registrations: Iterable[Registration]) -> dict[int, Needs | None]:
    """What each of *registrations* needs, by its id; LOST where it cannot be read. One query."""
    rows = ParticipantNeeds.objects.filter(registration__in=list(registrations))
    return {row.registration_id: _opened(bytes(row.sealed)) for row in rows}


def forget(registrations: Iterable[Registration]) -> int:
    """Delete what *registrations* need; how many. Inside the act."""
    return ParticipantNeeds.objects.filter(registration__in=list(registrations)).delete()[0]


def forget_due(now: datetime) -> int:
    """Delete what was needed at meetings that ended more than 30 days ago; how many rows."""
    held = ParticipantNeeds.objects.values("registration__meeting")
    meetings = Meeting.objects.filter(pk__in=held).select_related("group__body")
    return sum(_forget(meeting) for meeting in meetings if _is_due(meeting, now))


def _is_due(meeting: Meeting, now: datetime) -> bool:
    over = meeting.cancelled_at or registration_days.ends_at(meeting)
    return over is not None and over + KEPT <= now


@transaction.atomic
def _forget(meeting: Meeting) -> int:
    gone = ParticipantNeeds.objects.filter(registration__meeting=meeting).delete()[0]
    if gone:
        ledger.record("needs_deleted", meeting, by="rules")
    return gone


def _opened(sealed: bytes) -> Needs | None:
    try:
        return Needs(**json.loads(_box().decrypt(sealed)))
    except InvalidToken:
        return LOST


def _box() -> MultiFernet:
    """The keys come from the instance's secrets, the present one first."""
    return MultiFernet(
        Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _key(secret: str | bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO)
    return urlsafe_b64encode(
        derive.derive(secret if isinstance(secret, bytes) else secret.encode())
    )
