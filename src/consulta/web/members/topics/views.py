"""Topics proposed to a group: members propose them, support those of others, take back their own."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.groups import members
from consulta.groups import membership as memberships
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Group, Membership
from consulta.meetings import deciding, decision_queries, position_queries, wording
from consulta.meetings import queries as meetings
from consulta.meetings.decision_queries import MEMBERS
from consulta.meetings.models import Meeting, Proposal
from consulta.web.members.doors import for_member, member, person
from consulta.web.members.meetings import crumbs, show
from consulta.web.members.topics.forms import Propose, Support
from consulta.web.ui import languages
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]
_PLAIN: dict[type[Exception], Callable[[], str]] = {
    deciding.WordsMissingError: lambda: _("Write the topic in one language at least."),
    deciding.MeetingOverError: lambda: _(
        "This meeting is over or cancelled. Choose one that is to come."
    ),
    deciding.OtherGroupError: lambda: _("This meeting is of another group. Choose one of yours."),
    deciding.SettledProposalError: lambda: _("It was settled or withdrawn meanwhile."),
    deciding.NotItsContributionError: lambda: _(
        "Choose a contribution of your own delegation that is posted."
    ),
}


@require_safe
@member
def listed(request: HttpRequest) -> HttpResponse:
    """The topics proposed to the reader's groups that nothing settled yet, with what supports them."""
    own = members.memberships(person(request), MemberAct.SUBMIT_CONTRIBUTION)
    sections = []
    for group in members.groups_of(request.user):
        rows = decision_queries.open_proposals(group, MEMBERS)
        places = [place for place in own if place.group_id == group.pk]
        named = [(place, memberships.name(place, current()).text) for place in places]
        sections.append((group, [_line(row, places) for row in rows], named))
    context: dict[str, object] = {"sections": sections, "crumbs": crumbs(Link(label=_("Topics")))}
    return show(request, "members/topics/list.html", context)


@require_http_methods(METHODS)
@for_member(MemberAct.SUBMIT_CONTRIBUTION)
def propose(request: HttpRequest, place: Membership) -> HttpResponse:
    """Propose a topic to a meeting that is to come."""
    coming = _coming(place.group)
    form = Propose(
        request.POST if request.method == "POST" else None,
        meetings=coming,
        issues=groups.issues(place.group.body),
        own=position_queries.linkable(place),
        spoken=place.group.body.languages or list(languages.names()),
    )
    if form.is_bound and form.is_valid():
        told, brought, by = form.said(), form.brought(), person(request)
        why = _refusal(lambda: deciding.propose_as_member(place, told, by=by, documents=brought))
        if not why:
            messages.success(request, _("Your proposal is before the group."))
            return redirect("members:topics")
        form.add_error(None, why)
    context: dict[str, object] = {
        "form": form,
        "coming": coming,
        "name": memberships.name(place, current()),
        "crumbs": _trail(Link(label=_("Propose a topic"))),
    }
    status = 422 if form.errors else 200
    return show(request, "members/topics/new.html", context, status=status)


@require_http_methods(METHODS)
@for_member(MemberAct.SUBMIT_CONTRIBUTION)
def support(request: HttpRequest, place: Membership, pk: int) -> HttpResponse:
    """Support another member's topic with a contribution of one's own."""
    row = _proposal(place, pk)
    own = position_queries.linkable(place)
    form = Support(request.POST if request.method == "POST" else None, own=own)
    if form.is_bound and form.is_valid():
        brought, by = form.brought(), person(request)
        if not (why := _refusal(lambda: deciding.support(row, place, brought, by=by))):
            messages.success(request, _("Your contribution stands behind the topic."))
            return redirect("members:topics")
        form.add_error(None, why)
    context: dict[str, object] = {
        "form": form,
        "own": own,
        "topic": decision_queries.topic(row, current()),
        "name": memberships.name(place, current()),
        "crumbs": _trail(Link(label=_("Support"))),
    }
    status = 422 if form.errors else 200
    return show(request, "members/topics/support.html", context, status=status)


@require_POST
@for_member(MemberAct.SUBMIT_CONTRIBUTION)
def withdraw(request: HttpRequest, place: Membership, pk: int) -> HttpResponse:
    """Take back what one's own member proposed; it stays on record as withdrawn."""
    row = _proposal(place, pk)
    if row.membership_id != place.pk:
        raise Http404
    if why := _refusal(lambda: deciding.withdraw_own(row, by=person(request))):
        messages.error(request, why)
    return redirect("members:topics")


def _proposal(place: Membership, pk: int) -> Proposal:
    """A proposal to the member's group that members may read; any other is as if it were not there."""
    try:
        found = decision_queries.proposal(pk)
    except Proposal.DoesNotExist as error:
        raise Http404 from error
    if found.meeting.group_id != place.group_id or found.audience not in MEMBERS:
        raise Http404
    return found


def _line(row: Proposal, places: Sequence[Membership]) -> dict[str, object]:
    language = current()
    return {
        "row": row,
        "topic": decision_queries.topic(row, language),
        "by": _proposer(row, language),
        "issue": groups.name(row.issue, language) if row.issue else None,
        "meeting": wording.name(row.meeting, language),
        "brought": [
            (
                document,
                meetings.title(document, language),
                memberships.name(who, language).text if who else "",
            )
            for who, document in decision_queries.brought(row, MEMBERS)
        ],
        "own": next((p for p in places if p.pk == row.membership_id), None),
        "supporters": [p for p in places if p.pk != row.membership_id],
    }


def _proposer(row: Proposal, language: str) -> str:
    if row.is_by_chair:
        return _("The chair")
    if row.membership is not None:
        return memberships.name(row.membership, language).text
    return row.proposed_by


def _coming(group: Group) -> list[Meeting]:
    today = members.today(group.body)
    return [m for m in meetings.coming(group, on=today) if m.kind == Meeting.Kind.GROUP]


def _trail(*more: Link) -> list[Link]:
    return crumbs(Link(label=_("Topics"), href=reverse("members:topics")), *more)


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    except tuple(_PLAIN) as error:
        return _PLAIN[type(error)]()
    return ""
