"""Appeals: one against declining or removing, decided by a second person."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.core.lifecycle import State
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.responses import letters, moderation, turn
from consulta.responses.errors import (
    AppealUsedError,
    NothingToAppealError,
    ReasonMissingError,
    SecondPersonNeededError,
)
from consulta.responses.models import Appeal, ModerationStep, Response


@transaction.atomic
def appeal(response: Response, text: str) -> Appeal:
    """Ask that a second person look at it. Raises NothingToAppealError, AppealUsedError."""
    turn.renew(response)
    if response.state not in (State.DECLINED, State.REMOVED):
        raise NothingToAppealError
    if not text.strip():
        raise ReasonMissingError
    made, is_new = Appeal.objects.get_or_create(
        response=response, defaults={"text": text, "made_at": timezone.now()}
    )
    if not is_new:
        raise AppealUsedError
    ledger.record("appeal_made", response, by="respondent")
    return made


def possible(response: Response) -> bool:
    """Whether the one appeal is open: it was declined or removed, and nobody appealed yet."""
    refused = response.state in (State.DECLINED, State.REMOVED)
    return refused and not Appeal.objects.filter(response=response).exists()


@transaction.atomic
def decide(appeal: Appeal, *, upheld: bool, answer: str, by: User) -> None:
    """Uphold the appeal (the response is accepted or shown again) or not; its author is told why.

    Raises SecondPersonNeededError when *by* took the decision that is appealed.
    """
    list(Appeal.objects.select_for_update().filter(pk=appeal.pk).values_list("pk"))
    appeal.refresh_from_db()
    response = appeal.response
    turn.renew(response)
    permissions.require(by, Act.DECIDE_APPEAL, response.consultation)
    if appeal.decided_at is not None:
        raise AppealUsedError
    if not answer.strip():
        raise ReasonMissingError
    if _decided_before(response) == by.pk:
        raise SecondPersonNeededError
    appeal.decided_at, appeal.decided_by = timezone.now(), by
    appeal.upheld, appeal.answer = upheld, answer
    appeal.full_clean()
    appeal.save()
    ledger.record("appeal_decided", response, by=by)
    if upheld and response.state == State.DECLINED:
        moderation.accept(response, by=by, reason=answer)
    elif upheld:
        moderation.restore(response, by=by, reason=answer)
    letters.write(response, "appeal", context={"upheld": upheld, "answer": answer})


def _decided_before(response: Response) -> int | None:
    steps = ModerationStep.objects.filter(response=response, act__in=["declined", "removed"])
    last = steps.order_by("-at", "-pk").first()
    return last.by_id if last else None
