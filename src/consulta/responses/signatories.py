"""Signatories: others sign a response with its sender, each by a button of their own.

The list is no part of the response: it changes later, while the words and their fingerprint stand.
Each signature is an entry of the ledger with a commitment of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.fingerprint import fingerprint, new_salt
from consulta.core.lifecycle import State
from consulta.core.plaintext import one_line
from consulta.core.submission import RespondentKind
from consulta.core.tokens import hashed, new_token
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.responses import signatories_letters, turn
from consulta.responses.errors import (
    ClosedError,
    LinkUnknownError,
    ReasonMissingError,
    ResponseError,
)
from consulta.responses.models import Response, Signatory, Version
from consulta.stakeholders import known
from consulta.stakeholders.models import StakeholderGroup

#: So many may be asked to sign one response.
MOST = 100
_STANDING = (State.RECEIVED, State.HELD, State.ACCEPTED, State.PUBLISHED)
_SIGNED = Signatory.State.CONFIRMED


class SenderNotConfirmedError(ResponseError):
    """Nobody is asked to sign before the sender's own address is confirmed."""


class AskedAlreadyError(ResponseError):
    """Somebody with this address was asked, or sent the response."""


class TooManySignatoriesError(ResponseError):
    """One response has room for :data:`MOST` signatories."""


class ChangedMeanwhileError(ResponseError):
    """There is a newer version than the one whose words were read."""


class NotSignedError(ResponseError):
    """There is no signature to act on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who is to sign. *group*: for an organisation. *language*: of the mail."""

    kind: str
    name: str
    email: str
    language: str
    country: str = ""
    group: StakeholderGroup | None = None


@transaction.atomic
def ask(response: Response, named: Named, *, now: datetime) -> Signatory:
    """Mail *named* a button to sign *response*.

    Raises ClosedError after the close, SenderNotConfirmedError, AskedAlreadyError (who declined is
    not asked again), TooManySignatoriesError.
    """
    response = turn.take(response)
    email = named.email.lower()
    _must_be_new(response, email, now=now)
    token = new_token()
    signatory = Signatory.objects.create(
        response=response,
        kind=named.kind,
        name=one_line(named.name)[:300],
        stakeholder_group=named.group if named.kind == RespondentKind.ORGANISATION else None,
        country=named.country,
        email=email,
        language=named.language,
        token_hash=hashed(token),
        asked_at=now,
    )
    _record("signature_asked", signatory, by="respondent")
    signatories_letters.ask(signatory, token)
    return signatory


def _must_be_new(response: Response, email: str, *, now: datetime) -> None:
    """Whether one more may be asked to sign, at *email*; else what stands in the way is raised."""
    if not may_ask(response, now):
        raise ClosedError(response.number)
    if not response.respondent.confirmed:
        raise SenderNotConfirmedError
    asked = response.signatories.exclude(state=Signatory.State.TAKEN_OFF)
    if email == response.respondent.email.lower() or asked.filter(email=email).exists():
        raise AskedAlreadyError
    if response.signatories.count() >= MOST:
        raise TooManySignatoriesError


@transaction.atomic
def ask_again(response: Response, pk: int) -> None:
    """Mail a new button to somebody who has not answered; the old one ends."""
    response = turn.take(response)
    waiting = response.signatories.filter(pk=pk, state=Signatory.State.ASKED).first()
    if waiting is not None:
        _renew(waiting, "sign_ask")


@transaction.atomic
def take_off(response: Response, pk: int) -> None:
    """The sender strikes somebody who has not answered. A signature only its signatory withdraws."""
    response = turn.take(response)
    waiting = response.signatories.filter(pk=pk, state=Signatory.State.ASKED).first()
    if waiting is not None:
        _end(waiting, Signatory.State.TAKEN_OFF)
        _record("signature_taken_off", waiting, by="respondent")


def find(token: str) -> Signatory:
    """The signatory behind a mailed link. Raises LinkUnknownError."""
    rows = Signatory.objects.select_related(
        "response__respondent", "response__consultation", "version", "stakeholder_group"
    )
    found = rows.filter(token_hash=hashed(token)).exclude(state=Signatory.State.TAKEN_OFF).first()
    if found is None:
        raise LinkUnknownError
    return found


@transaction.atomic
def sign(signatory: Signatory, *, ordinal: int, token: str, now: datetime) -> None:
    """Put the signature to the words of version *ordinal*, and mail the signatory the receipt.

    Signing the same version twice changes nothing. Raises ChangedMeanwhileError, ClosedError.
    """
    response = turn.take(signatory.response)
    signatory.refresh_from_db()
    version = response.versions.latest("ordinal")
    if version.ordinal != ordinal:
        raise ChangedMeanwhileError
    if signatory.state == _SIGNED and signatory.version_id == version.pk:
        return
    if not may_sign(response, now) or signatory.state == Signatory.State.TAKEN_OFF:
        raise ClosedError(response.number)
    signatory.state, signatory.version = _SIGNED, version
    signatory.answered_at, signatory.ended_at = now, None
    signatory.salt = new_salt().hex()
    signatory.commitment = fingerprint(signed(signatory), bytes.fromhex(signatory.salt))
    if signatory.mandate_needed and known.is_focal_point(
        signatory.email, organisation=signatory.name
    ):
        signatory.mandate_confirmed_at = now
    signatory.full_clean()
    signatory.save()
    commitments = {"signature": signatory.commitment}
    _record("signature_confirmed", signatory, by=signatory, commitments=commitments)
    signatories_letters.signed(signatory, token)


