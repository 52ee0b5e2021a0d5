"""The outputs of a group that can be sent out: reports, reports on responses, decisions, documents.

All languages of an output are one output: nobody gets it twice. Who may read it is asked each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.core import addresses
from consulta.core.multilingual import Text, choose
from consulta.groups.models import Group
from consulta.meetings.models import Decision, Document
from consulta.notices.models import Dissemination
from consulta.reports.group_reports import queries as group_reports
from consulta.reports.models import Edition
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition

Row = Edition | GroupReport | Decision | Document
PUBLIC, MEMBERS = Document.Audience.PUBLIC.value, Document.Audience.MEMBERS.value
#: Reports on responses that go out; what is for the group alone is delivered otherwise.
_REPORTS = (Edition.Kind.CONSOLIDATED, Edition.Kind.COMPILATION, Edition.Kind.SUMMARY)
#: How many of each are offered, the latest first.
OFFERED = 40


class OutputGoneError(LookupError):
    """It was withdrawn, restricted or classified for the desk meanwhile: it goes to nobody."""


@dataclass(frozen=True, slots=True)
class Output:
    """Something that a group put out: its *row*, what all its languages have in common, who may read it."""

    row: Row
    key: str
    audience: str

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it."""
        return self.audience == PUBLIC


def of(row: Row) -> Output:
    """Return *row* as an output, as it stands now. Raises OutputGoneError."""
    audience = _audience(row)
    if not audience:
        raise OutputGoneError
    return Output(row, _key(row), audience)


def sent(dissemination: Dissemination) -> Output:
    """Return what was sent, as it stands now. Raises OutputGoneError."""
    row = (
        dissemination.edition
        or dissemination.report
        or dissemination.decision
        or dissemination.document
    )
    if row is None:
        raise OutputGoneError
    return of(row)


def offered(group: Group) -> list[Output]:
    """Return what *group* can send out, kind by kind, the latest first. A handful of queries."""
    found: dict[str, Output] = {}
    for row in _rows(group):
        try:
            output = of(row)
        except OutputGoneError:
            continue
        found.setdefault(output.key, output)
    return list(found.values())


def named(group: Group, key: str) -> Output:
    """Return the output of *group* called *key*. Raises OutputGoneError."""
    found = next((output for output in offered(group) if output.key == key), None)
    if found is None:
        raise OutputGoneError
    return found


def title(row: Row, language: str) -> Text:
    """Return what the output is called, for a reader of *language*."""
    if isinstance(row, Edition):
        topic = consultations.topic(row.consultation, language)
        told = {"kind": str(row.get_kind_display()), "topic": topic.text}
        return Text(_("%(kind)s: %(topic)s") % told, "")
    if isinstance(row, GroupReport):
        return _title_of_report(row, language)
    if isinstance(row, Decision):
        said = choose(row.texts, language)
        return Text(said.text[:200], said.language)
    return choose(row.titles, language)


def path(output: Output, language: str) -> str:
    """The page on which its readers find it, in all its languages."""
    row, members = output.row, not output.is_public
    if isinstance(row, Edition):
        page = addresses.summary if row.kind == Edition.Kind.SUMMARY else addresses.report
        return page(row.consultation.slug, language=language)
    if isinstance(row, GroupReport):
        return addresses.group_report(row.slug, language=language)
    if isinstance(row, Decision):
        return addresses.decision(row.pk, language=language, members=members)
    return addresses.document(row.meeting.slug, row.pk, language=language, members=members)


def number(row: Row) -> str:
    """The body's number of it; empty where it has none."""
    if isinstance(row, Document):
        return row.base_number
    if isinstance(row, GroupReport):
        return row.document.base_number if row.document else row.number
    return ""


def _title_of_report(report: GroupReport, language: str) -> Text:
    for head in sorted(report.heads.all(), key=lambda head: head.language != language):
        return Text(head.title, head.language)
    return Text(str(report.get_kind_display()), "")


def _rows(group: Group) -> Iterator[Row]:
    released = GroupReportEdition.objects.filter(released_at__isnull=False).values("report")
    reports = GroupReport.objects.filter(group=group, pk__in=released)
    yield from reports.select_related("document").prefetch_related("heads")[:OFFERED]
    editions = Edition.objects.filter(consultation__group=group, kind__in=_REPORTS)
    editions = editions.filter(released_at__isnull=False).defer("content")
    editions = editions.select_related("consultation").prefetch_related("consultation__texts")
    yield from editions.order_by("-released_at", "pk")[:OFFERED]
    decisions = Decision.objects.filter(meeting__group=group).select_related("meeting")
    yield from decisions.order_by("-meeting__starts_on", "position")[:OFFERED]
    documents = Document.objects.filter(meeting__group=group, posted_at__isnull=False)
    documents = documents.filter(sort__in=(Document.Sort.LIAISON, Document.Sort.REPORT))
    yield from documents.select_related("meeting").order_by("-posted_at")[:OFFERED]


def _audience(row: Row) -> str:
    """Who may read it whole: everyone, members, or (empty) nobody to whom it could be sent."""
    if isinstance(row, Edition):
        is_out = row.released_at is not None and row.restricted_at is None
        return PUBLIC if is_out else ""
    if isinstance(row, GroupReport):
        is_out = any(edition.released_at for edition in group_reports.editions(row))
        return str(row.audience) if is_out else ""
    if isinstance(row, Document) and (row.withdrawn_at is not None or row.posted_at is None):
        return ""
    if row.audience == PUBLIC:
        return PUBLIC
    return "" if row.audience == Document.Audience.DESK else MEMBERS


def _key(row: Row) -> str:
    if isinstance(row, Edition):
        return f"edition-{row.consultation_id}-{row.kind}-{row.ordinal}"
    kinds = {GroupReport: "report", Decision: "decision", Document: "document"}
    return f"{kinds[type(row)]}-{row.pk}"
