"""Extra open meetings: decided by the group, held at another event under the rules of its host.

Resolution 1336 (Rev. 2019), resolves 6. No rule of the clock binds such a meeting.
"""

from collections.abc import Sequence

from django.db import transaction

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import convening
from consulta.meetings.models import Decision, ExtraMeeting, Meeting


class ExtraMeetingError(ValueError):
    """Something about an extra meeting that the record does not allow."""


class NotDecidedError(ExtraMeetingError):
    """An extra open meeting is decided by the group's consensus, not reversed since."""


class DatesMissingError(ExtraMeetingError):
    """An extra meeting has a first day, if only a provisional one."""


@transaction.atomic
def decide(extra: ExtraMeeting, meeting: Meeting, *, by: User) -> ExtraMeeting:
    """Put an extra open *meeting* on record, decided by the decision that *extra* names.

    Raises NotAllowedError, NotDecidedError, DatesMissingError, or ValidationError naming the field.
    """
    decided_at = extra.decision.meeting
    group = decided_at.group if decided_at else None
    permissions.require(by, Act.CONVENE, group)
    changed = Decision.objects.filter(amends=extra.decision, change=Decision.Change.REVERSED)
    if group is None or extra.decision.kind != Decision.Kind.CONSENSUS or changed.exists():
        raise NotDecidedError
    if meeting.starts_on is None:
        raise DatesMissingError
    meeting.group, meeting.kind = group, Meeting.Kind.OPEN
    extra.meeting = convening.convene(meeting, by=by)
    for name in ("event", "host", "rules"):
        setattr(extra, name, getattr(extra, name).strip())
    extra.full_clean()
    extra.save()
    ledger.record("extra_meeting_decided", extra, by=by)
    return extra


def of(meeting: Meeting) -> ExtraMeeting | None:
    """Return what makes *meeting* an extra one; None where it is none."""
    rows = ExtraMeeting.objects.select_related("decision", "meeting__group__body")
    return rows.filter(meeting=meeting).first()


def of_groups(groups: Sequence[Group]) -> list[ExtraMeeting]:
    """Return the extra meetings of *groups*, the latest first."""
    rows = ExtraMeeting.objects.filter(meeting__group__in=groups)
    rows = rows.select_related("meeting__group__body", "decision__meeting")
    return list(rows.order_by("-meeting__starts_on", "-pk"))


def every() -> list[ExtraMeeting]:
    """Return every extra meeting that was not cancelled, the latest first."""
    rows = ExtraMeeting.objects.filter(meeting__cancelled_at__isnull=True)
    return list(rows.select_related("meeting__group").order_by("-meeting__starts_on", "-pk"))
