"""Intake of many submissions at once: the rows of a table, each a response like any other.

The same builders, rules and ledger entries as one by one, with a few statements for all of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.screening import Screened, reasons_to_hold
from consulta.core.submission import Submission
from consulta.ledger import ledger
from consulta.responses import balance, choosing, intake
from consulta.responses.choosing import Offered
from consulta.responses.models import Answer, ModerationStep, Redaction, Response, Version
from consulta.stakeholders.models import Respondent, StakeholderGroup


@dataclass(slots=True)
class _Made:
    """One response being made, with everything that hangs on it."""

    response: Response
    version: Version
    answers: list[Answer]
    marks: list[Redaction]
    reasons: tuple[str, ...] | None  # None: not screened yet, its sender is waited for


@transaction.atomic
def register_many(
    consultation: Consultation, submissions: Sequence[Submission], *, by: User, now: datetime
) -> int:
    """Register *submissions*, none of which is here already, without files and not late; how many.

    The rules screen at once what waits for no sender. *by*: the officer who brought them.
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    respondents = _respondents(locked, submissions)
    first = intake.next_serial(locked)
    offers = choosing.offers(locked)
    drawn = [
        intake.numbered(locked, submission, serial=first + place, respondent=respondent)
        for place, (submission, respondent) in enumerate(zip(submissions, respondents, strict=True))
    ]
    made = [
        _make(response, submission, offers, by=by)
        for response, submission in zip(drawn, submissions, strict=True)
    ]
    _save(made, now=now)
    _count(locked, made)
    _record(made)
    return len(made)


def _respondents(consultation: Consultation, submissions: Sequence[Submission]) -> list[Respondent]:
    groups = {group.slug: group for group in StakeholderGroup.objects.all()}
    claimed = [
        intake.claimed(
            submission,
            group=groups.get(submission.respondent.stakeholder_group),
            is_sample=consultation.is_sample,
        )
        for submission in submissions
    ]
    return Respondent.objects.bulk_create(claimed)


def _make(
    response: Response,
    submission: Submission,
    offers: Mapping[int | None, Offered],
    *,
    by: User,
) -> _Made:
    response.entered_by = by
    respondent = response.respondent
    version, answers, _files, marks = intake.worded(response, submission, ordinal=1, offers=offers)
    if respondent.email and not respondent.confirmed:
        return _Made(response, version, answers, marks, None)
    reasons = reasons_to_hold(
        Screened(has_text=bool(answers), files=0, unsafe_files=0, late=False, within_grace=False)
    )
    response.move_to(State.HELD if reasons else State.ACCEPTED)
    response.hold_reasons = version.hold_reasons = list(reasons)
    if not reasons:
        version.screening = Version.Screening.ACCEPTED
    return _Made(response, version, answers, marks, reasons)


def _save(made: list[_Made], *, now: datetime) -> None:
    Response.objects.bulk_create([each.response for each in made])
    Version.objects.bulk_create([each.version for each in made])
    Answer.objects.bulk_create([answer for each in made for answer in each.answers])
    Redaction.objects.bulk_create([mark for each in made for mark in each.marks])
    ModerationStep.objects.bulk_create(
        ModerationStep(
            response=each.response,
            version=each.version,
            act=_screened(each),
            reason=" ".join(each.reasons),
            at=now,
        )
        for each in made
        if each.reasons is not None
    )


def _count(consultation: Consultation, made: list[_Made]) -> None:
    stand = Counter((each.response.channel, each.response.state) for each in made)
    for (channel, state), count in stand.items():
        balance.add(consultation, channel, State(state), count)


def _record(made: list[_Made]) -> None:
    ledger.record_many(
        (
            "response_received",
            each.response,
            "respondent",
            {"private": each.version.private_fingerprint},
        )
        for each in made
    )
    ledger.record_many(
        (f"response_{_screened(each)}", each.response, "rules", {})
        for each in made
        if each.reasons is not None
    )


def _screened(made: _Made) -> str:
    return "held" if made.reasons else "accepted"
