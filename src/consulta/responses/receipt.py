"""Receipt: telling the respondent at once that we have it, and under which number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from consulta.core import addresses
from consulta.core.lifecycle import State
from consulta.core.submission import Channel
from consulta.ledger import ledger, proofs
from consulta.ledger.models import Entry
from consulta.responses import choosing, content, letters, links, revision
from consulta.responses.models import Response, ReturnLink, Version

#: For so long after its arrival a letter's sender is asked to confirm, where the mail had to wait.
OWED = timedelta(days=7)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the respondent holds. *mine*: the secret of the private link; shown once, kept nowhere.

    *late*: it came after the close.
    """

    number: str
    received_at: datetime
    fingerprint: str
    mine: str
    late: bool


@transaction.atomic
def acknowledge(
    response: Response, *, version: Version | None = None, by_mail: bool = True
) -> Receipt:
    """Give the receipt, and mail it where there is an address.

    The mail to an address that is not confirmed carries number, instant, fingerprint and the button,
    not the text: else the form would mail anyone's words to anyone. *by_mail*: false where too many
    mails went out already; the respondent can ask for it later (:func:`ask_again`). *version*: the
    latest one, where the caller has it at hand.
    """
    now = timezone.now()
    version = version or response.versions.latest("ordinal")
    mine = links.give(response, ReturnLink.Purpose.RESPONDENT, now=now)
    if not by_mail:
        return _given(response, version, mine)
    if response.respondent.email and not response.respondent.confirmed:
        _ask_to_confirm(response, version, now=now)
    elif response.respondent.email:
        send_copy(response, version, mine=mine)
    return _given(response, version, mine)


@transaction.atomic
def again(response: Response) -> Receipt:
    """The receipt once more, for the same submission sent twice: nothing is mailed again."""
    version = response.versions.earliest("ordinal")
    mine = links.give(response, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
    return _given(response, version, mine)


def ask_again(response: Response) -> None:
    """Mail the button once more. The view counts how often (rate limits)."""
    _ask_to_confirm(response, response.versions.latest("ordinal"), now=timezone.now())


def owed(now: datetime) -> list[Response]:
    """Responses by mail whose senders were never asked to confirm, the oldest first."""
    asked = ReturnLink.objects.filter(response=OuterRef("pk"), purpose=ReturnLink.Purpose.CONFIRM)
    rows = Response.objects.filter(
        ~Exists(asked),
        channel=Channel.EMAIL,
        state=State.RECEIVED,
        received_at__gt=now - OWED,
        respondent__confirmed_at__isnull=True,
    )
    rows = rows.exclude(respondent__email="").select_related("respondent", "consultation")
    return list(rows.order_by("received_at")[:BATCH])


def send_copy(response: Response, version: Version, *, mine: str) -> None:
    """Mail the whole copy to a confirmed address; an answer to it brings a new version."""
    address = _address(addresses.mine(mine, language=response.respondent.language))
    token = links.give(response, ReturnLink.Purpose.ANSWER, now=timezone.now())
    letters.write(
        response,
        "copy",
        context={
            "version": version,
            "answers": choosing.told(version),
            "mine_address": address,
            "may_change": revision.possible(response, timezone.now()),
        },
        secrets=[mine],
        reply_token=token,
    )


def document(version: Version) -> dict[str, Any]:
    """The receipt as JSON that `consulta verify FILE` checks offline, with the private salt.

    *proof* is None until the record's next checkpoint is signed.
    """
    return {
        "number": version.response.number,
        "version": version.ordinal,
        "received_at": version.received_at.isoformat(),
        "content": {"private": content.private(version)},
        "salts": {"private": version.private_salt},
        "fingerprint_private": version.private_fingerprint,
        "proof": _proof(version),
    }


def _given(response: Response, version: Version, mine: str) -> Receipt:
    fingerprint = version.private_fingerprint
    return Receipt(response.number, version.received_at, fingerprint, mine, response.late)


def _proof(version: Version) -> dict[str, Any] | None:
    """The proof that the record holds the entry of this version's arrival."""
    arrivals = Entry.objects.filter(
        subject=ledger.subject_of(version.response),
        act__in=["response_received", "version_received"],
    )
    fingerprint = version.private_fingerprint.encode()
    entry = next((e for e in arrivals if fingerprint in bytes(e.body)), None)
    return proofs.inclusion(entry) if entry is not None else None


def _ask_to_confirm(response: Response, version: Version, *, now: datetime) -> None:
    token = links.give(response, ReturnLink.Purpose.CONFIRM, now=now)
    address = _address(addresses.confirm(token, language=response.respondent.language))
    letters.write(
        response,
        "confirm",
        context={"version": version, "confirm_address": address},
        secrets=[token],
        reply_token=token,
    )


def _address(path: str) -> str:
    return letters.link(path)
