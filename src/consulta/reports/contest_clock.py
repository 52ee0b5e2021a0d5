"""The clock of contests: how long a released edition can be contested, and when the answer is due.

Days are counted as the procedure's deadlines are: the day of the release, or of the arrival, is not
counted, the last day is included until the rule's hour in its zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from consulta.consultations import clock, terms
from consulta.consultations.models import Consultation
from consulta.core.regime import Contest as Right
from consulta.core.verdicts import Evidence, Limits, Verdict, judge
from consulta.reports.models import Contest, Edition

#: The states of a contest that went off the page after it arrived.
GONE = (Contest.State.WITHDRAWN, Contest.State.REMOVED)
#: The states in which an answer is owed.
WAITING = (Contest.State.RECEIVED, Contest.State.PUBLISHED)


class Stand(StrEnum):
    """Whether a report can be contested, and why not."""

    NO_RIGHT = "no-right"  # the procedure gives none
    NOT_YET = "not-yet"  # no report is released
    SUPERSEDED = "superseded"  # a later edition in this language took its place
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Window:
    """Until when an edition can be contested; None where no date is set."""

    stand: Stand
    right: Right | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a contest is taken."""
        return self.stand is Stand.OPEN


def window(consultation: Consultation, edition: Edition | None, now: datetime) -> Window:
    """The window of *edition* at the instant *now*; None: no report is released yet."""
    right = terms.contest(consultation)
    if right is None:
        return Window(Stand.NO_RIGHT)
    if edition is None or edition.released_at is None:
        return Window(Stand.NOT_YET, right)
    closes_at = clock.end_of(_last_day(consultation, edition.released_at, right), consultation)
    later = Edition.objects.filter(
        consultation=consultation,
        kind=edition.kind,
        language=edition.language,
        ordinal__gt=edition.ordinal,
        released_at__isnull=False,
    )
    stand = Stand.OPEN if now <= closes_at else Stand.OVER
    if stand is Stand.OPEN and later.exists():
        stand = Stand.SUPERSEDED
    return Window(stand, right, edition.released_at, closes_at)


def answer_due_on(consultation: Consultation, right: Right, received_at: datetime) -> date:
    """The last day for the answer to a contest that arrived at *received_at*."""
    return clock.local_day(consultation, received_at) + timedelta(days=right.answer_days)


def verdict(contest: Contest, now: datetime) -> Verdict | None:
    """Kept, missed by so many days, overdue or not due; None where no answer is owed.

    None is owed to a contest that was declined, nor to one that went before it was answered.
    """
    gone = contest.state in GONE and contest.answered_at is None
    if gone or contest.state == Contest.State.DECLINED:
        return None
    consultation = contest.consultation
    answered = contest.answered_at
    done = clock.local_day(consultation, answered) if answered else Evidence.NOTHING_DONE
    today = clock.local_day(consultation, now)
    return judge(Limits(latest=contest.answer_due_on), done, today=today)


def boundaries(now: datetime) -> Iterator[datetime]:
    """Yield the instants at which a window closes or an answer is overdue from then on."""
    released = Edition.objects.filter(
        kind=Edition.Kind.CONSOLIDATED, released_at__gte=now - timedelta(days=400)
    )
    for edition in released.select_related("consultation").defer("content"):
        found = window(edition.consultation, edition, now)
        if found.closes_at:
            yield found.closes_at + timedelta(microseconds=1)
    waiting = Contest.objects.filter(answered_at__isnull=True, state__in=WAITING)
    for contest in waiting.select_related("consultation"):
        for ahead in range(1, 60):  # the verdict counts the days
            day = contest.answer_due_on + timedelta(days=ahead)
            yield clock.start_of(day, contest.consultation.timezone)


def _last_day(consultation: Consultation, released_at: datetime, right: Right) -> date:
    return clock.local_day(consultation, released_at) + timedelta(days=right.days)
