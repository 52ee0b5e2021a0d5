"""What comes after the close where the body's own rule takes nothing then.

It has its number, its receipt and its line of the register like everything that arrives; it is
declined on the ground `late`, in the words of the rule. Its author may appeal, and a person decides; or
an officer admits it, for a reason that stays on record.
Where the rule takes late responses they are marked and held for a person, as :mod:`core.screening`
says.
"""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions, terms
from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.core.regime import Late
from consulta.groups.permissions import Act as Right
from consulta.ledger import ledger
from consulta.responses import balance, letters, moderation, turn
from consulta.responses.errors import AppealMadeError, ReasonMissingError
from consulta.responses.models import Appeal, ModerationStep, Response, Version
from consulta.responses.moderation import Because

GROUND = "late"


@transaction.atomic
def refuse(response: Response, *, by_mail: bool = True) -> bool:
    """Decline *response* if it came late and the rule refuses that; say whether it was declined.

    *by_mail*: whether its author is told by letter.
    """
    consultation = response.consultation
    if not response.late or terms.late_policy(consultation) is not Late.REFUSE:
        return False
    because = Because(GROUND, terms.sentence(consultation) or GROUND)
    response.hold_reasons = [GROUND]
    _move(response, State.HELD)
    response.ground, response.reason = because.ground, because.reason
    _move(response, State.DECLINED)
    response.versions.update(screening=Version.Screening.DECLINED)
    ModerationStep.objects.create(
        response=response,
        act="declined",
        ground=because.ground,
        reason=because.reason,
        at=timezone.now(),
    )
    ledger.record("response_declined", response, by="rules")
    if by_mail:
        letters.write(response, "declined", context=moderation.words(response, because))
    return True


@transaction.atomic
def admit(response: Response, *, by: User, reason: str) -> None:
    """Accept what the rule declined because it came late: an officer decides so, for a reason on record.

    It stays marked as late; its author is told. Raises NotAllowedError, ReasonMissingError,
    StepNotAllowedError for any other response, AppealMadeError where an appeal decides about it.
    """
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    if not declined_as_late(response):
        raise StepNotAllowedError(State(response.state), State.ACCEPTED)
    if not reason.strip():
        raise ReasonMissingError
    if Appeal.objects.filter(response=response).exists():
        raise AppealMadeError(response.number)
    moderation.accept(response, by=by, reason=reason)
    ledger.record("late_admitted", response, by=by)
    letters.write(response, "admitted", context={"reason": reason})


def declined_as_late(response: Response) -> bool:
    """Whether *response* stands declined by the rule, and for nothing but its lateness."""
    if not response.late or (response.state, response.ground) != (State.DECLINED, GROUND):
        return False
    last = ModerationStep.objects.filter(response=response, act="declined").last()
    return last is not None and last.by_id is None


def _move(response: Response, state: State) -> None:
    old = State(response.state)
    response.move_to(state)
    response.full_clean()
    response.save()
    balance.move(response, old=old, new=state)
