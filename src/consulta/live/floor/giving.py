"""Give the floor to one of those who wait, or to anybody; end what is said."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core import floor as rules
from consulta.live.floor import chairing
from consulta.live.floor.errors import FloorTakenError, NobodySpeaksError, NotWaitingError
from consulta.live.models import Floor, FloorRequest, Intervention, Sitting

_STATE = FloorRequest.State
_COPIED = (
    "name",
    "organisation_name",
    "stakeholder_group",
    "role",
    "mode",
    "registration",
    "item",
)


@transaction.atomic
def give(request: FloorRequest, *, by: User, seconds: int | None = None) -> Intervention:
    """Give the floor to who made *request*: the clock runs from now.

    *seconds*: how long, where the chair says otherwise than the rule. A point of order interrupts who
    speaks; anybody else waits. Raises NotWaitingError, FloorTakenError, NotAllowedError.
    """
    sitting = request.sitting
    floor = chairing.conducted(sitting, by)
    request.refresh_from_db(fields=["state"])
    if request.state != _STATE.WAITING:
        raise NotWaitingError
    _interrupt(sitting, request)
    now = timezone.now()
    request.state = _STATE.GIVEN
    request.save()
    made = Intervention(
        sitting=sitting,
        ordinal=next_ordinal(sitting),
        kind=Intervention.Kind.SPOKEN,
        request=request,
        began_at=now,
        limit=seconds or _limit(floor, request),
        **{name: getattr(request, name) for name in _COPIED},
    )
    made.full_clean()
    made.save()
    chairing.record("floor_given", made, sitting, by=by)
    return made


@transaction.atomic
def more_time(made: Intervention, seconds: int, *, by: User) -> None:
    """Give who speaks *seconds* more. Raises NobodySpeaksError."""
    chairing.conducted(made.sitting, by)
    made.refresh_from_db(fields=["ended_at", "limit"])
    if made.ended_at is not None:
        raise NobodySpeaksError
    made.limit = min(rules.LONGEST, (made.limit or 0) + max(seconds, 0))
    made.save()
    chairing.record("floor_given", made, made.sitting, by=by)


@transaction.atomic
def stop(sitting: Sitting, *, by: User) -> Intervention:
    """End what is said at *sitting*. Raises NobodySpeaksError, NotAllowedError, FloorNotOpenError."""
    chairing.conducted(sitting, by)
    made = speaking(sitting)
    if made is None:
        raise NobodySpeaksError
    _end(made)
    chairing.record("intervention_ended", made, sitting, by=by)
    return made


def speaking(sitting: Sitting) -> Intervention | None:
    """What is said at *sitting* now."""
    spoken = Intervention.objects.filter(sitting=sitting, kind=Intervention.Kind.SPOKEN)
    return spoken.filter(ended_at__isnull=True).select_related("request", "item").first()


def next_ordinal(sitting: Sitting) -> int:
    """The number of the next intervention of *sitting*; call it with the floor held."""
    found = Intervention.objects.filter(sitting=sitting).aggregate(last=Max("ordinal"))
    return (found["last"] or 0) + 1


def _interrupt(sitting: Sitting, request: FloorRequest) -> None:
    """A point of order ends what is said; it ends for nobody else. Raises FloorTakenError."""
    current = speaking(sitting)
    if current is None:
        return
    if request.ask != FloorRequest.Ask.POINT_OF_ORDER:
        raise FloorTakenError
    _end(current)


def _end(made: Intervention) -> None:
    now = timezone.now()
    made.ended_at = now
    made.save()
    if made.request_id is not None:
        asked = FloorRequest.objects.filter(pk=made.request_id)
        asked.update(state=_STATE.SPOKEN, ended_at=now)


def _limit(floor: Floor, request: FloorRequest) -> int:
    rule = rules.load(floor.rule)
    return int(rule.limit(rules.Ask(request.ask), role=request.role).total_seconds())
