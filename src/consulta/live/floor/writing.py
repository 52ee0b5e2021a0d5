"""What is handed in where speaking is not possible: a statement or a question, shown by a moderator."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.live.floor import chairing, giving
from consulta.live.floor.errors import (
    MayNotAskError,
    ReasonMissingError,
    TextMissingError,
    TooLongError,
)
from consulta.live.floor.speakers import Who, particulars
from consulta.live.models import Floor, FloorRequest, Intervention, Registration, Sitting

#: The longest text that is taken (characters).
MOST = 10_000
_KIND = Intervention.Kind


@transaction.atomic
def hand_in(
    sitting: Sitting,
    who: Who,
    text: str,
    *,
    language: str,
    kind: str = _KIND.STATEMENT,
    by: User | None = None,
) -> Intervention:
    """Take a statement or a question in writing, while *sitting* runs or after it has ended.

    It gets its number at once and is shown once a moderator has read it. *by*: the moderator who hands
    it in for somebody. Raises TextMissingError, TooLongError, MayNotAskError, NameMissingError.
    """
    _check(sitting, who, by)
    now = timezone.now()
    made = Intervention(
        sitting=sitting,
        kind=kind,
        began_at=now,
        ended_at=now,
        language=language,
        text=_checked(text),
        **particulars(who),
    )
    _place(made, sitting)
    made.full_clean()
    made.save()
    chairing.record("statement_handed_in", made, sitting, by=by or "participant")
    return made


@transaction.atomic
def show(made: Intervention, *, by: User) -> None:
    """Show what was handed in beside what is said, also after it was kept back."""
    chairing.require(by, made.sitting.meeting)
    made.refresh_from_db(from_queryset=Intervention.objects.select_for_update())
    made.shown_at = made.shown_at or timezone.now()
    made.withheld_at, made.withheld_because = None, ""
    made.save()
    chairing.record("statement_shown", made, made.sitting, by=by)


@transaction.atomic
def keep_back(made: Intervention, *, because: str, by: User) -> None:
    """Keep back what was handed in: its number stays, with the reason. Raises ReasonMissingError."""
    chairing.require(by, made.sitting.meeting)
    if not because.strip():
        raise ReasonMissingError
    made.refresh_from_db(from_queryset=Intervention.objects.select_for_update())
    made.withheld_at, made.withheld_because = timezone.now(), because.strip()
    made.shown_at = None
    made.save()
    chairing.record("statement_kept_back", made, made.sitting, by=by)


@transaction.atomic
def withdraw_name(made: Intervention, *, by: User | None = None) -> None:
    """Empty the name of who spoke, and of the request before it; what was said stays."""
    if by is not None:
        chairing.require(by, made.sitting.meeting)
    made.refresh_from_db(from_queryset=Intervention.objects.select_for_update(of=("self",)))
    made.name = made.organisation_name = ""
    made.registration, made.name_withdrawn_at = None, made.name_withdrawn_at or timezone.now()
    made.save()
    if made.request_id is not None:
        asked = FloorRequest.objects.filter(pk=made.request_id)
        asked.update(name="", organisation_name="", registration=None)
    chairing.record("speaker_name_withdrawn", made, made.sitting, by=by or "participant")


def _check(sitting: Sitting, who: Who, by: User | None) -> None:
    """Whoever takes part may hand in, once the sitting has begun."""
    if by is not None:
        chairing.require(by, sitting.meeting)
    comes = not isinstance(who, Registration) or (
        who.meeting_id == sitting.meeting_id and who.is_seated
    )
    if not comes or sitting.begun_at is None:
        raise MayNotAskError


def _place(made: Intervention, sitting: Sitting) -> None:
    """Give *made* its number, one after the other, and the item that is dealt with."""
    Sitting.objects.select_for_update().get(pk=sitting.pk)
    floor = Floor.objects.select_for_update(of=("self",)).filter(sitting=sitting).first()
    made.item = floor.item if floor else None
    made.ordinal = giving.next_ordinal(sitting)


def _checked(text: str) -> str:
    written = text.strip()
    if not written:
        raise TextMissingError
    if len(written) > MOST:
        raise TooLongError(MOST)
    return written
