"""Who of one's own delegation is registered for a meeting; register, change, cancel; who takes part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.accounts.models import User
from consulta.groups import member_queries, members
from consulta.groups import membership as memberships
from consulta.groups.members import MemberAct
from consulta.groups.models import Delegate, Membership
from consulta.live import (
    changing,
    needs,
    registering,
    registration_days,
    registration_queries,
    registration_terms,
)
from consulta.live.changing import Changed
from consulta.live.models import Mode, Registration, RegistrationTerms
from consulta.live.registering import Told
from consulta.live.registration_errors import Door
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.web.members import meetings as pages
from consulta.web.members.doors import at_meeting, person
from consulta.web.ui import registration
from consulta.web.ui.languages import current, public_code
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Row:
    """One delegate: registered or not, and whether the reader may act for the person."""

    place: Delegate
    registration: Registration | None
    may: bool


class DelegateForm(forms.Form):
    """How a delegate takes part, and what is needed: that, once told, is for the person alone."""

    def __init__(
        self, *args: Any, terms: RegistrationTerms, meeting: Meeting, private: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["mode"] = registration.mode(terms)
        body = meeting.group.body if meeting.group else None
        if not private:
            registration.add_needs(self, list(body.languages) if body else [])
        if terms.may_be_unlisted:
            self.fields["unlisted"] = registration.unlisted()


@require_safe
@at_meeting
def listed(request: HttpRequest, found: Meeting) -> HttpResponse:
    """The reader's delegations with who is registered, and the list of everybody where it is shown."""
    terms, by = registration_terms.of(found), person(request)
    door = registration_terms.door(found, terms, timezone.now())
    own = members.memberships(by, group=found.group)
    registered = registration_queries.of_memberships(found, own)
    context = _about(found) | {
        "terms": terms,
        "open": door is Door.OPEN,
        "said": registration.closed(door),
        "early": door is Door.EARLY,
        "delegations": [
            (place, memberships.name(place, current()), _rows(place, registered[place.pk], by))
            for place in own
        ],
        "who_sees": _who_sees(terms),
    }
    if terms is not None and terms.audience != RegistrationTerms.Audience.DESK:
        rows, unnamed = registration_queries.listed(found)
        context |= {"everybody": rows, "unnamed": unnamed}
    return pages.show(request, "members/registration/list.html", context)


@require_http_methods(METHODS)
@at_meeting
def delegate(request: HttpRequest, found: Meeting, membership: int, pk: int) -> HttpResponse:
    """Register one delegate, or change or cancel the registration."""
    place, terms = _place(request, membership, pk), registration_terms.of(found)
    if terms is None or place.membership.group_id != found.group_id:
        raise PermissionDenied
    standing = _standing(found, place)
    form = DelegateForm(
        request.POST if request.method == "POST" else None,
        initial=_typed(standing, terms),
        terms=terms,
        meeting=found,
        private=standing is not None and place.user_id != person(request).pk,
    )
    if request.method == "POST" and (_cancels(request, standing) or form.is_valid()):
        said = _refused(lambda: _do(request, found, place, standing, form))
        if not said:
            return redirect("members:registration", found.slug)
        form.add_error(None, said)
    context = _about(found) | {
        "place": place,
        "member": memberships.name(place.membership, current()),
        "form": form,
        "standing": standing,
        "self": place.user_id == person(request).pk,
        "who_sees": _who_sees(terms),
    }
    status = 422 if form.errors else 200
    return pages.show(request, "members/registration/delegate.html", context, status=status)


def _do(
    request: HttpRequest,
    meeting: Meeting,
    place: Delegate,
    standing: Registration | None,
    form: DelegateForm,
) -> None:
    by, now = person(request), timezone.now()
    if standing is not None and _cancels(request, standing):
        changing.cancel(standing, by=by, now=now)
        messages.success(request, _("The registration is cancelled."))
    elif standing is not None:
        changing.change(standing, _changed(standing, form), by=by, now=now)
        messages.success(request, _("The registration is changed."))
    else:
        made = registering.delegate(meeting, place, _told(place, form), by=by, now=now)
        waits = _("All places in the room are taken: the person is on the waiting list.")
        messages.success(request, waits if made.waiting_since else _("Registered."))


def _told(place: Delegate, form: DelegateForm) -> Told:
    values, user = form.cleaned_data, place.user
    state = place.membership.state
    organisation = place.membership.organisation
    return Told(
        name=user.name or user.email,
        email=user.email,
        language=public_code(user.language) or current(),
        organisation=memberships.name(place.membership, current()).text,
        stakeholder_group=organisation.stakeholder_group if organisation else None,
        country=state.code if state else (organisation.country if organisation else ""),
        mode=values["mode"],
        is_unlisted=bool(values.get("unlisted")),
        needs=registration.needs_of(values),
    )


def _changed(standing: Registration, form: DelegateForm) -> Changed:
    values = form.cleaned_data
    return Changed(
        name=standing.name,
        mode=values["mode"],
        organisation=standing.organisation_name,
        language=standing.language,
        is_unlisted=bool(values.get("unlisted")),
        needs=registration.needs_of(values) if "captions" in values else None,
    )


def _typed(standing: Registration | None, terms: RegistrationTerms) -> dict[str, Any]:
    if standing is None:
        return {"mode": Mode.IN_PERSON if terms.takes_in_person else Mode.REMOTE}
    told = registration.needs_typed(needs.of([standing]).get(standing.pk))
    return {"mode": standing.mode, "unlisted": standing.is_unlisted, **told}


def _rows(place: Membership, registered: list[Registration], by: User) -> list[Row]:
    """Every running delegate of *place*; others than the administrator act for themselves alone."""
    manages = members.may(by, MemberAct.MANAGE_DELEGATION, place)
    known = {row.user_id: row for row in registered}
    today = members.today(place.group.body)
    running = [one for one in member_queries.delegates(place) if one.runs(today)]
    return [Row(one, known.get(one.user_id), manages or one.user_id == by.pk) for one in running]


def _place(request: HttpRequest, membership: int, pk: int) -> Delegate:
    """One's own place, or one of a delegation that one manages; all else is answered alike."""
    by = person(request)
    own = {one.pk: one for one in members.memberships(by)}
    if membership not in own:
        raise PermissionDenied
    try:
        place = member_queries.delegate_of(own[membership], pk)
    except Delegate.DoesNotExist as error:
        raise PermissionDenied from error
    manages = members.may(by, MemberAct.MANAGE_DELEGATION, own[membership])
    if not (manages or place.user_id == by.pk):
        raise PermissionDenied
    return place


def _standing(meeting: Meeting, place: Delegate) -> Registration | None:
    rows = registration_queries.of_memberships(meeting, [place.membership])
    return next((row for row in rows[place.membership_id] if row.user_id == place.user_id), None)


def _cancels(request: HttpRequest, standing: Registration | None) -> bool:
    return standing is not None and request.POST.get("act") == "cancel"


def _who_sees(terms: RegistrationTerms | None) -> str:
    if terms is None:
        return ""
    if terms.audience == RegistrationTerms.Audience.DESK:
        return _("Names are listed for the secretariat alone.")
    return _("Names are listed: members of the group can read the list.")


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except registration.REFUSED as error:
        return registration.refusal(error)
    return ""


def _about(found: Meeting) -> dict[str, object]:
    name = wording.name(found, current())
    address = reverse("members:meeting", args=[found.slug])
    return {
        "meeting": found,
        "name": name,
        "zone": registration_days.zone(found),
        "crumbs": pages.crumbs(Link(label=name.text, href=address), Link(label=_("Registration"))),
    }
