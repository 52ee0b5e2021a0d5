"""Carrying the summary to the group's next meeting, and noting what the group did with it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations.models import Consultation
from consulta.flow import summaries
from consulta.groups.permissions import Act
from consulta.meetings import queries as meetings
from consulta.reports import carrying, summary_queries
from consulta.reports.models import BriefSummary
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation, person, sent
from consulta.web.desk.summary import refused, shown
from consulta.web.desk.summary.forms import DiscussionForm
from consulta.web.ui.parts import Link


@require_POST
@in_consultation(Act.DELIVER)
def carry(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Put the text, as those present heard it, among the documents of the group's next meeting."""
    refused.attempt(
        request,
        lambda: summaries.carry(consultation, by=person(request)),
        done=_("Carried: the same bytes lie before the group, and the record beside them."),
    )
    return redirect("desk:summary", consultation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.RECORD_FACT)
def discussed(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Note that the group discussed it, in part, or not."""
    summary = _carried(consultation)
    group, today = consultation.group, timezone.localdate()
    held = meetings.held(group, on=today) if group else []
    form = DiscussionForm(sent(request), meetings=held, initial={"on": today})
    said = ""
    if form.is_valid():
        row = form.discussion()
        row.summary = summary
        said = refused.refusal(lambda: carrying.discussed(row, by=person(request)))
        if not said:
            messages.success(request, _("It is on record what the group did."))
            return redirect("desk:summary", consultation.slug)
    context = {"form": form, "refused": said or form.errors, "said": said, "held": held}
    trail = [shown.home(consultation), Link(label=_("What the group did"))]
    return page.show(
        request, "summary/discussed.html", context, consultation=consultation, trail=trail
    )


def _carried(consultation: Consultation) -> BriefSummary:
    summary = summary_queries.of(consultation)
    if summary is None or summary.carried_at is None:
        raise Http404
    return summary
