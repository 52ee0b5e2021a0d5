"""Placing: the number under which a report stands among the documents of a meeting of this body."""

from consulta.accounts.models import User
from consulta.meetings import documents, following
from consulta.meetings.models import Document
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition, GroupReportHead


def place(report: GroupReport, language: str, *, by: User | None) -> Document | None:
    """Return the document under whose number an edition is frozen, its number reserved.

    None where the report goes before no meeting here. Once a language is posted, the next edition in
    it is a revision.
    """
    if report.goes_to is None:
        return None
    report.refresh_from_db(fields=["document"])
    standing = report.document
    if standing is None or standing.withdrawn_at is not None:
        made = _document(report)
        documents.reserve(made, language=language, by=by)
    elif standing.posted_at is not None and documents.had_language(standing, language):
        made = _document(report)
        revision = Document.Kind.REVISION
        following.reserve(made, of=standing, kind=revision, language=language, by=by)
    else:
        return standing
    report.document = made
    report.save(update_fields=["document"])
    return made


def put(edition: GroupReportEdition, *, by: User | None) -> None:
    """Put the files of a released edition, and what is annexed, among the meeting's documents."""
    document = edition.document
    if document is None:
        return
    document.refresh_from_db()
    files = [*edition.files, *edition.annexes]
    if document.posted_at is None:
        documents.post_reserved(document, files, by=by)
    elif not documents.had_language(document, edition.language):
        documents.add_language(document, files, language=edition.language, by=by)


def _document(report: GroupReport) -> Document:
    heads = GroupReportHead.objects.filter(report=report)
    public = report.audience == GroupReport.Audience.PUBLIC
    return Document(
        meeting=report.goes_to,
        titles={head.language: head.title for head in heads},
        source="Chair",
        audience=Document.Audience.PUBLIC if public else Document.Audience.MEMBERS,
        sort=Document.Sort.REPORT,
    )
