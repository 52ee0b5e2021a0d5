"""The acts on a consultation that reach several rooms: each is done, then told to everyone."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock as consultation_clock
from consulta.consultations import closing, convening, corrigenda, extending, opening, turn
from consulta.consultations import queries as consultation_queries
from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation, Corrigendum, Extension, Question
from consulta.meetings import convening as meeting_convening
from consulta.meetings import moving
from consulta.meetings.models import Meeting, MeetingMove
from consulta.notices import telling
from consulta.notices.telling import Kind


@transaction.atomic
def convene(plan: Plan, *, by: User, meetings: tuple[Meeting, ...] = ()) -> Consultation:
    """Draft a consultation; *meetings* of the plan that are new are put on record first."""
    for meeting in meetings:
        meeting_convening.convene(meeting, by=by)
    return convening.convene(plan, by=by)


@transaction.atomic
def revise(
    consultation: Consultation, plan: Plan, *, by: User, meetings: tuple[Meeting, ...] = ()
) -> None:
    """Draw a draft up anew; *meetings* of the plan that are new are put on record first."""
    for meeting in meetings:
        meeting_convening.convene(meeting, by=by)
    convening.revise(consultation, plan, by=by)


@transaction.atomic
def open_consultation(
    consultation: Consultation,
    *,
    by: User,
    opens_at: datetime | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Announce *consultation*, freeze its questions, and tell everyone when it opens and closes."""
    now = now or timezone.now()
    opening.open_consultation(consultation, by=by, opens_at=opens_at, reason=reason, now=now)
    _tell_opening(consultation, at=now)


@transaction.atomic
def extend(consultation: Consultation, *, to: date, reason: str, by: User) -> Extension:
    """Lengthen the deadline for a reason, and tell everyone the old and the new one."""
    extension = extending.extend(consultation, to=to, reason=reason, by=by)
    telling.tell(
        consultation,
        Kind.EXTENDED,
        at=extension.decided_at,
        old_at=extension.old_at.isoformat(),
        new_at=extension.new_at.isoformat(),
        reason=extension.reason,
        language=extension.language,
    )
    return extension


@transaction.atomic
def cancel(consultation: Consultation, *, reason: str, by: User) -> None:
    """Cancel *consultation* for a reason; everyone is told if it was announced."""
    closing.cancel(consultation, reason=reason, by=by)
    if consultation.announced_at and consultation.cancelled_at:
        telling.tell(
            consultation,
            Kind.CANCELLED,
            at=consultation.cancelled_at,
            reason=consultation.cancellation_reason,
            language=by.language,
        )


@transaction.atomic
def correct(
    consultation: Consultation,
    *,
    text: str,
    language: str,
    by: User,
    question: Question | None = None,
) -> Corrigendum:
    """Announce a correction of what froze, and tell everyone."""
    corrigendum = corrigenda.announce(
        consultation, text=text, language=language, by=by, question=question
    )
    telling.tell(
        consultation,
        Kind.CORRIGENDUM,
        at=corrigendum.announced_at,
        text=corrigendum.text,
        language=language,
        question=str(question.position) if question else "",
    )
    return corrigendum


@transaction.atomic
def move_meeting(
    meeting: Meeting, *, to: date, reason: str, by: User, is_provisional: bool = False
) -> MeetingMove:
    """Move *meeting*; every consultation that hangs on it is judged again and its readers told.

    Raises NotAllowedError, and as `check_move`.
    """
    check_move(meeting, to=to, reason=reason)
    moved = moving.move(meeting, to=to, reason=reason, by=by, is_provisional=is_provisional)
    for consultation in consultation_queries.hanging_on(meeting):
        turn.take(consultation)
        consultation_clock.judge_again(consultation, moved.decided_at)
        consultation.save()
        if consultation.announced_at:
            _tell_move(consultation, moved)
    return moved


def check_move(meeting: Meeting, *, to: date, reason: str) -> None:
    """Refuse a move that `move_meeting` would refuse.

    Raises as `moving.check`, and BeforeDecisionError.
    """
    moving.check(meeting, to=to, reason=reason)
    for consultation in consultation_queries.hanging_on(meeting):
        moving.check_order(meeting, consultation.deciding_meeting, to=to)


@transaction.atomic
def report_released(consultation: Consultation, *, at: datetime, language: str) -> None:
    """Note that a report came out in *language*: the first one meets the clock; everyone is told."""
    closing.mark_report_released(consultation, at=at)
    telling.tell(consultation, Kind.REPORT, at=at, language=language)


@transaction.atomic
def delivered(consultation: Consultation, *, at: datetime) -> None:
    """Note that responses and compilation are before the group; everyone is told."""
    closing.mark_delivered(consultation, at=at)
    meeting = consultation.group_meeting
    telling.tell(consultation, Kind.DELIVERED, at=at, meeting=meeting.slug if meeting else "")


def _tell_opening(consultation: Consultation, *, at: datetime) -> None:
    """What opens later is announced now; at the opening, `notices.reminding` tells that it is open."""
    opens, closes = consultation.opens_at, consultation.closes_at
    if opens is None or closes is None:
        return
    is_open = opens <= at
    opens_on = consultation_clock.local_day(consultation, opens)
    telling.tell(
        consultation,
        Kind.OPENED if is_open else Kind.ANNOUNCED,
        at=at,
        of=(consultation_clock.OPENING, opens_on),
        opens_at=opens.isoformat(),
        closes_at=closes.isoformat(),
    )


def _tell_move(consultation: Consultation, moved: MeetingMove) -> None:
    """Which meeting, from when to when, and the deadline for responses while they are taken."""
    meeting, closes = moved.meeting, consultation.closes_at
    telling.tell(
        consultation,
        Kind.MEETING_MOVED,
        at=moved.decided_at,
        meeting=meeting.slug,
        meeting_kind=meeting.kind,
        group=meeting.group.short_name if meeting.group else "",
        number=str(meeting.number or ""),
        old_on=moved.old_starts_on.isoformat() if moved.old_starts_on else "",
        new_on=moved.new_starts_on.isoformat(),
        closes_at=closes.isoformat() if closes and closes > moved.decided_at else "",
        provisional="yes" if meeting.is_provisional else "",
        reason=moved.reason,
        language=moved.language,
    )
