"""Drawing up a consultation and editing its draft, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.accounts import ratelimit
from consulta.consultations import convening
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.calendar import OutOfCalendarError
from consulta.core.multilingual import Text
from consulta.flow import convening as flow
from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import queries as meeting_queries
from consulta.meetings.models import Decision
from consulta.web.desk import dates, doing, page, refusals
from consulta.web.desk.access import anywhere, found, in_consultation, person
from consulta.web.desk.plan import setting as settings
from consulta.web.desk.plan import typed
from consulta.web.desk.plan.forms import PlanForm
from consulta.web.desk.plan.setting import Setting
from consulta.web.desk.planning import prefill
from consulta.web.ui import languages
from consulta.web.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Offered:
    """A decision to consult, and what was drawn up from it: consultation, topic, state."""

    decision: Decision
    words: Text
    drawn_up: list[tuple[Consultation, str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.CONVENE)
def convene(request: HttpRequest) -> HttpResponse:
    """From a decision, or from none, to a draft."""
    if not {"decision", "group", "open-call"} & set(request.GET):
        return _choose(request)
    setting = _setting(request)
    permissions.require(person(request), Act.CONVENE, setting.group)
    if request.method != "POST":
        planned = typed.fresh(setting) | prefill.initial(request.GET, setting)
        return _form(request, PlanForm(initial=planned, setting=setting))
    form = PlanForm(typed.pressed(request.POST, setting.spoken), setting=setting)
    if request.POST.get("do") == "save" and form.is_valid():
        return _draft(request, form)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.CONVENE)
def edit(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Change a draft; once announced it stands."""
    if consultation.announced_at or consultation.is_record or consultation.cancelled_at:
        return redirect("desk:consultation", consultation.slug)
    setting = settings.of(
        consultation.group,
        consultation.decision,
        today=group_queries.today(),
        standing=consultation,
    )
    if request.method != "POST":
        form = PlanForm(initial=typed.standing(consultation), setting=setting)
        return _form(request, form, consultation)
    form = PlanForm(typed.pressed(request.POST, setting.spoken), setting=setting)
    if request.POST.get("do") == "save" and form.is_valid():
        plan, meetings = typed.plan(form)
        by = person(request)
        refused = doing.refusal(lambda: flow.revise(consultation, plan, by=by, meetings=meetings))
        if not refused:
            messages.success(request, _("The draft was saved."))
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    return _form(request, form, consultation)


def _draft(request: HttpRequest, form: PlanForm) -> HttpResponse:
    made: list[Consultation] = []
    try:
        refused = doing.refusal(lambda: made.append(_convene_once(request, form)))
    except ratelimit.TooOftenError:
        messages.info(request, _("This draft was saved already; it is in the list."))
        return redirect("desk:home")
    if refused:
        form.add_error(None, refused)
        return _form(request, form)
    messages.success(request, _("The draft was saved. Nobody outside the desk sees it yet."))
    return redirect("desk:consultation", made[0].slug)


@transaction.atomic
def _convene_once(request: HttpRequest, form: PlanForm) -> Consultation:
    """A double click makes one draft. Raises TooOftenError the second time."""
    ratelimit.count(f"draft:{form.cleaned_data['key']}", limit=1, per=timedelta(days=1))
    plan, meetings = typed.plan(form)
    return flow.convene(plan, by=person(request), meetings=meetings)


def _setting(request: HttpRequest) -> Setting:
    today = group_queries.today()
    if pk := request.GET.get("decision", ""):
        decision = found(lambda: meeting_queries.decision(int(pk) if pk.isdecimal() else 0))
        group = decision.meeting.group if decision.meeting else None
        return settings.of(group, decision, today=today)
    slug = request.GET.get("group", "")
    chosen: Group | None = found(lambda: group_queries.by_slug(slug)) if slug else None
    return settings.of(chosen, None, today=today)


def _choose(request: HttpRequest) -> HttpResponse:
    user = person(request)
    groups = permissions.groups_of(user, Act.CONVENE)
    open_call = permissions.may(user, Act.CONVENE, None)
    if not groups and not open_call:
        raise PermissionDenied
    context = {
        "decisions": _offered(groups),
        "groups": groups,
        "open_call": open_call,
    }
    return page.show(request, "choose_decision.html", context, trail=[Link(label=_("Convene"))])


def _offered(groups: Sequence[Group]) -> list[Offered]:
    """The decisions to consult, those first from which nothing was drawn up yet."""
    decisions = meeting_queries.decisions_to_consult(groups)
    made = consultation_queries.drawn_up_from(decisions)
    language, now = languages.current(), timezone.now()
    offered = [
        Offered(
            decision,
            meeting_queries.decision_text(decision, language),
            [(c, page.topic(c), c.state(now)) for c in made[decision.pk]],
        )
        for decision in decisions
    ]
    return sorted(offered, key=lambda one: bool(one.drawn_up))


def _form(
    request: HttpRequest, form: PlanForm, consultation: Consultation | None = None
) -> HttpResponse:
    decision = form.setting.decision
    language = languages.current()
    table = _computed(form)
    context = {
        "form": form,
        "refused": form.is_bound and bool(form.errors),
        "table": table,
        "decision": meeting_queries.decision_text(decision, language) if decision else None,
        "back": reverse("desk:consultation", args=[consultation.slug]) if consultation else "",
    }
    trail = [Link(label=_("Edit the draft") if consultation else _("Convene"))]
    return page.show(request, "plan.html", context, consultation=consultation, trail=trail)


def _computed(form: PlanForm) -> dates.Explained | None:
    """The dates that follow from what the form says now; None while it cannot be read."""
    known = form if form.is_bound else PlanForm(_as_typed(form), setting=form.setting)
    if not known.is_valid():
        return None
    plan, _meetings = typed.plan(known)
    try:
        return dates.explained(convening.preview(plan))
    except OutOfCalendarError as error:
        known.add_error(None, refusals.sentence(error))
        return None


def _as_typed(form: PlanForm) -> dict[str, object]:
    return {name: value for name, value in form.initial.items() if value not in (None, "")}
