"""What needs somebody at the desk today, in the groups where this person has a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consulta.consultations import clock, wording
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.verdicts import Status, Verdict
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act, AnyUser
from consulta.reports import contest_queries
from consulta.reports import queries as report_queries
from consulta.reports.models import Contest
from consulta.responses import waiting
from consulta.responses.waiting import Waiting
from consulta.web.desk.page import topic
from consulta.web.ui.templatetags.ui import written

#: For how many days ahead a date is shown as coming.
AHEAD = timedelta(days=30)
#: What can wait in a consultation, in the order of urgency.
KINDS: tuple[tuple[str, Promise], ...] = (
    (waiting.APPEALS, _("Appeals to decide")),
    (State.HELD, _("Responses to decide")),
    (waiting.FILES, _("Unsafe files to look at")),
    (waiting.VERSIONS, _("New versions to look at")),
    (State.ACCEPTED, _("Accepted, to publish")),
    (waiting.MARKS, _("Marked passages")),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, how many, and where it is done."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A consultation in the list of the desk."""

    consultation: Consultation
    topic: str
    state: str
    href: str
    tasks: tuple[Task, ...]
    received: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A date of the clock that comes or was missed."""

    topic: str
    href: str
    label: str
    on: datetime | object
    zone: str
    verdict: Verdict
    provisional: bool


def groups(user: AnyUser) -> tuple[list[Group], bool]:
    """The groups whose desk this person sees, and whether open calls of no group are among it."""
    return permissions.groups_of(user, Act.SEE_DESK), permissions.may(user, Act.SEE_DESK, None)


def lines(consultations: Sequence[Consultation], now: datetime) -> list[Line]:
    """Every consultation with its state and what waits in it: eight queries for the whole page."""
    counted = waiting.counted(consultations)
    broken = report_queries.failed(consultations)
    failed = {c.pk: sum(1 for e in broken if e.consultation_id == c.pk) for c in consultations}
    contested: dict[int, list[Contest]] = {c.pk: [] for c in consultations}
    for contest in contest_queries.waiting(consultations):
        contested[contest.consultation_id].append(contest)
    running_first = sorted(consultations, key=lambda consultation: consultation.is_record)
    return [
        _line(c, counted[c.pk], [*_contests(contested[c.pk]), *_broken(c, failed[c.pk])], now)
        for c in running_first
    ]


def coming(consultations: Sequence[Consultation], now: datetime) -> list[Coming]:
    """The dates that come within :data:`AHEAD` or are overdue, the next first."""
    found = [date for c in consultations if c.announced_at for date in _dates(c, now)]
    return sorted(found, key=lambda date: str(date.on))


def _contests(waiting: Sequence[Contest]) -> list[Task]:
    """The contests that wait, with the day on which the first answer is due."""
    if not waiting:
        return []
    said = _("Contests to decide or answer, the first by %(day)s")
    label = str(said) % {"day": written(waiting[0].answer_due_on)}
    href = reverse("desk:contests", args=[waiting[0].consultation.slug])
    return [Task(label, len(waiting), href)]


def _broken(consultation: Consultation, failed: int) -> list[Task]:
    """Editions that could not be made."""
    href = reverse("desk:consultation", args=[consultation.slug])
    return [Task(str(_("Editions that could not be made")), failed, href)] if failed else []


def _line(
    consultation: Consultation, counts: Waiting, further: Sequence[Task], now: datetime
) -> Line:
    list_href = reverse("desk:responses", args=[consultation.slug])
    href = reverse("desk:consultation", args=[consultation.slug])
    tasks = [
        Task(str(label), counts.of(kind), f"{list_href}?list={kind}")
        for kind, label in KINDS
        if counts.of(kind)
    ]
    state = consultation.state(now)
    every = (*tasks, *further)
    return Line(consultation, topic(consultation), state, href, every, counts.received)


def _dates(consultation: Consultation, now: datetime) -> Iterator[Coming]:
    view = clock.view(consultation, now)
    horizon = clock.local_day(consultation, now) + AHEAD
    closes = clock.closing(view.timetable.procedure)
    for row in view.rows:
        status = row.verdict.status
        overdue = status is Status.OVERDUE
        near = status is Status.NOT_DUE and row.on is not None and row.on <= horizon
        open_deadline = row.name == closes and row.at is not None and row.at >= now
        if overdue or near or (open_deadline and row.on and row.on <= horizon):
            yield Coming(
                topic(consultation),
                reverse("desk:consultation", args=[consultation.slug]),
                wording.milestone_name(row.rule),
                row.at or row.on,
                consultation.timezone,
                row.verdict,
                row.provisional,
            )
