"""Files that came with a response: kept as they came, shown only as a clean copy or once checked.

The original stays restricted for ever. What happens to a file is found by :func:`waiting`; every act
here may be repeated, and no file is touched inside a transaction.
"""

import logging
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.http import content_disposition_header

from consulta.accounts.models import User
from consulta.adapters.files import identify, sandbox, scan
from consulta.adapters.files.findings import (
    COPIED_AS,
    DOCX,
    HTML,
    JPEG,
    ODT,
    PDF,
    PNG,
    RTF,
    TXT,
    Finding,
    Verdict,
)
from consulta.adapters.files.sandbox import Examination
from consulta.consultations import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.mailroom import spool
from consulta.responses import confidentiality, publication
from consulta.responses.models import Attachment, DraftFile, MandateDocument, ModerationStep

log = logging.getLogger(__name__)
MAX_TOTAL = identify.MAX_SIZE  # bytes, all files of one response
MAX_FILES = 20
MAX_NAME = 200  # bytes in UTF-8; disks take 255
CLEAN_FOLDER = "files/clean"
#: Where files lie that a row may have forgotten: uploads of abandoned drafts, copies of a killed check.
SWEPT = ("spool/uploads", CLEAN_FOLDER)
ENDINGS = {
    PDF: ".pdf", DOCX: ".docx", ODT: ".odt", RTF: ".rtf", HTML: ".html", TXT: ".txt", PNG: ".png",
    JPEG: ".jpg",
}  # fmt: skip
_ALSO = {JPEG: (".jpeg",), HTML: (".htm", ".xhtml")}
#: What a form's field takes: endings, for the window in which a person chooses a file.
ACCEPT = ",".join([*ENDINGS.values(), ".htm", ".jpeg"])
#: What nobody may release: a person's eyes cannot check it.
NEVER_RELEASED = frozenset(
    {
        Finding.VIRUS,
        Finding.BOMB,
        Finding.UNSAFE_NAMES,
        Finding.DANGEROUS_MARKUP,
        Finding.TYPE_NOT_ALLOWED,
        Finding.MISSING,
    }
)
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class HasSize(Protocol):
    """A file whose size is known, in bytes."""

    @property
    def size(self) -> int:
        """Bytes."""
        ...


class HasType(Protocol):
    """A file that was examined: the name under which it came, what it is, what may be shown of it."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def safety(self) -> str: ...


class UploadRefusedError(Exception):
    """A file cannot be taken with this response; the view says why, by the kind of error."""


class FileTooLargeError(UploadRefusedError):
    """All files of one response together may have MAX_TOTAL bytes."""


class TooManyFilesError(UploadRefusedError):
    """One response may carry MAX_FILES files."""


class FileEmptyError(UploadRefusedError):
    """The file has no bytes: it was probably still being written."""


class FileTypeNotAllowedError(UploadRefusedError):
    """The first bytes are of no type that is taken."""


class FileLockedError(UploadRefusedError):
    """It opens only with a password."""


class ReleaseNotAllowedError(Exception):
    """This file cannot be released: it is not waiting for a person, or it is dangerous."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an examination and a virus scan came to."""

    media_type: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    text: str = ""
    copy: spool.SpooledFile | None = None


_INFECTED = Outcome("", Verdict.UNSAFE, (Finding.VIRUS,))


def total_size(files: Iterable[HasSize]) -> int:
    """Bytes of all *files* together."""
    return sum(file.size for file in files)


def check_upload(name: str, size: int, existing: Iterable[HasSize], *, head: bytes = b"") -> None:
    """Refuse a file that cannot be taken beside the *existing* ones. Raises UploadRefusedError.

    *size* in bytes; *head*: its first bytes (up to 64 KiB), to refuse other types at once. *name*
    decides nothing: types are told by content.
    """
    files = list(existing)
    if size == 0:
        raise FileEmptyError(name)
    if len(files) >= MAX_FILES:
        raise TooManyFilesError(name)
    if total_size(files) + size > MAX_TOTAL:
        raise FileTooLargeError(name)
    if head and not identify.could_be_allowed(head):
        raise FileTypeNotAllowedError(name)


