"""Reviewing: a second officer approves the words of a report in one language, or returns them.

An approval names the words by their hash: a change afterwards is approved by nobody.
"""

import hashlib
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.fingerprint import canonical
from consulta.core.plaintext import storable
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.errors import NotUnderReviewError, OwnTextError, RemarkMissingError
from consulta.reports.group_reports import queries
from consulta.reports.models.group_reports import GroupReport, GroupReportReview, GroupText

Kind = GroupReportReview.Kind
NOT_ASKED, CHANGED = "not_asked", "changed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the review stands: not_asked, asked, approved, returned or changed since; the last step."""

    state: str
    step: GroupReportReview | None
    sha256: str


def sha256(report: GroupReport, language: str) -> str:
    """Return the hash of what the report says in *language* now."""
    told = asdict(queries.outline(report, language))
    return hashlib.sha256(canonical(told)).hexdigest()


def of(report: GroupReport, language: str) -> Standing:
    """Say how the review of *report* in *language* stands."""
    now = sha256(report, language)
    steps = GroupReportReview.objects.filter(report=report, language=language)
    last = steps.select_related("by").last()
    if last is None:
        return Standing(NOT_ASKED, None, now)
    same = last.text_sha256 == now
    return Standing(last.kind if same or last.kind == Kind.RETURNED else CHANGED, last, now)


@transaction.atomic
def ask(report: GroupReport, language: str, *, by: User) -> None:
    """Mark the words ready for a second officer."""
    permissions.require(by, Act.EDIT_REPORT, report.group)
    _step(report, language, Kind.ASKED, by=by)


@transaction.atomic
def approve(report: GroupReport, language: str, *, seen: str, by: User) -> None:
    """Approve the words whose hash is *seen*. Raises NotUnderReviewError, OwnTextError."""
    _second(report, language, seen=seen, by=by)
    _step(report, language, Kind.APPROVED, by=by)


@transaction.atomic
def send_back(report: GroupReport, language: str, remark: str, *, seen: str, by: User) -> None:
    """Return the words with a remark. Raises RemarkMissingError, and what :func:`approve` raises."""
    _second(report, language, seen=seen, by=by)
    if not remark.strip():
        raise RemarkMissingError
    _step(report, language, Kind.RETURNED, by=by, remark=storable(remark).strip())


def approved(report: GroupReport, language: str, text_sha256: str) -> bool:
    """Say whether these very words stand approved."""
    steps = GroupReportReview.objects.filter(
        report=report, language=language, text_sha256=text_sha256
    )
    last = steps.exclude(kind=Kind.ASKED).last()
    return last is not None and last.kind == Kind.APPROVED


def writers(report: GroupReport, language: str) -> set[int]:
    """Return who wrote words that stand, by their ids."""
    rows = GroupText.objects.filter(paragraph__report=report, language=language)
    found = rows.exclude(written_by=None).values_list("written_by", flat=True)
    return {pk for pk in found if pk is not None}


def _second(report: GroupReport, language: str, *, seen: str, by: User) -> None:
    permissions.require(by, Act.EDIT_REPORT, report.group)
    GroupReport.objects.select_for_update().get(pk=report.pk)
    standing = of(report, language)
    if standing.state != Kind.ASKED or standing.sha256 != seen or standing.step is None:
        raise NotUnderReviewError
    if by.pk == standing.step.by_id or by.pk in writers(report, language):
        raise OwnTextError


def _step(report: GroupReport, language: str, kind: str, *, by: User, remark: str = "") -> None:
    step = GroupReportReview.objects.create(
        report=report,
        language=language,
        kind=kind,
        text_sha256=sha256(report, language),
        remark=remark,
        at=timezone.now(),
        by=by,
    )
    ledger.record(f"group_report_review_{kind}", step, by=by)
