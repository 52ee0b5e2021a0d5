"""What is new for a member since an instant: documents, agendas, decisions, positions, follow-ups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.db.models import Model
from django.utils.translation import gettext as _

from consulta.core.multilingual import NOTHING, Text, choose
from consulta.groups import members
from consulta.groups.models import Group
from consulta.groups.permissions import AnyUser
from consulta.ledger import ledger
from consulta.ledger.models import Entry
from consulta.meetings import wording
from consulta.meetings.models import (
    AgendaChange,
    Decision,
    Document,
    Meeting,
    MeetingMove,
    PositionRequest,
    PositionVersion,
    StatusChange,
)

READ_BY_MEMBERS = ("public", "listed", "members")


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new: since when, what happened, its words, its number, its meeting."""

    at: datetime
    what: str
    row: Model
    title: Text = NOTHING
    number: str = ""
    meeting: Meeting | None = None


def since(user: AnyUser, at: datetime, *, language: str, limit: int = 30) -> list[News]:
    """Return what came after *at* in the groups of *user*, the latest first, at most *limit*.

    A handful of queries, however much there is. What members may not read is not there.
    """
    groups = members.groups_of(user)
    found = (news for source in _SOURCES for news in source(groups, at, language, limit))
    return nlargest(limit, found, key=lambda news: news.at)


def _documents(groups: Sequence[Group], at: datetime, language: str, limit: int) -> Iterator[News]:
    posted = Document.objects.filter(
        meeting__group__in=groups, audience__in=READ_BY_MEMBERS, posted_at__gt=at
    )
    for row in posted.select_related("meeting__group").order_by("-posted_at")[:limit]:
        what = _("Withdrawn") if row.withdrawn_at else _("New document")
        title = choose(row.titles, language)
        yield News(row.posted_at or at, what, row, title, row.number, row.meeting)


def _agendas(groups: Sequence[Group], at: datetime, language: str, _limit: int) -> Iterator[News]:
    published = Meeting.objects.filter(group__in=groups, agenda_published_at__gt=at)
    for row in published.exclude(agenda_audience="").select_related("group"):
        name = wording.name(row, language)
        yield News(row.agenda_published_at or at, _("Agenda published"), row, name, meeting=row)


def _changes(groups: Sequence[Group], at: datetime, language: str, limit: int) -> Iterator[News]:
    changed = AgendaChange.objects.filter(meeting__group__in=groups, changed_at__gt=at)
    changed = changed.exclude(meeting__agenda_audience="").select_related("meeting__group", "item")
    for row in changed.order_by("-changed_at")[:limit]:
        title = choose(row.item.titles, language)
        what = _("Agenda changed")
        yield News(row.changed_at, what, row, title, row.item.number, row.meeting)


def _moves(groups: Sequence[Group], at: datetime, language: str, _limit: int) -> Iterator[News]:
    moved = MeetingMove.objects.filter(meeting__group__in=groups, decided_at__gt=at)
    for move in moved.select_related("meeting__group"):
        name = wording.name(move.meeting, language)
        yield News(move.decided_at, _("Meeting moved"), move, name, meeting=move.meeting)
    cancelled = Meeting.objects.filter(group__in=groups, cancelled_at__gt=at)
    for row in cancelled.select_related("group"):
        name = wording.name(row, language)
        yield News(row.cancelled_at or at, _("Meeting cancelled"), row, name, meeting=row)


def _decisions(groups: Sequence[Group], at: datetime, language: str, limit: int) -> Iterator[News]:
    seen = Decision.objects.filter(meeting__group__in=groups, audience__in=READ_BY_MEMBERS)
    latest = {
        ledger.subject_of(row): row
        for row in seen.select_related("meeting__group").order_by("-pk")[:limit]
    }
    recorded = Entry.objects.filter(subject__in=latest, act="decision_recorded", at__gt=at)
    for subject, recorded_at in recorded.values_list("subject", "at"):
        row = latest[subject]
        what, text = _("New decision"), choose(row.texts, language)
        yield News(recorded_at, what, row, text, meeting=row.meeting)


def _positions(groups: Sequence[Group], at: datetime, language: str, limit: int) -> Iterator[News]:
    given = PositionVersion.objects.filter(
        position__membership__group__in=groups, audience__in=READ_BY_MEMBERS, given_at__gt=at
    )
    for row in given.select_related("position__issue").order_by("-given_at")[:limit]:
        issue = choose(row.position.issue.names, language)
        yield News(row.given_at or at, _("Position given"), row, issue)
    asked = PositionRequest.objects.filter(group__in=groups, asked_at__gt=at)
    asked = asked.filter(memberships__isnull=True)  # of some alone: it waits for those
    for request in asked.select_related("issue").order_by("-asked_at")[:limit]:
        issue = choose(request.issue.names, language)
        yield News(request.asked_at, _("Positions asked for"), request, issue)


def _statuses(groups: Sequence[Group], at: datetime, language: str, limit: int) -> Iterator[News]:
    said = StatusChange.objects.filter(
        follow_up__decision__meeting__group__in=groups,
        follow_up__audience__in=READ_BY_MEMBERS,
        recorded_at__gt=at,
    ).select_related("follow_up__decision__meeting__group")
    for row in said.order_by("-recorded_at")[:limit]:
        asked = row.follow_up
        title = choose(asked.texts or asked.decision.texts, language)
        what = _("Follow-up: %(status)s") % {"status": row.get_status_display()}
        yield News(row.recorded_at, what, row, title, meeting=asked.decision.meeting)


_SOURCES = (_documents, _agendas, _changes, _moves, _decisions, _positions, _statuses)
