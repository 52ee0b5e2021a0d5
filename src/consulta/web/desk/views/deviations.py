"""What lies outside the rule, and the reason that goes on record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations import clock, deviations, wording
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.web.desk import dates, doing, forms, page
from consulta.web.desk.access import in_consultation, person, sent
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.RECORD_DEVIATION)
def deviation(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Record why a date lies outside the rule; those that still lack a reason are named first."""
    view = clock.view(consultation, timezone.now())
    named = [
        (row.name, wording.milestone_name(row.rule))
        for row in view.rows
        if deviations.may_lie_outside(view, row)
    ]
    lacking = deviations.unexplained(view)
    first = request.GET.get("milestone") or (lacking[0].name if lacking else None)
    form = forms.Deviation(sent(request), milestones=named, initial={"milestone": first})
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, person(request)
        if not (refused := doing.refusal(lambda: deviations.record(consultation, by=by, **data))):
            messages.success(request, _("The reason is on record, and everyone can read it."))
            return redirect("desk:consultation", consultation.slug)
        form.add_error(None, refused)
    context = {"form": form, "rows": dates.judged(view), "refused": bool(form.errors)}
    trail = [Link(label=_("Explain a deviation"))]
    return page.show(request, "deviation.html", context, consultation=consultation, trail=trail)
