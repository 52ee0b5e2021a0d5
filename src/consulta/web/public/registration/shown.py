"""What the pages of registration show of a meeting: its name and days, its door, who sees the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.live import participation, registration_days, registration_terms, seating
from consulta.live import registration_letters as words
from consulta.live.models import Registration, RegistrationTerms
from consulta.live.registration_errors import Door
from consulta.meetings import queries, wording
from consulta.meetings.models import Meeting
from consulta.web.ui import figures_of_meeting, registration
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Place:
    """How registration for a meeting stands, for its public page. *door* in a sentence: *said*."""

    terms: RegistrationTerms
    is_open: bool
    said: str
    zone: str
    opens_later: bool
    list_is_public: bool


def open_meeting(slug: str) -> Meeting:
    """The open meeting called *slug*. Raises Http404, for a meeting of the group too."""
    try:
        found = queries.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    if found.kind != Meeting.Kind.OPEN:
        raise Http404
    return found


def place(meeting: Meeting, now: datetime) -> Place | None:
    """How registration for *meeting* stands; None where there is none, or it is the group's own."""
    terms = registration_terms.of(meeting) if meeting.kind == Meeting.Kind.OPEN else None
    if terms is None:
        return None
    door = registration_terms.door(meeting, terms, now)
    return Place(
        terms=terms,
        is_open=door is Door.OPEN,
        said=registration.closed(door),
        zone=registration_days.zone(meeting),
        opens_later=door is Door.EARLY,
        list_is_public=terms.audience == RegistrationTerms.Audience.PUBLIC,
    )


def figures(meeting: Meeting) -> list[figures_of_meeting.Tabled]:
    """Who took part in *meeting*, counted, as far as everyone sees it; empty before it is over."""
    kept = participation.kept(meeting) if participation.is_public(meeting) else None
    return figures_of_meeting.tables(meeting, kept) if kept else []


def about(meeting: Meeting, here: str = "") -> dict[str, Any]:
    """What the head of every page needs; *here* is the name of the page."""
    name = wording.name(meeting, current())
    crumbs = [Link(label=name.text, href=f"/{current()}/meetings/{meeting.slug}/")]
    return {
        "meeting": meeting,
        "name": name,
        "when": words.when(meeting),
        "hours": wording.hours(meeting),
        "is_sample": bool(meeting.group and meeting.group.is_sample),
        "zone": registration_days.zone(meeting),
        "crumbs": [*crumbs, Link(label=here)] if here else crumbs,
    }


def spoken(meeting: Meeting) -> Sequence[str]:
    """The languages in which captions can be had: the body's."""
    return list(meeting.group.body.languages) if meeting.group else []


def consultation(meeting: Meeting, now: datetime) -> Consultation | None:
    """The consultation whose responses *meeting* discusses."""
    hanging = consultation_queries.of_meetings([meeting], now)
    return next((one for one in hanging if one.open_meeting_id == meeting.pk), None)


def room_is_full(terms: RegistrationTerms) -> bool:
    """Whether whoever comes to the room now has to wait."""
    return seating.free(terms) == 0


def who_sees(terms: RegistrationTerms) -> str:
    """Say who sees the names, for whoever is about to give one."""
    if terms.audience == RegistrationTerms.Audience.PUBLIC:
        return _("Names and organisations are listed: everyone can read the list on this site.")
    if terms.audience == RegistrationTerms.Audience.PARTICIPANTS:
        return _("Names and organisations are listed: whoever takes part can read the list.")
    return _("Names and organisations are listed for the secretariat alone.")


def facts(found: Registration) -> list[tuple[str, Any]]:
    """A registration in pairs of a name and a value."""
    lines = [
        (_("Number"), found.ordinal),
        (_("Name"), found.name),
        (_("Organisation"), found.organisation_name),
        (_("How you take part"), str(found.get_mode_display()).capitalize()),
        (_("E-mail address"), found.email),
        (_("In the list"), _("not named") if found.is_unlisted else _("named")),
    ]
    return [(label, value) for label, value in lines if value]
