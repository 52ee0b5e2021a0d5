"""From the clock's timetables to the entries of a drawn timeline, in the reader's words."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.consultations import wording
from consulta.consultations.clock import MEETINGS, Clock
from consulta.consultations.models import Consultation
from consulta.core import planning
from consulta.core.milestones import Milestone
from consulta.core.rules import AnchorKind
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Status
from consulta.meetings import wording as meeting_words
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import locale, written
from consulta.web.ui.timeline import Entry, Kind, Timeline, draw, scale

#: Names and days of the meetings behind the anchors, by the first part of the anchor's name.
Meetings = Mapping[str, tuple[str, date, date]]
SHOWN_VERDICTS = (Status.MISSED, Status.OVERDUE, Status.KEPT_WITH_TOLERANCE)


def of_table(
    table: Timetable,
    *,
    key: str = "plan",
    title: str = "",
    meetings: Meetings | None = None,
    today: date | None = None,
) -> Timeline | None:
    """Draw *table*; None while none of its dates is known.

    *today* is drawn only where it lies between the first day and the last. *meetings*: what is
    known of those that the anchors name.
    """
    return timeline(_entries(table, meetings or {}, {}), key=key, title=title, today=today)


def of_consultation(consultation: Consultation, clock: Clock, *, title: str) -> Timeline | None:
    """Draw the clock of a consultation, with its meetings and the days before dates were moved.

    Today is drawn while the page is made anew every midnight (`consultations.queries.boundaries`).
    """
    running = consultation.announced_at and not consultation.is_record
    ended = consultation.delivered_at or consultation.cancelled_at
    today = clock.timetable.today if running and not ended else None
    moved = {row.name: row.first_on for row in clock.rows if row.first_on not in (None, row.on)}
    unknown = {row.name for row in clock.rows if row.on is None}
    entries = _entries(clock.timetable, _of(consultation), moved, unknown=unknown)
    return timeline(entries, key="clock", title=title, today=today)


def _of(consultation: Consultation) -> Meetings:
    """Return the names and days of the meetings on which the consultation hangs."""
    hangs_on = {name: getattr(consultation, name) for name in MEETINGS}
    return {
        name: (
            meeting_words.name(meeting, languages.current()).text,
            meeting.starts_on,
            meeting.ends_on or meeting.starts_on,
        )
        for name, meeting in hangs_on.items()
        if meeting and meeting.starts_on
    }


def timeline(
    entries: Sequence[Entry], *, key: str, title: str, today: date | None
) -> Timeline | None:
    """Draw *entries*, mirrored as the page's language asks; None where none of them has a day."""
    days = sorted(day for entry in entries for day in entry.days)
    if not days:
        return None
    shown = today if today and days[0] <= today <= days[-1] else None
    mirrored = languages.direction(languages.current()) == "rtl"
    along = scale(entries, today=shown, mirrored=mirrored)
    names = get_month_names("abbreviated", context="stand-alone", locale=locale())
    months = [names[number] for number in range(1, 13)]
    return Timeline(
        key=key,
        title=title or _("Timeline"),
        description=" ".join(_spoken(entry) for entry in entries),
        today=_("Today, %(day)s") % {"day": written(shown)} if shown else "",
        entries=tuple(entries),
        drawings=tuple(
            draw(entries, along, wide=wide, today=shown, months=months) for wide in (True, False)
        ),
    )


def _entries(
    table: Timetable,
    meetings: Meetings,
    moved: Mapping[str, date | None],
    *,
    unknown: set[str] | frozenset[str] = frozenset(),
) -> list[Entry]:
    """Every milestone, meeting and the time in which responses are open, by day."""
    by_name = {milestone.name: milestone for milestone in table.milestones}
    entries = [
        _milestone(
            m, by_name.get(m.rule.follows), moved.get(m.name), is_known=m.name not in unknown
        )
        for m in table.milestones
    ]
    entries += _meetings(table, meetings)
    opened = _open(table, unknown)
    entries += [opened] if opened else []
    return sorted(entries, key=lambda entry: entry.on or entry.until or entry.since or date.max)


def _milestone(
    milestone: Milestone, before: Milestone | None, moved_from: date | None, *, is_known: bool
) -> Entry:
    day = milestone.day if is_known else None
    return Entry(
        label=wording.milestone_name(milestone.rule),
        kind=_kind(milestone),
        when=wording.day(day) if day else _("Not known"),
        remark=_remark(milestone) if day else "",
        allowed=allowed(milestone),
        on=day,
        since=milestone.earliest,
        until=milestone.latest,
        opens_at=before.day if before else None,
        moved_from=moved_from,
    )


def _kind(milestone: Milestone) -> Kind:
    if milestone.verdict.broken and milestone.actual:
        return Kind.MISSED
    return Kind.SET if milestone.actual else Kind.PROPOSED


def _remark(milestone: Milestone) -> str:
    shown = milestone.verdict.status in SHOWN_VERDICTS
    return wording.verdict(milestone.verdict) if shown else ""


def allowed(milestone: Milestone) -> str:
    """Say which days the rule allows, as short as a table wants it."""
    first, last = milestone.earliest, milestone.latest
    days = {"first": written(first) if first else "", "last": written(last) if last else ""}
    if first and last:
        if first == last:
            return days["first"]
        return _("%(first)s to %(last)s") % days
    if first:
        return _("From %(first)s") % days
    return _("Until %(last)s") % days if last else ""


def _meetings(table: Timetable, meetings: Meetings) -> list[Entry]:
    """The meetings that the rule counts from; those that are a milestone are there already."""
    own = {rule.sets for rule in table.procedure.applying}
    found = []
    for anchor in table.procedure.anchors:
        day = table.anchors.get(anchor.name)
        if day is None or anchor.name in own or anchor.kind is AnchorKind.CHOSEN:
            continue
        root = anchor.name.partition(".")[0]
        known = wording.anchor_name(anchor.name, table.procedure)
        usual = (known[:1].upper() + known[1:], day, day)
        name, start, end = meetings.get(root, usual)
        found.append(
            Entry(label=name, kind=Kind.MEETING, when=_from_to(start, end), on=start, ends=end)
        )
    return found


def open_days(table: Timetable) -> tuple[date | None, date | None]:
    """Return the days on which responses begin and end."""
    dated = {milestone.name: milestone.day for milestone in table.milestones}
    opening, close = planning.span(table.procedure)
    return dated.get(opening), dated.get(close)


def _open(table: Timetable, unknown: set[str] | frozenset[str]) -> Entry | None:
    """The time in which responses can be given."""
    first, last = open_days(table)
    known = not unknown & set(planning.span(table.procedure))
    if not (first and last and known) or last <= first:
        return None
    days = (last - first).days
    return Entry(
        label=_("Open for responses"),
        kind=Kind.PERIOD,
        when=ngettext("%(days)d day", "%(days)d days", days) % {"days": days},
        on=first,
        ends=last,
    )


def _from_to(start: date, end: date) -> str:
    if start == end:
        return wording.day(start)
    return _("%(first)s to %(last)s") % {"first": written(start), "last": written(end)}


def _spoken(entry: Entry) -> str:
    words = {"label": entry.label, "when": entry.when, "allowed": entry.allowed}
    said = (
        _("%(label)s: %(when)s; allowed: %(allowed)s.")
        if entry.allowed
        else _("%(label)s: %(when)s.")
    ) % words
    return f"{said} {entry.remark}".strip()
