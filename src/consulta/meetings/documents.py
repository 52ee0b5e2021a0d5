"""Documents of a meeting: a number is reserved, then the document posted, in more languages, withdrawn.

What follows a document (revision, addendum, corrigendum) is in :mod:`consulta.meetings.following`.
Every act raises NotAllowedError for a person without the right; *by* None is the system itself, in
an act that was allowed. The files' bytes must be on disk already.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.document_numbers import DocumentNumber
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import numbering
from consulta.meetings.models import Document, Meeting

File = Mapping[str, Any]


class DocumentError(ValueError):
    """Something about a document that the record does not allow."""


class WithdrawnError(DocumentError):
    """The document was withdrawn: nothing follows it; post a new one under a number of its own."""


class NotPostedError(DocumentError):
    """The number is reserved, and the document not posted yet: post it first."""


class PostedError(DocumentError):
    """The document stands posted: its bytes are never changed; post a revision or a corrigendum."""


class LanguageThereError(DocumentError):
    """The document has this language already: a changed text is a revision."""


class ReasonMissingError(DocumentError):
    """Say why the document is withdrawn: its readers see it beside the number."""


@transaction.atomic
def post(document: Document, *, language: str, by: User | None) -> Document:
    """Put a new *document* on record under its meeting's next number, now.

    Raises ValidationError naming the field to mend.
    """
    allow(by, Act.DELIVER, document.meeting)
    give_number(document, language=language)
    document.posted_at = timezone.now()
    return keep(document, "document_posted", by=by)


@transaction.atomic
def reserve(document: Document, *, language: str, by: User | None) -> Document:
    """Give *document* its meeting's next number before it is written, so that it can stand in it."""
    allow(by, Act.EDIT_REPORT, document.meeting)
    give_number(document, language=language)
    document.reserved_at = timezone.now()
    return keep(document, "document_numbered", by=by)


@transaction.atomic
def post_reserved(document: Document, files: Sequence[File], *, by: User | None) -> Document:
    """Post a document whose number was reserved, with its *files*. Raises WithdrawnError, PostedError."""
    allow(by, Act.DELIVER, document.meeting)
    standing = renewed(document)
    if standing.posted_at is not None:
        raise PostedError
    standing.titles, standing.source = document.titles, document.source
    standing.audience = document.audience
    _speak_first(standing, files)
    standing.files = joined(standing, [], files)
    standing.posted_at = timezone.now()
    return keep(standing, "document_posted", by=by)


@transaction.atomic
def add_language(
    document: Document, files: Sequence[File], *, language: str, by: User | None
) -> Document:
    """Put the version in another *language* beside those that stand, under the same number.

    Raises WithdrawnError, NotPostedError, LanguageThereError.
    """
    allow(by, Act.DELIVER, document.meeting)
    standing = renewed(document)
    if standing.posted_at is None:
        raise NotPostedError
    if language in languages(standing):
        raise LanguageThereError
    added = [dict(file) | {"language": language} for file in files]
    standing.files = joined(standing, standing.files, added)
    return keep(standing, "document_language_added", by=by)


@transaction.atomic
def withdraw(document: Document, *, reason: str, by: User | None) -> Document:
    """Take *document* back: number, title and reason stay, its files are served to nobody."""
    allow(by, Act.DELIVER, document.meeting)
    standing = renewed(document)
    if not reason.strip():
        raise ReasonMissingError
    standing.withdrawn_at, standing.withdrawal_reason = timezone.now(), reason.strip()
    at = standing.withdrawn_at.isoformat()
    standing.withheld_files += [dict(file) | {"withheld_at": at} for file in standing.files]
    standing.files = []
    return keep(standing, "document_withdrawn", by=by)


def withhold(paths: Collection[str], *, at: datetime) -> list[Document]:
    """Take the files at *paths* from every document that carries them; return those documents."""
    changed = [d for d in _carrying(paths, "files") if _set_apart(d, paths, at)]
    for document in changed:
        document.save(update_fields=["files", "withheld_files"])
    return changed


def replace_withheld(paths: Collection[str], files: Sequence[File]) -> list[Document]:
    """Put *files* where those at *paths* were withheld; a withdrawn document gets none."""
    changed = []
    for document in _carrying(paths, "withheld_files"):
        there = {file["path"] for file in document.files}
        new = [file for file in files if file["path"] not in there]
        if document.withdrawn_at is None and new:
            document.files = joined(document, document.files, new)
            document.save(update_fields=["files"])
            changed.append(document)
    return changed


def languages(document: Document) -> list[str]:
    """Return the languages in which *document* has files, the first one first."""
    found = [str(file.get("language") or document.language) for file in document.files]
    return list(dict.fromkeys(found))


