"""Call a meeting: of a group, or open to everyone. Its date may be provisional at first."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Meeting


@transaction.atomic
def convene(meeting: Meeting, *, by: User) -> Meeting:
    """Put a new *meeting* on record, with a slug if it has none.

    Raises NotAllowedError, or ValidationError naming the field to mend.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    meeting.ends_on = meeting.ends_on or meeting.starts_on
    meeting.slug = meeting.slug or slug_for(meeting)
    meeting.full_clean()
    meeting.save()
    ledger.record("meeting_convened", meeting, by=by)
    return meeting


@transaction.atomic
def confirm(meeting: Meeting, *, by: User) -> None:
    """Say that a provisional date is final. Raises NotAllowedError."""
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    if meeting.is_provisional:
        meeting.is_provisional = False
        meeting.save(update_fields=["is_provisional"])
        ledger.record("meeting_confirmed", meeting, by=by)


def provisional(group: Group, kind: Meeting.Kind, *, starts_on: date) -> Meeting:
    """Return a meeting, not saved, of which only a provisional first day is known."""
    return Meeting(
        group=group, kind=kind, starts_on=starts_on, ends_on=starts_on, is_provisional=True
    )


def slug_for(meeting: Meeting) -> str:
    """Make an address from group, kind and number, else the first day."""
    group = meeting.group.slug if meeting.group else ""
    kind = "open" if meeting.kind == Meeting.Kind.OPEN else ""
    parts = (group, kind, str(meeting.number or meeting.starts_on or "meeting"))
    made = slugify("-".join(part for part in parts if part))[:44]
    taken = Meeting.objects.filter(slug__startswith=made).values_list("slug", flat=True)
    return made if made not in set(taken) else f"{made}-{len(taken) + 1}"
