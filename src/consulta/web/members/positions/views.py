"""The positions given, issue by issue, and a delegation's own: written, given, version by version."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import members
from consulta.groups import membership as memberships
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Group, Issue, Membership
from consulta.meetings import position_queries, positions
from consulta.meetings import queries as meetings
from consulta.meetings.decision_queries import MEMBERS
from consulta.meetings.models import PositionRequest, PositionVersion
from consulta.web.members import frame
from consulta.web.members.doors import for_member, member, person
from consulta.web.members.positions.forms import PositionForm, as_typed
from consulta.web.ui import languages
from consulta.web.ui.languages import current
from consulta.web.ui.resending import say_again


@require_safe
@member
def listed(request: HttpRequest) -> HttpResponse:
    """Every issue with the positions given on it; who gave none is not named."""
    language, mine = current(), members.groups_of(request.user)
    asked = _asked(request, mine)
    sections = []
    for group in mine:
        found = position_queries.given(group, MEMBERS)
        rows = [
            (
                issue,
                groups.name(issue, language),
                asked.get((group.pk, issue.pk)),
                [
                    (v, memberships.name(v.position.membership, language))
                    for v in found.get(issue.pk, [])
                ],
            )
            for issue in groups.issues(group.body)
        ]
        places = members.memberships(person(request), MemberAct.STATE_POSITION, group=group)
        named = [(m, memberships.name(m, language)) for m in places]
        sections.append((group, rows, named))
    context = {"sections": sections} | frame.sides(request)
    return render(request, "members/positions/list.html", context)


def _asked(request: HttpRequest, mine: Sequence[Group]) -> dict[tuple[int, int], PositionRequest]:
    """The latest request on each issue to every member, or to one of the reader's own."""
    own = members.memberships(person(request), MemberAct.STATE_POSITION)
    rows = position_queries.requests(mine, own=own)
    return {(row.group_id, row.issue_id): row for row in reversed(rows)}


@require_safe
@member
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One position that was given, for members of its group; a draft is as if it were not there."""
    try:
        found = position_queries.version(pk)
    except PositionVersion.DoesNotExist as error:
        raise Http404 from error
    place = found.position.membership
    if found.given_at is None or not members.sees(request.user, place.group):
        raise Http404
    context = {
        "version": found,
        "name": memberships.name(place, current()),
        "issue": groups.name(found.position.issue, current()),
        "text": position_queries.text(found, current()),
        "linked": [
            (document, meetings.title(document, current()))
            for document in position_queries.documents_of([found], MEMBERS)[found.pk]
        ],
    }
    return render(request, "members/positions/one.html", context | frame.sides(request))


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(MemberAct.STATE_POSITION)
def write(request: HttpRequest, place: Membership, issue: str) -> HttpResponse:
    """The delegation's own position on an issue: its draft, and what was given before."""
    try:
        about = groups.issue_by_slug(issue)
    except Issue.DoesNotExist as error:
        raise Http404 from error
    if about.body_id != place.group.body_id:
        raise Http404
    versions = position_queries.own(place, about)
    newest = versions[0] if versions else None
    gives = request.POST.get("do") == "give"
    spoken = place.group.body.languages or list(languages.names())
    sent = request.POST if request.method == "POST" else None
    own = position_queries.linkable(place)
    form = PositionForm(sent, initial=as_typed(newest), spoken=spoken, own=own, gives=gives)
    if form.is_bound and form.is_valid() and _done(request, form, place, about):
        return redirect("members:position_write", place.pk, about.slug)
    context = {
        "form": form,
        "name": memberships.name(place, current()),
        "issue": groups.name(about, current()),
        "given": [(v, position_queries.text(v, current())) for v in versions if v.given_at],
        "draft": newest if newest and newest.given_at is None else None,
    }
    status = 422 if form.errors else 200
    page = "members/positions/write.html"
    return render(request, page, context | frame.sides(request), status=status)


def _done(request: HttpRequest, form: PositionForm, place: Membership, about: Issue) -> bool:
    """Save the draft, and give it if that was pressed; what refuses it is said on the form."""
    by, revision = person(request), form.cleaned_data["revision"] or 0
    try:
        linked = form.linked()
        positions.draft(place, about, form.texts(), by=by, revision=revision, documents=linked)
        if form.gives:
            positions.give(place, about, audience=form.cleaned_data["audience"], by=by)
    except positions.ChangedMeanwhileError as error:
        say_again(form, revision=str(error.version.revision))
        form.add_error(
            None,
            _(
                "A colleague saved this draft meanwhile. What you typed is here; send it again to"
                " replace what the colleague wrote."
            ),
        )
        return False
    said = (
        _("The position is given.") if form.gives else _("The draft is saved for your delegation.")
    )
    messages.success(request, said)
    return True
