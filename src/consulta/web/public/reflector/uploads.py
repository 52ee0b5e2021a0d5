"""Files put to a post on the page: on disk before any row names them, and kept while the form is mended."""

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError
from consulta.core.submission import SubmittedFile
from consulta.mailroom import spool
from consulta.mailroom.spool import SpoolFullError
from consulta.reflector import files
from consulta.responses import attachments
from consulta.responses.attachments import (
    FileTooLargeError,
    TooManyFilesError,
    UploadRefusedError,
)
from consulta.web.public.respond import limits
from consulta.web.public.respond import uploads as with_responses
from consulta.web.ui.templatetags.ui import filesize

HEAD = 64 * 1024
KIB = 1024
#: Bytes that one client may upload with posts in an hour: a training room behind one address has room.
PER_HOUR = 10 * files.MAX_TOTAL
_SALT = "consulta.posts.files"
_A_DAY = 86_400  # seconds
_SENTENCES: dict[type[UploadRefusedError], Promise] = {
    FileTooLargeError: gettext_lazy(
        "“%(name)s” was not added: all files of a post together may have %(limit)s. Send a smaller one,"
        " or a link to it."
    ),
    TooManyFilesError: gettext_lazy(
        "“%(name)s” was not added: a post may carry %(n)s files. Take one off, or send it with an"
        " answer to your post."
    ),
}


def taken(request: HttpRequest) -> tuple[list[SubmittedFile], list[str]]:
    """The files of the form, those that were kept before first; a sentence for each not taken."""
    found = _kept_before(request.POST.getlist("kept"))
    refused = []
    for file in request.FILES.getlist("files"):
        why = _add(found, file, client=limits.client(request))
        refused += [why] if why else []
    return found, refused


def sealed(found: Sequence[SubmittedFile]) -> list[tuple[str, SubmittedFile]]:
    """Each file with what stands for it in the form, so that an error on the form loses none."""
    return [
        (signing.dumps([f.name, f.path, f.sha256, f.size], salt=_SALT, compress=True), f)
        for f in found
    ]


def _kept_before(seals: Sequence[str]) -> list[SubmittedFile]:
    found = []
    for seal in seals[: files.MAX_FILES]:
        try:
            file = SubmittedFile(*signing.loads(seal, salt=_SALT, max_age=_A_DAY))
        except signing.BadSignature:
            continue
        if spool.locate(file.path).is_file() and not files.named([file.path]):
            found.append(file)
    return found


def _add(found: list[SubmittedFile], file: "UploadedFile[Any]", *, client: str) -> str:
    """Keep *file* beside those *found*; why not, where it cannot be taken."""
    name = attachments.safe_name(file.name or "")
    head = file.read(HEAD)
    file.seek(0)
    try:
        attachments.check_upload(name, file.size or 0, (), head=head)
        _check_room(name, file.size or 0, found)
        _count(file.size or 0, client=client)
        kept = spool.keep(file.chunks(), folder=files.FOLDER)
        attachments.check_kept(name, kept.path)
    except UploadRefusedError as error:
        return _refusal(error, name=name)
    except TooOftenError:
        told = {"name": name, "limit": filesize(PER_HOUR)}
        return (
            _(
                "“%(name)s” was not added: more than %(limit)s were uploaded within an hour. Add it in an"
                " hour."
            )
            % told
        )
    except SpoolFullError:
        told = {"name": name}
        return _("“%(name)s” could not be kept: our disk is full. Please try again later.") % told
    found.append(SubmittedFile(name, kept.path, kept.sha256, kept.size))
    return ""


def _check_room(name: str, size: int, found: Sequence[SubmittedFile]) -> None:
    if len(found) >= files.MAX_FILES:
        raise TooManyFilesError(name)
    if attachments.total_size(found) + size > files.MAX_TOTAL:
        raise FileTooLargeError(name)


def _count(size: int, *, client: str) -> None:
    who = f"post-upload:ip:{client}"
    ratelimit.count(who, limit=PER_HOUR // KIB, per=limits.HOUR, uses=-(-size // KIB))


def _refusal(error: UploadRefusedError, *, name: str) -> str:
    if type(error) not in _SENTENCES:
        return with_responses.refusal(error, name=name)
    told = {"name": name, "limit": filesize(files.MAX_TOTAL), "n": files.MAX_FILES}
    return str(_SENTENCES[type(error)]) % told
