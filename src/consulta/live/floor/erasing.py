"""What goes: the words and the name of an intervention, by law; names of those who asked in vain, by date."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.live.floor import chairing
from consulta.live.floor.errors import ReasonMissingError
from consulta.live.floor.writing import withdraw_name
from consulta.live.models import FloorRequest, Intervention

#: How long after the sitting the names of those who asked and did not speak are kept.
KEPT_FOR = timedelta(days=30)
_WITHOUT_WORDS = (
    FloorRequest.State.WAITING,
    FloorRequest.State.TAKEN_BACK,
    FloorRequest.State.ABSENT,
    FloorRequest.State.YIELDED,
)


@transaction.atomic
def erase(made: Intervention, *, because: str, by: User) -> None:
    """Empty the name and the words of *made* for a reason; number, item and times stay.

    Raises ReasonMissingError, NotAllowedError.
    """
    if not because.strip():
        raise ReasonMissingError
    withdraw_name(made, by=by)
    now = timezone.now()
    made.text, made.shown_at = "", None
    made.withheld_at, made.withheld_because = made.withheld_at or now, because.strip()
    made.save()
    chairing.record("statement_kept_back", made, made.sitting, by=by)


def forget(now: datetime) -> int:
    """Empty the names of those who asked for the floor at a sitting of long ago and did not speak."""
    over = FloorRequest.objects.filter(
        sitting__ended_at__lt=now - KEPT_FOR, state__in=_WITHOUT_WORDS
    )
    return over.exclude(name="").update(name="", organisation_name="", registration=None)
