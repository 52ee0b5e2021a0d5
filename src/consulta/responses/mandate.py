"""Mandate: whether a response speaks for the organisation that it names.

A document may show it, which the desk reads and nobody else; or the organisation's own focal point
says so, by a mailed link or signed in.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.core.fingerprint import fingerprint, new_salt
from consulta.core.lifecycle import State
from consulta.core.plaintext import one_line
from consulta.core.submission import RespondentKind
from consulta.core.tokens import hashed, new_token
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom.spool import SpooledFile
from consulta.responses import mandate_letters, publication, turn
from consulta.responses.errors import LinkUnknownError, ResponseError
from consulta.responses.models import MandateDocument, MandateRequest, Response
from consulta.stakeholders import known
from consulta.stakeholders.models import Organisation

#: So many documents may be attached to one response.
MOST = 5
#: For so long the focal point's link works, and for so long nobody asks again.
LIFETIME, PAUSE = timedelta(days=60), timedelta(days=1)


class TooManyDocumentsError(ResponseError):
    """A response has room for :data:`MOST` documents of its mandate."""


class NoFocalPointError(ResponseError):
    """No focal point is known of the organisation that the response names."""


class AskedLatelyError(ResponseError):
    """The focal point was asked less than a day ago."""


class NotAnOrganisationError(ResponseError):
    """An individual speaks for nobody else, so there is no mandate to show."""


class AnsweredAlreadyError(ResponseError):
    """The question was answered, here or by somebody else."""


@transaction.atomic
def attach(
    response: Response, file: SpooledFile, *, name: str, by: User | None = None
) -> MandateDocument:
    """Keep a document that shows the mandate; *by* is the officer who attached it.

    Raises NotAllowedError, NotAnOrganisationError, TooManyDocumentsError.
    """
    if by is not None:
        permissions.require(by, Act.CONFIRM_SENDER, response.consultation)
    response = turn.take(response)
    if response.respondent.kind != RespondentKind.ORGANISATION:
        raise NotAnOrganisationError
    same = response.mandates.filter(sha256=file.sha256).first()
    if same is not None:
        return same
    if response.mandates.count() >= MOST:
        raise TooManyDocumentsError
    document = MandateDocument.objects.create(
        response=response,
        name=one_line(name)[:255],
        path=file.path,
        sha256=file.sha256,
        size=file.size,
        salt=new_salt().hex(),
        added_at=timezone.now(),
        added_by=by,
    )
    _record_attached(document, by=by or "respondent")
    return document


def _record_attached(document: MandateDocument, *, by: User | str) -> None:
    said = {"sha256": document.sha256, "size": document.size}
    commitments = {"document": fingerprint(said, bytes.fromhex(document.salt))}
    ledger.record("mandate_document_attached", document, by=by, commitments=commitments)


def documents(response: Response) -> list[MandateDocument]:
    """The documents of the mandate, in the order in which they came."""
    return list(response.mandates.all())


def may_attach(response: Response) -> bool:
    """Whether there is a mandate to show."""
    return response.respondent.kind == RespondentKind.ORGANISATION


def focal_point(response: Response) -> Organisation | None:
    """The organisation whose focal point can be asked; None where nobody is known or needed."""
    respondent = response.respondent
    if respondent.kind != RespondentKind.ORGANISATION or respondent.mandate_confirmed_at:
        return None
    return known.with_focal_point(respondent)


@transaction.atomic
def ask(response: Response, *, by: User | None = None) -> MandateRequest:
    """Mail the focal point a page on which to say whether the response speaks for the organisation.

    Raises NotAllowedError, NoFocalPointError, AskedLatelyError.
    """
    if by is not None:
        permissions.require(by, Act.CONFIRM_SENDER, response.consultation)
    response = turn.take(response)
    organisation = focal_point(response)
    if organisation is None:
        raise NoFocalPointError
    now, token = timezone.now(), new_token()
    if MandateRequest.objects.filter(response=response, asked_at__gt=now - PAUSE).exists():
        raise AskedLatelyError
    request = _request(response, organisation, token=token, now=now)
    ledger.record("mandate_asked", request, by=by or "respondent")
    mandate_letters.ask(request, token)
    return request


def find(token: str, *, now: datetime) -> MandateRequest:
    """The question behind a mailed link. Raises LinkUnknownError."""
    rows = MandateRequest.objects.select_related(
        "response__respondent__stakeholder_group", "response__consultation", "organisation"
    )
    found = rows.filter(token_hash=hashed(token), expires_at__gt=now).first()
    if found is None:
        raise LinkUnknownError
    return found


@transaction.atomic
def answer(request: MandateRequest, said: MandateRequest.Answer, *, by: User | None = None) -> None:
    """What the focal point says, once: yes shows the claim, no leaves it to the desk.

    *by* is the focal point's account where it is signed in. Raises AnsweredAlreadyError.
    """
    response = turn.take(request.response)
    request.refresh_from_db()
    if request.answer:
        raise AnsweredAlreadyError
    request.answer, request.answered_at, request.answered_by = said, timezone.now(), by
    request.full_clean()
    request.save()
    who = by or _who(request)
    if said == MandateRequest.Answer.DENIED:
        ledger.record("mandate_denied", response, by=who)
        return
    _confirm(response, request, by=who)


@transaction.atomic
def answer_signed_in(
    response: Response, said: MandateRequest.Answer, *, by: User, addresses: Collection[str]
) -> None:
    """The focal point, signed in, says it without a mail. *addresses*: those that *by* proved.

    Raises NoFocalPointError where none of them is the focal point's.
    """
    organisation = focal_point(turn.take(response))
    if organisation is None or organisation.focal_point.lower() not in _lower(addresses):
        raise NoFocalPointError
    open_one = MandateRequest.objects.filter(response=response, answer="").first()
    request = open_one or _request(response, organisation, token=new_token(), now=timezone.now())
    answer(request, said, by=by)


def waiting_for(addresses: Collection[str]) -> QuerySet[Response]:
    """Responses that claim to speak for organisations whose focal point has one of *addresses*."""
    own = Organisation.objects.annotate(mailbox=Lower("focal_point"))
    own = own.filter(mailbox__in=_lower(addresses))
    names = [name.lower() for name in own.values_list("name", flat=True)]
    rows = Response.objects.annotate(named=Lower("respondent__organisation_name")).filter(
        Q(respondent__organisation__in=own) | Q(named__in=names),
        respondent__kind=RespondentKind.ORGANISATION,
        respondent__mandate_confirmed_at__isnull=True,
    )
    rows = rows.exclude(state__in=[State.WITHDRAWN, State.SET_ASIDE])
    rows = rows.exclude(pk__in=MandateRequest.objects.exclude(answer="").values("response"))
    return rows.select_related("respondent", "consultation").order_by("received_at")


def requests(response: Response) -> list[MandateRequest]:
    """What focal points were asked and said, the latest first."""
    rows = MandateRequest.objects.filter(response=response)
    return list(rows.select_related("organisation", "answered_by"))


def _request(response: Response, organisation: Organisation, **given: Any) -> MandateRequest:
    now: datetime = given["now"]
    return MandateRequest.objects.create(
        response=response,
        organisation=organisation,
        email=organisation.focal_point.lower(),
        token_hash=hashed(given["token"]),
        asked_at=now,
        expires_at=now + LIFETIME,
    )


def _confirm(response: Response, request: MandateRequest, *, by: User | str) -> None:
    respondent = response.respondent
    respondent.mandate_confirmed_at = request.answered_at
    respondent.mandate_confirmed_by = request.answered_by
    respondent.organisation = request.organisation
    respondent.full_clean()
    respondent.save()
    publication.show_name(response)
    publication.record_change(response, act="response_confirmed", by=by)


def _who(request: MandateRequest) -> str:
    """The focal point in the ledger: the question that it answered, never its name."""
    return f"mandaterequest:{request.pk}"


def _lower(addresses: Collection[str]) -> list[str]:
    return [address.lower() for address in addresses if address]
