"""Withdrawal: the respondent takes a response back, at any time and visibly."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.lifecycle import NEXT, State
from consulta.ledger import ledger
from consulta.responses import balance, facets, letters, turn
from consulta.responses.models import ModerationStep, Response


@transaction.atomic
def withdraw(response: Response, *, reason: str = "", by: User | None = None) -> None:
    """Take *response* down. Its number, its receipt and its line of the register stay.

    *by* is an officer who was asked on paper; otherwise the respondent did it.
    """
    turn.renew(response)
    old = State(response.state)
    with facets.kept(response):
        response.move_to(State.WITHDRAWN)
        response.withdrawn_at = timezone.now()
        response.ground, response.reason = "", reason
        response.full_clean()
        response.save()
    balance.move(response, old=old, new=State.WITHDRAWN)
    ModerationStep.objects.create(
        response=response, act="withdrawn", reason=reason, at=response.withdrawn_at, by=by
    )
    ledger.record("response_withdrawn", response, by=by or "respondent")
    letters.write(response, "withdrawn", context={"reason": reason})


def possible(response: Response) -> bool:
    """Whether *response* can still be withdrawn."""
    return State.WITHDRAWN in NEXT[State(response.state)]
