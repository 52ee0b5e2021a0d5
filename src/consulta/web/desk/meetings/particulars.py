"""The meetings of one's groups, what is said of each, how one is cancelled or split."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.consultations import queries as consultation_queries
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.meetings import describing, queries, wording
from consulta.meetings.models import Meeting, MeetingPart
from consulta.web.desk import forms as desk_forms
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, person, sent
from consulta.web.desk.meetings import forms, refused
from consulta.web.desk.meetings.doors import at_meeting, tabs, trail
from consulta.web.desk.plan.setting import named
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.MOVE_MEETING)
def listed(request: HttpRequest) -> HttpResponse:
    """Every meeting of the groups whose meetings the person arranges."""
    mine = {group.pk for group in permissions.groups_of(person(request), Act.MOVE_MEETING)}
    rows = [(m, wording.name(m, current())) for m in queries.every() if m.group_id in mine]
    return page.show(request, "meetings/list.html", {"rows": rows}, trail=trail()[:1])


@require_http_methods(METHODS)
@at_meeting
def particulars(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Hours, place, practical information, the address of the conference."""
    data, spoken = sent(request), forms.spoken(meeting)
    form = forms.Particulars(data, initial=forms.of_meeting(meeting), spoken=spoken)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data.get(name) for name in describing.SAID}
        values["practical"] = form.texts("practical")
        said = refused.refusal(lambda: describing.describe(meeting, values, by=person(request)))
        if not said:
            messages.success(request, _("What is said of the meeting is saved."))
            return redirect("desk:meeting_particulars", meeting.slug)
        form.add_error(None, said)
    return _show(request, "meetings/particulars.html", meeting, form)


@require_http_methods(METHODS)
@at_meeting
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Cancel a meeting with its reason; number and documents stay."""
    form = desk_forms.Reason(sent(request))
    if request.method == "POST" and form.is_valid():
        reason, by = form.cleaned_data["reason"], person(request)
        said = refused.refusal(lambda: describing.cancel(meeting, reason=reason, by=by))
        if not said:
            messages.success(request, _("The meeting is cancelled. Number and documents stay."))
            return redirect("desk:meeting_particulars", meeting.slug)
        form.add_error(None, said)
    hanging = consultation_queries.hanging_on(meeting)
    more = {"hanging": [(c.slug, page.topic(c)) for c in hanging]}
    return _show(request, "meetings/cancel.html", meeting, form, more)


@require_http_methods(METHODS)
@at_meeting
def split(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put a later part on record, with dates of its own under the same number."""
    form = forms.Part(sent(request), initial={"mode": meeting.mode, "place": meeting.place})
    if request.method == "POST" and form.is_valid():
        made = MeetingPart(meeting=meeting, **form.cleaned_data)
        said = refused.refusal(lambda: describing.split(made, by=person(request)))
        if not said:
            messages.success(request, _("The later part is on record."))
            return redirect("desk:meeting_particulars", meeting.slug)
        form.add_error(None, said)
    return _show(request, "meetings/split.html", meeting, form)


def _show(
    request: HttpRequest,
    template: str,
    meeting: Meeting,
    form: Any,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "name": named(meeting),
        "parts": list(meeting.parts.all()),
        "form": form,
        "refused": bool(form.errors),
        "tabs": tabs(meeting, request.path),
    }
    steps = trail(Link(label=_("Particulars")))
    return page.show(request, template, context | (more or {}), trail=steps)
