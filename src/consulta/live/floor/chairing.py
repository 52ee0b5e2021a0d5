"""What the chair and the moderators do: open the floor, take an item, close the list, set the rule."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core import floor as rules
from consulta.groups import members, permissions
from consulta.groups.models import Officeholder
from consulta.groups.permissions import Act, NotAllowedError
from consulta.ledger import ledger
from consulta.live.floor.errors import FloorNotOpenError, ItemNotOfMeetingError
from consulta.live.models import Floor, FloorRequest, Intervention, Sitting
from consulta.meetings.models import AgendaItem, Meeting

#: Which rule a sitting begins with.
FIRST_RULE = {Meeting.Kind.OPEN: "open-meeting", Meeting.Kind.GROUP: "members-first"}
CHAIRS = (Officeholder.Office.CHAIR, Officeholder.Office.VICE_CHAIR)


def may(user: permissions.AnyUser, meeting: Meeting) -> bool:
    """Say whether *user* may conduct *meeting*: its officers, and who holds the chair of its group."""
    if permissions.may(user, Act.MOVE_MEETING, meeting.group):
        return True
    return meeting.group is not None and members.holds_office(user, meeting.group, *CHAIRS)


def require(user: User, meeting: Meeting) -> None:
    """Raise NotAllowedError where *user* may not conduct *meeting*."""
    if not may(user, meeting):
        raise NotAllowedError(Act.MOVE_MEETING)


@transaction.atomic
def open_floor(sitting: Sitting, *, by: User, rule: str = "") -> Floor:
    """Open the floor of a *sitting* that runs, or set another rule for those who wait.

    Raises NotAllowedError, FloorNotOpenError (it does not run), UnknownFloorRuleError.
    """
    require(by, sitting.meeting)
    Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.begun_at is None or sitting.ended_at is not None:
        raise FloorNotOpenError
    floor = Floor.objects.filter(sitting=sitting).first()
    slug = rule or (floor.rule if floor else FIRST_RULE[Meeting.Kind(sitting.meeting.kind)])
    rules.load(slug)
    floor = floor or Floor(sitting=sitting, opened_at=timezone.now())
    floor.rule = slug
    floor.save()
    record("floor_opened", floor, sitting, by=by)
    return floor


@transaction.atomic
def take(sitting: Sitting, item: AgendaItem | None, *, by: User) -> Floor:
    """Take *item* of the agenda: its list of speakers is open. Raises ItemNotOfMeetingError and others."""
    floor = conducted(sitting, by)
    if item is not None and (item.meeting_id != sitting.meeting_id or item.removed_at):
        raise ItemNotOfMeetingError
    floor.item, floor.list_closed_at = item, None
    floor.save()
    record("floor_item_taken", floor, sitting, by=by)
    return floor


@transaction.atomic
def close_list(sitting: Sitting, *, by: User) -> Floor:
    """Close the list of speakers on the item: those who wait speak still, points of order go on."""
    floor = conducted(sitting, by)
    floor.list_closed_at = floor.list_closed_at or timezone.now()
    floor.save()
    record("floor_list_closed", floor, sitting, by=by)
    return floor


@transaction.atomic
def reopen_list(sitting: Sitting, *, by: User) -> Floor:
    """Open the list of speakers again."""
    floor = conducted(sitting, by)
    floor.list_closed_at = None
    floor.save()
    record("floor_list_opened", floor, sitting, by=by)
    return floor


def conducted(sitting: Sitting, by: User) -> Floor:
    """The open floor of *sitting*, locked, for somebody who may conduct it; call it inside an act.

    Raises NotAllowedError, FloorNotOpenError.
    """
    require(by, sitting.meeting)
    return held(sitting)


def held(sitting: Sitting) -> Floor:
    """The open floor of *sitting*, locked: whoever changes the queue waits here. Raises FloorNotOpenError."""
    floor = Floor.objects.select_for_update(of=("self",)).filter(sitting=sitting).first()
    state = Sitting.objects.get(pk=sitting.pk)
    if floor is None or state.ended_at is not None:
        raise FloorNotOpenError
    return floor


def record(
    act: str, subject: Floor | FloorRequest | Intervention, sitting: Sitting, *, by: User | str
) -> None:
    """Put *act* into the ledger; pages change for the public where the sitting is public."""
    shows = None if sitting.audience == Sitting.Audience.PUBLIC else "none"
    ledger.record(act, subject, by=by, shows=shows)
