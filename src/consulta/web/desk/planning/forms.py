"""The forms of a plan: what is planned with, and what if. Their answers stand in the address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations import wording
from consulta.consultations.plan_typed import COMING
from consulta.core import agendas
from consulta.core import procedure as procedures
from consulta.core.agendas import DECIDING, FOLLOWING, Agenda, Proposal
from consulta.core.calendar import Roll
from consulta.core.changes import (
    AHEAD,
    DAYS_OPEN,
    MOST_AHEAD,
    MOST_DAYS,
    NO,
    QUESTIONS,
    VIRTUAL,
    YES,
)
from consulta.core.multilingual import choose
from consulta.core.planning import span
from consulta.core.rules import Procedure
from consulta.web.desk.planning.ground import Ground
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import written

Choices = list[tuple[str, str]]
ROLLS = (
    ("", gettext_lazy("As the procedure says")),
    (Roll.EXACT.value, gettext_lazy("stays on the weekend")),
    (Roll.BACK.value, gettext_lazy("moves back to the last working day")),
    (Roll.FORWARD.value, gettext_lazy("moves forward to the next working day")),
)


class PlanForm(forms.Form):
    """What is planned with: the rule, the meetings, and what the institution wishes."""

    def __init__(self, *args: Any, ground: Ground, rules: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground, self.rules = ground, rules
        self.fields["procedure"] = forms.ChoiceField(
            label=_("Procedure"), choices=ground.procedures()
        )
        if len(ground.groups) > 1:
            slugs = [(group.slug, group.short_name) for group in ground.groups]
            self.fields["group"] = forms.ChoiceField(
                label=_("Group"), choices=slugs, required=False
            )
        if agendas.needed(rules):
            self._add_meetings()
        self._add_anchors()
        self._add_wishes()

    def first_fields(self) -> list[forms.BoundField]:
        """Rule and group."""
        return [self[name] for name in ("procedure", "group") if name in self.fields]

    def date_fields(self) -> list[forms.BoundField]:
        """Meetings, and the dates that no meeting gives."""
        names = [name for name in self.fields if name.startswith("anchor_")]
        return [
            self[name] for name in ("meeting", "typed", "council", *names) if name in self.fields
        ]

    def wish_fields(self) -> list[forms.BoundField]:
        """What the institution wishes beside the rule."""
        dated = {field.name for field in (*self.first_fields(), *self.date_fields())}
        return [self[name] for name in self.fields if name not in dated]

    def anchors(self) -> list[str]:
        """The dates that no meeting gives, as NAME=DATE."""
        return [
            f"{name.removeprefix('anchor_')}={value.isoformat()}"
            for name, value in self.cleaned_data.items()
            if name.startswith("anchor_") and value
        ]

    def wishes(self) -> list[str]:
        """What is wished, as NAME=VALUE."""
        data = self.cleaned_data
        said = [f"{VIRTUAL}={YES if data[VIRTUAL] else NO}"]
        said.append(f"{QUESTIONS}={NO if data['without_questions'] else YES}")
        said += [f"{name}={data[name]}" for name in (DAYS_OPEN, AHEAD) if data.get(name)]
        _opening, close = span(self.rules)
        if data.get("roll") and close:
            said.append(f"{close}={data['roll']}")
        names = [choice.name for choice in self.rules.choices]
        return [*said, *(f"{n}={data[f'choice_{n}']}" for n in names if data.get(f"choice_{n}"))]

    def _add_meetings(self) -> None:
        names = self.ground.names()
        listed = [
            (m.slug, f"{names[m.slug]} · {written(m.starts_on, True)}" if m.starts_on else "")
            for m in self.ground.meetings
        ]
        if listed:
            self.fields["meeting"] = forms.MultipleChoiceField(
                label=_("Meetings of the group on record"),
                choices=listed,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["typed"] = _lines(
            _("More meetings of the group"),
            _("One in each line: first and last day, such as 2027-09-22/2027-09-23."),
        )
        self.fields["council"] = _lines(
            _("Sessions of the Council that could decide a topic"), _("Written as the meetings.")
        )

    def _add_anchors(self) -> None:
        setters = {rule.sets for rule in self.rules.rules}
        for anchor in self.rules.anchors:
            root = anchor.name.partition(".")[0]
            if root not in (DECIDING, FOLLOWING) and anchor.name not in setters:
                label = wording.anchor_name(anchor.name, self.rules)
                self.fields[f"anchor_{anchor.name}"] = day(
                    label[:1].upper() + label[1:], required=False
                )

    def _add_wishes(self) -> None:
        self.fields[DAYS_OPEN] = forms.IntegerField(
            label=_("Days open, at least"), min_value=1, max_value=MOST_DAYS, required=False
        )
        if agendas.needed(self.rules):
            numbers = [(str(number), str(number)) for number in range(1, MOST_AHEAD + 1)]
            self.fields[AHEAD] = forms.ChoiceField(
                label=_("Consultations decided at one meeting"), choices=numbers, required=False
            )
            years = [("", _("All meetings above")), (COMING, _("The coming twelve months"))]
            self.fields["year"] = forms.ChoiceField(label=_("Show"), choices=years, required=False)
        self.fields["roll"] = forms.ChoiceField(
            label=_("A close on a weekend"), choices=ROLLS, required=False
        )
        for choice in self.rules.choices:
            self.fields[f"choice_{choice.name}"] = forms.ChoiceField(
                label=choose(choice.label, languages.current()).text,
                choices=[(o.name, _label(o.label, o.name)) for o in choice.options],
                required=False,
            )
        self.fields[VIRTUAL] = forms.BooleanField(
            label=_("The open meeting is virtual"), required=False
        )
        self.fields["without_questions"] = forms.BooleanField(
            label=_("Only the topic is put, without questions"), required=False
        )


class WhatIf(forms.Form):
    """One change to try: a date, the days open, or the policy for weekends."""

    if_name = forms.ChoiceField(label=gettext_lazy("Move"), required=False)
    if_day = day(gettext_lazy("to this day"), required=False)
    if_days_open = forms.IntegerField(
        label=gettext_lazy("Days open, at least"), min_value=1, max_value=MOST_DAYS, required=False
    )
    if_roll = forms.ChoiceField(
        label=gettext_lazy("A close on a weekend"), choices=ROLLS, required=False
    )

    def __init__(self, *args: Any, names: Choices, close: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close = close
        self.fields["if_name"].choices = [("", "—"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A date needs what it moves, and the other way round."""
        found = super().clean() or {}
        if found.get("if_name") and not found.get("if_day") and "if_day" not in self.errors:
            self.add_error("if_day", _("Give the day to which it moves."))
        if found.get("if_day") and not found.get("if_name"):
            self.add_error("if_name", _("Choose what moves to this day."))
        return found

    def dates(self) -> list[str]:
        """The date that moves, as NAME=DATE."""
        data = self.cleaned_data
        name, to = data.get("if_name"), data.get("if_day")
        return [f"{name}={to.isoformat()}"] if name and isinstance(to, date) else []

    def wishes(self) -> list[str]:
        """The other changes, as NAME=VALUE."""
        data = self.cleaned_data
        said = [f"{DAYS_OPEN}={data['if_days_open']}"] if data.get("if_days_open") else []
        return [*said, f"{self.close}={data['if_roll']}"] if data.get("if_roll") else said


