"""What a procedure leaves to the institution, as fields: choices, dates to count from, periods."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.consultations import clock, rule_wording, wording
from consulta.consultations.models import Consultation
from consulta.core import procedure as procedures
from consulta.core.multilingual import choose
from consulta.core.rules import Procedure
from consulta.web.ui.days import day
from consulta.web.ui.languages import current

CHOICE, DAY, PERIOD = "choice-", "day-", "after-"
#: The fields of a plan that name a meeting, by the meeting that a rule counts from.
MEETING_FIELDS = {
    "group_meeting": ("group_meeting", "group_meeting_on"),
    "open_meeting": ("open_meeting", "open_meeting_on"),
}


def procedure(slug: str) -> Procedure | None:
    """The procedure called *slug*; None where there is none, which the form itself refuses."""
    try:
        return procedures.load(slug)
    except (procedures.UnknownProcedureError, procedures.ProcedureFileError):
        return None


def meetings(rules: Procedure | None) -> list[str]:
    """The fields of the meetings that *rules* count from."""
    hung_on = {anchor.name.partition(".")[0] for anchor in rules.anchors} if rules else set()
    return [name for key, names in MEETING_FIELDS.items() if key in hung_on for name in names]


def fields(rules: Procedure | None) -> dict[str, forms.Field]:
    """A field for each choice, each date of the institution's own, and each optional milestone."""
    if rules is None:
        return {}
    made: dict[str, forms.Field] = {}
    for choice in rules.choices:
        options = [(o.name, choose(o.label, current()).text) for o in choice.options]
        label = choose(choice.label, current()).text
        made[CHOICE + choice.name] = forms.ChoiceField(label=label, choices=options)
        made[CHOICE + choice.name].initial = choice.default
    for anchor in clock.own_anchors(rules):
        made[DAY + anchor.name] = day(
            capfirst(wording.anchor_name(anchor.name, rules)), required=False
        )
    for rule in {rule.name: rule for rule in rules.rules if rule.optional}.values():
        label = _("%(milestone)s: after so many %(units)s") % {
            "milestone": wording.milestone_name(rule),
            "units": rule_wording.unit_name(rule.offset.unit),
        }
        made[PERIOD + rule.name] = forms.IntegerField(
            label=label, min_value=1, max_value=1000, required=False, help_text=_("Empty: none.")
        )
    return made


def defaults(rules: Procedure | None) -> dict[str, str]:
    """The usual option of each choice, by field."""
    return {CHOICE + choice.name: choice.default for choice in rules.choices} if rules else {}


def choices(data: Mapping[str, Any]) -> dict[str, str]:
    """The option taken of each choice."""
    return _given(data, CHOICE)


def days(data: Mapping[str, Any]) -> dict[str, date]:
    """The dates given, by anchor."""
    return _given(data, DAY)


def offsets(data: Mapping[str, Any]) -> dict[str, int]:
    """After how many of its units each milestone that was brought in is due."""
    return _given(data, PERIOD)


def standing(consultation: Consultation) -> dict[str, Any]:
    """The values of these fields as a draft holds them."""
    values: dict[str, Any] = {}
    values |= {CHOICE + name: option for name, option in consultation.choices.items()}
    values |= {
        DAY + name: date.fromisoformat(day) for name, day in consultation.anchor_days.items()
    }
    return values | {PERIOD + name: amount for name, amount in consultation.offsets.items()}


def _given(data: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {
        name.removeprefix(kind): value
        for name, value in data.items()
        if name.startswith(kind) and value not in (None, "")
    }
