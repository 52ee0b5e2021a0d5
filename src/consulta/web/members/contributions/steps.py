"""Files, joining, submitting, what follows, taking back: each on a page of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.core.light_text import blocks
from consulta.flow import contributing as flow
from consulta.groups import membership as memberships
from consulta.groups.models import Membership
from consulta.meetings import (
    contributing,
    contribution_queries,
    drafting,
    posting_rules,
    uploads,
    wording,
)
from consulta.meetings.models import Contribution, JointMember
from consulta.responses.attachments import safe_name
from consulta.web.members.contributions import forms, refused
from consulta.web.members.contributions.doors import asked, of_delegation, trail
from consulta.web.members.doors import person
from consulta.web.members.meetings import show
from consulta.web.ui import downloads
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@of_delegation
def files(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """The files of a draft; the words stand saved, so that nothing typed goes with an upload."""
    shown = filesizeformat(uploads.largest())
    data: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    removing = request.POST.get("remove")
    form = forms.File(*(() if removing else data), largest=uploads.largest(), shown=shown)
    by, said = person(request), ""
    if removing:
        said = refused.refusal(lambda: drafting.detach(draft, removing, by=by))
    elif request.method == "POST" and form.is_valid():
        said = refused.refusal(lambda: _attach(draft, form.cleaned_data, request))
    if request.method == "POST" and not said and not form.errors:
        return redirect("members:contribution_files", draft.pk)
    if said and form.is_bound:
        form.add_error("file", said)
    context = {"draft": draft, "form": form, "crumbs": trail(draft.meeting, Link(label=_("Files")))}
    status = 422 if said or form.errors else 200
    return show(request, "members/contributions/files.html", context, status=status)


@require_safe
@asked
def file(
    _request: HttpRequest, draft: Contribution, _mine: list[Membership], name: str
) -> HttpResponseBase:
    """Hand out a file of a draft to those who may read it."""
    for kept in draft.files:
        if kept["name"] == name:
            return downloads.download(kept["path"], name=name, media_type=kept["media_type"])
    raise Http404


@require_safe
@asked
def read(request: HttpRequest, draft: Contribution, mine: list[Membership]) -> HttpResponse:
    """A draft as it will be, for whoever was asked to join it."""
    own = draft.membership in mine
    try:
        joint = None if own else contribution_queries.joint(draft, mine)
    except JointMember.DoesNotExist as error:
        raise PermissionDenied from error
    context = _preview(draft) | {
        "joint": joint,
        "crumbs": trail(draft.meeting, Link(label=_("Draft"))),
    }
    return show(request, "members/contributions/read.html", context)


@require_POST
@asked
def answer(request: HttpRequest, draft: Contribution, mine: list[Membership]) -> HttpResponse:
    """Say for a delegation whether it joins."""
    try:
        joint = contribution_queries.joint(draft, mine)
    except JointMember.DoesNotExist as error:
        raise PermissionDenied from error
    agrees = request.POST.get("do") == "agree"
    said = refused.refusal(
        lambda: drafting.answer_to_join(joint, agrees=agrees, by=person(request))
    )
    if said:
        messages.error(request, said)
    else:
        messages.success(
            request, _("Your delegation joins.") if agrees else _("Your delegation does not join.")
        )
    return redirect("members:contributions", draft.meeting.slug)


@require_http_methods(METHODS)
@of_delegation
def joining(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """Ask other members to join; each reads the draft from then on."""
    others = contribution_queries.members_of(draft.meeting, draft.membership)
    form = forms.Joining(request.POST if request.method == "POST" else None, others=others)
    if request.method == "POST" and form.is_valid():
        other = form.others[form.cleaned_data["other"]]
        if not (
            said := refused.refusal(lambda: drafting.ask_to_join(draft, other, by=person(request)))
        ):
            return redirect("members:contribution_joining", draft.pk)
        form.add_error(None, said)
    rows = [(row, memberships.name(row.membership, current())) for row in draft.joint.select_related(
        "membership__state", "membership__organisation")]  # fmt: skip
    context = {
        "draft": draft,
        "form": form,
        "rows": rows,
        "crumbs": trail(draft.meeting, Link(label=_("Other members"))),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "members/contributions/joining.html", context, status=status)


@require_http_methods(METHODS)
@of_delegation
def submit(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """What will be submitted and who can see it then; pressed, it has a number."""
    said = ""
    if request.method == "POST":
        said = refused.refusal(lambda: flow.submit(draft, by=person(request)))
        if not said:
            messages.success(request, _("Your contribution is submitted. This is its receipt."))
            return redirect("members:contribution", draft.pk)
    due = posting_rules.due(draft.meeting)
    context = _preview(draft) | {
        "missing": refused.still_missing(contributing.missing(draft)),
        "said": said,
        "due": due,
        "late": posting_rules.days_late(draft.meeting)[1],
        "who": wording.who_sees(draft.audience),
        "at_once": posting_rules.of(draft.meeting.group).posts_at_once,
        "crumbs": trail(draft.meeting, Link(label=_("Submit"))),
    }
    return show(request, "members/contributions/submit.html", context, status=422 if said else 200)


@require_POST
@of_delegation
def follow(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """Begin a revision, an addendum or a corrigendum."""
    kept: list[Contribution] = []
    kind = request.POST.get("kind", "")
    if kind not in ("revision", "addendum", "corrigendum"):
        raise Http404
    said = refused.refusal(
        lambda: kept.append(drafting.begin_following(draft, kind, by=person(request)))
    )
    if said:
        messages.error(request, said)
        return redirect("members:contribution", draft.pk)
    return redirect("members:contribution_edit", kept[0].pk)


@require_http_methods(METHODS)
@of_delegation
def withdraw(request: HttpRequest, draft: Contribution) -> HttpResponse:
    """Take a submitted contribution back, or put a draft aside."""
    by = person(request)
    if draft.submitted_at is None and request.method == "POST":
        drafting.discard(draft, by=by)
        messages.success(request, _("The draft is put aside."))
        return redirect("members:contributions", draft.meeting.slug)
    form = forms.Reason(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if not (
            said := refused.refusal(lambda: contributing.withdraw(draft, reason=reason, by=by))
        ):
            messages.success(request, _("It is withdrawn; its number stays."))
            return redirect("members:contribution", draft.pk)
        form.add_error(None, said)
    context = {
        "draft": draft,
        "form": form,
        "crumbs": trail(draft.meeting, Link(label=_("Withdraw"))),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "members/contributions/withdraw.html", context, status=status)


def _attach(draft: Contribution, data: dict[str, Any], request: HttpRequest) -> None:
    sent: UploadedFile[Any] = data["file"]
    name, language = safe_name(sent.name or ""), data["language"]
    if (sent.size or 0) > uploads.largest():
        raise uploads.FileRefusedError(name, "too_large")
    kept = uploads.take(sent.chunks(), name=name, language=language)
    drafting.attach(draft, kept, by=person(request))


def _preview(draft: Contribution) -> dict[str, Any]:
    return {
        "draft": draft,
        "source": contributing.source(draft, current()),
        "title": draft.titles.get(draft.language, ""),
        "blocks": blocks(draft.text),
    }
