"""From a proposal to the form for convening, its dates filled in."""

from collections.abc import Iterator
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from consulta.consultations import convening
from consulta.core import calendar, planning
from consulta.core.agendas import Proposal
from consulta.core.calendar import NotADayError
from consulta.core.milestones import Milestone
from consulta.web.desk.plan.forms import NEW
from consulta.web.desk.plan.setting import Setting
from consulta.web.desk.planning.ground import Ground

DAYS = ("group_meeting_on", "open_meeting_on", "opens_on", "closes_on")
MEETINGS = ("group_meeting", "open_meeting")


def link(ground: Ground, proposal: Proposal) -> str:
    """The address of the form for convening with the dates of *proposal*."""
    fields = dict(_origin(ground, proposal)) | dict(_dates(ground, proposal))
    return f"{reverse('desk:convene')}?{urlencode(fields)}"


def initial(given: QueryDict, setting: Setting) -> dict[str, str]:
    """What an address from a proposal fills in; what cannot be chosen there is left out."""
    allowed = {slug for slug, _title in setting.procedures()}
    typed = {name: str(given[name]) for name in given}
    found = {name: typed[name] for name in ("procedure",) if typed.get(name) in allowed}
    for name in MEETINGS:
        chosen = typed.get(name, "")
        if chosen == NEW or setting.meeting(chosen):
            found[name] = chosen
    return found | {name: typed[name] for name in DAYS if _is_day(typed.get(name, ""))}


def _origin(ground: Ground, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield the decision on record, else the group, else an open call; and the procedure."""
    rules = proposal.plan.rules
    deciding = proposal.pair.deciding
    meeting = ground.meeting(deciding.name) if deciding else None
    decision = ground.decision_at(meeting) if meeting else None
    if decision:
        yield "decision", str(decision.pk)
    elif ground.group and not convening.is_open_call(rules.slug):
        yield "group", ground.group.slug
    else:
        yield "open-call", "1"
    yield "procedure", rules.slug


def _dates(ground: Ground, proposal: Proposal) -> Iterator[tuple[str, str]]:
    following = proposal.pair.following
    if following:
        meeting = ground.meeting(following.name)
        as_recorded = meeting and meeting.starts_on == following.start
        yield "group_meeting", str(meeting.pk) if meeting and as_recorded else NEW
        if not as_recorded:
            yield "group_meeting_on", following.start.isoformat()
    table = proposal.plan.table
    for milestone in table.milestones:
        if milestone.rule.sets == "open_meeting.start" and milestone.day:
            yield from _open_meeting(ground, milestone.day)
    opening, close = planning.span(table.procedure)
    named: dict[str, Milestone] = {milestone.name: milestone for milestone in table.milestones}
    for field, name in (("opens_on", opening), ("closes_on", close)):
        day = named[name].day if name in named else None
        if day:
            yield field, day.isoformat()


def _open_meeting(ground: Ground, day: date) -> Iterator[tuple[str, str]]:
    """Yield the open meeting on record on this day, or a new one."""
    known = next((m for m in ground.open_meetings if m.starts_on == day), None)
    yield "open_meeting", str(known.pk) if known else NEW
    if known is None:
        yield "open_meeting_on", day.isoformat()


def _is_day(text: str) -> bool:
    try:
        calendar.parse_day(text)
    except NotADayError:
        return False
    return True
