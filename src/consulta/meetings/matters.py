"""What must come back to a meeting is taken over as an item, or left out for a reason; standing items.

Which matters there are is asked of the whole record, in :mod:`consulta.flow.agenda`. Every act raises
NotAllowedError for a person without the right.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.multilingual import choose
from consulta.core.plaintext import storable
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.agenda import AgendaError, TitleMissingError
from consulta.meetings.models import AgendaItem, AgendaMatter, Meeting, StandingItem


class LeftOutWithoutReasonError(AgendaError):
    """Say why the matter is left out: members read it."""


class OnTheAgendaError(AgendaError):
    """The matter stands on the agenda already: take the item off first."""


@transaction.atomic
def put_under(meeting: Meeting, key: str, item: AgendaItem, *, by: User) -> AgendaMatter:
    """Say that *item*, of the agenda of *meeting*, is where the matter *key* is dealt with."""
    row = _row(meeting, key, by)
    row.item, row.reason = item, ""
    return _save(row)


@transaction.atomic
def leave_out(meeting: Meeting, key: str, *, reason: str, by: User) -> AgendaMatter:
    """Leave the matter *key* out of the agenda. Raises LeftOutWithoutReasonError, OnTheAgendaError."""
    row, why = _row(meeting, key, by), storable(reason).strip()
    if not why:
        raise LeftOutWithoutReasonError
    if row.item is not None and row.item.removed_at is None:
        raise OnTheAgendaError
    row.item, row.reason, row.language = None, why, by.language
    saved = _save(row)
    ledger.record("agenda_matter_left_out", saved, by=by)
    return saved


@transaction.atomic
def lay_down(group: Group, rows: Sequence[Mapping[str, Any]], *, by: User) -> list[StandingItem]:
    """Lay down the items that every meeting of *group* has: place, titles, purpose, in their order.

    One that is there already comes with its *pk*; those that are not named any more are gone. Raises
    TitleMissingError, ValidationError.
    """
    permissions.require(by, Act.MOVE_MEETING, group)
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    known = {item.pk: item for item in StandingItem.objects.filter(group=group)}
    made = []
    for position, values in enumerate(rows, start=1):
        item = known.pop(values.get("pk") or 0, None) or StandingItem(group=group)
        item.position, item.place = position, values["place"]
        item.titles, item.purpose = values["titles"], values["purpose"]
        if not choose(item.titles, "en").text.strip():
            raise TitleMissingError
        item.full_clean()
        item.save()
        made.append(item)
    StandingItem.objects.filter(pk__in=known).delete()
    ledger.record("standing_items_set", group, by=by)
    return made


def standing(group: Group | None) -> list[StandingItem]:
    """Return the items that every meeting of *group* has, those of the opening first."""
    return list(StandingItem.objects.filter(group=group)) if group is not None else []


def settled(meetings: Sequence[Meeting]) -> dict[tuple[int, str], AgendaMatter]:
    """Return what became of matters at *meetings*, by the meeting's id and the key. One query.

    One whose item was taken off again is as open as if nobody had touched it.
    """
    rows = AgendaMatter.objects.filter(meeting__in=meetings).select_related("item", "meeting")
    standing_ones = [row for row in rows if row.item is None or row.item.removed_at is None]
    return {(row.meeting_id, row.key): row for row in standing_ones}


def keys_of(items: Sequence[AgendaItem]) -> dict[int, list[str]]:
    """Return the keys of what is dealt with under each of *items*, by the item's id. One query."""
    found: dict[int, list[str]] = {item.pk: [] for item in items}
    for item, key in AgendaMatter.objects.filter(item__in=items).values_list("item", "key"):
        found[item].append(key)
    return found


def _row(meeting: Meeting, key: str, by: User) -> AgendaMatter:
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rows = AgendaMatter.objects.select_related("item")
    row = rows.filter(meeting=meeting, key=key).first() or AgendaMatter(meeting=meeting, key=key)
    row.settled_at, row.settled_by = timezone.now(), by
    return row


def _save(row: AgendaMatter) -> AgendaMatter:
    row.full_clean()
    row.save()
    return row
