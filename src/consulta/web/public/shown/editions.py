"""What pages show of released editions: a title, its files with sizes and fingerprints."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from consulta.core import paper
from consulta.reports.models import Edition, EditionFile
from consulta.reports.renderers import html
from consulta.web.ui.languages import current

#: An edition whose HTML is larger is offered as a file only, so that the page stays light.
LARGEST_ON_PAGE = 90_000  # bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of an edition."""

    file: EditionFile
    href: str
    format: str


@dataclass(frozen=True, slots=True)
class Released:
    """One released edition with its files."""

    edition: Edition
    title: str
    files: Sequence[Stored]


def released(editions: Sequence[Edition]) -> list[Released]:
    """Show *editions* with their files, the consolidated report first, the reader's language first."""
    reader, first = current(), Edition.Kind.CONSOLIDATED
    ordered = sorted(editions, key=lambda e: (e.kind != first, e.language != reader))
    return [Released(e, title(e), [_stored(e, f) for f in e.files.all()]) for e in ordered]


def title(edition: Edition) -> str:
    """Name the kind of an edition."""
    return capfirst(str(Edition.Kind(edition.kind).label))


def on_page(edition: Edition | None) -> str:
    """Return the edition's content as HTML for a page, escaped already; empty if it is too large."""
    if edition is None:
        return ""
    body = html.body_html(paper.from_json(edition.content))
    return body if len(body.encode()) <= LARGEST_ON_PAGE else ""


def _stored(edition: Edition, file: EditionFile) -> Stored:
    href = reverse("public:edition_file", args=[edition.pk, file.name])
    return Stored(file, href, file.format.upper())
