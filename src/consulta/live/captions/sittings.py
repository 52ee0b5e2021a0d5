"""Plan a sitting of a meeting, begin it, end it; say in which languages it has captions."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.caption_words import language_of
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live.captions.errors import NothingNamedError, SittingStandsError
from consulta.live.models import Sitting
from consulta.meetings.models import Meeting

#: Captions may come so much earlier or later than they were sent, at most (milliseconds).
FURTHEST_SHIFT = 60_000


@transaction.atomic
def plan(
    meeting: Meeting,
    *,
    languages: Sequence[str],
    by: User | None,
    planned_at: datetime | None = None,
) -> Sitting:
    """Put the next sitting of *meeting* on record, followed by everyone where the meeting is open.

    *by* None: the system (the sample record). Raises NotAllowedError and NothingNamedError.
    """
    _require(meeting, by)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = Sitting.objects.filter(meeting=meeting).aggregate(last=Max("ordinal"))["last"] or 0
    is_open = meeting.kind == Meeting.Kind.OPEN
    sitting = Sitting(
        meeting=meeting,
        ordinal=last + 1,
        slug=f"{meeting.slug}-{last + 1}",
        audience=Sitting.Audience.PUBLIC if is_open else Sitting.Audience.MEMBERS,
        languages=_known(languages),
        planned_at=planned_at,
    )
    sitting.full_clean()
    sitting.save()
    _record("sitting_planned", sitting, by)
    return sitting


@transaction.atomic
def begin(sitting: Sitting, *, by: User | None, now: datetime | None = None) -> None:
    """Begin *sitting*: times in files of captions count from here. Raises SittingStandsError."""
    _require(sitting.meeting, by)
    _lock(sitting)
    if sitting.begun_at is not None:
        raise SittingStandsError
    sitting.begun_at = now or timezone.now()
    sitting.save()
    _record("sitting_begun", sitting, by)


@transaction.atomic
def end(sitting: Sitting, *, by: User | None, now: datetime | None = None) -> None:
    """End *sitting*: no caption is taken from here on. Raises SittingStandsError."""
    _require(sitting.meeting, by)
    _lock(sitting)
    if sitting.begun_at is None or sitting.ended_at is not None:
        raise SittingStandsError
    sitting.ended_at = now or timezone.now()
    sitting.save()
    _record("sitting_ended", sitting, by)


@transaction.atomic
def describe(sitting: Sitting, *, languages: Sequence[str], shift: int, by: User) -> None:
    """Say in which languages *sitting* has captions, and by how many ms they come earlier in the webcast.

    Raises NotAllowedError, NothingNamedError.
    """
    _require(sitting.meeting, by)
    _lock(sitting)
    sitting.languages = _known(languages)
    sitting.caption_shift = max(-FURTHEST_SHIFT, min(shift, FURTHEST_SHIFT))
    sitting.save()
    _record("sitting_described", sitting, by)


def _known(languages: Sequence[str]) -> list[str]:
    """The languages, each once. Raises NothingNamedError where there is none, or one is no code."""
    codes = list(dict.fromkeys(language_of(code) for code in languages))
    if not codes or "" in codes:
        raise NothingNamedError
    return codes


def _require(meeting: Meeting, by: User | None) -> None:
    if by is not None:
        permissions.require(by, Act.MOVE_MEETING, meeting.group)


def _lock(sitting: Sitting) -> None:
    sitting.refresh_from_db(from_queryset=Sitting.objects.select_for_update())


def _record(act: str, sitting: Sitting, by: User | None) -> None:
    shows = None if sitting.audience == Sitting.Audience.PUBLIC else "none"
    ledger.record(act, sitting, by=by, shows=shows)
