"""A plan as it is typed, on the command line, in an address or in a form: read, or refused in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.consultations import wording
from consulta.core import agendas, calendar, changes, planning, procedure
from consulta.core.agendas import Agenda, MeetingKind, PlannedMeeting
from consulta.core.calendar import NotADayError, OutOfCalendarError
from consulta.core.changes import NotAValueError, UnknownNameError, WhichProposalError
from consulta.core.planning import MissingAnchorError
from consulta.core.rules import Procedure

#: How many meetings are planned at most, and how many characters a refusal repeats.
MOST_MEETINGS, LONGEST = 12, 80
COMING = "coming"
#: The code of the refusal where the meetings leave no consultation to plan.
NOTHING = "nothing_to_plan"
YEAR = timedelta(days=365)


class PlanRefusedError(ValueError):
    """What was typed cannot be planned. *error* is a code, *sentence* says how to mend it.

    *names*: the anchors that are missing.
    """

    def __init__(self, error: str, sentence: str, names: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.error, self.sentence, self.names = error, sentence, names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed. Meetings are `START`, `START/END` or `NAME=START/END`; the rest NAME=VALUE.

    *year*: empty for everything, `coming` for the year from today, or the number of a year.
    """

    rules: Procedure
    today: date
    meetings: Sequence[str] = ()
    councils: Sequence[str] = ()
    anchors: Sequence[str] = ()
    wishes: Sequence[str] = ()
    offsets: Sequence[str] = ()
    changed: Sequence[str] = ()
    what_if: Sequence[str] = ()
    year: str = ""


def read(asked: Asked, *, known: Sequence[PlannedMeeting] = ()) -> tuple[Agenda, Agenda | None]:
    """Read the agenda that was typed, and the one of the what-if, if any was asked.

    *known*: meetings from the record, beside those that were typed. Raises PlanRefusedError.
    """
    with refused(asked.rules):
        agenda = _agenda(asked, known)
        for pair in (*asked.wishes, *asked.changed):
            agenda = changes.apply(agenda, *_pair(pair))
        given = agenda.meetings or agenda.anchors or not agendas.needed(asked.rules)
        if not (given and agendas.propose(agenda)):
            raise _nothing(agenda)
        if not asked.what_if:
            return agenda, None
        other = agenda
        for pair in asked.what_if:
            other = changes.apply(other, *_pair(pair))
        agendas.propose(other)  # refuses what cannot be drawn up
        return agenda, other


@contextmanager
def refused(rules: Procedure) -> Iterator[None]:
    """Put what the core refuses inside the block into words."""
    try:
        yield
    except UnknownNameError as error:
        words = {"name": error.name[:LONGEST], "names": ", ".join(error.allowed)}
        sentence = _("Nothing here is called “%(name)s”; there is: %(names)s.")
        raise PlanRefusedError("name_unknown", sentence % words) from error
    except WhichProposalError as error:
        raise _which(error) from error
    except NotAValueError as error:
        raise _no_value(error) from error
    except MissingAnchorError as error:
        raise _missing(rules, error) from error
    except (procedure.UnknownMilestoneError, procedure.NoChoiceError) as error:
        sentence = _("The procedure has no choice there; an offset can be given for: %(names)s.")
        names = ", ".join(rule.name for rule in rules.rules if rule.optional) or "—"
        raise PlanRefusedError("offset_fixed", sentence % {"names": names}) from error
    except (OutOfCalendarError, OverflowError) as error:
        sentence = _("A date lies outside the years %(first)s to %(last)s; choose nearer ones.")
        years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
        raise PlanRefusedError("out_of_calendar", sentence % years) from error


def meetings(typed: Sequence[str], kind: MeetingKind) -> Iterator[PlannedMeeting]:
    """Read meetings; one without a name is called by its kind and place. Raises PlanRefusedError."""
    usual = "meeting" if kind is MeetingKind.GROUP else "council"
    for number, text in enumerate(typed, start=1):
        name, equals, days = text.rpartition("=")
        first, _slash, last = days.partition("/")
        start = _day(first)
        end = _day(last) if last else start
        if end < start:
            sentence = _("“%(text)s” ends before it begins; write START/END.")
            raise PlanRefusedError("mistyped", sentence % {"text": text[:LONGEST]})
        named = name.strip() if equals else f"{usual}-{number}"
        yield PlannedMeeting(_name(named), start, end, kind)


