"""The checklist against a report, the body's offices, and what the group said that is carried to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.core.multilingual import choose
from consulta.groups import permissions
from consulta.groups import queries as group_queries
from consulta.groups.models import Body, Group
from consulta.groups.permissions import Act
from consulta.meetings import advising, asking, decision_queries, followup_queries
from consulta.meetings import queries as meeting_queries
from consulta.meetings.models import Advice, Office
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, everywhere, found, person, sent
from consulta.web.desk.decisions import refused
from consulta.web.desk.followups import shown
from consulta.web.desk.followups.forms import AdviceForm, OfficeForm
from consulta.web.ui import languages, matrix
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@anywhere(Act.CONVENE)
def checklist(request: HttpRequest) -> HttpResponse:
    """What was asked of the content of the next report, and what reports said of each point."""
    group = shown.group(request)
    rows = followup_queries.to_report(group, decision_queries.DESK) if group else []
    points = followup_queries.points(rows)
    lines = matrix.lines(rows, languages.current(), on=group_queries.today())
    context = {
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "rows": [(line, points[line.follow_up.pk]) for line in lines],
    }
    trail = [*shown.trail(), Link(label=_("What the next report must cover"))]
    return page.show(request, "followups/checklist.html", context, trail=trail)


@require_http_methods(METHODS)
@everywhere(Act.CONVENE)
def offices(request: HttpRequest) -> HttpResponse:
    """Whom groups can ask, with the addresses to which reminders go."""
    body = group_queries.body()
    spoken = (body.languages if body else []) or list(languages.names())
    known = followup_queries.offices(body)
    chosen = next((o for o in known if o.slug == request.GET.get("office", "")), None)
    form = OfficeForm(sent(request), spoken=spoken, initial=_as_typed(chosen))
    if body is not None and request.method == "POST" and form.is_valid():
        made = _office(form, chosen, body, len(known))
        why = refused.refusal(lambda: asking.enter_office(made, by=person(request)))
        if not why:
            messages.success(request, _("The office is on the list."))
            return redirect("desk:offices")
        form.add_error(None, why)
    context = {
        "rows": [(o, followup_queries.office_name(o, languages.current())) for o in known],
        "form": form,
        "chosen": chosen,
        "refused": bool(form.errors),
    }
    trail = [*shown.trail(), Link(label=_("Offices asked to act"))]
    return page.show(request, "followups/offices.html", context, trail=trail)


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def advice(request: HttpRequest) -> HttpResponse:
    """Comments on reports and inputs to activities, and a form for one more."""
    group = shown.group(request)
    form = _advice_form(request, group) if group else None
    if form is not None and request.method == "POST" and form.is_valid():
        made, asked = form.said()
        why = refused.refusal(lambda: advising.record(made, asked, by=person(request)))
        if not why:
            messages.success(
                request, _("It is on record. Carry it to the offices when it is final.")
            )
            return redirect(_address(group))
        form.add_error(None, why)
    language = languages.current()
    rows = followup_queries.advice_of(group, decision_queries.DESK) if group else []
    context = {
        "group": group,
        "groups": permissions.groups_of(person(request), Act.CONVENE),
        "rows": [(a, choose(a.texts, language), _names(a, language)) for a in rows],
        "form": form,
        "refused": bool(form and form.errors),
    }
    trail = [*shown.trail(), Link(label=_("Comments and inputs"))]
    return page.show(request, "followups/advice.html", context, trail=trail)


@require_POST
@anywhere(Act.CONVENE)
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a comment or input to its offices, once."""
    one: Advice = found(lambda: followup_queries.advice(pk))
    permissions.require(person(request), Act.CONVENE, one.group)
    try:
        sent_to = advising.carry(one, by=person(request))
    except advising.CarriedAlreadyError:
        messages.info(request, _("It was carried already."))
    else:
        said = ngettext("Mailed to %(n)d office.", "Mailed to %(n)d offices.", sent_to)
        messages.success(request, said % {"n": sent_to})
    return redirect(_address(one.group))


def _address(group: Group | None) -> str:
    return f"{reverse('desk:advice')}?group={group.slug if group else ''}"


def _advice_form(request: HttpRequest, group: Group) -> AdviceForm:
    return AdviceForm(
        sent(request),
        meetings=meeting_queries.held(group, on=group_queries.today()),
        documents=shown.documents(group),
        offices=followup_queries.offices(group.body),
        spoken=group.body.languages or list(languages.names()),
    )


def _names(one: Advice, language: str) -> str:
    return "; ".join(followup_queries.office_name(o, language).text for o in one.offices.all())


def _office(form: OfficeForm, chosen: Office | None, body: Body, count: int) -> Office:
    made = chosen or Office(body=body, position=count + 1)
    data = form.cleaned_data
    made.slug, made.email, made.language = data["slug"], data["email"], data["language"]
    made.names = form.names()
    return made


def _as_typed(office: Office | None) -> dict[str, object]:
    if office is None:
        return {}
    names = {f"name_{code}": choose({code: v}, code).text for code, v in office.names.items()}
    return {"slug": office.slug, "email": office.email, "language": office.language, **names}
