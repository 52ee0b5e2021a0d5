"""A contest leaves the page: withdrawn by whoever sent it, or erased by law. Number and dates stay."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, permissions
from consulta.core.redaction import OMISSION
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import erasing as post
from consulta.reports import contest_letters, contesting
from consulta.reports.contest_errors import ContestUndecidedError, WithdrawnAlreadyError
from consulta.reports.models import Contest, ContestLink, ContestMark
from consulta.responses.errors import GroundMissingError, ReasonMissingError
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

#: What stands in the columns of an erased contest afterwards; an answer goes where that is chosen.
ERASED: Mapping[type[Model], Mapping[str, Any]] = {
    Contest: {"text": "", "quote": "", "answer": OMISSION},
    ContestMark: {"reason": ""},
}
_WITHDRAWABLE = (Contest.State.RECEIVED, Contest.State.PUBLISHED)


def possible(contest: Contest) -> bool:
    """Whether *contest* can still be withdrawn."""
    return contest.state in _WITHDRAWABLE


@transaction.atomic
def withdraw(token: str) -> Contest:
    """Take the contest behind a private link off the page; twice is once.

    Its number and an answer that was given stay. Raises ContestLinkUnknownError,
    WithdrawnAlreadyError for one that was declined or removed.
    """
    contest = contesting.find(token, ContestLink.Purpose.MINE)
    contesting.renew(contest)
    if contest.state == Contest.State.WITHDRAWN:
        return contest
    if not possible(contest):
        raise WithdrawnAlreadyError
    contest.state, contest.withdrawn_at = Contest.State.WITHDRAWN, timezone.now()
    contest.full_clean()
    contest.save()
    ledger.record("contest_withdrawn", contest, by="respondent")
    return contest


def grounds(contest: Contest) -> tuple[Ground, ...]:
    """The published grounds on which the law takes a contest away: those of responses."""
    return applied.present(contest.consultation.procedure).grounds_for(OnGround.REMOVE)


@transaction.atomic
def erase(contest: Contest, because: Because, *, also_answer: bool, by: User) -> Contest:
    """Leave no word, name or address of *contest*; its number, dates, ground and reason stay.

    *also_answer*: the answer goes too, since it repeats what was said. A confirmed address is told;
    once that mail is handed over, :func:`finish` empties it. Twice is once. Raises
    NotAllowedError, ContestUndecidedError, GroundMissingError, ReasonMissingError.
    """
    permissions.require(by, Act.ERASE, contest.consultation)
    contesting.renew(contest)
    if contest.erased_at is not None:
        return contest
    if contest.state == Contest.State.RECEIVED:
        raise ContestUndecidedError
    if because.ground not in {each.slug for each in grounds(contest)}:
        raise GroundMissingError(because.ground)
    if not because.reason.strip():
        raise ReasonMissingError
    began = timezone.now()
    _remove(contest, because, also_answer=also_answer, by=by)
    contest_letters.erased(contest, because)
    _forget(contest, began)
    ledger.record("contest_erased", contest, by=by)
    return contest


def _remove(contest: Contest, because: Because, *, also_answer: bool, by: User) -> None:
    now = timezone.now()
    if contest.state == Contest.State.PUBLISHED:
        contest.state = Contest.State.REMOVED
        contest.decided_at, contest.decided_by = now, by
    contest.ground, contest.reason = because.ground, because.reason.strip()
    contest.erased_at = now
    for name, value in ERASED[Contest].items():
        if name != "answer" or (also_answer and contest.answer):
            setattr(contest, name, value)
    contest.full_clean()
    contest.save()


def finish() -> int:
    """Empty the mails that told of an erasure, once they are handed over; how many."""
    rows = Contest.objects.filter(erased_at__isnull=False).values_list("pk", flat=True)
    label = Contest._meta.label_lower
    return post.finish([f"{label}:{pk}" for pk in rows])


def _forget(contest: Contest, began: datetime) -> None:
    """Empty who it was, the reasons of marks and our mails before *began*; its private links end."""
    contest.marks.update(**ERASED[ContestMark])
    who = Respondent.objects.filter(pk=contest.contester_id)
    who.update(name="", organisation_name="", email="", confirmation_evidence="")
    who.update(organisation=None, account=None)
    ContestLink.objects.filter(contest=contest).update(expires_at=timezone.now())
    post.forget([ledger.subject_of(contest)], before=began)
    contest.contester.refresh_from_db()
