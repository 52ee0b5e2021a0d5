"""The private page of a registration: see, change, cancel, take the calendar entry, say that one is there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.live import (
    attending,
    changing,
    invitations,
    needs,
    registration_days,
    registration_links,
    registration_terms,
    seating,
)
from consulta.live.changing import Changed
from consulta.live.models import Mode, Registration, RegistrationTerms
from consulta.live.registration_errors import LinkUnknownError
from consulta.web.public.moment import began
from consulta.web.public.registration import asking, shown
from consulta.web.public.registration.forms import ChangeForm
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import registration

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@private
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """How a registration stands, and what can be done with it."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return asking.unknown_link(request)
    now = began(request)
    terms, told = registration_terms.of(found.meeting), needs.of([found]).get(found.pk)
    context = _about(found, token) | {
        "facts": shown.facts(found),
        "needs": registration.needs_lines(told) if told else [],
        "waiting": seating.place_in_line(found),
        "over": registration_days.is_over(found.meeting, now),
        "today": registration_days.is_held(found.meeting, now) and found.stands,
        "is_remote": found.mode == Mode.REMOTE,
        "conference": invitations.conference(found),
        "lists": _sees_list(terms),
    }
    return render(request, "public/registration/mine.html", context)


@READ_OR_POST
@private
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Change name, organisation, how one takes part, and what is needed."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return asking.unknown_link(request)
    terms = registration_terms.of(found.meeting)
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        terms=terms,
        spoken=shown.spoken(found.meeting),
        initial=_typed(found),
    )
    if form.is_valid() and _changed(request, found, form):
        return see_other(reverse("public:registration_mine", args=[token]))
    context = _about(found, token, _("Change")) | {
        "form": form,
        "who_sees": shown.who_sees(terms) if terms else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "public/registration/change.html", context, status=status)


@READ_OR_POST
@private
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that cancels; cancel when it is pressed."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return asking.unknown_link(request)
    if request.method == "POST":
        changing.cancel(found, by=found, now=began(request))
        return see_other(reverse("public:registration_mine", args=[token]))
    context = _about(found, token, _("Cancel"))
    return render(request, "public/registration/cancel.html", context)


@require_safe
@private
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar entry as a file, as it is now."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return asking.unknown_link(request)
    if not found.is_seated or found.meeting.cancelled_at is not None:
        return asking.unknown_link(request)
    written = invitations.files(found, method="REQUEST", now=began(request))
    answer = HttpResponse(
        written[0] if written else "", content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.meeting.slug}.ics"'
    return answer


@require_safe
@private
def participants(request: HttpRequest, token: str) -> HttpResponse:
    """Who takes part, for whoever does."""
    try:
        found = registration_links.find(token)
    except LinkUnknownError:
        return asking.unknown_link(request)
    if not found.stands or not _sees_list(registration_terms.of(found.meeting)):
        return asking.unknown_link(request)
    return asking.show_list(request, found.meeting, _about(found, token, _("Participants")))


@csrf_exempt  # the live page says by itself that somebody leaves; the link is the secret
@require_POST
@private
def attend(request: HttpRequest, token: str) -> HttpResponse:
    """Note that somebody follows remotely (``act=join``) or does no longer (``act=leave``).

    A page that asks for JSON is told how it stands now; a press leads to where the meeting is.
    """
    try:
        found = registration_links.find(token)
        if request.POST.get("act") == "leave":
            attending.leave(found, now=began(request))
        else:
            attending.join(found, now=began(request))
    except LinkUnknownError:
        return asking.unknown_link(request)
    except registration.REFUSED as error:
        context = _about(found, token) | {"said": registration.refusal(error)}
        return render(request, "public/registration/closed.html", context, status=409)
    if request.POST.get("act") == "leave":
        return see_other(reverse("public:registration_mine", args=[token]))
    return see_other(invitations.conference(found))


def _changed(request: HttpRequest, found: Registration, form: ChangeForm) -> bool:
    values = form.cleaned_data
    told = Changed(
        name=values["name"],
        mode=values["mode"],
        organisation=values["organisation"],
        language=values["language"],
        is_unlisted=bool(values.get("unlisted")),
        needs=registration.needs_of(values),
    )
    try:
        changing.change(found, told, by=found, now=began(request))
    except registration.REFUSED as error:
        form.add_error(None, registration.refusal(error))
        return False
    return True


def _typed(found: Registration) -> dict[str, Any]:
    return {
        "name": found.name,
        "organisation": found.organisation_name,
        "mode": found.mode,
        "language": found.language,
        "unlisted": found.is_unlisted,
        **registration.needs_typed(needs.of([found]).get(found.pk)),
    }


def _sees_list(terms: RegistrationTerms | None) -> bool:
    return terms is not None and terms.audience != RegistrationTerms.Audience.DESK


def _about(found: Registration, token: str, here: str = "") -> dict[str, Any]:
    return shown.about(found.meeting, here or _("Your registration")) | {
        "registration": found,
        "token": token,
    }
