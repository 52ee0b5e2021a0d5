"""Drafts: the list of one's delegations, a new one, words that a colleague continues."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import membership as memberships
from consulta.groups.models import Membership
from consulta.meetings import (
    contributing,
    contribution_queries,
    drafting,
    following,
    posting_rules,
    queries,
)
from consulta.meetings import documents as documents_room
from consulta.meetings.models import Contribution, Meeting
from consulta.web.members.contributions import forms, refused
from consulta.web.members.contributions.doors import of_delegation, own, submitting, trail
from consulta.web.members.doors import person
from consulta.web.members.meetings import show
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@submitting
def listed(request: HttpRequest, meeting: Meeting, mine: list[Membership]) -> HttpResponse:
    """What the person's delegations draft and submitted, and what they were asked to join."""
    asked = contribution_queries.asked(meeting, mine)
    context = {
        "meeting": meeting,
        "rows": [_row(one) for one in contribution_queries.of_delegations(meeting, mine)],
        "asked": [(joint, contributing.source(joint.contribution, current())) for joint in asked],
        "due": posting_rules.due(meeting),
        "crumbs": trail(meeting),
    }
    return show(request, "members/contributions/list.html", context)


@require_http_methods(METHODS)
@submitting
def new(request: HttpRequest, meeting: Meeting, mine: list[Membership]) -> HttpResponse:
    """Begin a draft; what is missing is no hindrance yet."""
    form = _form(request, meeting, mine, {"language": current()})
    if request.method == "POST" and form.is_valid():
        membership = form.own[form.cleaned_data["membership"]]
        kept: list[Contribution] = []
        said = refused.refusal(
            lambda: kept.append(
                drafting.begin(meeting, membership, form.values(), by=person(request))
            )
        )
        if not said:
            return _saved(request, kept[0])
        form.add_error(None, said)
    return _edit(request, meeting, form, None)


@require_http_methods(METHODS)
@of_delegation
def edit(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """Continue a draft; of two colleagues who save at once the second sees the words of both."""
    if draft.submitted_at is not None:
        return redirect("members:contribution", draft.pk)
    form = _form(request, draft.meeting, [draft.membership], forms.of_draft(draft))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"]
        latest, draft.revision = draft.revision, seen or 0
        said = refused.refusal(lambda: drafting.save(draft, form.values(), by=person(request)))
        if not said:
            return _saved(request, draft)
        form.add_error(None, said)
        draft.revision = latest
        form.data = {**request.POST.dict(), "revision": str(latest)}
    return _edit(request, draft.meeting, form, draft)


@require_safe
@of_delegation
def contribution(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """A contribution that was submitted: its receipt, and what can follow it."""
    if draft.document is None:
        return redirect("members:contribution_edit", draft.pk)
    document = queries.document(draft.document.pk)
    context = {
        "draft": draft,
        "document": document,
        "receipt": contributing.receipt(draft),
        "source": contributing.source(draft, current()),
        "title": queries.title(document, current()),
        "due": posting_rules.due(draft.meeting),
        "kinds": following.possible(document),
        "files": documents_room.languages(document) and document.files,
        "crumbs": trail(draft.meeting, Link(label=document.number)),
    }
    return show(request, "members/contributions/one.html", context)


def _form(
    request: HttpRequest, meeting: Meeting, mine: Sequence[Membership], initial: dict[str, Any]
) -> forms.Words:
    data = request.POST if request.method == "POST" else None
    return forms.Words(data, initial=initial, meeting=meeting, own=mine)


def _saved(request: HttpRequest, draft: Contribution) -> HttpResponse:
    pressed = request.POST.get("do", "")
    places = {"files": "members:contribution_files", "submit": "members:contribution_submit"}
    if pressed not in places:
        messages.success(request, _("The draft is saved. Your delegation alone sees it."))
    return redirect(places.get(pressed, "members:contribution_edit"), draft.pk)


def _edit(
    request: HttpRequest, meeting: Meeting, form: forms.Words, draft: Contribution | None
) -> HttpResponse:
    crossed = draft is not None and form.is_bound and bool(form.errors)
    context = {
        "meeting": meeting,
        "form": form,
        "draft": draft,
        "theirs": forms.of_draft(draft) if draft is not None and crossed else None,
        "mine": [memberships.name(one, current()) for one in own(request, meeting)],
        "due": posting_rules.due(meeting),
        "crumbs": trail(meeting, Link(label=_("Draft") if draft else _("New contribution"))),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "members/contributions/edit.html", context, status=status)


def _row(one: Contribution) -> dict[str, Any]:
    title = one.titles.get(one.language, "")
    source = memberships.name(one.membership, current()).text
    return {"one": one, "title": title, "source": source}
