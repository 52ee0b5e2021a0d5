"""Follow-ups, for machines: those that everyone may read, with what was said of each."""

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from consulta.meetings import decision_queries, followup_queries
from consulta.meetings.models import FollowUp, StatusChange
from consulta.web.api import telling
from consulta.web.api.consultations import cursor_mistyped
from consulta.web.api.door import READ, began
from consulta.web.api.shapes import Texts
from consulta.web.ui.finished import finished

router = Router()
PAGE = 50
_READ = ("after", "group", "office", "meeting", "status", "force")
Json = dict[str, object]


class Said(Schema):
    """What was said of a follow-up at one time."""

    status: str
    note: str | None
    language: str
    said_by: str | None
    done_on: date | None
    evidence: str | None
    recorded_at: str


class FollowUpTold(Schema):
    """A follow-up; *force*: instruct, request or invite (an invitation is never overdue)."""

    id: int
    reference: str
    url: str
    group: str | None
    meeting: str | None
    force: str
    asks: str
    offices: list[str]
    addressee: Texts
    text: Texts
    paragraph: str | None
    due_on: date | None
    due_with_report: bool
    standing: bool
    status: str
    overdue: bool
    history: list[Said]


class FollowUps(Schema):
    """A page of follow-ups in the order in which they were recorded; *next*: the next page's cursor."""

    items: list[FollowUpTold]
    next: str | None


class Filters(Schema):
    """Which follow-ups; empty for all."""

    group: str = Field("", description="A group, by its slug.")
    office: str = Field("", description="An office, by its slug.")
    meeting: str = Field("", description="A meeting, by its slug; or standing.")
    status: str = Field("", description="A status; or overdue.")
    force: str = Field("", description="instruct, request or invite.")


@router.api_operation(READ, "/follow-ups", response=FollowUps, url_name="follow_ups")
@decorate_view(finished(shows="pages", query=_READ))
def follow_ups(request: HttpRequest, filters: Query[Filters], after: str = "") -> Json:
    """List the follow-ups that everyone may read, 50 to a page."""
    if after and not (after.isascii() and after.isdecimal() and len(after) < 18):
        raise cursor_mistyped()
    today = began(request).date()
    asked = followup_queries.Asked(
        office=filters.office, meeting=filters.meeting, status=filters.status, force=filters.force
    )
    found = followup_queries.page(
        asked,
        decision_queries.PUBLIC,
        on=today,
        group=filters.group,
        after=int(after or 0),
        size=PAGE,
    )
    rows, more = found[:PAGE], len(found) > PAGE
    said = followup_queries.histories(rows)
    items = [_told(row, said[row.pk], today) for row in rows]
    return {"items": items, "next": str(rows[-1].pk) if more else None}


def _told(row: FollowUp, said: list[StatusChange], today: date) -> Json:
    meeting = row.decision.meeting
    group = meeting.group if meeting else None
    return {
        "id": row.pk,
        "reference": followup_queries.reference(row),
        "url": telling.page("public:follow_up", row.pk),
        "group": group.slug if group else None,
        "meeting": meeting.slug if meeting else None,
        "force": row.force,
        "asks": row.asks,
        "offices": [office.slug for office in row.offices.all()],
        "addressee": telling.texts(row.addressee),
        "text": telling.texts(row.texts or row.decision.texts),
        "paragraph": row.paragraph or None,
        "due_on": row.due_on,
        "due_with_report": row.is_due_with_report,
        "standing": row.is_standing,
        "status": row.status,
        "overdue": followup_queries.is_overdue(row, on=today),
        "history": [_said(change) for change in said],
    }


def _said(change: StatusChange) -> Json:
    return {
        "status": change.status,
        "note": change.note or None,
        "language": change.language,
        "said_by": change.said_by or None,
        "done_on": change.done_on,
        "evidence": change.evidence or None,
        "recorded_at": telling.instant(change.recorded_at),
    }
