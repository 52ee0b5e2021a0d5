"""Screening: the rules accept a version or hold it for a person. They never decline."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.core.screening import Screened, reasons_to_hold
from consulta.ledger import ledger
from consulta.responses import balance
from consulta.responses.models import Attachment, ModerationStep, Response, Version

#: Unconfirmed after this, a response is screened like any other (as "sender not confirmed").
WAIT_FOR_CONFIRMATION = timedelta(days=7)
_UNSAFE = (Attachment.Safety.UNSAFE, Attachment.Safety.UNREADABLE)


def due(now: datetime) -> QuerySet[Version]:
    """Versions that the rules can screen at *now*: files checked, sender confirmed or 7 days waited."""
    waited = now - WAIT_FOR_CONFIRMATION
    return (
        Version.objects.filter(screening=Version.Screening.WAITING, hold_reasons=[])
        .exclude(response__state__in=[State.WITHDRAWN, State.SET_ASIDE])
        .filter(
            Q(response__respondent__confirmed_at__isnull=False)
            | Q(response__respondent__email="")
            | Q(received_at__lte=waited)
        )
        .exclude(attachments__safety=Attachment.Safety.WAITING)
        .select_related("response__respondent", "response__consultation")
    )


def screen_due(now: datetime) -> int:
    """Screen everything that is due; return how many versions."""
    versions = list(due(now)[:500])
    for version in versions:
        screen(version, now=now)
    return len(versions)


def screen_now(response: Response) -> None:
    """Let the rules look at *response* at once where nothing is to be waited for."""
    now = timezone.now()
    if _waits_for_its_sender(response, now):
        return
    for version in due(now).filter(response=response):
        screen(version, now=now)


def _waits_for_its_sender(response: Response, now: datetime) -> bool:
    """Whether :func:`due` can name no version of *response* yet: said without asking the database."""
    sender = response.respondent
    recent = response.received_at > now - WAIT_FOR_CONFIRMATION  # no version is older
    return bool(sender.email) and not sender.confirmed and recent


@transaction.atomic
def screen(version: Version, *, now: datetime) -> None:
    """Accept *version* unless a rule holds it."""
    version.refresh_from_db()
    response = Response.objects.select_for_update().get(pk=version.response_id)
    if version.screening != Version.Screening.WAITING or version.hold_reasons:
        return
    reasons = reasons_to_hold(_facts(version, response))
    version.hold_reasons = list(reasons)
    if not reasons:
        version.screening = Version.Screening.ACCEPTED
    version.save()
    _settle(response, reasons)
    act = "held" if reasons else "accepted"
    ModerationStep.objects.create(
        response=response, version=version, act=act, reason=" ".join(reasons), at=now
    )
    ledger.record(f"response_{act}", response, by="rules")


@transaction.atomic
def hold(version: Version, reason: str, *, now: datetime) -> None:
    """Keep *version* for a person, on a *reason* that only its channel knows; the rules pass it by."""
    version.refresh_from_db()
    response = Response.objects.select_for_update().get(pk=version.response_id)
    if version.screening == Version.Screening.ACCEPTED:
        version.screening = Version.Screening.WAITING
    if version.screening != Version.Screening.WAITING:
        return
    version.hold_reasons = [*version.hold_reasons, reason]
    version.save()
    _settle(response, tuple(version.hold_reasons))
    ModerationStep.objects.create(
        response=response, version=version, act="held", reason=reason, at=now
    )
    ledger.record("response_held", response, by="rules")


def _settle(response: Response, reasons: tuple[str, ...]) -> None:
    """Let the response follow its newest version; what a person held, a person lets go."""
    if response.state == State.RECEIVED:
        _move(response, State.HELD if reasons else State.ACCEPTED, reasons)
    elif response.state == State.ACCEPTED and reasons:
        _move(response, State.HELD, reasons)
    elif response.state == State.HELD and not reasons and not response.ground:
        _move(response, State.ACCEPTED, reasons)


def _move(response: Response, state: State, reasons: tuple[str, ...]) -> None:
    old = State(response.state)
    response.move_to(state)
    response.hold_reasons = list(reasons)
    response.save()
    balance.move(response, old=old, new=state)


def _facts(version: Version, response: Response) -> Screened:
    files = list(version.attachments.all())
    bad = [file for file in files if file.safety in _UNSAFE]
    locked = sum(1 for file in bad if file.needs_password)
    return Screened(
        has_text=version.answers.exists(),
        files=len(files),
        unsafe_files=len(bad) - locked,
        locked_files=locked,
        late=response.late,
        within_grace=response.within_grace,
    )
