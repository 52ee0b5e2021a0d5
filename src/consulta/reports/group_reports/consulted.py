"""The consultations of a period as facts: dates with their verdicts, figures, brief summaries."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone, translation

from consulta.consultations import clock, queries, wording
from consulta.consultations.clock import Clock
from consulta.consultations.clock import Row as ClockRow
from consulta.consultations.models import Consultation
from consulta.core.group_report import AnnexFact, ConsultationFact, MilestoneFact
from consulta.core.languages import LANGUAGES, django_code
from consulta.core.multilingual import Texts
from consulta.groups.models import Group
from consulta.meetings.models import Document
from consulta.reports.models import BriefSummary
from consulta.reports.models.group_reports import GroupReport
from consulta.responses import balance
from consulta.responses.balance import Balance

Held = tuple[Consultation, ConsultationFact]


def of(group: Group, first: date, last: date, *, is_public: bool) -> list[Held]:
    """Return the consultations of *group* with a date in the period, in the order of their numbers."""
    now = timezone.now()
    mine = [c for c in queries.for_clocks(now) if c.group_id == group.pk]
    seen = [(c, clock.view(c, now)) for c in sorted(mine, key=lambda c: c.number)]
    held = [(c, view) for c, view in seen if _within(view, first, last)]
    balances = balance.of_each([c for c, _view in held])
    annexes = _annexes([c for c, _view in held], is_public=is_public)
    return [(c, _fact(c, view, balances.get(c.pk), annexes.get(c.pk, ()))) for c, view in held]


def files(report: GroupReport, said: str) -> list[dict[str, Any]]:
    """Return the files of brief summaries whose SHA-256 stands in *said*: the bytes that are annexed."""
    rows = BriefSummary.objects.filter(
        consultation__group=report.group, document__isnull=False
    ).select_related("document")
    every = [file for row in rows if row.document for file in row.document.files]
    named = [dict(file) for file in every if str(file["sha256"]) in said]
    return list({file["path"]: file for file in named}.values())


def _within(view: Clock, first: date, last: date) -> bool:
    return any(row.on is not None and first <= row.on <= last for row in view.rows)


def _fact(
    consultation: Consultation,
    view: Clock,
    counted: Balance | None,
    annexes: Iterable[AnnexFact],
) -> ConsultationFact:
    is_counted = counted is not None and not consultation.is_record
    return ConsultationFact(
        row=f"consultations.Consultation-{consultation.pk}",
        number=consultation.number,
        topics={t.language: _topic(t) for t in consultation.texts.all() if t.topic},
        milestones=tuple(_milestone(row) for row in view.rows),
        received=counted.received if counted and is_counted else None,
        published=counted.published if counted and is_counted else None,
        annexes=tuple(annexes),
    )


def _topic(text: object) -> dict[str, str]:
    return {"text": str(getattr(text, "topic", "")), "status": str(getattr(text, "status", ""))}


def _milestone(row: ClockRow) -> MilestoneFact:
    """Its day where it is on record; what was only computed for a record is not."""
    known = row.at is not None or row.milestone.actual is not None
    return MilestoneFact(_names(row), row.on if known else None, _verdicts(row))


def _names(row: ClockRow) -> Texts:
    found = {}
    for code in LANGUAGES:
        with translation.override(django_code(code)):
            found[code] = str(wording.milestone_name(row.milestone.rule))
    return found


def _verdicts(row: ClockRow) -> Texts:
    found = {}
    for code in LANGUAGES:
        with translation.override(django_code(code)):
            found[code] = wording.verdict(row.milestone.verdict)
    return found


def _annexes(
    consultations: Sequence[Consultation], *, is_public: bool
) -> dict[int, list[AnnexFact]]:
    """The files of the brief summaries as they lie before the group, by the consultation's id."""
    rows = BriefSummary.objects.filter(
        consultation__in=consultations, document__isnull=False
    ).select_related("document")
    found: dict[int, list[AnnexFact]] = {}
    for summary in rows:
        document = summary.document
        if document is None or (is_public and document.audience != Document.Audience.PUBLIC):
            continue
        files = [f for f in document.files if str(f.get("media_type")) == "application/pdf"]
        found[summary.consultation_id] = [
            AnnexFact(f"reports.BriefSummary-{summary.pk}", str(file["name"]), str(file["sha256"]))
            for file in files
        ]
    return found
