"""Where the desk reads what a matter comes from."""

from django.db.models import Model
from django.urls import reverse

from consulta.consultations.models import Consultation
from consulta.meetings.models import Decision, Document, FollowUp, Meeting, Proposal
from consulta.reports.models import BriefSummary
from consulta.reports.models.group_reports import GroupReport
from consulta.web.ui.languages import current


def source(found: Model | None, meeting: Meeting) -> str:
    """Return the address of *found* at the desk; empty where it has no page of its own."""
    if isinstance(found, Decision):
        return reverse("desk:decision", args=[found.pk])
    if isinstance(found, FollowUp):
        return reverse("desk:follow_up", args=[found.pk])
    if isinstance(found, Consultation):
        return reverse("desk:consultation", args=[found.slug])
    if isinstance(found, BriefSummary):
        return reverse("desk:summary", args=[found.consultation.slug])
    if isinstance(found, GroupReport):
        language = next(iter(found.languages), current())
        return reverse("desk:group_report", args=[found.slug, language])
    if isinstance(found, Document):
        return reverse("desk:meeting_document", args=[meeting.slug, found.pk])
    return reverse("desk:proposals") if isinstance(found, Proposal) else ""
