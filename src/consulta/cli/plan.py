"""`consulta plan`: the consultations that coming meetings allow, and the nearest dates where they do not."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import click
from django.utils.translation import gettext as _

from consulta.cli.timetable import chosen_procedure
from consulta.cli.words import LANGUAGES, Refusal, speaking
from consulta.consultations import plan_document, plan_typed, plan_wording, wording
from consulta.consultations.plan_typed import COMING, Asked, PlanRefusedError
from consulta.core import agendas, calendar, changes, nearest
from consulta.core.agendas import Agenda, Proposal
from consulta.core.calendar import NotADayError
from consulta.core.changes import AHEAD, DAYS_OPEN, NO, QUESTIONS, VIRTUAL, YES, Difference
from consulta.core.milestones import Milestone
from consulta.core.planning import Plan
from consulta.core.rules import Procedure
from consulta.core.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The options as they were typed."""

    procedure: str | None
    meeting: tuple[str, ...]
    council: tuple[str, ...]
    anchor: tuple[str, ...]
    days_open: int | None
    ahead: int
    virtual: bool
    questions: bool
    roll: tuple[str, ...]
    offset: tuple[str, ...]
    choose: tuple[str, ...]
    changed: tuple[str, ...]
    what_if: tuple[str, ...]
    year: str
    today: str | None


