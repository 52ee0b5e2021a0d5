"""The words of a plan: what hinders it, what would mend it, what a change would do."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consulta.consultations import wording
from consulta.core import calendar
from consulta.core.agendas import Agenda, Pair, Proposal, Remedy
from consulta.core.changes import DAYS_OPEN, QUESTIONS, VIRTUAL, Dated
from consulta.core.conflicts import Code, Finding
from consulta.core.planning import Hindrance, Obstacle, Plan
from consulta.core.rules import Procedure
from consulta.core.verdicts import Status, Verdict

LEFT_OUT = {
    DAYS_OPEN: gettext_lazy("days open"),
    VIRTUAL: gettext_lazy("the open meeting is virtual"),
    QUESTIONS: gettext_lazy("questions are asked"),
}


def troubles(plan: Plan) -> list[str]:
    """Say everything that keeps *plan* from being feasible, a sentence each."""
    rules, blocking = plan.table.procedure, (found for found in plan.findings if found.blocking)
    return [
        *(_with_clauses(finding(plan, f), f.milestones, plan) for f in blocking),
        *(_with_clauses(obstacle(o, rules), (o.milestone,), plan) for o in plan.obstacles),
    ]


def open_for(days: int) -> str:
    """Say for how many days a plan is open."""
    if not days:
        return _("There is no day to respond.")
    return ngettext("Open for %(days)d day.", "Open for %(days)d days.", days) % {"days": days}


def in_conflict(name: str, verdict: Verdict | None, plan: Plan) -> str:
    """Say that the planned day of a milestone fits only alone; empty where it does not, or fits."""
    alone = verdict is not None and not verdict.broken
    return _("In conflict.") if alone and name in plan.conflicting else ""


def _with_clauses(sentence: str, names: tuple[str, ...], plan: Plan) -> str:
    """Name, after *sentence*, the clauses that cannot be kept."""
    rules = (plan.table.procedure.rule(name) for name in names)
    named = [
        _("%(milestone)s (%(clause)s)")
        % {"milestone": wording.milestone_name(rule), "clause": rule.clause}
        for rule in rules
    ]
    if len(named) == 1:
        breaks = _("The rule that breaks: %(rule)s.") % {"rule": named[0]}
    else:
        words = {"first": named[0], "second": named[1]}
        breaks = _("The rules that cannot both be kept: %(first)s and %(second)s.") % words
    return f"{sentence} {breaks}"


def remarks(plan: Plan) -> list[str]:
    """Say what is worth knowing of *plan* although it breaks no rule."""
    rules = plan.table.procedure
    said = [wording.finding(f, rules) for f in plan.findings if not f.blocking]
    said += [wording.finding(note, rules) for note in plan.table.notes]
    if plan.wishes.virtual:
        said.append(_("A virtual meeting counts as the open meeting; no date changes."))
    if not plan.wishes.questions:
        said.append(_("Without questions the topic is put as it stands; no date changes."))
    return said


def finding(plan: Plan, found: Finding) -> str:
    """Say a conflict of *plan*; one with the wish for days open says how many there can be."""
    wished = plan.wishes.days_open
    if wished and found.code is Code.NO_TIME:
        return ngettext(
            "%(wished)d day open is wished. No day on which the rule allows to open leaves so many.",
            "%(wished)d days open are wished. "
            "No day on which the rule allows to open leaves so many.",
            wished,
        ) % {"wished": wished}
    return wording.finding(found, plan.table.procedure)


def most(days: int) -> str:
    """Say how many days open are possible at most."""
    return ngettext(
        "Opened on the first day that the rule allows, it can be open for %(days)d day at most.",
        "Opened on the first day that the rule allows, it can be open for %(days)d days at most.",
        days,
    ) % {"days": days}


def obstacle(found: Obstacle, rules: Procedure) -> str:
    """Say in one sentence why a milestone cannot be kept on its planned day."""
    words = {"milestone": _named(found.milestone, rules), "day": wording.day(found.day)}
    if found.hindrance is Hindrance.PASSED:
        return _("%(milestone)s: %(day)s has passed, and nothing is on record.") % words
    return ngettext(
        "%(milestone)s: on %(day)s it misses the rule by %(days)d day.",
        "%(milestone)s: on %(day)s it misses the rule by %(days)d days.",
        found.days or 0,
    ) % {**words, "days": found.days or 0}


def remedy(found: Remedy, rules: Procedure, *, names: dict[str, str] | None = None) -> str:
    """Say a nearest move in one sentence; *names*: of meetings, where they have better ones."""
    days = found.move.days
    words = {"days": abs(days), "day": wording.day(found.move.to)}
    if found.meeting:
        name = (names or {}).get(found.meeting.name, found.meeting.name)
        words |= {"what": name, "day": wording.day(found.meeting.start)}
    else:
        words["what"] = moved_name(found.move.name, rules)
    if days == 0:
        sentence = _("%(what)s: choose %(day)s, the planned day, so that no later one counts")
    elif days < 0:
        sentence = ngettext(
            "%(what)s: %(days)d day earlier, on %(day)s",
            "%(what)s: %(days)d days earlier, on %(day)s",
            -days,
        )
    else:
        sentence = ngettext(
            "%(what)s: %(days)d day later, on %(day)s",
            "%(what)s: %(days)d days later, on %(day)s",
            days,
        )
    return _marked(sentence % words, found)


def _marked(said: str, found: Remedy) -> str:
    """Add to a remedy that its day, or a part of its meeting, is on a weekend."""
    if not found.on_weekend:
        return said
    if calendar.is_weekend(found.meeting.start if found.meeting else found.move.to):
        return _("%(date)s (on a weekend)") % {"date": said}
    return _("%(date)s (the meeting runs into a weekend)") % {"date": said}


def gone(before: Proposal, agenda: Agenda) -> str:
    """Say why the consultation *before* is not among those of *agenda*, and what mends it."""
    pair, named = before.pair, {meeting.name: meeting for meeting in agenda.meetings}
    following = named.get(pair.following.name) if pair.following else None
    deciding = named.get(pair.deciding.name) if pair.deciding else None
    last = following or deciding
    if following and following.start <= agenda.today:
        return _(
            "It is no longer there: the meeting to which it reports would begin on %(day)s, which "
            "is not after today. Choose a later day for that meeting."
        ) % {"day": wording.day(following.start)}
    if following and deciding and following.start <= deciding.end:
        return _(
            "It is no longer there: the meeting to which it reports would not come after the one "
            "that decides it. Choose days that keep the order of the meetings."
        )
    if last and agenda.within and not agenda.within[0] <= last.start <= agenda.within[1]:
        return _(
            "It is no longer there: its meeting would be on %(day)s, outside the time that is "
            "shown. Show all meetings, or choose another day."
        ) % {"day": wording.day(last.start)}
    return _(
        "It is no longer there: another meeting would come between its two meetings. Choose days "
        "that keep the order of the meetings."
    )


def breaks(count: int) -> str:
    """Say how many other consultations a move would harm; empty for none."""
    if not count:
        return ""
    return ngettext(
        "%(count)d other consultation could then not keep the rule.",
        "%(count)d other consultations could then not keep the rule.",
        count,
    ) % {"count": count}


def moved_name(name: str, rules: Procedure) -> str:
    """Name a date that can be moved: the milestone whose own day it is, else the anchor."""
    for rule in rules.applying:
        if name in (rule.name, rule.sets):
            return wording.milestone_name(rule)
    return wording.anchor_name(name, rules)


def heading(pair: Pair, names: dict[str, str] | None = None) -> str:
    """Say which meeting decides and which one follows."""
    named = names or {}
    deciding = named.get(pair.deciding.name, pair.deciding.name) if pair.deciding else ""
    following = named.get(pair.following.name, pair.following.name) if pair.following else ""
    words = {"deciding": deciding, "following": following}
    if deciding and following:
        return _("Decided at %(deciding)s, reports to %(following)s") % words
    if deciding:
        return _("Decided at %(deciding)s") % words
    if following:
        return _("Reports to %(following)s") % words
    return _("One consultation")


def later_reading(opens: date, restated_at: str) -> str:
    """Say when a second consultation opens by the later reading."""
    return _(
        "By the words of the clause it opens after the meeting that decided it. By the later "
        "reading, where %(meeting)s restates the topic, on %(day)s at the latest."
    ) % {"meeting": restated_at, "day": wording.day(opens)}


def planned_verdict(verdict: Verdict | None) -> str:
    """Say what verdict a planned day would earn; empty where there is no day."""
    if verdict is None or verdict.status in (Status.UNKNOWN, Status.NOT_DUE):
        return ""
    return wording.verdict(verdict)


def shifted(dated: Dated) -> str:
    """Say by how much a milestone moves; empty where it stays or is not on both sides."""
    if dated.before is None or dated.after is None or dated.before == dated.after:
        return ""
    days = (dated.after - dated.before).days
    if days < 0:
        return ngettext("%(days)d day earlier", "%(days)d days earlier", -days) % {"days": -days}
    return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}


def _named(name: str, rules: Procedure) -> str:
    found = wording.named(name, rules)
    return wording.milestone_name(found or name)
