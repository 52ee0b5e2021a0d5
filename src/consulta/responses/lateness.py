"""What comes after the close where the body's own rule takes nothing then.

It has its number, its receipt and its line of the register like everything that arrives; it is
declined on the ground `late`, in the words of the rule. Its author may appeal, and a person decides.
Where the rule takes late responses they are marked and held for a person, as :mod:`core.screening`
says.
"""

from django.db import transaction
from django.utils import timezone

from consulta.consultations import terms
from consulta.core.lifecycle import State
from consulta.core.regime import Late
from consulta.ledger import ledger
from consulta.responses import balance, letters, moderation
from consulta.responses.models import ModerationStep, Response, Version
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


def _move(response: Response, state: State) -> None:
    old = State(response.state)
    response.move_to(state)
    response.full_clean()
    response.save()
    balance.move(response, old=old, new=state)