def had_language(document: Document, language: str) -> bool:
    """Say whether *document* has files in *language*, or had some that were withheld since."""
    said = [*document.files, *document.withheld_files]
    return language in {str(file.get("language") or document.language) for file in said}


def next_sequence(meeting: Meeting, series: str = "") -> int:
    """Return the next free place in a *series* of the meeting's documents, reserved ones counted."""
    meetings = Meeting.objects.filter(numbering.same_series(meeting))
    given = Document.objects.filter(meeting__in=meetings, series=series)
    return (given.aggregate(last=Max("sequence"))["last"] or 0) + 1


def number(meeting: Meeting, sequence: int, *, language: str) -> str:
    """Write a document's number, e.g. `CWG-Internet-11/7-E`: series, place in it, language."""
    place = DocumentNumber(numbering.token(meeting), sequence, language=language)
    return numbering.grammar(meeting).write(place)


def series(meeting: Meeting) -> str:
    """Name the series of a meeting's documents: the group's symbol and what stands for the meeting."""
    return f"{numbering.grammar(meeting).symbol}{numbering.token(meeting)}"


def take_turn(meeting: Meeting) -> None:
    """Two acts at once that number documents of one meeting wait for each other here."""
    list(Meeting.objects.select_for_update().filter(numbering.same_series(meeting)).order_by("pk"))


def give_number(document: Document, *, language: str) -> None:
    """Write the next number of the series, or that of what *document* follows, into it."""
    take_turn(document.meeting)
    if document.kind == Document.Kind.ORIGINAL:
        document.series = numbering.own_series(document.meeting.group, document.sort)
        document.sequence = next_sequence(document.meeting, document.series)
    document.language = language
    grammar = numbering.grammar(document.meeting, document.series)
    document.number = grammar.write(numbering.said(document, language=language))
    document.base_number = grammar.write_base(numbering.said(document))
    document.files = joined(document, [], document.files)


def allow(by: User | None, act: Act, meeting: Meeting) -> None:
    """Raise NotAllowedError unless *by* may do *act* in the meeting's group; None is the system."""
    if by is not None:
        permissions.require(by, act, meeting.group)


def renewed(document: Document) -> Document:
    """Return *document* as it is once nobody else changes it. Raises WithdrawnError."""
    take_turn(document.meeting)
    standing = Document.objects.select_related("meeting__group").get(pk=document.pk)
    if standing.withdrawn_at is not None:
        raise WithdrawnError
    return standing


def keep(document: Document, act: str, *, by: User | None) -> Document:
    """Save *document* and record *act*: in public only where everyone has at least the title."""
    document.full_clean()
    document.save()
    is_listed = document.audience in (Document.Audience.PUBLIC, Document.Audience.LISTED)
    ledger.record(act, document, by=by, shows=None if is_listed else "none")
    return document


def named(document: Document, file: File) -> dict[str, Any]:
    """Return *file* with the number of its language version."""
    language = str(file.get("language") or document.language)
    return dict(file) | {
        "language": language,
        "number": numbering.number_in(document, language),
    }


def joined(
    document: Document, standing: Sequence[File], added: Sequence[File]
) -> list[dict[str, Any]]:
    """Return *standing* and *added*, each of these numbered and under a name no other file there has.

    A file is asked for by its name: the same name in a second language says the language.
    """
    files = [dict(file) for file in standing]
    for file in added:
        new = named(document, file)
        taken = {str(other.get("name", "")).casefold() for other in files}
        files.append(new | {"name": _own_name(str(new["name"]), new["language"], taken)})
    return files


def _own_name(name: str, language: str, taken: Collection[str]) -> str:
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    tried, count = name, 1
    while tried.casefold() in taken:
        tried = f"{stem}-{language}{ending}" if count == 1 else f"{stem}-{language}-{count}{ending}"
        count += 1
    return tried


def _speak_first(document: Document, files: Sequence[File]) -> None:
    """A number reserved for one language goes by that of the first file where there is none in it."""
    told = [str(file.get("language") or document.language) for file in files]
    if told and document.language not in told:
        document.number = numbering.number_in(document, told[0])
        document.language = told[0]


def _carrying(paths: Collection[str], column: str) -> list[Document]:
    """The documents that name one of *paths* in *column*, locked; few rows have files at all."""
    rows = Document.objects.select_for_update(of=("self",)).exclude(**{column: []})
    rows = rows.select_related("meeting__group").order_by("pk")
    wanted = set(paths)
    return [d for d in rows if wanted & {file["path"] for file in getattr(d, column)}]


def _set_apart(document: Document, paths: Collection[str], at: datetime) -> bool:
    apart = [file for file in document.files if file["path"] in paths]
    document.files = [file for file in document.files if file["path"] not in paths]
    document.withheld_files += [dict(file) | {"withheld_at": at.isoformat()} for file in apart]
    return bool(apart)
