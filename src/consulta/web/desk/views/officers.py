"""Who works for a group: the list, an invitation, the end of an appointment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.groups import appointing, inviting, permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Appointment, Group, Role
from consulta.groups.permissions import Act
from consulta.web.desk import doing, factors, forms, page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

#: The value of the form for the whole body; no group has such a slug.
WHOLE_BODY = "*"


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.APPOINT)
def officers(request: HttpRequest) -> HttpResponse:
    """Who works where; appoint somebody, who is told by mail."""
    groups = permissions.groups_of(person(request), Act.APPOINT)
    whole_body = permissions.may(person(request), Act.APPOINT, None)
    places = [(group.slug, group.short_name) for group in groups]
    places += [(WHOLE_BODY, _("The whole body"))] if whole_body else []
    form = forms.Appointment(sent(request), places=places)
    if request.method == "POST" and form.is_valid() and _appoint(request, form, groups):
        return redirect("desk:officers")
    listed: list[Group | None] = [*groups, *([None] if whole_body else [])]
    context = {
        "form": form,
        "refused": bool(form.errors),
        "places": [(place, group_queries.appointments(place)) for place in listed],
    }
    return page.show(request, "officers.html", context, trail=[Link(label=_("Officers"))])


@require_POST
@anywhere(Act.APPOINT)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment; it stays on record."""
    appointment: Appointment = found(lambda: group_queries.appointment(pk))
    by = person(request)
    if not permissions.may(by, Act.APPOINT, appointment.group):
        raise PermissionDenied
    if appointment.ended_at is not None:
        messages.info(request, _("This appointment ended already."))
        return redirect("desk:officers")
    doing.attempt(
        request,
        lambda: appointing.dismiss(appointment, by=by),
        done=_("The appointment has ended. It stays on record."),
    )
    return redirect("desk:officers")


@require_POST
@anywhere(Act.APPOINT)
def take_off_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor off the account of somebody who works here."""
    appointment: Appointment = found(lambda: group_queries.appointment(pk))
    permissions.require(person(request), Act.APPOINT, appointment.group)
    factors.take_off(request, appointment.user)
    return redirect("desk:officers")


def _appoint(request: HttpRequest, form: forms.Appointment, groups: list[Group]) -> bool:
    data, by = form.cleaned_data, person(request)
    group = next((g for g in groups if g.slug == data["group"]), None)
    refused = doing.refusal(
        lambda: inviting.invite(
            inviting.Invitation(data["email"], data["name"], Role(data["role"]), group),
            by=by,
            language=languages.current(),
        )
    )
    if refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Appointed. A mail with the address of the desk is on its way."))
    return True