@transaction.atomic
def decline(signatory: Signatory) -> None:
    """Say no. The sender sees it; nobody else does."""
    turn.take(signatory.response)
    signatory.refresh_from_db()
    if signatory.state == Signatory.State.ASKED:
        signatory.answered_at = timezone.now()
        signatory.state = Signatory.State.DECLINED
        signatory.save()
        _record("signature_declined", signatory, by=signatory)


@transaction.atomic
def withdraw(signatory: Signatory) -> None:
    """Take the signature back, at any time: the response stays, the list changes."""
    turn.take(signatory.response)
    signatory.refresh_from_db()
    if signatory.state == _SIGNED:
        _end(signatory, Signatory.State.WITHDRAWN)
        _record("signature_withdrawn", signatory, by=signatory)


@transaction.atomic
def strike(signatory: Signatory, *, by: User, reason: str) -> None:
    """An officer takes somebody off the list. Raises NotAllowedError, ReasonMissingError."""
    permissions.require(by, Act.MODERATE, signatory.response.consultation)
    if not reason.strip():
        raise ReasonMissingError
    turn.take(signatory.response)
    signatory.refresh_from_db()
    if signatory.state not in (_SIGNED, Signatory.State.ASKED):
        raise NotSignedError
    signatory.reason = "\n".join(filter(None, [signatory.reason, reason.strip()]))
    _end(signatory, Signatory.State.TAKEN_OFF)
    _record("signature_taken_off", signatory, by=by)


@transaction.atomic
def confirm_mandate(signatory: Signatory, *, by: User, evidence: str) -> None:
    """Show a signature for a government or an intergovernmental organisation, on evidence."""
    permissions.require(by, Act.CONFIRM_SENDER, signatory.response.consultation)
    if not evidence.strip():
        raise ReasonMissingError
    turn.take(signatory.response)
    signatory.refresh_from_db()
    if signatory.state != _SIGNED:
        raise NotSignedError
    signatory.mandate_confirmed_at, signatory.mandate_confirmed_by = timezone.now(), by
    signatory.reason = "\n".join(filter(None, [signatory.reason, evidence.strip()]))
    signatory.save()
    commitments = {"signature": signatory.commitment}
    _record("signature_confirmed", signatory, by=by, commitments=commitments)


@transaction.atomic
def ask_anew(version: Version) -> None:
    """Tell everybody who signed an earlier version that there is a newer one to sign."""
    earlier = version.response.signatories.filter(state=_SIGNED)
    for signatory in earlier.filter(version__ordinal__lt=version.ordinal):
        _renew(signatory, "sign_anew")


def signed(signatory: Signatory) -> dict[str, Any]:
    """What the commitment covers: who signed which words, and when (docs/on-behalf.md)."""
    response, version, group = signatory.response, signatory.version, signatory.stakeholder_group
    at = signatory.answered_at
    return {
        "consultation": response.consultation.slug,
        "fingerprint_private": version.private_fingerprint if version else None,
        "response": response.number,
        "signatory": {
            "country": signatory.country or None,
            "kind": signatory.kind,
            "name": signatory.name,
            "stakeholder_group": group.slug if group else None,
        },
        "signed_at": ledger.instant(at) if at else None,
        "version": version.ordinal if version else None,
    }


def may_ask(response: Response, now: datetime) -> bool:
    """Whether signatories may be named: until the close, while the response stands."""
    return (
        response.state in _STANDING and response.consultation.state(now) == Consultation.State.OPEN
    )


def may_sign(response: Response, now: datetime) -> bool:
    """Whether those who were asked may sign: until the report is out."""
    open_or_closed = (Consultation.State.OPEN, Consultation.State.CLOSED)
    return response.state in _STANDING and response.consultation.state(now) in open_or_closed


def _renew(signatory: Signatory, letter: str) -> None:
    token = new_token()
    signatory.token_hash = hashed(token)
    signatory.save(update_fields=["token_hash"])
    signatories_letters.ask(signatory, token, letter=letter)


def _end(signatory: Signatory, state: Signatory.State) -> None:
    signatory.state, signatory.ended_at = state, timezone.now()
    signatory.save()


def _record(
    act: str,
    signatory: Signatory,
    *,
    by: Signatory | User | str,
    commitments: dict[str, str] | None = None,
) -> None:
    """Pages change only where the response is on them."""
    shown = signatory.response.state == State.PUBLISHED
    ledger.record(
        act,
        signatory,
        by=by,
        commitments=commitments,
        shows=Shows.PAGES if shown else Shows.NONE,
    )
