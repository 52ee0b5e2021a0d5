"""The first page of a brief summary: how far it is, and the next step."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import summary_queries
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation, may
from consulta.web.desk.summary import shown
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def summary(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Where the summary stands: written, fixed, put, translated, carried, taken up."""
    group = consultation.group
    context = {
        "begun": summary_queries.may_begin(consultation, timezone.now()),
        "open_meeting": consultation.open_meeting,
        "meeting": shown.meeting(consultation),
        "steps": shown.steps(consultation),
        "may_edit": may(request, Act.EDIT_REPORT, group),
        "may_record": may(request, Act.RECORD_AGREEMENT, group),
        "may_release": may(request, Act.RELEASE, group),
        "may_carry": may(request, Act.DELIVER, group),
        "may_erase": may(request, Act.ERASE, group),
        "may_note": may(request, Act.RECORD_FACT, group),
    }
    trail = [Link(label=_("Brief summary"))]
    return page.show(
        request, "summary/overview.html", context, consultation=consultation, trail=trail
    )
