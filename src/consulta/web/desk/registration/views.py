"""Who comes to a meeting: the list, the terms, somebody entered by hand, one registration and its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups.permissions import Act, NotAllowedError
from consulta.live import (
    attending,
    changing,
    needs,
    registering,
    registration_erasing,
    registration_queries,
    registration_terms,
    seating,
)
from consulta.live.models import Registration
from consulta.live.registration_errors import Door
from consulta.meetings.models import Meeting
from consulta.web.desk.access import may, person, sent
from consulta.web.desk.meetings.doors import at_meeting
from consulta.web.desk.registration import doors, forms
from consulta.web.ui import registration

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@at_meeting
def listed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Everybody who registered, by filters."""
    form = forms.ListFilter(request.GET)
    rows = registration_queries.of_meeting(meeting, form.filters())
    terms = registration_terms.of(meeting)
    door = registration_terms.door(meeting, terms, timezone.now())
    context = {
        "form": form,
        "rows": [(row, doors.state(row)) for row in rows],
        "counts": registration_queries.counts(meeting),
        "free": seating.free(terms) if terms else None,
        "door": "" if door is Door.OPEN else registration.closed(door),
    }
    return doors.show(request, "list.html", meeting, context)


@require_http_methods(METHODS)
@at_meeting
def terms(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Lay down from when to when one registers, how, how many, who sees the list."""
    standing = registration_terms.of(meeting)
    initial = forms.of_terms(meeting, standing)
    form = forms.TermsForm(sent(request), initial=initial, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = _refused(
            lambda: registration_terms.settle(meeting, form.terms(), by=person(request))
        )
        if not said:
            messages.success(request, _("The terms of registration are saved."))
            return redirect("desk:registrations", meeting.slug)
        form.add_error(None, said)
    context = {"form": form, "refused": bool(form.errors)}
    return doors.show(request, "terms.html", meeting, context)


@require_http_methods(METHODS)
@at_meeting
def enter(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Enter somebody by hand."""
    form = forms.EnterForm(sent(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        by, role, made = person(request), form.cleaned_data["role"], list[Registration]()
        told = form.told()
        said = _refused(
            lambda: made.append(
                registering.enter(meeting, told, role=role, by=by, now=timezone.now())
            )
        )
        if not said:
            entered = _("%(name)s is entered under number %(number)s.")
            words = {"name": made[0].name, "number": made[0].ordinal}
            messages.success(request, entered % words)
            return redirect("desk:registration_enter", meeting.slug)
        form.add_error(None, said)
    context = {"form": form, "refused": bool(form.errors)}
    return doors.show(request, "enter.html", meeting, context)


@require_http_methods(METHODS)
@at_meeting
def one(request: HttpRequest, meeting: Meeting, ordinal: int) -> HttpResponse:
    """One registration: what is known, what is needed, and the acts on it."""
    found = doors.one(meeting, ordinal)
    said = ""
    if request.method == "POST":
        said = _refused(lambda: _act(request, found))
        if not said and request.POST.get("act") == "erase":
            return redirect("desk:registrations", meeting.slug)
        if not said:
            return redirect("desk:registration_one", meeting.slug, ordinal)
    told = needs.of([found])
    needed = told.get(found.pk)
    context = {
        "registration": found,
        "state": doors.state(found),
        "needs": registration.needs_lines(needed) if needed else [],
        "lost": found.pk in told and needed is None,
        "attendances": list(found.attendances.filter(taken_back_at__isnull=True)),
        "may_erase": may(request, Act.ERASE, meeting.group),
        "said": said,
        "refused": bool(said),
    }
    return doors.show(request, "one.html", meeting, context)


def _act(request: HttpRequest, found: Registration) -> None:
    by, now = person(request), timezone.now()
    acts: dict[str, Callable[[], Any]] = {
        "arrive": lambda: attending.arrive(found, by=by, now=now),
        "take_back": lambda: attending.take_back(found, by=by, now=now),
        "cancel": lambda: changing.cancel(found, by=by, now=now),
        "erase": lambda: registration_erasing.erase(found, by=by, now=now),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise NotAllowedError(Act.MOVE_MEETING)
    act()


def _refused(act: Callable[[], object]) -> str:
    """Do *act*; empty, or why it was refused."""
    try:
        act()
    except registration.REFUSED as error:
        return registration.refusal(error)
    return ""
