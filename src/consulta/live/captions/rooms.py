"""What the door in front of Django has to know of a sitting and of a captioner, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from consulta.live.captions import captioners, queries, speakers
from consulta.live.models import Captioner, Sitting

#: Seconds for which a ticket lets its holder follow a sitting for members; pages fetch a new one.
LASTING = 600
#: The cookie that holds it, for addresses under `/live/{session}/` alone.
COOKIE = "live_ticket"
_SALT = "consulta.live.ticket"


@dataclass(frozen=True, slots=True)
class Room:
    """A sitting as viewers are served. Instants are milliseconds since 1970."""

    pk: int
    slug: str
    is_public: bool
    is_over: bool
    languages: tuple[str, ...]
    zero: int  # from when times in files are counted; 0: nothing has begun
    webcast: int  # when the webcast began; 0: not known
    ended: int
    shift: int


@dataclass(frozen=True, slots=True)
class Sender:
    """A captioner as the door knows one."""

    pk: int
    sitting: int
    language: str
    way: str
    is_automatic: bool
    is_over: bool


def room(slug: str) -> Room | None:
    """The sitting called *slug*; None where there is none."""
    try:
        sitting = queries.by_slug(slug)
    except Sitting.DoesNotExist:
        return None
    return Room(
        pk=sitting.pk,
        slug=slug,
        is_public=sitting.audience == Sitting.Audience.PUBLIC,
        is_over=sitting.ended_at is not None,
        languages=tuple(sitting.languages),
        zero=_milliseconds(sitting.begun_at),
        webcast=_milliseconds(sitting.webcast_began_at),
        ended=_milliseconds(sitting.ended_at),
        shift=sitting.caption_shift,
    )


def names(pk: int) -> Mapping[str, str]:
    """The speakers of a sitting by their keys; a name that was withdrawn is not among them."""
    return {str(key.position): key.name for key in speakers.of(pk) if key.name}


def sender(slug: str, token: str) -> Sender | None:
    """Who holds *token* for the sitting *slug*; None where nobody does any more."""
    try:
        held = captioners.by_token(slug, token)
    except Captioner.DoesNotExist:
        return None
    return Sender(
        pk=held.pk,
        sitting=held.sitting_id,
        language=held.language,
        way=held.way,
        is_automatic=held.is_automatic,
        is_over=held.sitting.ended_at is not None,
    )


def ticket(sitting: Sitting) -> str:
    """What lets a member follow *sitting* for LASTING seconds; only after `queries.may_follow`."""
    until = int(timezone.now().timestamp()) + LASTING
    return signing.Signer(salt=_SALT).sign(f"{sitting.pk}-{until}")


def valid_until(room: Room, ticket: str) -> float | None:
    """Until when *ticket* lets its holder follow (unix seconds); None: not at all, or no longer."""
    try:
        pk, _dash, until = signing.Signer(salt=_SALT).unsign(ticket).partition("-")
    except signing.BadSignature:
        return None
    is_good = pk == str(room.pk) and int(until) > timezone.now().timestamp()
    return float(until) if is_good else None


def _milliseconds(instant: object) -> int:
    stamp = getattr(instant, "timestamp", None)
    return int(stamp() * 1000) if stamp else 0
