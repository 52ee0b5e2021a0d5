"""Ask for the floor, alone or through a moderator; take it back."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core import floor as rules
from consulta.live.floor import chairing
from consulta.live.floor.errors import (
    AskedAlreadyError,
    FloorNotOpenError,
    ListClosedError,
    MayNotAskError,
    NotWaitingError,
)
from consulta.live.floor.speakers import Named, Who, particulars
from consulta.live.models import Floor, FloorRequest, Registration, Sitting

_STATE, _ASK = FloorRequest.State, FloorRequest.Ask


@transaction.atomic
def ask(
    sitting: Sitting, who: Who, *, what: str = _ASK.STATEMENT, by: User | None = None
) -> FloorRequest:
    """Put *who* on the list of speakers on the item that is dealt with.

    *by*: the moderator who asks for somebody; None, who asks alone by the link of the registration.
    Raises FloorNotOpenError, ListClosedError, MayNotAskError, AskedAlreadyError, NameMissingError,
    NotAllowedError.
    """
    floor = chairing.conducted(sitting, by) if by is not None else chairing.held(sitting)
    _check(floor, sitting, who, what)
    request = FloorRequest(
        sitting=sitting,
        item=floor.item,
        ask=what,
        asked_at=timezone.now(),
        asked_by=by,
        **particulars(who),
    )
    request.full_clean()
    request.save()
    chairing.record("floor_asked", request, sitting, by=by or "participant")
    return request


@transaction.atomic
def take_back(request: FloorRequest, *, by: User | None = None) -> None:
    """Take *request* off the list: its speaker, or a moderator for the speaker. Raises NotWaitingError."""
    end(request, _STATE.TAKEN_BACK, by=by)


@transaction.atomic
def absent(request: FloorRequest, *, by: User) -> None:
    """Note that who was called was not there; they may ask again. Raises NotWaitingError."""
    end(request, _STATE.ABSENT, by=by)


@transaction.atomic
def pass_on(request: FloorRequest, to: Who, *, by: User | None = None) -> FloorRequest:
    """Yield the place on the list to somebody else, who gets it as it stands.

    Raises NotWaitingError, AskedAlreadyError, MayNotAskError.
    """
    sitting = request.sitting
    end(request, _STATE.YIELDED, by=by)
    floor = chairing.held(sitting)
    _refuse(floor, sitting, to, request.ask)
    placed = FloorRequest(
        sitting=sitting,
        item=request.item,
        ask=request.ask,
        asked_at=request.asked_at,
        asked_by=by,
        **particulars(to),
    )
    placed.full_clean()
    placed.save()
    chairing.record("floor_asked", placed, sitting, by=by or "participant")
    return placed


def end(request: FloorRequest, state: str, *, by: User | None) -> None:
    """Bring a *request* that waits into another *state*. Raises NotWaitingError, FloorNotOpenError."""
    sitting = request.sitting
    if by is not None:
        chairing.conducted(sitting, by)
    else:
        chairing.held(sitting)
    request.refresh_from_db(fields=["state"])
    if request.state != _STATE.WAITING:
        raise NotWaitingError
    request.state, request.ended_at = state, timezone.now()
    request.save()
    chairing.record("floor_request_ended", request, sitting, by=by or "participant")


def _check(floor: Floor, sitting: Sitting, who: Who, what: str) -> None:
    """The list is open to everybody but points of order and replies, which it cannot close."""
    is_running = sitting.begun_at is not None
    if not is_running:
        raise FloorNotOpenError
    if floor.list_closed_at is not None and what == _ASK.STATEMENT:
        raise ListClosedError(floor.list_closed_at)
    _refuse(floor, sitting, who, what)


def _refuse(floor: Floor, sitting: Sitting, who: Who, what: str) -> None:
    if isinstance(who, Registration) and (
        who.meeting_id != sitting.meeting_id or not who.is_seated or who.reduced_at
    ):
        raise MayNotAskError
    rule = rules.load(floor.rule)
    if not rule.may(rules.Ask(what), role=who.role, where=rules.From(who.mode)):
        raise MayNotAskError
    waiting = FloorRequest.objects.filter(sitting=sitting, state=_STATE.WAITING, ask=what)
    if isinstance(who, Named):
        again = waiting.filter(name=who.name, organisation_name=who.organisation_name)
    else:
        again = waiting.filter(registration=who)
    if again.exists():
        raise AskedAlreadyError
