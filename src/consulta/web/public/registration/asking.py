"""Ask to be registered, and confirm by the button that was mailed. No GET acts; no account is needed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.accounts.models import User
from consulta.live import registering, registration_links, registration_queries, registration_terms
from consulta.live.models import RegistrationTerms
from consulta.live.registration_errors import Door, LinkUnknownError
from consulta.meetings.models import Meeting
from consulta.web.public.moment import began
from consulta.web.public.registration import shown
from consulta.web.public.registration.forms import RegisterForm
from consulta.web.public.respond import limits, people
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import registration

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
@limited
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an open meeting; the same answer whether somebody is registered already or not."""
    meeting, now = shown.open_meeting(slug), began(request)
    terms = registration_terms.of(meeting)
    door = registration_terms.door(meeting, terms, now)
    context = shown.about(meeting, _("Register for the meeting"))
    if terms is None or door is not Door.OPEN:
        context |= {"door": door, "said": registration.closed(door), "terms": terms}
        return render(request, "public/registration/closed.html", context)
    form = _form(request, meeting, terms)
    if form.is_valid():
        limits.mailing(request, "register", email=form.cleaned_data["email"])
        if answer := _asked(request, meeting, form):
            return answer
    context |= {"form": form, "who_sees": shown.who_sees(terms), "terms": terms}
    status = 422 if form.is_bound else 200
    return render(request, "public/registration/register.html", context, status=status)


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; let the registration stand when it is pressed."""
    now = began(request)
    try:
        found = registering.find_to_confirm(token, now=now)
        if request.method == "POST":
            found = registering.confirm(token, now=now)
            return see_other(registration_links.mine(found))
    except LinkUnknownError:
        return unknown_link(request)
    except registration.REFUSED as error:
        context = shown.about(found.meeting) | {"said": registration.refusal(error)}
        return render(request, "public/registration/closed.html", context, status=409)
    context = shown.about(found.meeting, _("Confirm")) | {"registration": found}
    return render(request, "public/registration/confirm.html", context)


@require_safe
@private
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, where everyone may see it."""
    meeting = shown.open_meeting(slug)
    terms = registration_terms.of(meeting)
    public = RegistrationTerms.Audience.PUBLIC
    if terms is None or terms.audience != public or meeting.cancelled_at is not None:
        return render(request, "public/registration/no_list.html", shown.about(meeting), status=404)
    return show_list(request, meeting)


def show_list(
    request: HttpRequest, meeting: Meeting, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Draw the list of who takes part in *meeting*."""
    rows, unnamed = registration_queries.listed(meeting)
    context = shown.about(meeting, _("Participants")) | {"rows": rows, "unnamed": unnamed}
    return render(request, "public/registration/participants.html", context | (more or {}))


def unknown_link(request: HttpRequest) -> HttpResponse:
    """Say that a private link opens nothing, and how to get a new one."""
    return render(request, "public/registration/unknown.html", status=404)


def _form(request: HttpRequest, meeting: Meeting, terms: RegistrationTerms) -> RegisterForm:
    return RegisterForm(
        request.POST if request.method == "POST" else None,
        terms=terms,
        spoken=shown.spoken(meeting),
        consultation=shown.consultation(meeting, began(request)),
        room_is_full=shown.room_is_full(terms),
        initial=people.known(people.account(request)),
    )


def _asked(request: HttpRequest, meeting: Meeting, form: RegisterForm) -> HttpResponse | None:
    """Do it; None where it was refused, which then stands on the form."""
    told, user = form.told(), people.account(request)
    proved = user if user is not None and _proves(user, told.email) else None
    try:
        found = registering.ask(meeting, told, now=began(request), account=proved)
    except registration.REFUSED as error:
        form.add_error(None, registration.refusal(error))
        return None
    if proved is not None:
        return see_other(registration_links.mine(found))
    context = shown.about(meeting, _("Register for the meeting")) | {"email": told.email}
    return render(request, "public/registration/asked.html", context)


def _proves(user: User, email: str) -> bool:
    return people.proved(user, email.strip().lower())
