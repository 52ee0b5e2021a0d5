"""`consulta timetable`: what a procedure demands of given dates, and whether it was kept."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.cli.words import LANGUAGES, Refusal, speaking
from consulta.consultations import clock_document, missed_wording, wording
from consulta.core import calendar, procedure
from consulta.core.calendar import NotADayError, Roll
from consulta.core.milestones import Milestone
from consulta.core.rules import Procedure
from consulta.core.timetable import (
    Announcement,
    Timetable,
    UnknownAnchorError,
    draw_up,
    noting_what_is_ahead,
)

T = TypeVar("T")
NOT_KNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Typed:
    """The options as they were typed."""

    procedure: str | None
    today: str | None
    anchor: tuple[str, ...]
    actual: tuple[str, ...]
    announced: tuple[str, ...]
    roll: tuple[str, ...]
    offset: tuple[str, ...]
    choose: tuple[str, ...]


@click.command()
@click.option(
    "--procedure",
    metavar="SLUG|PATH.toml",
    help="The procedure; `consulta procedures` lists them. Or the file of one.",
)
@click.option("--anchor", multiple=True, metavar="NAME=DATE", help="A date the rule counts from.")
@click.option(
    "--actual",
    multiple=True,
    metavar="MILESTONE=DATE",
    help="The day it was done, held or set for; `unknown` if nobody knows.",
)
@click.option(
    "--announced",
    multiple=True,
    metavar="NAME=DATE@DAY",
    help="From DAY on, it was known to be on DATE: for meetings that moved; may be repeated.",
)
@click.option(
    "--roll",
    multiple=True,
    metavar="MILESTONE=exact|back|forward",
    help="What a deadline does on a weekend, where the procedure's own policy is not wanted.",
)
@click.option(
    "--offset",
    multiple=True,
    metavar="MILESTONE=NUMBER",
    help="Draw up an optional milestone, so many of its units after its anchor.",
)
@click.option(
    "--choose",
    multiple=True,
    metavar="NAME=OPTION",
    help="An option of a choice that the procedure leaves open.",
)
@click.option("--today", metavar="DATE", help="Judge as on this day; else today.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def timetable(*, language: str, form: str, **typed: object) -> None:
    """Compute the timetable of a consultation and judge it. Needs no database.

    Exits with 1 when a rule is missed or overdue or the plan cannot keep the rule, 2 for wrong
    input. Dates are written YYYY-MM-DD.
    """
    with speaking(language):
        table = _drawn_up(Typed(**typed))  # type: ignore[arg-type]
        click.echo(_as_json(table) if form == "json" else "\n".join(_as_text(table, language)))
    sys.exit(0 if table.kept and table.feasible else 1)


def _drawn_up(typed: Typed) -> Timetable:
    """Draw up the timetable that was asked for, or refuse with a sentence."""
    rules = chosen_procedure(typed.procedure)
    with _in_one_sentence(rules):
        rules = procedure.choose(
            rules,
            offsets=_pairs(typed.offset, "--offset", _number),
            rolls=_pairs(typed.roll, "--roll", _roll),
            options=_pairs(typed.choose, "--choose", str),
        )
        anchors = _pairs(typed.anchor, "--anchor", _day)
        table = draw_up(
            rules,
            anchors,
            today=_day(typed.today) if typed.today else datetime.now(ZoneInfo(rules.zone)).date(),
            actual=_pairs(typed.actual, "--actual", _day_or_unknown),
            history=_announced(typed.announced),
        )
    _refuse_missing(rules, anchors)
    return noting_what_is_ahead(table)


@contextmanager
def _in_one_sentence(rules: Procedure) -> Iterator[None]:
    """Put what the clock refuses into a sentence that says how to mend it."""
    try:
        yield
    except UnknownAnchorError as error:
        raise _unknown_anchor(rules, error) from error
    except procedure.UnknownMilestoneError as error:
        raise _unknown_milestone(rules, error) from error
    except procedure.NoChoiceError as error:
        raise _no_choice(rules, error) from error
    except procedure.UnknownChoiceError as error:
        raise _unknown_choice(rules, error) from error
    except calendar.OutOfCalendarError as error:
        raise _out_of_calendar() from error


def chosen_procedure(slug: str | None) -> Procedure:
    """Load the procedure called *slug*, or at the path *slug*; or refuse with those that exist."""
    names = {"slugs": ", ".join(procedure.slugs()), "slug": slug}
    if not slug:
        raise Refusal(_("Name a procedure with --procedure; there are: %(slugs)s.") % names)
    try:
        return procedure.find(slug)
    except procedure.UnknownProcedureError as error:
        sentence = _("There is no procedure called “%(slug)s”; choose one of: %(slugs)s.")
        raise Refusal(sentence % names) from error
    except procedure.UnreadableFileError as error:
        sentence = _("“%(slug)s” cannot be read; name a file that exists and holds UTF-8 text.")
        raise Refusal(sentence % names) from error
    except procedure.ProcedureFileError as error:
        raise Refusal(str(error)) from error


def _pairs(typed: tuple[str, ...], option: str, read: Callable[[str], T]) -> dict[str, T]:
    """Read NAME=VALUE pairs; each name may be given once."""
    found: dict[str, T] = {}
    for pair in typed:
        name, equals, value = (part.strip() for part in pair.partition("="))
        words = {"option": option, "name": name, "pair": pair}
        if not (name and equals and value):
            sentence = _("“%(option)s %(pair)s” is incomplete; write %(option)s NAME=VALUE.")
            raise Refusal(sentence % words)
        if name in found:
            sentence = _("%(option)s names %(name)s twice; give it once.")
            raise Refusal(sentence % words)
        found[name] = read(value)
    return found


def _day(text: str) -> date:
    try:
        return calendar.parse_day(text)
    except NotADayError as error:
        sentence = _(
            "“%(text)s” is not a date; write an existing day as YYYY-MM-DD, between the years "
            "%(first)s and %(last)s."
        )
        years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
        raise Refusal(sentence % {"text": text, **years}) from error


def _day_or_unknown(text: str) -> date | None:
    return None if text == NOT_KNOWN else _day(text)


def _announcement(text: str) -> Announcement:
    day, at, on = text.partition("@")
    if not at:
        sentence = _("“%(text)s” is incomplete; write --announced NAME=DATE@DAY.")
        raise Refusal(sentence % {"text": text})
    return Announcement(on=_day(on), day=_day(day))


def _announced(typed: tuple[str, ...]) -> dict[str, tuple[Announcement, ...]]:
    """Read what was announced; a date may have moved more than once."""
    found: dict[str, tuple[Announcement, ...]] = {}
    for pair in typed:
        for name, told in _pairs((pair,), "--announced", _announcement).items():
            found[name] = (*found.get(name, ()), told)
    return found


def _roll(text: str) -> Roll:
    try:
        return Roll(text)
    except ValueError as error:
        sentence = _("“%(text)s” is no policy for weekends; choose one of: %(policies)s.")
        raise Refusal(sentence % {"text": text, "policies": ", ".join(Roll)}) from error


def _number(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) <= 4 else 0
    if not 1 <= number <= 1000:
        sentence = _("“%(text)s” is no number that can be counted; write one from 1 to 1000.")
        raise Refusal(sentence % {"text": text})
    return number


def _refuse_missing(rules: Procedure, anchors: dict[str, date]) -> None:
    missing = [a.name for a in rules.anchors if a.required and a.name not in anchors]
    if missing:
        sentence = ngettext(
            "The procedure %(slug)s needs one more date; add it with --anchor NAME=YYYY-MM-DD "
            "for: %(names)s.",
            "The procedure %(slug)s needs more dates; add them with --anchor NAME=YYYY-MM-DD "
            "for: %(names)s.",
            len(missing),
        )
        raise Refusal(sentence % {"slug": rules.slug, "names": ", ".join(missing)})


def _unknown_anchor(rules: Procedure, error: UnknownAnchorError) -> Refusal:
    sentence = _("The procedure %(slug)s has no anchor “%(names)s”; it has: %(allowed)s.")
    return Refusal(sentence % _names(rules, error.names, error.allowed))


def _unknown_milestone(rules: Procedure, error: procedure.UnknownMilestoneError) -> Refusal:
    sentence = _("The procedure %(slug)s has no milestone “%(names)s”; it has: %(allowed)s.")
    return Refusal(sentence % _names(rules, error.names, error.allowed))


def _no_choice(rules: Procedure, error: procedure.NoChoiceError) -> Refusal:
    words = _names(rules, (error.name,), error.allowed)
    if not error.allowed:
        sentence = _("The procedure %(slug)s fixes every date itself; leave --offset out.")
        return Refusal(sentence % words)
    sentence = _(
        "The procedure %(slug)s fixes “%(names)s” itself; --offset can be given for: %(allowed)s."
    )
    return Refusal(sentence % words)


def _unknown_choice(rules: Procedure, error: procedure.UnknownChoiceError) -> Refusal:
    words = _names(rules, (error.name,), error.allowed)
    if not error.allowed:
        sentence = _("The procedure %(slug)s leaves no choice open; leave --choose out.")
        return Refusal(sentence % words)
    sentence = _("The procedure %(slug)s has no choice “%(names)s”; it has: %(allowed)s.")
    return Refusal(sentence % words)


def _out_of_calendar() -> Refusal:
    sentence = _(
        "Counted from these dates, a milestone falls outside the years %(first)s to %(last)s; "
        "give dates well inside them."
    )
    years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
    return Refusal(sentence % years)


def _names(rules: Procedure, names: tuple[str, ...], allowed: tuple[str, ...]) -> dict[str, str]:
    return {"slug": rules.slug, "names": ", ".join(names), "allowed": ", ".join(allowed)}


def _as_json(table: Timetable) -> str:
    return json.dumps(clock_document.timetable(table), ensure_ascii=False, indent=2)


def _as_text(table: Timetable, language: str) -> Iterator[str]:
    yield table.procedure.title[language]
    for milestone in table.milestones:
        yield ""
        yield wording.milestone_name(milestone.rule)
        yield from (f"  {line}" for line in _lines(milestone, table) if line)
    for found in (*table.conflicts, *table.notes):
        yield ""
        yield wording.finding(found, table.procedure)
    yield ""
    yield from missed_wording.summary(table)


def _lines(milestone: Milestone, table: Timetable) -> Iterator[str]:
    yield wording.explanation(milestone, table.procedure)
    if milestone.actual:
        yield _("On record: %(day)s.") % {"day": wording.day(milestone.actual)}
    elif milestone.proposed:
        yield _("Proposed: %(day)s.") % {"day": wording.day(milestone.proposed)}
    yield wording.preference(milestone)
    yield wording.verdict(milestone.verdict)
    if then := milestone.verdict.as_known_then:
        yield wording.verdict_as_known_then(then)
    yield _("%(clause)s: %(sentence)s") % {
        "clause": milestone.rule.clause,
        "sentence": milestone.rule.source,
    }
    if not milestone.rule.verified:
        yield _("Not verified: nobody has checked this sentence against its source.")
