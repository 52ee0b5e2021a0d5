"""Sorting: what came by mail and was taken for a response is set aside, or taken back.

Set aside, it is no response: it counts in no line of the balance, and its number stays in the
register with what became of it. Nothing that was published or decided can be set aside.
"""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.core.lifecycle import State
from consulta.core.submission import Channel
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.responses import balance, screening, turn
from consulta.responses.errors import NotByMailError
from consulta.responses.models import ModerationStep, Response, Version

_UNDECIDED = (Version.Screening.WAITING, Version.Screening.ACCEPTED)


@transaction.atomic
def set_aside(response: Response, *, by: User) -> None:
    """Take *response* out of the balance: an officer saw that the letter is none.

    Raises NotByMailError, StepNotAllowedError.
    """
    turn.renew(response)
    permissions.require(by, Act.MODERATE, response.consultation)
    if response.channel != Channel.EMAIL:
        raise NotByMailError(response.number)
    _move(response, State.SET_ASIDE, act="response_set_aside", by=by)


@transaction.atomic
def take_back(response: Response, *, by: User) -> None:
    """Count *response* again, from the instant of its arrival, and let the rules look at it."""
    turn.renew(response)
    permissions.require(by, Act.MODERATE, response.consultation)
    response.hold_reasons, response.ground, response.reason = [], "", ""
    _move(response, State.RECEIVED, act="response_taken_back", by=by)
    waiting = Version.objects.filter(response=response, screening__in=_UNDECIDED)
    waiting.update(screening=Version.Screening.WAITING, hold_reasons=[])
    screening.screen_now(response)


def _move(response: Response, state: State, *, act: str, by: User) -> None:
    old = State(response.state)
    response.move_to(state)
    response.full_clean()
    response.save()
    balance.move(response, old=old, new=state)
    step = act.removeprefix("response_")
    ModerationStep.objects.create(response=response, act=step, at=timezone.now(), by=by)
    ledger.record(act, response, by=by)
