"""Releasing: a frozen edition is shown to whom it is for."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.plaintext import storable
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports.errors import NotRenderedError, UnreviewedError
from consulta.reports.group_reports import placing, reviewing
from consulta.reports.models.group_reports import GroupReportEdition


@transaction.atomic
def release(edition: GroupReportEdition, *, reason: str = "", by: User) -> bool:
    """Release *edition* and put it among the meeting's documents; return whether this did it.

    Raises NotRenderedError, and UnreviewedError where no second officer approved the words that were
    frozen and no *reason* says why not.
    """
    permissions.require(by, Act.RELEASE, edition.report.group)
    edition = GroupReportEdition.objects.select_for_update().get(pk=edition.pk)
    report = edition.report
    if edition.rendered_at is None:
        raise NotRenderedError
    if edition.released_at is not None:
        return False
    edition.unreviewed_reason = storable(reason).strip()
    if not reviewing.approved(report, edition.language, edition.text_sha256):
        if not edition.unreviewed_reason:
            raise UnreviewedError([])
    else:
        edition.unreviewed_reason = ""
    edition.released_at, edition.released_by = timezone.now(), by
    edition.full_clean()
    edition.save(update_fields=["released_at", "released_by", "unreviewed_reason"])
    placing.put(edition, by=by)
    commitments = {"content": edition.content_sha256}
    ledger.record("group_report_released", edition, by=by, commitments=commitments)
    return True
