"""A group's report goes out: released, put among a meeting's documents, kept in the repository."""

from django.db import transaction

from consulta.accounts.models import User
from consulta.reports.group_reports import releasing
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition, GroupReportHead
from consulta.repository import deposit
from consulta.repository.models import Record

_KEPT = ("name", "path", "sha256", "size", "media_type")


@transaction.atomic
def release(edition: GroupReportEdition, *, reason: str = "", by: User) -> bool:
    """Release *edition*; one for everyone goes into the repository. Returns whether this did it.

    Raises what :func:`consulta.reports.group_reports.releasing.release` raises.
    """
    if not releasing.release(edition, reason=reason, by=by):
        return False
    edition.refresh_from_db()
    if edition.report.audience == GroupReport.Audience.PUBLIC:
        deposit.deposit(_record(edition), by=by)
    return True


def _record(edition: GroupReportEdition) -> Record:
    report = edition.report
    heads = GroupReportHead.objects.filter(report=report)
    return Record(
        slug=f"{report.slug}-{edition.language}-{edition.ordinal}"[-120:],
        kind="group-report",
        titles={head.language: {"text": head.title, "status": "official"} for head in heads},
        language=edition.language,
        dated_on=edition.frozen_at.date(),
        source=edition.number or report.group.short_name,
        files=[{key: file[key] for key in _KEPT} for file in [*edition.files, *edition.annexes]],
        is_sample=report.group.is_sample,
    )
