"""Files put to a draft: on disk for good before their row speaks of them; refused one by one."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError
from consulta.mailroom import spool
from consulta.mailroom.spool import SpooledFile, SpoolFullError
from consulta.responses import attachments, drafts
from consulta.responses.attachments import (
    FileEmptyError,
    FileLockedError,
    FileTooLargeError,
    TooManyFilesError,
    UploadRefusedError,
)
from consulta.responses.models import Draft
from consulta.web.public.respond import limits
from consulta.web.ui.templatetags.ui import filesize

FOLDER = "spool/uploads"
HEAD = 64 * 1024
KIB = 1024
#: Bytes that one client, and one draft, may upload in an hour: four times what a response may carry.
PER_HOUR = 4 * attachments.MAX_TOTAL
SENTENCES: dict[type[UploadRefusedError], Promise] = {
    FileTooLargeError: gettext_lazy(
        "“%(name)s” was not added: all files together may have %(limit)s. Remove another file, or send"
        " a smaller one."
    ),
    TooManyFilesError: gettext_lazy("“%(name)s” was not added: up to %(n)s files are taken."),
    FileEmptyError: gettext_lazy(
        "“%(name)s” was not added: it is empty. Save it and choose it again."
    ),
    FileLockedError: gettext_lazy(
        "“%(name)s” was not added: it opens only with a password. Save it without one and add it"
        " again."
    ),
}
OTHER_TYPE = gettext_lazy(
    "“%(name)s” was not added: its content is no PDF, DOCX, ODT, RTF, HTML, plain text, PNG or JPEG."
    " Save it as one of these and add it again."
)


def add(draft: Draft, files: "list[UploadedFile[Any]]", *, client: str) -> list[str]:
    """Keep *files* with *draft*; the sentences about those that could not be taken.

    *client*: the network address they come from.
    """
    return [refused for file in files if (refused := _add_one(draft, file, client=client))]


def _add_one(draft: Draft, file: "UploadedFile[Any]", *, client: str) -> str:
    name = attachments.safe_name(file.name or "")
    try:
        head = file.read(HEAD)
        file.seek(0)
        attachments.check_upload(name, file.size or 0, draft.files.all(), head=head)
        _count(draft, file.size or 0, client=client)
        spooled = kept(file)
        attachments.check_kept(name, spooled.path)
        drafts.add_file(draft, spooled, name=name)
    except UploadRefusedError as error:
        return refusal(error, name=name)
    except TooOftenError:
        return _(
            "“%(name)s” was not added: more than %(limit)s were uploaded within an hour. Your draft"
            " is kept; add the file in an hour."
        ) % {"name": name, "limit": filesize(PER_HOUR)}
    except SpoolFullError:
        return _("“%(name)s” could not be kept: our disk is full. Please try again later.") % {
            "name": name
        }
    return ""


def kept(file: "UploadedFile[Any]") -> SpooledFile:
    """The bytes of *file* on the disk for good. Raises SpoolFullError."""
    return spool.keep(file.chunks(), folder=FOLDER)


def _count(draft: Draft, size: int, *, client: str) -> None:
    """Count *size* bytes of this draft and of this client. Raises TooOftenError beyond PER_HOUR."""
    for who in (f"ip:{client}", f"draft:{draft.pk}"):
        ratelimit.count(
            f"upload:{who}", limit=PER_HOUR // KIB, per=limits.HOUR, uses=-(-size // KIB)
        )


def refusal(error: UploadRefusedError, *, name: str) -> str:
    """Say why a file was not taken, and what to do."""
    words = {"name": name, "limit": filesize(attachments.MAX_TOTAL), "n": attachments.MAX_FILES}
    return str(SENTENCES.get(type(error), OTHER_TYPE)) % words
