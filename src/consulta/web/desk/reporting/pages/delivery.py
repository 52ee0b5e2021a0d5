"""Delivery: every response and one compilation go to the documents of the group's next meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.flow import reporting
from consulta.groups.permissions import Act
from consulta.meetings import queries as meetings
from consulta.meetings import wording
from consulta.reports import delivery, desk, pressing, queries
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation, person
from consulta.web.desk.reporting import refused, shown
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.DELIVER)
def deliver(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Show what is ready and what is missing; prepare the responses, then deliver."""
    if request.method != "POST":
        return _page(request, consultation)
    if "prepare" in request.POST:
        refused.attempt(
            request,
            lambda: delivery.prepare(
                consultation, language=consultation.original_language, by=person(request)
            ),
            done=_(
                "All responses are being frozen for the group, as they are now; then their files are"
                " made."
            ),
        )
    else:
        refused.attempt(
            request,
            lambda: reporting.deliver(consultation, by=person(request)),
            done=_("Delivered: the documents stand before the group's meeting."),
        )
    return redirect("desk:report_deliver", consultation.slug)


def _page(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    editions = [one for one in desk.editions(consultation) if one.restricted_at is None]
    freezings = [one for one in pressing.of(consultation) if one.kind == "received"]
    under_way = [one for one in freezings if one.ended_at is None]
    meeting = consultation.group_meeting
    made = queries.delivery_of(consultation)
    documents = queries.delivered_documents(made) if made else []
    steps = [
        (_("All responses, declined ones with their ground (for members)"), "received"),
        (_("Compilation, released"), "compilation"),
        (_("Consolidated report, released"), "consolidated"),
    ]
    ready = {e.kind for e in editions if e.released_at or (e.kind == "received" and e.rendered_at)}
    context = {
        "meeting": meeting,
        "meeting_name": wording.name(meeting, current()) if meeting else None,
        "delivery": made,
        "documents": [(d.number, meetings.title(d, current()), d) for d in documents],
        "steps": [(label, kind in ready) for label, kind in steps],
        "prepared": any(e.kind == "received" for e in editions) or bool(under_way),
        "freezings": freezings,
        "complete": len(ready) == len(steps) and meeting is not None,
    }
    trail = [shown.home(consultation), Link(label=_("Delivery"))]
    return page.show(
        request, "reporting/deliver.html", context, consultation=consultation, trail=trail
    )
