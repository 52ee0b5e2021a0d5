"""Documents in a list of members: by sort, with number, source, who may read it, and what came late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.meetings import queries
from consulta.meetings.models import Document
from consulta.web.ui.parts import File


@dataclass(frozen=True, slots=True)
class Line:
    """One document. *days_late*: handed in after its day; *posted_late*: posted after the day for all."""

    pk: int
    number: str
    title: Text
    source: str
    audience: str
    posted_at: datetime | None
    withdrawn_at: datetime | None
    reason: str
    days_late: int
    posted_late: int
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The documents of one sort, under a heading; *key* is empty where nobody said the sort."""

    key: str
    heading: str
    lines: Sequence[Line]


def by_sort(
    documents: Iterable[Document],
    language: str,
    *,
    late: Mapping[int, int],
    posted_late: Mapping[int, int],
) -> list[Sorted]:
    """Show *documents* sort by sort; *late*, *posted_late*: days by the document's id."""
    found: dict[str, list[Line]] = {key: [] for key in headings()}
    for one in documents:
        line = _line(one, language, late.get(one.pk, 0), posted_late.get(one.pk, 0))
        found[one.sort].append(line)
    return [Sorted(key, headings()[key], lines) for key, lines in found.items() if lines]


def headings() -> dict[str, str]:
    """The headings of the sorts, in the order in which a meeting reads them."""
    return {
        Document.Sort.ADMINISTRATIVE.value: _("Administrative documents"),
        Document.Sort.CONTRIBUTION.value: _("Contributions of members"),
        Document.Sort.REPORT.value: _("Reports by the secretariat"),
        Document.Sort.LIAISON.value: _("Liaison statements"),
        Document.Sort.INFORMATION.value: _("Information documents"),
        Document.Sort.TEMPORARY.value: _("Temporary documents"),
        "": _("Other documents"),
    }


def _line(document: Document, language: str, days_late: int, posted_late: int) -> Line:
    return Line(
        document.pk,
        document.number,
        queries.title(document, language),
        document.source,
        str(document.get_audience_display()),
        document.posted_at,
        document.withdrawn_at,
        document.withdrawal_reason,
        days_late,
        posted_late,
        [_file(document, file) for file in document.files],
    )


def _file(document: Document, file: Mapping[str, object]) -> File:
    size = file.get("size")
    return File(
        href=reverse("members:document_file", args=[document.pk, file["name"]]),
        format=str(file["name"]).rpartition(".")[2].upper(),
        language=str(file.get("language") or ""),
        size=size if isinstance(size, int) else None,
    )
