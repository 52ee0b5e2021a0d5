"""A look into the mailbox elsewhere, from time to time; how it went is noted for desk and doctor."""

import logging

from django.conf import settings

from consulta.mailroom import imap, letterbox, mailbox_state
from consulta.mailroom.spool import SpoolFullError

#: Looks that follow one another at once while letters are waiting.
LOOKS = 50

log = logging.getLogger(__name__)


def look() -> int:
    """Fetch what is there, and note how it went; how many letters. Raises nothing."""
    kept = 0
    try:
        box = imap.box(settings.MAIL_IMAP_URL, token=settings.MAIL_IMAP_TOKEN_FILE)
        for _look in range(LOOKS):
            fetched = imap.look(box)
            kept += fetched
            if fetched < imap.BATCH:
                break
    except letterbox.AddressesUnknownError:
        log.info("the mailbox waits until the worker has written who may be written to")
        return kept
    except (
        Exception
    ) as error:  # the edge of the intake: the letters stay, the next look tries again
        expected = isinstance(error, (imap.MailboxError, SpoolFullError, ValueError))
        log.error("the mailbox was not read: %s", error, exc_info=None if expected else error)
        _note(str(error))
        return kept
    _note("")
    return kept


def _note(error: str) -> None:
    try:
        mailbox_state.note(error[:500])
    except OSError as full:
        log.error("it could not be noted how the mailbox is: %s", full)
