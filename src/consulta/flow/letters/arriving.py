"""Letters arrive: each is taken in, opened and placed; a failure is noted and tried again."""

import logging
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from django.db import DatabaseError, transaction
from django.utils import timezone

from consulta.core.submission import SubmittedFile
from consulta.flow import addresses, reflecting
from consulta.flow.letters import placing
from consulta.flow.letters.opened import Opened
from consulta.mailroom import incoming, letterbox, post, spool, turns
from consulta.mailroom.letterbox import Envelope, NotALetterError
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.post import Enclosure
from consulta.mailroom.spool import SpoolFullError
from consulta.mailroom.trust import checking
from consulta.mailroom.trust.dns import Dns, SystemDns

log = logging.getLogger(__name__)
FOLDER = "files/mail"
#: Letters taken in and opened in one round.
ROUND = 25


def letters_arrive() -> int:
    """Take in and open the letters that came; how many were opened. May be cut off anywhere.

    The worker does it all the time; doing it twice is doing it once.
    """
    addresses.keep()
    for path in letterbox.new(ROUND, had=turns.entered(timezone.now())):
        _take_in(path)
    dns = SystemDns()
    return sum(1 for pk in turns.waiting(timezone.now()) if _open(pk, dns))


def open_again(mail: IncomingMail) -> Opened:
    """*mail* in hand once more, its files on the disk, for a person who sorts it.

    Raises OSError, NotALetterError, UnreadableLetterError, SpoolFullError.
    """
    envelope, raw = letterbox.read(mail.path)
    return _files_kept(_opened(mail, envelope, raw))


def _opened(mail: IncomingMail, envelope: Envelope, raw: bytes) -> Opened:
    key = post.key_of(raw, envelope_sender=envelope.sender)
    return Opened(mail, envelope, replace(post.open_letter(raw), key=key), raw)


def _take_in(path: str) -> None:
    try:
        incoming.enter(path)
    except FileNotFoundError:
        log.info("letter %s was taken in by another process", path)
    except NotALetterError:
        log.error("%s is no letter: look at %s", path, letterbox.set_aside(path))
    except DatabaseError:
        raise
    except Exception:  # the edge of the mailroom: it stays where it is, and is tried again
        log.exception("letter %s could not be taken in", path)


def _open(pk: int, dns: Dns) -> bool:
    """Open one letter; a failure is noted, and the letter tried again later."""
    mail = incoming.claim(pk)
    if mail is None:
        return False
    try:
        _deal_with(mail, dns)
    except SpoolFullError:
        log.error("letter %s waits: the disk is full; free some space", pk)
        incoming.postpone(pk)
        return False
    except Exception as error:  # the edge of the mailroom: no letter may stop the others
        log.exception("letter %s could not be dealt with; it is kept and tried again", pk)
        incoming.fail(pk, f"{type(error).__name__}: {error}")
        return False
    return True


def _deal_with(mail: IncomingMail, dns: Dns) -> None:
    """Read, check who wrote it, keep the files; then place it, all that follows in one transaction."""
    envelope, raw = letterbox.read(mail.path)
    opened = _opened(mail, envelope, raw)
    if not opened.automatic:
        opened = replace(opened, trust=checking.check(raw, envelope, dns=dns))
    opened = _with_files(opened)
    with transaction.atomic():
        row = IncomingMail.objects.select_for_update().get(pk=mail.pk)
        if row.state == IncomingMail.State.WAITING:
            placing.place(opened)


def _with_files(opened: Opened) -> Opened:
    """Put the files of a letter that will be a response on disk, before any row names them."""
    wanted = any(_takes_files(to) for to in opened.envelope.recipients)
    return _files_kept(opened) if wanted and not opened.automatic else opened


def _takes_files(to: str) -> bool:
    if letterbox.consultation_number(to) or letterbox.answer_token(to):
        return True
    return reflecting.is_for_a_list(to)


def _files_kept(opened: Opened) -> Opened:
    files = [
        _keep(each, name=f"{opened.mail.pk}-{position}")
        for position, each in enumerate(opened.letter.enclosures, start=1)
    ]
    return replace(opened, files=tuple(files))


def _keep(enclosure: Enclosure, *, name: str) -> SubmittedFile:
    """Keep a file under a name that a second try finds again."""
    digest, size = sha256(enclosure.data).hexdigest(), len(enclosure.data)
    name = f"{name}-{digest[:16]}"
    with suppress(FileExistsError):
        spool.keep([enclosure.data], folder=FOLDER, name=name)
    return SubmittedFile(enclosure.name, f"{FOLDER}/{name}", digest, size)