def movable(agenda: Agenda, proposals: Sequence[Proposal], names: dict[str, str]) -> Choices:
    """What a what-if can move: each meeting, and each milestone of each consultation."""
    found = [(m.name, names.get(m.name, m.name)) for m in agenda.meetings]
    for proposal in proposals:
        for milestone in proposal.plan.table.milestones:
            words = {
                "number": proposal.number,
                "milestone": wording.milestone_name(milestone.rule),
            }
            label = _("Consultation %(number)s: %(milestone)s") % words
            found.append((f"{milestone.name}@{proposal.number}", label))
    return found


def initial(ground: Ground) -> dict[str, Any]:
    """What is chosen already when the page is opened: every meeting, one consultation at each."""
    return {
        "procedure": ground.usual_procedure(),
        "group": ground.group.slug if ground.group else "",
        "meeting": ground.usual_meetings(),
        AHEAD: "1",
    }


def rules_of(slug: str, ground: Ground) -> Procedure:
    """The procedure that is asked for, or the usual one."""
    known = {slug for slug, _title in ground.procedures()}
    return procedures.load(slug if slug in known else ground.usual_procedure())


def _lines(label: str, help_text: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "ltr"})
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, required=False, max_length=2_000
    )


def _label(label: Any, name: str) -> str:
    return choose(label, languages.current()).text or name