def check_kept(name: str, path: str) -> None:
    """Refuse the file at *path* of the spool, and forget its bytes, where it opens only with a password.

    For channels that can ask at once; where a letter brought the file, :mod:`.asking` writes one.
    Raises FileLockedError.
    """
    if sandbox.is_locked(spool.locate(path)):
        if not named([path]):
            spool.remove(path)
        raise FileLockedError(name)


def named(paths: Collection[str]) -> set[str]:
    """Those of *paths* that a row names: an upload, an original, or a clean copy."""
    originals = Attachment.objects.filter(path__in=paths).values_list("path", flat=True)
    copies = Attachment.objects.filter(clean_path__in=paths).values_list("clean_path", flat=True)
    drafted = DraftFile.objects.filter(path__in=paths).values_list("path", flat=True)
    mandates = MandateDocument.objects.filter(path__in=paths).values_list("path", flat=True)
    return {*originals, *copies, *drafted, *mandates}


def waiting() -> QuerySet[Attachment]:
    """Files that nobody has examined yet: what the sweep works through.

    Oldest first, but those that the scanner would not judge after all others, so that they hold
    nobody up.
    """
    tried = Case(When(findings=[], then=0), default=1)
    return Attachment.objects.filter(safety=Attachment.Safety.WAITING).order_by(tried, "pk")


def examine(attachment: Attachment) -> None:
    """Find out what the file is and keep a clean copy. Does nothing when that was done before.

    While the virus scanner is out of reach the file stays waiting, with the finding
    scanner_unreachable. Raises SpoolFullError when the copy finds no room; then it stays waiting too.
    """
    if attachment.safety != Attachment.Safety.WAITING:
        return
    try:
        outcome = judge(
            attachment.path,
            name=f"attachment {attachment.pk}",
            language=attachment.version.language,
        )
    except scan.ScannerUnreachableError as error:
        log.warning("attachment %s stays waiting, no virus scan: %s", attachment.pk, error)
        _note_unreachable(attachment)
        return
    if not _settle(attachment, outcome):
        forget_copy(outcome)  # another process was faster: its copy counts
    attachment.refresh_from_db()


def judge(path: str, *, name: str, language: str, folder: str = CLEAN_FOLDER) -> Outcome:
    """What the kept file at *path* is; its clean copy is in *folder* for good, before any row says so.

    *name*: for the log. Raises ScannerUnreachableError, SpoolFullError.
    """
    original = Path(settings.DATA) / path
    if original.is_file() and _is_infected([original]):  # first: costs least while none answers
        return _INFECTED
    with sandbox.examining(original, name=name, language=language) as seen:
        clean = [seen.clean_path] if seen.clean_path else []
        if _is_infected([*seen.embedded, *clean]):
            return _INFECTED
        copy = _kept(seen, folder)
        return Outcome(seen.media_type, seen.verdict, seen.findings, seen.text, copy)


def forget_copy(outcome: Outcome) -> None:
    """Remove the clean copy of an examination that another process was faster with."""
    if outcome.copy:
        spool.remove(outcome.copy.path)


def release(attachment: Attachment, *, by: User, reason: str) -> None:
    """A person looked at the file and lets readers have it as it came.

    From then on the fields of the clean copy name the original. Raises NotAllowedError,
    ReleaseNotAllowedError.
    """
    permissions.require(by, Act.MODERATE, attachment.version.response.consultation)
    with transaction.atomic():
        row = Attachment.objects.select_for_update().get(pk=attachment.pk)
        refused = row.safety in (Attachment.Safety.UNSAFE, Attachment.Safety.UNREADABLE)
        never = NEVER_RELEASED & set(row.findings) or confidentiality.keeps_file(row)
        if not refused or never or not reason.strip():
            raise ReleaseNotAllowedError(f"attachment {row.pk}")
        row.safety = Attachment.Safety.RELEASED
        row.checked_by = by
        row.clean_path, row.clean_sha256, row.clean_size = row.path, row.sha256, row.size
        row.save()
        ModerationStep.objects.create(
            response=row.version.response,
            version=row.version,
            act="file_released",
            reason=reason.strip(),
            at=timezone.now(),
            by=by,
        )
        _record("file_released", row, by=by)
    attachment.refresh_from_db()


