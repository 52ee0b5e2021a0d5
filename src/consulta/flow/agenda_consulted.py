"""What open consultations and the group's own reports bring back to its meeting."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.multilingual import text_in
from consulta.flow.agenda_values import Kind, Matter, Purpose, day, first_words, titled
from consulta.meetings.models import Document, Meeting
from consulta.reports.models import BriefSummary, Delivery, GroupDiscussion
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition

YEAR = timedelta(days=365)
FOUR_YEARS = timedelta(days=4 * 365)
#: How long before it is due the four-year report is thought of.
AHEAD = timedelta(days=180)
_CLAUSE = "Resolution 1336 (Rev. 2019), resolves 4"


def of_consultations(meeting: Meeting) -> Iterator[Matter]:
    """Yield the consultations whose responses and reports go to *meeting*, or should have gone before.

    Five queries for all of them.
    """
    found = _due_at(meeting)
    delivered = _documents(found, meeting)
    summaries = {row.consultation_id: row for row in _summaries(found)}
    for consultation in found:
        summary = summaries.get(consultation.pk)
        yield Matter(
            key=f"consultation:{consultation.pk}",
            kind=Kind.CONSULTATION,
            titles=_titles(consultation),
            why=list(_why(consultation, meeting, summary)),
            source=consultation,
            documents=[*delivered.get(consultation.pk, ()), *_carried(summary, meeting)],
            is_public=True,
            clause=_CLAUSE if consultation.procedure.startswith("itu-res-1336") else "",
        )


def of_summaries(before: Sequence[Meeting]) -> Iterator[Matter]:
    """Yield the brief summaries that lay before an earlier meeting and were not discussed there."""
    done = GroupDiscussion.objects.filter(
        summary=OuterRef("pk"), taken_back_at__isnull=True
    ).exclude(status=GroupDiscussion.Status.NOT_DISCUSSED)
    rows = BriefSummary.objects.filter(~Exists(done), document__meeting__in=before[:1])
    rows = rows.select_related("consultation", "document__meeting")
    for summary in rows.prefetch_related("consultation__texts"):
        yield Matter(
            key=f"summary:{summary.pk}",
            kind=Kind.CONSULTATION,
            titles=titled(lambda code, one=summary: _of_summary(one.consultation, code)),  # type: ignore[misc]
            why=[_("It lay before the last meeting, and nothing is on record of its discussion.")],
            source=summary,
            is_public=True,
        )


def of_reports(meeting: Meeting, on: date) -> Iterator[Matter]:
    """Yield the reports that the group owes by the day *on*, and drafts that were never released."""
    for kind in (GroupReport.Kind.ANNUAL, GroupReport.Kind.FOUR_YEAR):
        rows = GroupReport.objects.filter(group=meeting.group, kind=kind)
        released = GroupReportEdition.objects.filter(
            report=OuterRef("pk"), released_at__isnull=False
        )
        last = rows.annotate(is_out=Exists(released)).order_by("-last_on", "-pk").first()
        if why := _owed(kind, last, on):
            is_draft = last is not None and not last.is_out
            yield Matter(
                key=f"group-report:{last.pk}" if is_draft and last else f"{kind}:{on.year}",
                kind=Kind.REPORT,
                titles=titled(lambda _code, kind=kind: str(_named(kind))),  # type: ignore[misc]
                why=[why],
                source=last,
                purpose=Purpose.DECISION.value,
                is_public=True,
            )


def _due_at(meeting: Meeting) -> list[Consultation]:
    now = timezone.now()
    here = Q(group_meeting=meeting)
    late = Q(
        group_meeting__starts_on__lt=meeting.starts_on or date.max,
        delivered_at__isnull=True,
        is_record=False,
        closes_at__lt=now,
    )
    rows = consultations.visible(now).filter(here | late, group=meeting.group)
    return list(rows.filter(cancelled_at__isnull=True).select_related("group_meeting"))


def _documents(found: Sequence[Consultation], meeting: Meeting) -> dict[int, list[Document]]:
    rows = Delivery.objects.filter(consultation__in=found).prefetch_related("documents")
    return {
        row.consultation_id: [d for d in row.documents.all() if d.meeting_id == meeting.pk]
        for row in rows
    }


def _summaries(found: Sequence[Consultation]) -> list[BriefSummary]:
    rows = BriefSummary.objects.filter(consultation__in=found)
    return list(rows.select_related("document", "record"))


def _carried(summary: BriefSummary | None, meeting: Meeting) -> list[Document]:
    if summary is None:
        return []
    both = (summary.document, summary.record)
    return [one for one in both if one is not None and one.meeting_id == meeting.pk]


def _why(
    consultation: Consultation, meeting: Meeting, summary: BriefSummary | None
) -> Iterator[str]:
    if consultation.group_meeting_id == meeting.pk:
        yield _("All responses, one compilation and the report on them go to this meeting.")
    else:
        yield _("Its responses were due to an earlier meeting and were never put before the group.")
    if consultation.is_record:
        return
    if consultation.delivered_at is not None:
        yield _("They were delivered on %(day)s.") % {"day": day(consultation.delivered_at)}
    elif consultation.closes_at is not None and consultation.closes_at > timezone.now():
        yield _("Responses are taken until %(day)s.") % {"day": day(consultation.closes_at)}
    else:
        yield _("They are not delivered yet.")
    if summary is not None and summary.carried_at is not None:
        yield _("The brief summary lies before the group.")
    elif consultation.open_meeting_id is not None:
        yield _("The brief summary is not carried to the group yet.")


def _titles(consultation: Consultation) -> dict[str, dict[str, str]]:
    topics = consultations.topics(consultation)

    def words(code: str) -> str:
        topic = first_words(text_in(topics, code).text)
        said = {"topic": topic}
        return _("Open consultation: %(topic)s") % said if topic else ""

    status = {text.language: text.status for text in consultation.texts.all()}
    return titled(words, lambda code: status.get(code, ""))


def _of_summary(consultation: Consultation, code: str) -> str:
    topic = first_words(text_in(consultations.topics(consultation), code).text)
    said = {"topic": topic}
    return _("Brief summary of the open consultation: %(topic)s") % said if topic else ""


def _owed(kind: str, last: GroupReport | None, on: date) -> str:
    """Why a report of this *kind* is owed by the day *on*; empty where none is."""
    if last is not None and not last.is_out:  # type: ignore[attr-defined]
        return _("It is drafted and not released yet.")
    if kind == GroupReport.Kind.ANNUAL:
        if last is None:
            return _("No annual report of the group is on record yet.")
        owed = last.last_on + YEAR <= on
    else:
        owed = last is not None and last.last_on + FOUR_YEARS - AHEAD <= on
    if not owed or last is None:
        return ""
    return _("The last one covers the time until %(day)s.") % {"day": day(last.last_on)}


def _named(kind: str) -> str:
    if kind == GroupReport.Kind.ANNUAL:
        return _("Annual report to the Council")
    return _("Four-year report to the Plenipotentiary Conference")
