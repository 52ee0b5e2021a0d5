"""Trying a procedure out: dates and choices in, its timetable out. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.consultations import rule_wording, wording
from consulta.core import calendar, timetable
from consulta.core import procedure as procedures
from consulta.core.calendar import NotADayError, OutOfCalendarError
from consulta.core.milestones import Milestone
from consulta.core.multilingual import choose
from consulta.core.rules import MilestoneKind, Procedure
from consulta.core.timetable import Timetable
from consulta.web.ui.languages import current
from consulta.web.ui.parts import TimetableRow


class DayField(forms.DateField):
    """A day as YYYY-MM-DD, in the digits of any script."""

    def to_python(self, value: Any) -> date | None:
        """Read the day; empty is None."""
        if value in self.empty_values:
            return None
        try:
            return calendar.parse_day(str(value))
        except NotADayError as error:
            raise forms.ValidationError(
                _("Write an existing day as YYYY-MM-DD, e.g. 2027-03-01.")
            ) from error


class TryForm(forms.Form):
    """The dates that *rules* count from, its choices, and its optional milestones."""

    def __init__(self, asked: Mapping[str, Any], *, rules: Procedure) -> None:
        defaults = {f"choice-{choice.name}": choice.default for choice in rules.choices}
        is_sent = set(asked) & set(_names(rules))
        super().__init__({**defaults, **_single(asked)} if is_sent else None)
        self.rules = rules
        for anchor in rules.anchors:
            self.fields[f"date-{anchor.name}"] = _day(
                capfirst(wording.anchor_name(anchor.name, rules)), required=anchor.required
            )
        for choice in rules.choices:
            options = [(o.name, choose(o.label, current()).text) for o in choice.options]
            self.fields[f"choice-{choice.name}"] = forms.ChoiceField(
                label=choose(choice.label, current()).text,
                choices=options,
                initial=choice.default,
            )
        for rule in optional(rules):
            label = _("%(milestone)s: after so many %(units)s") % {
                "milestone": wording.milestone_name(rule),
                "units": rule_wording.unit_name(rule.offset.unit),
            }
            self.fields[f"after-{rule.name}"] = forms.IntegerField(
                label=label, min_value=1, max_value=1000, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Draw the timetable up; a count that leaves the calendar is said at the first date."""
        found = super().clean() or {}
        if not self.errors:
            try:
                self.table = self._drawn_up()
            except OutOfCalendarError:
                self.add_error(None, _("This leaves the calendar; choose dates nearer to today."))
        return found

    def _drawn_up(self) -> Timetable:
        given = self.cleaned_data
        options = _given(given, "choice-")
        offsets = _given(given, "after-")
        rules = procedures.choose(self.rules, offsets=offsets, options=options)
        return timetable.draw_up(rules, _given(given, "date-"), today=date.min)


@dataclass(frozen=True, slots=True)
class Tried:
    """The timetable that a form asked for, in words."""

    rows: list[TimetableRow]
    feasible: bool
    conflicts: list[str]
    remarks: list[str]


def tried(table: Timetable) -> Tried:
    """Put a timetable that was tried into words."""
    rules = table.procedure
    blocking = [found for found in table.conflicts if found.blocking]
    others = [found for found in (*table.conflicts, *table.notes) if not found.blocking]
    return Tried(
        [_row(milestone, rules) for milestone in table.milestones],
        table.feasible,
        [wording.finding(found, rules) for found in blocking],
        [wording.finding(found, rules) for found in others],
    )


def optional(rules: Procedure) -> list[Any]:
    """Return the milestones that the institution may bring in, each name once."""
    return list({rule.name: rule for rule in rules.rules if rule.optional}.values())


def _row(milestone: Milestone, rules: Procedure) -> TimetableRow:
    said = milestone.rule.sentence(current(), original_language=rules.original_language)
    is_deadline = milestone.rule.kind is MilestoneKind.DEADLINE
    preferred = wording.preference(milestone) if milestone.day else ""
    return TimetableRow(
        label=wording.milestone_name(milestone.rule),
        source=said.text,
        source_language=said.language,
        on=milestone.at if is_deadline and milestone.at else milestone.day,
        zone=milestone.rule.zone or rules.zone,
        note=" ".join(filter(None, (wording.explanation(milestone, rules), preferred))),
    )


def _given(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Pick the values of the fields whose names begin with *kind*, without the empty ones."""
    return {
        name.removeprefix(kind): value
        for name, value in values.items()
        if name.startswith(kind) and value not in (None, "")
    }


def _single(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: asked[name] for name in asked}


def _names(rules: Procedure) -> list[str]:
    return [
        *(f"date-{anchor.name}" for anchor in rules.anchors),
        *(f"choice-{choice.name}" for choice in rules.choices),
        *(f"after-{rule.name}" for rule in optional(rules)),
    ]


def _day(label: str, *, required: bool) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"})
    return DayField(label=label, widget=widget, required=required)
