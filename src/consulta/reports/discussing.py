"""Discussing: what a group discussed at a meeting is marked: a brief summary, responses, one of them.

The chair and the desk mark; a mark set down in error is taken back and stays on record. Who can see
a mark is chosen with it; one about a response that not everyone can read is for members.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import clock
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.plaintext import one_line, storable
from consulta.groups import members, permissions
from consulta.groups.models import Group, Officeholder
from consulta.groups.permissions import Act, AnyUser, NotAllowedError
from consulta.ledger import ledger
from consulta.meetings.models import Meeting
from consulta.reports.errors import ReportError
from consulta.reports.models import GroupDiscussion
from consulta.responses.models import Response

Office = Officeholder.Office
_PUBLIC = GroupDiscussion.Audience.PUBLIC


class NotAtThisMeetingError(ReportError):
    """The meeting is none of the group that consulted, or the item, question or response is of another."""


class NotThenError(ReportError):
    """The group cannot have discussed it before the meeting began, nor in the future."""


def may_mark(user: AnyUser, group: Group | None) -> bool:
    """Say whether *user* marks what *group* discussed: its chair, a vice-chair, or the desk."""
    if permissions.may(user, Act.RECORD_FACT, group):
        return True
    return group is not None and members.holds_office(user, group, Office.CHAIR, Office.VICE_CHAIR)


@transaction.atomic
def mark(made: GroupDiscussion, *, by: User) -> GroupDiscussion:
    """Record what the group did with what *made* names; said twice, it stands once.

    Raises NotAllowedError, NotAtThisMeetingError, NotThenError, and ValidationError naming the field.
    """
    consultation = made.consultation
    if not may_mark(by, consultation.group):
        raise NotAllowedError(Act.RECORD_FACT)
    _check(made)
    Meeting.objects.select_for_update(of=("self",)).get(pk=made.meeting_id)
    made.agenda_item = one_line(made.agenda_item).strip()
    made.note = storable(made.note).strip()
    made.audience = _audience(made)
    if (standing := _same(made)) is not None:
        return standing
    made.recorded_at, made.recorded_by = timezone.now(), by
    made.full_clean()
    made.save()
    act = "summary_discussed" if made.summary_id else "response_discussed"
    ledger.record(act, made, by=by, shows=_shows(made))
    return made


@transaction.atomic
def take_back(mark_: GroupDiscussion, *, by: User) -> None:
    """Take a mark back that was set down in error; it stays on record. Twice is once."""
    standing = GroupDiscussion.objects.select_for_update(of=("self",)).get(pk=mark_.pk)
    if not may_mark(by, standing.consultation.group):
        raise NotAllowedError(Act.RECORD_FACT)
    if standing.taken_back_at is not None:
        return
    standing.taken_back_at, standing.taken_back_by = timezone.now(), by
    standing.save(update_fields=["taken_back_at", "taken_back_by"])
    ledger.record("discussion_taken_back", standing, by=by, shows=_shows(standing))


def of_consultation(
    consultation: Consultation, *, meeting: Meeting | None = None
) -> list[GroupDiscussion]:
    """Return the marks that stand on *consultation*, at *meeting* or any, for whoever is a member."""
    rows = _standing().filter(consultation=consultation)
    return list(rows if meeting is None else rows.filter(meeting=meeting))


def of_response(response: Response, questions: Iterable[Question]) -> list[GroupDiscussion]:
    """Return what everyone may know of what was discussed of *response*, the earliest first. One query.

    Marks on the responses to one of *questions*, those that it answers, are about it too, and so is
    one on all responses.
    """
    about = Q(response=response) | Q(response__isnull=True, question__in=list(questions))
    about |= Q(response__isnull=True, question__isnull=True, summary__isnull=True)
    rows = _standing().filter(about, consultation=response.consultation_id, audience=_PUBLIC)
    return list(rows.exclude(status=GroupDiscussion.Status.NOT_DISCUSSED))


def at(meeting: Meeting) -> list[GroupDiscussion]:
    """Return every mark of *meeting*, taken back ones too: its record for members."""
    rows = GroupDiscussion.objects.filter(meeting=meeting).select_related(
        "consultation", "question", "response", "item", "recorded_by"
    )
    return list(rows.order_by("recorded_at", "pk"))


def consultations_at(meetings: Sequence[Meeting]) -> set[int]:
    """Return the ids of the consultations on which something is marked at one of *meetings*."""
    rows = GroupDiscussion.objects.filter(meeting__in=meetings, taken_back_at__isnull=True)
    return set(rows.values_list("consultation", flat=True))


def _standing() -> QuerySet[GroupDiscussion]:
    rows = GroupDiscussion.objects.filter(taken_back_at__isnull=True)
    rows = rows.select_related("meeting__group__body", "question", "response", "item__meeting")
    return rows.order_by("on", "pk")


def _check(made: GroupDiscussion) -> None:
    consultation, meeting = made.consultation, made.meeting
    places = (
        meeting.group_id == consultation.group_id and meeting.kind == Meeting.Kind.GROUP,
        made.item is None or made.item.meeting_id == meeting.pk,
        made.question is None or made.question.consultation_id == consultation.pk,
        made.response is None or made.response.consultation_id == consultation.pk,
        made.summary is None or made.summary.consultation_id == consultation.pk,
    )
    if not all(places):
        raise NotAtThisMeetingError
    today = clock.local_day(consultation, timezone.now())
    if meeting.starts_on is None or not meeting.starts_on <= made.on <= today:
        raise NotThenError


def _audience(made: GroupDiscussion) -> str:
    """A response that not everyone can read is named to nobody else by a mark."""
    if made.response is not None and made.response.state != State.PUBLISHED:
        return GroupDiscussion.Audience.MEMBERS.value
    return made.audience


def _same(made: GroupDiscussion) -> GroupDiscussion | None:
    names = ("consultation", "summary", "question", "response", "status", "audience", "meeting")
    told = {name: getattr(made, name) for name in (*names, "on", "item", "agenda_item", "note")}
    return GroupDiscussion.objects.filter(**told, taken_back_at__isnull=True).first()


def _shows(made: GroupDiscussion) -> str:
    return "pages" if made.audience == _PUBLIC else "none"
