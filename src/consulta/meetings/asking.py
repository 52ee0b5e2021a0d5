"""Ask an office to act, note what became of it, and check a report for what was asked of its content.

A request or instruction can be due on a day or with the office's next report; an invitation never
is, and a standing duty has no end. Every act raises NotAllowedError for a person without the right.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.deciding import decide, group_of
from consulta.meetings.models import (
    Decision,
    FollowUp,
    Office,
    ReportPoint,
    StatusChange,
)


class AskingError(ValueError):
    """Something about a follow-up that the record does not allow."""


class NobodyAskedError(AskingError):
    """Choose at least one office, or name who is asked."""


class InvitationDueError(AskingError):
    """An invitation is never due: leave the day empty, or make it a request."""


class TwoDuesError(AskingError):
    """It is due on a day or with the next report, not both."""


class NoteMissingError(AskingError):
    """What was not done, or overtaken, says why; a deed under a standing duty says what was done."""


class NotAboutReportError(AskingError):
    """The follow-up asks for nothing in a report."""


class SourceMissingError(AskingError):
    """A standing duty names the instrument and the paragraph that lay it down."""


class ParagraphMissingError(AskingError):
    """Where a point is covered, the paragraph of the report is named."""


@transaction.atomic
def ask(
    decision: Decision,
    *,
    force: FollowUp.Force,
    addressee: Mapping[str, object],
    by: User,
    due_on: date | None = None,
) -> FollowUp:
    """Record whom a decision asks to act, by name alone. An invitation has no due date."""
    made = FollowUp(decision=decision, force=force, addressee=dict(addressee), due_on=due_on)
    return put(made, (), by=by)


@transaction.atomic
def put(follow_up: FollowUp, offices: Iterable[Office], *, by: User) -> FollowUp:
    """Put a new *follow_up* of its decision on record, addressed to *offices*.

    Raises NobodyAskedError, InvitationDueError, TwoDuesError, or ValidationError.
    """
    permissions.require(by, Act.CONVENE, group_of(follow_up.decision))
    asked = list(offices)
    _check(follow_up, asked)
    if asked and not follow_up.addressee:
        follow_up.addressee = named_together(asked)
    earlier = FollowUp.objects.filter(decision=follow_up.decision).aggregate(last=Max("position"))
    follow_up.position = (earlier["last"] or 0) + 1
    follow_up.full_clean()
    follow_up.save()
    follow_up.offices.set(asked)
    ledger.record("follow_up_asked", follow_up, by=by, shows=shows(follow_up))
    return follow_up


@transaction.atomic
def lay_down(
    duty: Decision, follow_up: FollowUp, offices: Iterable[Office], *, by: User
) -> FollowUp:
    """Enter a standing duty of offices as an instrument lays it down (*duty*: its words, its source).

    It has no meeting and no end; deeds are noted under it. Raises NotAllowedError, WordsMissingError,
    SourceMissingError, NobodyAskedError, or ValidationError.
    """
    permissions.require(by, Act.CONVENE, None)
    if not duty.source.strip() or not follow_up.paragraph.strip():
        raise SourceMissingError
    duty.meeting, duty.kind = None, Decision.Kind.RECORD
    duty.audience = follow_up.audience
    made = decide(duty, by=by)
    follow_up.decision, follow_up.is_standing = made, True
    put(follow_up, offices, by=by)
    ledger.record("standing_duty_entered", follow_up, by=by, shows=shows(follow_up))
    return follow_up


@transaction.atomic
def note(change: StatusChange, *, by: User) -> StatusChange:
    """Put on record what is said of a follow-up from now on; what was said before stays.

    Raises NoteMissingError, or ValidationError naming the field to mend.
    """
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=change.follow_up_id)
    permissions.require(by, Act.CONVENE, group_of(follow_up.decision))
    change.note = change.note.strip()
    needs = change.status in (FollowUp.Status.NOT_DONE, FollowUp.Status.OVERTAKEN)
    if (needs or follow_up.is_standing) and not change.note:
        raise NoteMissingError
    change.recorded_at, change.recorded_by = timezone.now(), by
    change.full_clean()
    change.save()
    follow_up.status = change.status
    follow_up.save(update_fields=["status"])
    ledger.record("follow_up_noted", follow_up, by=by, shows=shows(follow_up))
    return change


@transaction.atomic
def check(point: ReportPoint, *, by: User) -> ReportPoint:
    """Put on record whether a report covers what *point*'s follow-up asked of it, and where.

    Checked again, the latest stands; the earlier stay. Raises NotAboutReportError, ParagraphMissingError.
    """
    follow_up = point.follow_up
    permissions.require(by, Act.CONVENE, group_of(follow_up.decision))
    if follow_up.asks != FollowUp.Asks.REPORT:
        raise NotAboutReportError
    point.paragraph = point.paragraph.strip()
    if point.covered != ReportPoint.Covered.NO and not point.paragraph:
        raise ParagraphMissingError
    point.checked_at, point.checked_by = timezone.now(), by
    point.full_clean()
    point.save()
    ledger.record("report_checked", follow_up, by=by, shows=shows(follow_up))
    return point


@transaction.atomic
def enter_office(office: Office, *, by: User) -> Office:
    """Put an office on the body's list, or change its particulars. Raises ValidationError."""
    permissions.require(by, Act.CONVENE, None)
    office.full_clean()
    office.save()
    ledger.record("office_entered", office, by=by)
    return office


def named_together(offices: Iterable[Office]) -> dict[str, object]:
    """Return the names of *offices* in each language that all of them have."""
    listed = [office.names for office in offices]
    common = set(listed[0]).intersection(*listed[1:])
    return {code: "; ".join(_name(names[code]) for names in listed) for code in sorted(common)}


def shows(follow_up: FollowUp) -> str:
    """What recording it changes for the public: its pages only where it is public."""
    return "pages" if follow_up.audience == "public" else "none"


def _check(follow_up: FollowUp, asked: list[Office]) -> None:
    if not asked and not follow_up.addressee:
        raise NobodyAskedError
    is_due = follow_up.due_on is not None or follow_up.is_due_with_report
    if follow_up.force == FollowUp.Force.INVITE and is_due:
        raise InvitationDueError
    if follow_up.due_on is not None and follow_up.is_due_with_report:
        raise TwoDuesError


def _name(value: object) -> str:
    return str(value.get("text", "")) if isinstance(value, dict) else str(value)
