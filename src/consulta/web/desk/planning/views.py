"""The page of a plan. It is only read: every question stands in its address, and nothing is written."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations import plan_typed
from consulta.consultations.plan_typed import Asked, PlanRefusedError
from consulta.core import agendas, changes, planning
from consulta.core.agendas import Agenda, Proposal
from consulta.groups import queries as group_queries
from consulta.groups.permissions import Act
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, person
from consulta.web.desk.planning import address, forms, prefill, shown
from consulta.web.desk.planning import ground as grounds
from consulta.web.desk.planning.forms import PlanForm, WhatIf
from consulta.web.desk.planning.ground import Ground
from consulta.web.ui.parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the planner: the address's words, the form that reads them, the agenda."""

    data: QueryDict
    ground: Ground
    form: PlanForm
    asked: Asked
    agenda: Agenda
    found: tuple[Proposal, ...]


@require_safe
@anywhere(Act.CONVENE)
def plan(request: HttpRequest) -> HttpResponse:
    """Propose consultations from meetings, say what hinders them, and try changes."""
    ground = grounds.of(person(request), request.GET.get("group", ""), today=group_queries.today())
    data = address.asked(request.GET, forms.initial(ground))
    rules = forms.rules_of(data.get("procedure", ""), ground)
    form = PlanForm(data, ground=ground, rules=rules)
    question, lacking = None, ""
    try:
        question = _question(data, form)
    except PlanRefusedError as error:
        lacking = _said(error, form, data)
    context: dict[str, Any] = {
        "form": form,
        "sets": address.chosen(data, rules, ground.names()),
        "kept": [(name, value) for name, value in address.fields(data) if name == "set"],
        "lacking": lacking,
        **(_answer(question) if question else {}),
    }
    return page.show(request, "planning/plan.html", context, trail=[Link(label=_("Plan"))])


def _said(error: PlanRefusedError, form: PlanForm, data: QueryDict) -> str:
    """Put what cannot be planned at its field; return what is only not given yet."""
    if error.error == plan_typed.NOTHING:
        return error.sentence
    fields = [f"anchor_{name}" for name in error.names if f"anchor_{name}" in form.fields]
    if fields and not any(field in data for field in fields):
        labels = ", ".join(str(form.fields[field].label) for field in fields)
        return _("The rule counts from dates that you choose: %(dates)s. Give them above.") % {
            "dates": labels
        }
    for field in fields:
        form.add_error(field, _("Give this date; the rule counts from it."))
    if not fields:
        form.add_error(None, error.sentence)
    return ""


def _question(data: QueryDict, form: PlanForm) -> Question | None:
    """Read what is asked; None where the form says why it cannot be. Raises PlanRefusedError."""
    if not form.is_valid():
        return None
    ground, rules = form.ground, form.rules
    asked = Asked(
        rules=rules,
        today=ground.today,
        meetings=_lines(form, "typed"),
        councils=_lines(form, "council"),
        anchors=form.anchors(),
        wishes=form.wishes(),
        changed=data.getlist("set"),
        year=form.cleaned_data.get("year", ""),
    )
    known = ground.chosen(form.cleaned_data.get("meeting", ()))
    agenda, _other = plan_typed.read(asked, known=known)
    found = agendas.propose(agenda)
    return Question(data=data, ground=ground, form=form, asked=asked, agenda=agenda, found=found)


def _answer(question: Question) -> dict[str, Any]:
    data, agenda = question.data, question.agenda
    names = shown.names(agenda, question.ground.names())
    proposals = shown.proposals(
        agenda, question.found, names, lambda pair: address.applying(data, pair)
    )
    linked = [
        replace(one, convene=prefill.link(question.ground, proposal))
        for one, proposal in zip(proposals, question.found, strict=True)
    ]
    return {
        "proposals": linked,
        "overview": shown.overview(agenda, question.found, names),
        "fields": address.fields(data),
        **_trial(question),
    }


def _trial(question: Question) -> dict[str, Any]:
    """The form of the what-if, and what it changes where one was asked."""
    names = shown.names(question.agenda, question.ground.names())
    movable = forms.movable(question.agenda, question.found, names)
    _opening, close = planning.span(question.asked.rules)
    tried = any(question.data.get(name) for name in address.TRIED)
    form = WhatIf(question.data if tried else None, names=movable, close=close)
    context: dict[str, Any] = {"what_if": form, "tried": False}
    if not (tried and form.is_valid()):
        return context
    pairs = [*form.dates(), *form.wishes()]
    try:
        with plan_typed.refused(question.asked.rules):
            other = question.agenda
            for pair in pairs:
                other = changes.apply(other, *pair.split("=", 1))
            found = changes.compare(question.agenda, other)
    except PlanRefusedError as error:
        form.add_error(None, error.sentence)
        return context
    apply = address.trial_applied(question.data, form.dates())
    return context | {"tried": True, "changed": shown.changed(found, other, names), "apply": apply}


def _lines(form: PlanForm, name: str) -> list[str]:
    return [line.strip() for line in form.cleaned_data.get(name, "").splitlines() if line.strip()]
