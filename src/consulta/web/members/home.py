"""The members' first page, and the search over members' and public matter together."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.accounts import visiting
from consulta.accounts.models import User
from consulta.consultations import queries as consultations
from consulta.core.multilingual import Text, choose
from consulta.groups import members, membership
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Group, Membership
from consulta.live import registration_queries
from consulta.meetings import news, queries, searching, standing, wording
from consulta.meetings.models import (
    Contribution,
    Decision,
    Document,
    FollowUp,
    Meeting,
    PositionRequest,
    PositionVersion,
    StatusChange,
)
from consulta.meetings.searching import Found
from consulta.reports.group_reports import shown as reports
from consulta.repository import queries as repository
from consulta.responses import reading
from consulta.web.members.doors import member
from consulta.web.members.frame import sides
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

LIMIT = 20  # of each kind that is found
SHORTEST, LONGEST = 2, 100  # characters
HANDED_IN = 10
REPORTS = 5
_PAGES: dict[type[Model], str] = {
    Contribution: "members:contribution",
    Decision: "members:decision",
    FollowUp: "members:follow_up",
    PositionVersion: "members:position",
}


@require_safe
@member
def home(request: HttpRequest) -> HttpResponse:
    """What is next, what is due, what is new since the last visit, what the delegation handed in."""
    person, language = _person(request), current()
    before = visiting.visit(person, now=timezone.now())
    mine, own = members.groups_of(person), members.memberships(person)
    writing = members.memberships(person, MemberAct.SUBMIT_CONTRIBUTION)
    context = {
        "next": _next(mine, own, language),
        "waiting": _waiting(person, writing, language),
        "contributes": bool(writing),
        "before": before,
        "news": [
            (each, _href(each.row, each.meeting))
            for each in (news.since(person, before, language=language) if before else [])
        ],
        "delegations": [membership.name(each, language) for each in own],
        "handed_in": [
            _document(each, language) for each in standing.handed_in(own, limit=HANDED_IN)
        ],
        "groups": [_group(group, language) for group in mine],
        "reports": reports.listed(mine, mine)[:REPORTS],
    }
    return render(request, "members/home.html", context | sides(request))


@require_safe
@member
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may see that has the words of `?q=`: members' matter first, then public matter."""
    person, language = _person(request), current()
    asked = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    long_enough = len(asked) >= SHORTEST
    found = searching.search(asked, person, language=language, limit=LIMIT) if long_enough else []
    context = {
        "asked": asked,
        "too_short": bool(asked) and not long_enough,
        "searched": long_enough,
        "found": [(kind, [_found(row, language) for row in rows]) for kind, rows in found],
        "public": _public(asked, language) if long_enough else [],
        "limit": LIMIT,
        "crumbs": [Link(label=_("Members"), href=reverse("members:home")), Link(label=_("Search"))],
    }
    return render(request, "members/search.html", context | sides(request))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (the door lets nobody else in)
    return request.user


def _today(mine: Sequence[Group]) -> date:
    return members.today(mine[0].body) if mine else groups.today()


def _next(
    mine: Sequence[Group], own: Sequence[Membership], language: str
) -> list[dict[str, object]]:
    """The next meetings of the reader's groups, with how many of the delegation are registered."""
    ahead = standing.next_meetings(mine, on=_today(mine))
    meetings = [each.meeting for each in ahead]
    registered = registration_queries.registered_of(meetings, own)
    taken = registration_queries.with_terms(meetings)
    return [
        {
            "row": each,
            "name": wording.name(each.meeting, language),
            "registered": registered.get(each.meeting.pk, 0),
            "registers": each.meeting.pk in taken,
        }
        for each in ahead
    ]


def _waiting(person: User, writing: Sequence[Membership], language: str) -> dict[str, object]:
    found = standing.waiting(writing, members.memberships(person, MemberAct.STATE_POSITION))
    return {
        "any": bool(found),
        "drafts": [(draft, choose(draft.titles, language)) for draft in found.drafts],
        "joint": [
            (each, choose(each.contribution.titles, language), _name(each.contribution.membership))
            for each in found.joint
        ],
        "positions": [
            (asked, groups.name(asked.issue, language), _name(each))
            for each, asked in found.positions
        ],
    }


def _name(each: Membership) -> str:
    return membership.name(each, current()).text


def _document(each: Contribution, language: str) -> dict[str, object]:
    document = each.document
    assert document is not None  # noqa: S101  (a constraint: submitted under a number)
    return {
        "title": queries.title(document, language),
        "number": document.number,
        "posted": document.posted_at is not None,
        "withdrawn": document.withdrawn_at is not None,
        "at": each.submitted_at,
        "href": _meeting_address(document.meeting, f"#document-{document.pk}"),
    }


def _group(group: Group, language: str) -> tuple[Text, list[tuple[Meeting, Text]]]:
    held = [(each, wording.name(each, language)) for each in queries.of_group(group)]
    return groups.name(group, language), held


def _found(each: Found, language: str) -> dict[str, object]:
    at = wording.name(each.meeting, language) if each.meeting is not None else None
    return {
        "title": each.title,
        "number": each.number,
        "meeting": at,
        "href": _href(each.row, each.meeting),
    }


def _href(row: Model, meeting: Meeting | None) -> str:
    """The page on which members read *row*; the page of its meeting where it has none of its own."""
    if isinstance(row, Document) and meeting is not None:
        return _meeting_address(meeting, f"#document-{row.pk}")
    if isinstance(row, PositionRequest) or (isinstance(row, PositionVersion) and not row.given_at):
        return reverse("members:positions")
    if isinstance(row, StatusChange):
        return reverse("members:follow_up", args=[row.follow_up_id])
    if (name := _PAGES.get(type(row))) is not None:
        return reverse(name, args=[row.pk])
    return _meeting_address(meeting) if meeting is not None else reverse("members:home")


def _meeting_address(meeting: Meeting, part: str = "") -> str:
    return reverse("members:meeting", args=[meeting.slug]) + part


def _public(asked: str, language: str) -> list[tuple[str, list[tuple[object, str]]]]:
    """What everyone can find, by kind, each with its address."""
    topics = consultations.search(asked, timezone.now(), limit=LIMIT)
    found: list[tuple[str, list[tuple[object, str]]]] = [
        (_("Consultations"), [
            (consultations.topic(each, language), reverse("public:consultation", args=[each.slug]))
            for each in topics
        ]),
        (_("Published responses"), [
            (each.public_name or each.number, reverse("public:response", args=[each.number]))
            for each in reading.search(asked, limit=LIMIT)
        ]),
        (_("Records"), [
            (repository.title(each, language), reverse("public:record", args=[each.slug]))
            for each in repository.search_records(asked, limit=LIMIT)
        ]),
        (_("Practices"), [
            (each.title, reverse("public:practice", args=[each.slug]))
            for each in repository.search_practices(asked, limit=LIMIT)
        ]),
    ]  # fmt: skip
    return [(kind, rows) for kind, rows in found if rows]