def _agenda(asked: Asked, known: Sequence[PlannedMeeting]) -> Agenda:
    every = (
        *known,
        *meetings(asked.meetings, MeetingKind.GROUP),
        *meetings(asked.councils, MeetingKind.COUNCIL),
    )
    _check(every)
    offsets = {name: _number(value) for name, value in map(_pair, asked.offsets)}
    anchors = {name: _day(value) for name, value in map(_pair, asked.anchors)}
    allowed = tuple(anchor.name for anchor in asked.rules.anchors)
    for name in anchors:
        if name not in allowed:
            raise UnknownNameError(name, allowed)
    return Agenda(
        rules=asked.rules,
        today=asked.today,
        meetings=every,
        anchors=planning.frozen(anchors),
        wishes=planning.Wishes(offsets=planning.frozen(offsets)),
        within=_within(asked),
    )


def _check(every: Sequence[PlannedMeeting]) -> None:
    if len(every) > MOST_MEETINGS:
        sentence = ngettext(
            "At most %(most)d meeting is planned at once; leave some out.",
            "At most %(most)d meetings are planned at once; leave some out.",
            MOST_MEETINGS,
        )
        raise PlanRefusedError("too_many", sentence % {"most": MOST_MEETINGS})
    names = [meeting.name for meeting in every]
    for name in names:
        if names.count(name) > 1:
            sentence = _("Two meetings are called “%(name)s”; give one of them another name.")
            raise PlanRefusedError("name_twice", sentence % {"name": name})


def _within(asked: Asked) -> tuple[date, date] | None:
    if not asked.year:
        return None
    if asked.year == COMING:
        return asked.today, asked.today + YEAR
    try:
        first = calendar.parse_day(f"{asked.year}-01-01")
        return first, calendar.parse_day(f"{asked.year}-12-31")
    except NotADayError as error:
        sentence = _("“%(year)s” is no year; write one from %(first)s to %(last)s, or %(coming)s.")
        years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
        words = {"year": asked.year[:LONGEST], "coming": COMING, **years}
        raise PlanRefusedError("year_mistyped", sentence % words) from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        sentence = _("“%(pair)s” cannot be read; write NAME=VALUE.")
        raise PlanRefusedError("mistyped", sentence % {"pair": text[:LONGEST]})
    return name, value


def _name(text: str) -> str:
    """Check the name of a meeting: it stands before `=` and `@`, and between others."""
    if not text or len(text) > LONGEST or set(text) & set("=@>"):
        sentence = _("“%(name)s” is no name for a meeting; leave out the signs =, @ and >.")
        raise PlanRefusedError("mistyped", sentence % {"name": text[:LONGEST]})
    return text


def _day(text: str) -> date:
    try:
        return calendar.parse_day(text)
    except NotADayError as error:
        sentence = _(
            "“%(text)s” is not a date; write an existing day as YYYY-MM-DD, between the years "
            "%(first)s and %(last)s."
        )
        years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
        words = {"text": text[:LONGEST], **years}
        raise PlanRefusedError("not_a_date", sentence % words) from error


def _number(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 4 and int(text)):
        raise NotAValueError("offset", text, ("1",))
    return int(text)


def _nothing(agenda: Agenda) -> PlanRefusedError:
    sentence = _(
        "No consultation lies ahead between these meetings. Give a meeting that decides and a "
        "later meeting of the group, after %(today)s."
    )
    return PlanRefusedError(NOTHING, sentence % {"today": agenda.today.isoformat()})


def _which(error: WhichProposalError) -> PlanRefusedError:
    sentence = _(
        "Several consultations have “%(name)s”; write %(name)s@NUMBER with one of: %(numbers)s."
    )
    numbers = ", ".join(map(str, error.numbers))
    words = {"name": error.name[:LONGEST], "numbers": numbers}
    return PlanRefusedError("which", sentence % words)


def _no_value(error: NotAValueError) -> PlanRefusedError:
    sentence = _("“%(value)s” cannot stand for %(name)s; write for example: %(allowed)s.")
    words = {"value": error.value[:LONGEST], "name": error.name[:LONGEST]}
    told = sentence % {**words, "allowed": ", ".join(error.allowed)}
    return PlanRefusedError("mistyped", told)


def _missing(rules: Procedure, error: MissingAnchorError) -> PlanRefusedError:
    sentence = _("The procedure %(slug)s needs more dates; give meetings or dates for: %(names)s.")
    named = (f"{wording.anchor_name(name, rules)} ({name})" for name in error.names)
    words = {"slug": rules.slug, "names": ", ".join(named)}
    return PlanRefusedError("anchor_missing", sentence % words, error.names)
