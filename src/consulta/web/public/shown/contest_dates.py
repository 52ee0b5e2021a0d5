"""The dates of the right to contest, as rows of a consultation's timetable."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.consultations import applied, clock
from consulta.consultations.clock import Clock
from consulta.consultations.models import Consultation
from consulta.core.regime import Contest as Right
from consulta.core.verdicts import Evidence, Limits, Verdict, judge
from consulta.reports import contest_clock, contest_queries, queries, released
from consulta.reports.contest_clock import Stand, Window
from consulta.reports.models import Contest
from consulta.web.ui.parts import TimetableRow
from consulta.web.ui.templatetags.ui import digits


def rows(
    consultation: Consultation, line: Clock, now: datetime, language: str
) -> list[TimetableRow]:
    """When contests are taken and answered; none where the procedure gives no right to contest.

    Before the report is released the dates are computed from that of its milestone.
    """
    edition = released.to_read(queries.released(consultation), language)
    window = contest_clock.window(consultation, edition, now)
    if window.right is None or consultation.is_record or consultation.cancelled_at:
        return []
    if window.stand is Stand.NOT_YET:
        return _expected(line, window.right)
    return _known(consultation, window, now)


def _expected(line: Clock, right: Right) -> list[TimetableRow]:
    report = next((row for row in line.rows if row.name == applied.REPORT), None)
    opens = report.on if report else None
    closes = opens + timedelta(days=right.days) if opens else None
    answers = closes + timedelta(days=right.answer_days) if closes else None
    if opens:
        note = _("Computed from the date of the report; it moves with the release.")
    else:
        note = _("It runs from the release of the report, for which no date is set yet.")
    return [
        _row(_opens(), right, on=opens, note=note),
        _row(_closes(right), right, on=closes),
        _row(_answers(right), right, on=answers),
    ]


def _known(consultation: Consultation, window: Window, now: datetime) -> list[TimetableRow]:
    right, zone = window.right, consultation.timezone
    assert right is not None  # noqa: S101 (asked before)
    assert window.opened_at is not None and window.closes_at is not None  # noqa: S101, PT018
    last = clock.local_day(consultation, window.closes_at)
    answers = last + timedelta(days=right.answer_days)
    contests = contest_queries.answerable(consultation)
    today = clock.local_day(consultation, now)
    done = last if now > window.closes_at else Evidence.NOTHING_DONE
    kept_open = judge(Limits(earliest=last, latest=last), done, today=today)
    note = "" if contests else _("Nothing was contested so far.")
    return [
        _row(_opens(), right, on=window.opened_at, zone=zone),
        _row(_closes(right), right, on=window.closes_at, zone=zone, verdict=kept_open),
        _row(_answers(right), right, on=answers, verdict=_worst(contests, now), note=note),
    ]


def _worst(contests: Sequence[Contest], now: datetime) -> Verdict | None:
    """The verdict of the answer that was given latest after its day, or that is most overdue."""
    found = [v for v in (contest_clock.verdict(one, now) for one in contests) if v]
    late = [v for v in found if v.days]
    if late:
        return max(late, key=lambda verdict: verdict.days or 0)
    waiting = [v for v in found if v.status.value == "not_due"]
    return next(iter([*waiting, *found]), None)


def _opens() -> str:
    return _("Contests of the report are taken from its release on")


def _closes(right: Right) -> str:
    said = ngettext(
        "Last day to contest the report, %(days)s day after its release",
        "Last day to contest the report, %(days)s days after its release",
        right.days,
    )
    return said % {"days": digits(right.days)}


def _answers(right: Right) -> str:
    said = ngettext(
        "Last day for answers, each %(days)s day after its contest",
        "Last day for answers, each %(days)s days after its contest",
        right.answer_days,
    )
    return said % {"days": digits(right.answer_days)}


def _row(label: str, right: Right, **more: object) -> TimetableRow:
    return TimetableRow(label=label, source=right.source, **more)  # type: ignore[arg-type]
