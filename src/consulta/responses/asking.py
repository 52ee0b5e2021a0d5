"""Asking again: nobody can read a file with a password, so its sender is asked for another.

One letter for a version, once all its files were examined; the same bytes are never asked for twice.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from consulta.accounts import ratelimit, sparing
from consulta.accounts.ratelimit import TooOftenError
from consulta.core import addresses
from consulta.core.lifecycle import State
from consulta.ledger import ledger
from consulta.responses import letters, links, revision, turn
from consulta.responses.models import (
    Attachment,
    Draft,
    ModerationStep,
    Response,
    ReturnLink,
    Version,
)

ASKED = "file_asked"
#: A stranger's address gets one such letter in this time: anyone may have typed it.
STRANGERS = timedelta(days=1)
#: Who sent to many is not written to, whatever the file.
BULK = "bulk"
STANDING = (State.RECEIVED, State.HELD, State.ACCEPTED, State.PUBLISHED)


def due() -> QuerySet[Version]:
    """Versions that wait, with a file that could not be read and none that is still to be examined."""
    files = Attachment.objects.filter(version=OuterRef("pk"))
    asked = ModerationStep.objects.filter(version=OuterRef("pk"), act=ASKED)
    return (
        Version.objects.filter(
            Exists(files.filter(safety=Attachment.Safety.UNREADABLE)),
            ~Exists(files.filter(safety=Attachment.Safety.WAITING)),
            ~Exists(asked),
            screening=Version.Screening.WAITING,
            response__state__in=STANDING,
        )
        .exclude(response__respondent__email="")
        .order_by("pk")
    )


def ask_due(now: datetime) -> int:
    """Ask for every file that is due; return how many letters were written."""
    return sum(ask(version, now=now) for version in due())


@transaction.atomic
def ask(version: Version, *, now: datetime) -> bool:
    """Write to the respondent of *version*, unless that was done; whether a letter was written."""
    response = turn.take(version.response)
    wanted = _wanted(version)
    done = ModerationStep.objects.filter(version=version, act=ASKED).exists()
    if done or not wanted or BULK in version.hold_reasons or not may_mail(response):
        return False
    write(response, "file_locked", {"names": wanted}, now=now)
    ModerationStep.objects.create(
        response=response, version=version, act=ASKED, reason=", ".join(wanted), at=now
    )
    ledger.record("file_asked_again", response, by="rules")
    return True


def locked(files: Iterable[Attachment]) -> list[Attachment]:
    """Those of *files* that open only with a password."""
    return [file for file in files if file.needs_password]


def left_out(draft: Draft) -> list[Attachment]:
    """Locked files of the version before that *draft* begins without, until as many files came anew."""
    if draft.response is None:
        return []
    files = list(draft.response.versions.latest("ordinal").attachments.defer("text"))
    missing = len(files) > draft.files.count()
    return locked(files) if missing else []


def _wanted(version: Version) -> list[str]:
    """Names of the locked files whose bytes no earlier version brought."""
    files = locked(version.attachments.defer("text"))
    earlier = Attachment.objects.filter(
        version__response=version.response_id, version__ordinal__lt=version.ordinal
    )
    known = {file.sha256 for file in locked(earlier.defer("text"))}
    return [file.name for file in files if file.sha256 not in known]


def may_mail(response: Response, *, counted: bool = False) -> bool:
    """Whether its respondent may be asked for something now; it counts as asked.

    A stranger's address gets one mail an hour from all of us (*counted*: it is this one), and one such
    letter a day; what may not go out now counts as nothing.
    """
    respondent = response.respondent
    if not respondent.email:
        return False
    if respondent.confirmed:
        return True
    who = hashlib.sha256(respondent.email.lower().encode()).hexdigest()[:32]
    try:
        with transaction.atomic():
            ratelimit.count(f"file-asked:{who}", limit=1, per=STRANGERS)
            if not counted and not sparing.may_mail(respondent.email):
                raise TooOftenError(0)
    except TooOftenError:
        return False
    return True


def write(response: Response, letter: str, told: dict[str, Any], *, now: datetime) -> None:
    """An answer to the *letter* brings what is asked for; *told* stands in it for a proved respondent.

    A stranger's holds none of it: anyone may have typed the address.
    """
    language = response.respondent.language
    context: dict[str, Any] = {"is_open": revision.possible(response, now)}
    if response.respondent.confirmed:
        mine = links.give(response, ReturnLink.Purpose.RESPONDENT, now=now)
        token = links.give(response, ReturnLink.Purpose.ANSWER, now=now)
        context |= told
        context |= {"mine_address": letters.link(addresses.mine(mine, language=language))}
        secrets = [mine]
    else:
        token = links.give(response, ReturnLink.Purpose.CONFIRM, now=now)
        context |= {"confirm_address": letters.link(addresses.confirm(token, language=language))}
        secrets = [token]
    letters.write(response, letter, context=context, secrets=secrets, reply_token=token)
