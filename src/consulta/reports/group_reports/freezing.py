"""Freezing: a report becomes an edition with its number; its bytes are made once and never again."""

import hashlib
import io
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core import addresses
from consulta.core.fingerprint import canonical
from consulta.core.group_report import Kind
from consulta.core.paper import from_json, to_json
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import spool
from consulta.meetings import numbering
from consulta.reports.errors import ErrataMissingError, NothingWrittenError
from consulta.reports.group_reports import consulted, placing, printing, queries, reviewing
from consulta.reports.group_reports.errors import ChairsWordsMissingError, ChangesWaitError
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition
from consulta.reports.renderers.render import FORMATS, MEDIA_TYPES, LayoutFailedError, render

FOLDER = "group-editions"
ATTEMPTS = 3
log = logging.getLogger(__name__)


@transaction.atomic
def freeze(report: GroupReport, language: str, *, by: User, errata: str = "") -> GroupReportEdition:
    """Freeze *report* in *language* as its next edition; the worker makes its files.

    Raises ChairsWordsMissingError, ChangesWaitError while somebody must still write or choose,
    ErrataMissingError for a later edition that does not say what changed, NothingWrittenError.
    """
    permissions.require(by, Act.EDIT_REPORT, report.group)
    GroupReport.objects.select_for_update().get(pk=report.pk)
    _check(report, language)
    edition = GroupReportEdition(report=report, language=language, errata=errata.strip())
    edition.ordinal = _next(report, language)
    if edition.ordinal > 1 and not edition.errata:
        raise ErrataMissingError
    edition.frozen_at, edition.frozen_by = timezone.now(), by
    edition.document = placing.place(report, language, by=by)
    document = edition.document
    edition.number = numbering.number_in(document, language) if document else report.number
    edition.text_sha256 = reviewing.sha256(report, language)
    edition.content = to_json(printing.paper(queries.outline(report, language), _head(edition)))
    edition.content_sha256 = hashlib.sha256(canonical(edition.content)).hexdigest()
    edition.annexes = consulted.files(report, json.dumps(edition.content))
    edition.full_clean()
    edition.save()
    commitments = {"content": edition.content_sha256}
    ledger.record("group_report_frozen", edition, by=by, commitments=commitments)
    return edition


def make_waiting() -> int:
    """Make the files of every frozen edition that has none; return how many. Twice is once."""
    due = GroupReportEdition.objects.filter(rendered_at__isnull=True, attempts__lt=ATTEMPTS)
    found = list(due.order_by("pk"))
    for edition in found:
        make(edition)
    return len(found)


def make(edition: GroupReportEdition) -> None:
    """Make the files of *edition* from what was frozen. A failure is kept for the desk to see."""
    try:
        files = _files(edition)
    except (LayoutFailedError, spool.SpoolFullError) as error:
        log.exception("group report edition %s could not be laid out", edition.pk)
        edition.attempts, edition.rendering_error = edition.attempts + 1, str(error)
        edition.save(update_fields=["attempts", "rendering_error"])
        return
    edition.files, edition.rendered_at, edition.rendering_error = files, timezone.now(), ""
    edition.save(update_fields=["files", "rendered_at", "rendering_error"])


def _files(edition: GroupReportEdition) -> list[dict[str, Any]]:
    """On the disk first; a name that a killed try used is taken again."""
    paper = from_json(edition.content)
    found = []
    for kind in FORMATS:
        made = render(paper, kind)[0]
        name = f"{edition.pk}-{kind}"
        spool.remove(f"{FOLDER}/{name}")
        kept = spool.keep(io.BytesIO(made.data), folder=FOLDER, name=name)
        found.append(
            {
                "name": made.name,
                "path": kept.path,
                "sha256": kept.sha256,
                "size": kept.size,
                "media_type": MEDIA_TYPES[kind],
                "language": edition.language,
            }
        )
    return found


def file_named(files: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any] | None:
    """Return the file called *name*, or None."""
    return next((file for file in files if file["name"] == name), None)


def _check(report: GroupReport, language: str) -> None:
    written = [(p, t) for p in queries.paragraphs(report, language) for t in p.texts.all()]
    if any(p.is_chairs and not t.text.strip() for p, t in written):
        raise ChairsWordsMissingError
    if any(t.incoming is not None for _p, t in written):
        raise ChangesWaitError
    if not any(t.text.strip() for _p, t in written):
        raise NothingWrittenError(language)


def _next(report: GroupReport, language: str) -> int:
    same = GroupReportEdition.objects.filter(report=report, language=language)
    return (same.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _head(edition: GroupReportEdition) -> printing.Head:
    report = edition.report
    return printing.Head(
        kind=Kind(report.kind),
        group=report.group,
        dated=groups.today(edition.frozen_at),
        document=edition.number,
        agenda_item=report.agenda_item,
        edition=edition.ordinal,
        errata=edition.errata,
        address=settings.BASE_URL + addresses.group_report(report.slug, language=edition.language),
    )
