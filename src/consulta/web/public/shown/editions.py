"""What pages show of released editions: files and fingerprints, what changed since, what law took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.meetings import numbering
from consulta.reports import frozen, redacting, since
from consulta.reports.models import Edition, EditionFile, Restriction
from consulta.reports.renderers import html
from consulta.web.ui.languages import current

#: An edition whose HTML is larger is offered as a file only, so that the page stays light.
LARGEST_ON_PAGE = 90_000  # bytes
#: The formats in the order in which readers look for them, and what they are called.
FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "DOCX", "akn": "Akoma Ntoso", "json": "JSON"}


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of an edition; *part* says which of several volumes, empty for the only one."""

    file: EditionFile
    href: str
    format: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Volumes:
    """The volumes of a long edition in one format, folded under their number and size in all."""

    format: str
    files: Sequence[Stored]
    size: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What the law took away of an edition: when, why, and what the bytes before hashed to."""

    at: datetime
    numbers: Sequence[str]
    ground: Text
    reason: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Released:
    """One released edition with its files, and what is said beside it."""

    edition: Edition
    title: str
    files: Sequence[Stored]
    volumes: Sequence["Volumes"] = ()
    number: str = ""
    since: Sequence[str] = ()
    taken: Sequence[Taken] = ()

    @property
    def every_file(self) -> list[Stored]:
        """The files that stand open and those that are folded."""
        return [*self.files, *(stored for kept in self.volumes for stored in kept.files)]


def released(editions: Sequence[Edition]) -> list[Released]:
    """Show *editions* with their files, the consolidated report first, the reader's language first."""
    return [Released(e, title(e), *_folded(_files(e))) for e in _in_order(editions)]


def with_story(editions: Sequence[Edition]) -> tuple[list[Released], list[Released]]:
    """The editions that count now, and those before them, of one consultation, each with its story."""
    changed, taken = since.changes(editions), redacting.history(editions)
    shown = [_whole(e, changed, taken) for e in _in_order(editions)]
    newest = {(e.kind, e.language): max(_ordinals(e, editions)) for e in editions}
    counts = [r for r in shown if r.edition.ordinal == newest[r.edition.kind, r.edition.language]]
    return counts, [r for r in shown if r not in counts]


def withheld(restrictions: Sequence[Restriction]) -> list[tuple[str, Edition, Taken]]:
    """Released editions that nobody is served until their redacted edition is there."""
    return [(title(r.edition), r.edition, _taken(r)) for r in restrictions]


def title(edition: Edition) -> str:
    """Name the kind of an edition."""
    return capfirst(str(Edition.Kind(edition.kind).label))


def on_page(edition: Edition | None, *, beside: Mapping[int, str] | None = None) -> str:
    """Return the edition's content as HTML for a page, escaped already; empty if it is too large.

    *beside*: HTML that stands after the block at that place; it makes no edition too large.
    """
    if edition is None:
        return ""
    body = html.body_html(frozen.readable(edition), beside=beside)
    added = sum(len(each.encode()) for each in (beside or {}).values())
    return body if len(body.encode()) - added <= LARGEST_ON_PAGE else ""


def _in_order(editions: Sequence[Edition]) -> list[Edition]:
    reader, first = current(), Edition.Kind.CONSOLIDATED
    return sorted(editions, key=lambda e: (e.kind != first, e.language != reader))


def _ordinals(edition: Edition, editions: Sequence[Edition]) -> list[int]:
    same = (edition.kind, edition.language)
    return [e.ordinal for e in editions if (e.kind, e.language) == same]


def _whole(
    edition: Edition,
    changed: Mapping[int, Sequence[since.Change]],
    taken: Mapping[int, Sequence[Restriction]],
) -> Released:
    document, zone = edition.document, edition.consultation.timezone
    return Released(
        edition,
        title(edition),
        *_folded(_files(edition)),
        number=numbering.number_in(document, edition.language) if document else "",
        since=[since.sentence(change, zone) for change in _still(edition, changed, taken)],
        taken=[_taken(one) for one in taken.get(edition.pk, ())],
    )


def _still(
    edition: Edition,
    changed: Mapping[int, Sequence[since.Change]],
    taken: Mapping[int, Sequence[Restriction]],
) -> list[since.Change]:
    """What happened since, without what is left out of a redacted edition already."""
    gone = {number for one in taken.get(edition.pk, ()) for number in one.numbers}
    return [change for change in changed.get(edition.pk, ()) if change.number not in gone]


def _taken(restriction: Restriction) -> Taken:
    return Taken(
        restriction.restricted_at,
        restriction.numbers,
        redacting.ground(restriction, current()),
        restriction.reason,
        restriction.edition.content_sha256,
    )


def _files(edition: Edition) -> list[Stored]:
    """The files in the order in which readers look for them, volumes in theirs."""
    files, order = list(edition.files.all()), list(FORMATS)
    several = {file.format for file in files if file.volume == 0}
    files.sort(key=lambda f: (order.index(f.format) if f.format in order else 9, f.volume))
    return [_stored(edition, file, in_volumes=file.format in several) for file in files]


def _folded(files: Sequence[Stored]) -> tuple[list[Stored], list[Volumes]]:
    """The files that stand open, an index among them, and the volumes by format."""
    volumes: dict[str, list[Stored]] = {}
    for stored in files:
        if stored.part and stored.file.volume:
            volumes.setdefault(stored.format, []).append(stored)
    told = [Volumes(kind, each, sum(f.file.size for f in each)) for kind, each in volumes.items()]
    return [f for f in files if f not in volumes.get(f.format, [])], told


def _stored(edition: Edition, file: EditionFile, *, in_volumes: bool) -> Stored:
    href = reverse("public:edition_file", args=[edition.pk, file.name])
    part = ""
    if in_volumes:
        part = _("volume %(volume)s") % {"volume": file.volume} if file.volume else _("index")
    return Stored(file, href, FORMATS.get(file.format, file.format.upper()), part)
