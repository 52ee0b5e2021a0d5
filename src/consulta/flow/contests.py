"""A contest goes its way: it arrives, is shown beside the passage, is answered; everyone is told."""

from django.db import transaction

from consulta.accounts.models import User
from consulta.meetings import documents
from consulta.notices import telling
from consulta.notices.telling import Kind
from consulta.reports import contest_leaving, contesting, redacting
from consulta.reports.contesting import Filed
from consulta.reports.models import Contest
from consulta.reports.redacting import Order
from consulta.repository import deposit
from consulta.responses.moderation import Because


def contest_arrives(filed: Filed, *, by_mail: bool = True) -> tuple[Contest, str]:
    """Take a contest in; return it and the secret of its private page. Raises as `contesting.contest`."""
    return contesting.contest(filed, by_mail=by_mail)


@transaction.atomic
def publish(contest: Contest, *, by: User) -> None:
    """Show a contest beside its passage, and say so in the feeds. Raises ContestDecidedError."""
    contesting.publish(contest, by=by)
    if contest.decided_at is not None:
        telling.tell(
            contest.consultation,
            Kind.CONTESTED,
            at=contest.decided_at,
            number=contest.number,
            due_on=contest.answer_due_on.isoformat(),
        )


@transaction.atomic
def answer(contest: Contest, *, outcome: str, text: str, language: str, by: User) -> None:
    """Publish the answer beside the passage; followers are told. Raises as `contesting.answer`."""
    contesting.answer(contest, outcome=outcome, text=text, language=language, by=by)
    if contest.answered_at is not None:
        telling.tell(
            contest.consultation,
            Kind.CONTEST_ANSWERED,
            at=contest.answered_at,
            number=contest.number,
        )


@transaction.atomic
def erase(contest: Contest, because: Because, *, also_answer: bool, by: User) -> Contest:
    """Take a contest away by law; editions that print it are served to nobody until they are redacted.

    Raises as `contest_leaving.erase`.
    """
    redacting.take_turn(contest.consultation_id)
    printed = redacting.holding(contest)
    was_there = contest.erased_at is None
    made = contest_leaving.erase(contest, because, also_answer=also_answer, by=by)
    if was_there and made.erased_at is not None:
        order = Order([made.number], made.ground, made.reason, made.erased_at)
        paths = redacting.withhold(printed, order, by=by)
        documents.withhold(paths, at=made.erased_at)
        deposit.withhold(paths, at=made.erased_at)
    return made
