"""What stands beside the agenda on the members' page: why items come back, where all lies on the table."""

from collections.abc import Sequence

from django.db.models import Model
from django.urls import reverse

from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text, choose
from consulta.flow import agenda as drawn
from consulta.flow.agenda_values import Matter
from consulta.meetings import matters
from consulta.meetings.agenda_lines import Back, Beside
from consulta.meetings.agenda_queries import Listed
from consulta.meetings.models import (
    Decision,
    Document,
    FollowUp,
    Meeting,
    PositionRequest,
    Proposal,
)
from consulta.reports.models import BriefSummary
from consulta.web.ui import agendas


def beside(meeting: Meeting, listed: Sequence[Listed], language: str) -> Beside:
    """Return what stands beside the items of the agenda of *meeting*."""
    behind = drawn.behind(meeting, [row.item for row in listed])
    shown = {pk: [m for m in found if m.source is not None] for pk, found in behind.items()}
    return Beside(
        asked=agendas.asked(listed, language),
        back={pk: [_back(one) for one in found] for pk, found in shown.items()},
        tables={pk: href for pk, found in shown.items() if (href := _table(meeting, found))},
    )


def left_out(meeting: Meeting, language: str) -> list[tuple[Text, str, str]]:
    """Return what was left out of the agenda of *meeting*: title, why, in which language."""
    if all(row.item is not None for row in matters.settled([meeting]).values()):
        return []
    return [
        (choose(one.matter.titles, language), one.settled.reason, one.settled.language)
        for one in drawn.proposed(meeting)
        if one.settled is not None and one.settled.item is None
    ]


def _back(matter: Matter) -> Back:
    return Back(matter.why, _href(matter.source), matter.clause)


def _href(source: Model | None) -> str:
    """Where members read what a matter comes from; empty where it has no page of its own."""
    if isinstance(source, Decision):
        return reverse("members:decision", args=[source.pk])
    if isinstance(source, FollowUp):
        return reverse("members:follow_up", args=[source.pk])
    if isinstance(source, Consultation):
        return reverse("public:consultation", args=[source.slug])
    if isinstance(source, BriefSummary):
        return reverse("public:summary", args=[source.consultation.slug])
    if isinstance(source, PositionRequest):
        return reverse("members:positions")
    if isinstance(source, Proposal):
        return reverse("members:meeting", args=[source.meeting.slug])
    return f"#document-{source.pk}" if isinstance(source, Document) else ""


def _table(meeting: Meeting, found: Sequence[Matter]) -> str:
    """Where the consultation of an item lies on the table; empty where it is about none."""
    for matter in found:
        source = matter.source
        source = source.consultation if isinstance(source, BriefSummary) else source
        if isinstance(source, Consultation):
            return reverse("members:table_of", args=[meeting.slug, source.slug])
    return ""