def public_file(attachment: Attachment) -> Path | None:
    """The file that readers may have: the clean copy, or the original that a person released."""
    is_public = attachment.safety in (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)
    path = attachment.clean_path
    return Path(settings.DATA) / path if is_public and path else None


def safe_name(name: str) -> str:
    """*name* as it may stand on any disk and in any page: no folders, no unseen characters, not long."""
    plain = "".join(c for c in unicodedata.normalize("NFC", name) if _is_seen(c))
    last = plain.replace("\\", "/").rsplit("/", 1)[-1]
    last = "".join("_" if c in '<>:"|?*%' else c for c in last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = last, "", ""
    room = MAX_NAME - len(f".{ending}".encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .") or "file"
    return f"_{stem}{dot}{ending}" if stem.casefold() in _RESERVED else f"{stem}{dot}{ending}"


def download_name(attachment: HasType, *, original: bool = False) -> str:
    """The name under which a reader saves the file; its ending is that of its real type.

    *original*: of the file as it came, whose type may be another than that of its copy.
    """
    name = PurePosixPath(safe_name(attachment.name))
    kind = attachment.media_type if original else shown_type(attachment)
    ending = ENDINGS.get(kind, "")
    fits = name.suffix.lower() in (ending, *_ALSO.get(kind, ()))
    return str(name) if not ending or fits else f"{name.stem}{ending}"


def shown_type(attachment: HasType) -> str:
    """The media type of what readers get: of the clean copy, or of the original once released."""
    if attachment.safety == Attachment.Safety.RELEASED:
        return attachment.media_type
    return COPIED_AS.get(attachment.media_type, attachment.media_type)


def content_disposition(attachment: HasType, *, original: bool = False) -> str:
    """The header that makes a browser save the file and never show it in our name (RFC 6266)."""
    name = download_name(attachment, original=original)
    return content_disposition_header(True, name) or "attachment"


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _kept(seen: Examination, folder: str) -> spool.SpooledFile | None:
    if seen.clean_path is None:
        return None
    with seen.clean_path.open("rb") as file:
        return spool.keep(file, folder=folder)


def _is_infected(files: Iterable[Path]) -> bool:
    """Whether the scanner, where there is one, knows a virus in any of *files*."""
    scanner = scan.scanner(getattr(settings, "CLAMD", ""))
    return any(scanner.is_infected(path) for path in files)


@transaction.atomic
def _settle(attachment: Attachment, outcome: Outcome) -> bool:
    """Write the outcome into the row and the ledger; False when that was done already."""
    row = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if row.safety != Attachment.Safety.WAITING:
        return False
    row.safety = Attachment.Safety(outcome.verdict)
    row.media_type = outcome.media_type
    row.findings = list(outcome.findings)
    row.text = outcome.text
    if outcome.copy:
        row.clean_path, row.clean_sha256 = outcome.copy.path, outcome.copy.sha256
        row.clean_size = outcome.copy.size
    is_clean = row.safety == Attachment.Safety.CLEAN
    act = "file_released" if is_clean else "attachment_rejected"
    if is_clean and confidentiality.keeps_file(row):
        row.safety, act = Attachment.Safety.CONFIDENTIAL, "file_kept_confidential"
    row.save()
    _record(act, row, by="rules")
    return True


def _record(act: str, row: Attachment, *, by: User | str) -> None:
    """Enter the act; pages change only when the version that carries the file is on them."""
    response = row.version.response
    is_shown = response.published_version_id == row.version_id
    if is_shown and act == "file_released":
        publication.record_change(response, act=act, by=by)
        return
    ledger.record(act, row, by=by, shows=Shows.PAGES if is_shown else Shows.NONE)


def _note_unreachable(attachment: Attachment) -> None:
    Attachment.objects.filter(pk=attachment.pk, safety=Attachment.Safety.WAITING).update(
        findings=[Finding.SCANNER_UNREACHABLE]
    )
    attachment.refresh_from_db()