@click.command()
@click.option(
    "--procedure", metavar="SLUG", help="The procedure; `consulta procedures` lists them."
)
@click.option(
    "--meeting",
    multiple=True,
    metavar="[NAME=]START[/END]",
    help="A meeting of the group, which decides and receives consultations.",
)
@click.option(
    "--council",
    multiple=True,
    metavar="[NAME=]START[/END]",
    help="A session of the body above the group, which can decide a topic.",
)
@click.option("--anchor", multiple=True, metavar="NAME=DATE", help="A date that no meeting gives.")
@click.option("--days-open", type=click.IntRange(1, 1000), help="At least so many days open.")
@click.option(
    "--ahead",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="How many consultations one meeting decides.",
)
@click.option("--virtual", is_flag=True, help="The open meeting is virtual.")
@click.option("--questions/--no-questions", default=True, help="Whether questions are asked.")
@click.option(
    "--roll", multiple=True, metavar="MILESTONE=exact|back|forward", help="Weekend policy."
)
@click.option("--offset", multiple=True, metavar="MILESTONE=NUMBER", help="An optional milestone.")
@click.option("--choose", multiple=True, metavar="NAME=OPTION", help="A choice of the procedure.")
@click.option(
    "--set",
    "changed",
    multiple=True,
    metavar="NAME=DATE",
    help="A meeting, or a milestone (MILESTONE@NUMBER of the consultation), on this day.",
)
@click.option(
    "--what-if",
    multiple=True,
    metavar="NAME=VALUE",
    help="As --set, or days_open=60, virtual=yes, MILESTONE=back: shows what it changes.",
)
@click.option(
    "--year",
    is_flag=False,
    flag_value=COMING,
    default="",
    metavar="[YEAR]",
    help="Only the coming twelve months, or the given year.",
)
@click.option("--today", metavar="DATE", help="Plan as on this day; else today.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def plan(*, language: str, form: str, **typed: object) -> None:
    """Plan consultations from the meetings to come. Needs no database.

    Exits with 1 when a plan (or the what-if) cannot keep the rule, 2 for wrong input. Dates are
    written YYYY-MM-DD.
    """
    with speaking(language):
        agenda, other = _read(Typed(**typed))  # type: ignore[arg-type]
        told = (
            _as_json(agenda, other)
            if form == "json"
            else "\n".join(_as_text(agenda, other, language))
        )
        click.echo(told)
        judged = agendas.propose(other or agenda)
    sys.exit(0 if judged and all(proposal.plan.feasible for proposal in judged) else 1)


def _read(typed: Typed) -> tuple[Agenda, Agenda | None]:
    rules = chosen_procedure(typed.procedure)
    asked = Asked(
        rules=rules,
        today=_today(rules, typed.today),
        meetings=typed.meeting,
        councils=typed.council,
        anchors=typed.anchor,
        wishes=(*_wishes(typed), *typed.roll, *typed.choose),
        offsets=typed.offset,
        changed=typed.changed,
        what_if=typed.what_if,
        year=typed.year,
    )
    try:
        return plan_typed.read(asked)
    except PlanRefusedError as error:
        raise Refusal(error.sentence) from error


def _today(rules: Procedure, typed: str | None) -> date:
    if not typed:
        return datetime.now(ZoneInfo(rules.zone)).date()
    try:
        return calendar.parse_day(typed)
    except NotADayError as error:
        sentence = _("“%(text)s” is not a date; write --today YYYY-MM-DD.")
        raise Refusal(sentence % {"text": typed}) from error


def _wishes(typed: Typed) -> Iterator[str]:
    yield f"{AHEAD}={typed.ahead}"
    yield f"{VIRTUAL}={YES if typed.virtual else NO}"
    yield f"{QUESTIONS}={YES if typed.questions else NO}"
    if typed.days_open:
        yield f"{DAYS_OPEN}={typed.days_open}"


def _as_json(agenda: Agenda, other: Agenda | None) -> str:
    return json.dumps(plan_document.agenda(agenda, other), ensure_ascii=False, indent=2)


def _as_text(agenda: Agenda, other: Agenda | None, language: str) -> Iterator[str]:
    yield agenda.rules.title_for(language).text
    for proposal in agendas.propose(agenda):
        yield from ("", *_proposal(agenda, proposal))
    if other:
        yield from ("", _("What if:"))
        found = [one for one in changes.compare(agenda, other) if not one.is_none]
        for one in found:
            yield from ("", *_difference(one, other))
        if not found:
            yield _("Nothing changes.")


def _proposal(agenda: Agenda, proposal: Proposal) -> Iterator[str]:
    plan = proposal.plan
    yield f"{proposal.number}. {plan_wording.heading(proposal.pair)}"
    yield from _indented(_state(proposal))
    heads = (_("What"), _("The rule allows"), _("Planned"), _("Verdict"))
    yield from _indented(_table(heads, [_line(m, plan) for m in plan.carried.milestones]))
    if proposal.later and proposal.pair.restating:
        opens = proposal.later.table.milestones[0].latest
        if opens:
            name = proposal.pair.restating.name
            yield from _indented([plan_wording.later_reading(opens, name)])
    yield from _indented(f"- {said}" for said in plan_wording.remarks(plan))
    yield from _indented(_mends(agenda, proposal))


def _state(proposal: Proposal) -> Iterator[str]:
    plan = proposal.plan
    said = (
        _("The plan can keep the rule.") if plan.feasible else _("The plan cannot keep the rule.")
    )
    days = plan.days_open
    if days is not None:
        said = f"{said} {plan_wording.open_for(days)}"
    yield said
    yield from (f"! {trouble}" for trouble in plan_wording.troubles(plan))


def _line(milestone: Milestone, plan: Plan) -> tuple[str, ...]:
    allowed = "/".join(
        day.isoformat() if day else ".." for day in (milestone.earliest, milestone.latest)
    )
    return (
        wording.milestone_name(milestone.rule),
        "" if allowed == "../.." else allowed,
        wording.day(milestone.day) if milestone.day else "",
        _earned(milestone.name, milestone.verdict, plan),
    )


def _earned(name: str, verdict: Verdict | None, plan: Plan) -> str:
    return plan_wording.in_conflict(name, verdict, plan) or plan_wording.planned_verdict(verdict)


def _mends(agenda: Agenda, proposal: Proposal) -> Iterator[str]:
    if proposal.plan.feasible:
        return
    yield _("Nearest dates with which the rule can be kept:")
    found = agendas.remedies(agenda, proposal)
    for remedy in found:
        said = plan_wording.remedy(remedy, agenda.rules)
        yield f"  {said} {plan_wording.breaks(len(remedy.breaks))}".rstrip()
    if not found:
        yield f"  {_('No single move helps.')}"
    if most := nearest.most_days_open(proposal.plan):
        yield f"  {plan_wording.most(most)}"
    if later := agendas.later_meeting(agenda, proposal):
        yield f"  {_('It could report to a later meeting: %(meeting)s.') % {'meeting': later.name}}"


def _difference(found: Difference, agenda: Agenda) -> Iterator[str]:
    proposal = found.after or found.before
    if proposal is None:
        return
    yield plan_wording.heading(proposal.pair)
    if found.after is None:
        yield from _indented([plan_wording.gone(proposal, agenda)])
        return
    heads = (_("What"), _("Before"), _("After"), _("Verdict"), _("Difference"))
    rules = proposal.plan.table.procedure
    rows = [
        (
            plan_wording.moved_name(one.name, rules),
            one.before.isoformat() if one.before else "",
            one.after.isoformat() if one.after else "",
            _earned(one.name, one.verdict_after, found.after.plan),
            plan_wording.shifted(one),
        )
        for one in found.dates
    ]
    yield from _indented(_table(heads, rows))
    yield from _indented(_state(found.after))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Write a table with columns as wide as their widest cell, a Chinese character counted double."""
    widths = [max(map(_width, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, ["-" * width for width in widths], *rows):
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _indented(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    return (f"   {line}" for line in lines)
