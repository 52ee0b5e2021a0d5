"""An open meeting in ten days, one of the group, and people who register."""

from datetime import time, timedelta
from email import message_from_bytes, policy

from django.utils import timezone

from consulta.groups.models import Group
from consulta.live import registering, registration_terms
from consulta.live.models import Mode, RegistrationTerms
from consulta.live.registering import Told
from consulta.live.registration_terms import Terms
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import Meeting
from tests.rounds import a_day


def open_meeting(body, **changes):
    """A meeting for everyone, in the room and remotely."""
    group = Group.objects.get_or_create(body=body, slug="swg", defaults={"short_name": "SWG"})[0]
    told = {
        "group": group,
        "kind": "open",
        "slug": "swg-open",
        "starts_on": a_day(10),
        "ends_on": a_day(11),
        "hours_from": time(10),
        "hours_until": time(17),
        "mode": "hybrid",
        "place": "Geneva",
    }
    return Meeting.objects.create(**told | changes)


def opened(meeting, by, **changes):
    """Registration is open until the day before the meeting."""
    now = timezone.now()
    told = {
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=9),
        "audience": RegistrationTerms.Audience.PUBLIC,
    }
    return registration_terms.settle(meeting, Terms(**told | changes), by=by)


def told(name="Ann", **changes):
    """What one types who comes to the room."""
    values = {"name": name, "email": "a@example.org", "mode": Mode.IN_PERSON}
    return Told(**values | changes)


def coming(meeting, name="Ann", account=None, **changes):
    """Somebody asks and presses the button; the registration."""
    values = told(name, **changes)
    found = registering.ask(meeting, values, now=timezone.now(), account=account)
    return registering.confirm(button(), now=timezone.now()) if not found.stands else found


def button():
    """The secret of the button mailed last."""
    raw = OutgoingMail.objects.latest("pk").raw
    text = bytes(raw).decode().replace("=\r\n", "")
    return text.split("/registration/confirm/")[1].split("/")[0]


def subjects():
    """The subjects of all mails, in their order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def entry():
    """The lines of the calendar entry mailed last, unfolded, by their names."""
    mail = message_from_bytes(bytes(OutgoingMail.objects.latest("pk").raw), policy=policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    text = parts[0].get_content().replace("\r\n ", "").replace("\n ", "")
    return {line.partition(":")[0]: line.partition(":")[2] for line in text.splitlines()}
