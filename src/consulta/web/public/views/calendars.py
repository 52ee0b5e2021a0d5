"""Calendars: one entry for each milestone, under an identity that stays when its date moves."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from consulta.consultations import queries, wording
from consulta.consultations.clock import Clock, Row
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.rules import MilestoneKind
from consulta.groups import queries as groups
from consulta.web.public.icalendar import Event, Status, calendar
from consulta.web.public.moment import began
from consulta.web.public.views.consultations import by_slug
from consulta.web.public.views.feeds import speaking
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

TYPE = "text/calendar; charset=utf-8"


@finished(shows="pages", query=("lang",))
def everything(request: HttpRequest) -> HttpResponse:
    """Give out the dates of all consultations; `?lang=fr` for another language."""
    now = began(request)
    with speaking(request):
        body = groups.body()
        named = groups.name(body, current()).text if body else "Consulta"
        name = _("%(body)s: consultations") % {"body": named}
        events = [event for c in queries.overview(now) for event in _events(c, now)]
        return HttpResponse(calendar(events, name=name, language=current()), content_type=TYPE)


@finished(shows="pages", query=("lang",))
def of_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the dates of one consultation."""
    found = by_slug(request, slug)
    with speaking(request):
        events = list(_events(found, began(request)))
        name = queries.topic(found, current()).text
        return HttpResponse(calendar(events, name=name, language=current()), content_type=TYPE)


def _events(consultation: Consultation, now: datetime) -> Iterator[Event]:
    clock = queries.clock_view(consultation, now)
    for row in clock.rows:
        if row.on is not None:
            yield _event(consultation, clock, row)


def _event(consultation: Consultation, clock: Clock, row: Row) -> Event:
    language = current()
    path = addresses.consultation(consultation.slug, language=language)
    words = {
        "milestone": wording.milestone_name(row.name),
        "topic": queries.topic(consultation, language).text,
    }
    moves = len(row.extensions) + int(row.first_on is not None and not row.extensions)
    return Event(
        uid=f"{consultation.slug}.{row.name}@{settings.MAIL_DOMAIN}",
        start=_start(row),
        last=_last_day(consultation, row),
        summary=_("%(milestone)s: %(topic)s") % words,
        description="\n".join(_description(clock, row)),
        url=f"{settings.BASE_URL}{path}",
        changed_at=_changed_at(consultation),
        language=language,
        sequence=moves,
        status=_status(consultation, row),
    )


def _start(row: Row) -> date | datetime:
    is_event = row.rule.kind is MilestoneKind.EVENT
    return (None if is_event else row.at) or row.on or date.min


def _last_day(consultation: Consultation, row: Row) -> date | None:
    meeting = consultation.open_meeting if row.rule.sets == "open_meeting.start" else None
    return meeting.ends_on if meeting else None


def _description(clock: Clock, row: Row) -> Iterator[str]:
    yield row.rule.sentence(current(), original_language=row.original_language).text
    yield row.rule.clause
    if row.provisional:
        yield _("Provisional")
    if clock.from_public_record:
        yield _("Computed by Consulta from public dates.")


def _status(consultation: Consultation, row: Row) -> Status:
    if consultation.cancelled_at:
        return "CANCELLED"
    return "TENTATIVE" if row.provisional else "CONFIRMED"


def _changed_at(consultation: Consultation) -> datetime:
    """Return when the dates of *consultation* last changed by an act."""
    acts = [consultation.created_at, consultation.announced_at, consultation.cancelled_at]
    acts += [extension.decided_at for extension in consultation.extensions.all()]
    return max(at for at in acts if at is not None)
