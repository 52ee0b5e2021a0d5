"""The calendar entry of a registration (RFC 5545, 5546, 7986): one for the meeting and each later part.

Its identity stays; whatever changes raises its sequence, so that calendars take the later one.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from email.utils import parseaddr
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from consulta.core import addresses
from consulta.core.icalendar import Event, Method, Party, Status, invitation
from consulta.groups import queries as groups
from consulta.live import registration_days, registration_links
from consulta.live.models import Mode, Registration
from consulta.meetings import wording
from consulta.meetings.models import Meeting


def said(meeting: Meeting, mode: str) -> str:
    """The hash of what the entry of somebody who comes by *mode* says of *meeting*."""
    told = [
        *(meeting.starts_on, meeting.ends_on, meeting.hours_from, meeting.hours_until),
        *(registration_days.zone(meeting), meeting.place, meeting.is_provisional),
        *(meeting.conference_url if mode == Mode.REMOTE else "", mode),
        meeting.cancelled_at is not None,
        [(part.starts_on, part.ends_on, part.place) for part in meeting.parts.all()],
    ]
    return sha256(json.dumps(told, default=str).encode()).hexdigest()


def files(registration: Registration, *, method: Method, now: datetime) -> list[str]:
    """The entries of *registration*, each a calendar of its own as RFC 5546 wants it."""
    body = groups.body()
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    called = groups.name(body, registration.language).text if body else "Consulta"
    return [
        invitation(
            event,
            method,
            organizer=Party(called, sender),
            attendee=Party(registration.name, registration.email),
        )
        for event in _events(registration, method=method, now=now)
    ]


def _events(registration: Registration, *, method: Method, now: datetime) -> Iterator[Event]:
    meeting, language = registration.meeting, registration.language
    name = wording.name(meeting, language).text
    remote = registration.mode == Mode.REMOTE
    for ordinal, (first, last) in enumerate(registration_days.days(meeting), 1):
        end = f".part{ordinal}" if ordinal > 1 else ""
        begins, until, days = _hours(meeting, first, last)
        yield Event(
            uid=f"registration.{registration.pk}{end}@{settings.MAIL_DOMAIN}",
            start=begins,
            end=until,
            days=days,
            last=last,
            zone=registration_days.zone(meeting),
            summary=name,
            description=_description(registration),
            url=settings.BASE_URL + addresses.meeting(meeting.slug, language=language),
            changed_at=now,
            language=language,
            sequence=registration.sequence,
            status=_status(meeting, method),
            place=_place(meeting, ordinal),
            conference=conference(registration) if remote else "",
            conference_label=_("Take part remotely") if remote else "",
        )


def conference(registration: Registration) -> str:
    """Where *registration* takes part remotely."""
    meeting = registration.meeting
    return meeting.conference_url or registration_links.live(
        meeting.slug, language=registration.language
    )


def _hours(
    meeting: Meeting, first: date, last: date
) -> tuple[date | datetime, datetime | None, int]:
    """A meeting with hours comes each day anew; one without is an entry of whole days."""
    if meeting.hours_from is None or meeting.hours_until is None:
        return first, None, 1
    zone = ZoneInfo(registration_days.zone(meeting))
    return (
        _instant(first, meeting.hours_from, zone),
        _instant(first, meeting.hours_until, zone),
        (last - first).days + 1,
    )


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone)


def _place(meeting: Meeting, ordinal: int) -> str:
    if ordinal == 1:
        return meeting.place
    return meeting.parts.all()[ordinal - 2].place or meeting.place


def _status(meeting: Meeting, method: Method) -> Status:
    if method == "CANCEL":
        return "CANCELLED"
    return "TENTATIVE" if meeting.is_provisional else "CONFIRMED"


def _description(registration: Registration) -> str:
    lines = [_("To change or cancel your registration, open your private page:")]
    lines.append(registration_links.mine(registration))
    return "\n".join(lines)
