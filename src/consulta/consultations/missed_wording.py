"""The words for what a timetable has missed already: no plan for the days to come mends it."""

from django.utils.translation import gettext as _

from consulta.consultations import wording
from consulta.core.milestones import Milestone
from consulta.core.timetable import Timetable
from consulta.core.verdicts import Status


def already(table: Timetable) -> list[str]:
    """Say each rule that is missed or overdue, a sentence each; those of days to come are conflicts."""
    to_come = {found.milestone for found in table.conflicts if found.blocking}
    broken = (m for m in table.milestones if m.verdict.broken and m.name not in to_come)
    return [_said(milestone) for milestone in broken]


def summary(table: Timetable) -> list[str]:
    """Say whether the plan can keep the rule, and first what is missed already."""
    missed = already(table)
    if not table.feasible:
        return [*missed, _("The plan cannot keep the rule.")]
    if not missed:
        return [_("The plan can keep the rule.")]
    ahead = any(m.verdict.status is Status.NOT_DUE for m in table.milestones)
    return [*missed, _("The dates still to come are inside the rule.")] if ahead else missed


def _said(milestone: Milestone) -> str:
    words = {
        "milestone": wording.milestone_name(milestone.rule),
        "verdict": wording.verdict(milestone.verdict),
    }
    if milestone.verdict.status is Status.OVERDUE:
        return _("Already overdue: %(milestone)s. %(verdict)s") % words
    return _("Already missed: %(milestone)s. %(verdict)s") % words
