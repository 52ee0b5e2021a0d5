"""Erasing: the law takes a response away. Its number, its state, its hash and the reason stay.

Whatever holds its words is named in :data:`ERASED` and :data:`FILES`; a test fails for a column that
could hold some and is in neither, nor known to say nothing. What an edition held is left
out by :mod:`consulta.flow.erasing`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.core.lifecycle import State
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import erasing as post
from consulta.mailroom import spool
from consulta.mailroom.models import IncomingMail
from consulta.responses import erasing_tables, moderation, turn
from consulta.responses.errors import ReasonMissingError, ResponseError
from consulta.responses.models import (
    Answer,
    AnswerTranslation,
    Appeal,
    Attachment,
    Colleague,
    Draft,
    DraftFile,
    DraftSave,
    Erasure,
    MandateDocument,
    MandateRequest,
    ModerationStep,
    Response,
    ReturnLink,
    Signatory,
    Version,
)
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

#: By model: how its rows are reached from the response, and what stands in its columns afterwards.
_NOBODY = Concat(Value("erased-"), Cast("pk", models.CharField()), Value("@erased.invalid"))
ERASED: Mapping[type[Model], tuple[str, Mapping[str, Any]]] = {
    Answer: ("version__response", {"text": "", "choices": None}),
    AnswerTranslation: ("answer__version__response", {"text": ""}),
    Attachment: ("version__response", {"name": "", "text": "", "findings": []}),
    Respondent: (
        "",
        {"name": "", "organisation_name": "", "email": "", "confirmation_evidence": ""},
    ),
    Signatory: ("response", {"name": "", "email": _NOBODY, "reason": "", "salt": ""}),
    MandateDocument: ("response", {"name": "", "findings": [], "salt": ""}),
    MandateRequest: ("response", {"email": _NOBODY}),
    ModerationStep: ("response", {"reason": ""}),
    Appeal: ("response", {"text": "", "answer": ""}),
    Version: ("response", {"respondent_then": {}, "private_salt": "", "public_salt": ""}),
    Draft: ("response", {"content": {}}),
    DraftFile: ("draft__response", {"name": ""}),
    DraftSave: ("draft__response", {"replaced": {}}),
    Colleague: ("draft__response", {"name": "", "email": _NOBODY}),
}
#: Files on the disk: their columns, by model.
FILES: Mapping[type[Model], tuple[str, tuple[str, ...]]] = {
    Attachment: ("version__response", ("path", "clean_path")),
    MandateDocument: ("response", ("path",)),
    DraftFile: ("draft__response", ("path",)),
}
#: Where a response may be erased from; what is undecided is decided first.
_STATES = frozenset({State.PUBLISHED, State.REMOVED, State.WITHDRAWN, State.DECLINED})


class UndecidedStillError(ResponseError):
    """The response is not decided yet: decline it first."""


@transaction.atomic
def erase(
    response: Response,
    because: Because,
    *,
    by: User,
    is_sealed: bool = False,
    every_sentence: bool = False,
) -> Erasure:
    """Take *response* away by law; a published one leaves the page. Twice is once.

    *is_sealed*: its original stays at the desk, since the law only forbids to show it. Raises
    NotAllowedError, UndecidedStillError, GroundMissingError, ReasonMissingError.
    """
    turn.renew(response)
    permissions.require(by, Act.ERASE, response.consultation)
    standing = Erasure.objects.filter(response=response).first()
    if standing is not None and (is_sealed or not standing.is_sealed):
        return standing
    _must_be_ripe(response, because)
    began = timezone.now()
    if response.state == State.PUBLISHED:
        moderation.remove(response, because, by=by)
    made = standing or Erasure(response=response, every_sentence=every_sentence)
    made.is_sealed, made.ground, made.reason = is_sealed, because.ground, because.reason.strip()
    made.at, made.by = timezone.now(), by
    made.full_clean()
    made.save()
    if not is_sealed:
        _empty(response, by=by, began=began)
    return made


def _must_be_ripe(response: Response, because: Because) -> None:
    if response.state not in _STATES:
        raise UndecidedStillError(response.number)
    if not because.reason.strip():
        raise ReasonMissingError


def of(response: Response) -> Erasure | None:
    """What the law took away of *response*; None where nothing was."""
    return Erasure.objects.filter(response=response).first()


def erased_numbers(consultation_id: int) -> dict[str, Erasure]:
    """By number: the responses of a consultation that the law took away. One query."""
    rows = Erasure.objects.filter(response__consultation=consultation_id)
    return {row.response.number: row for row in rows.select_related("response")}


def finish() -> int:
    """Empty the mails that told of an erasure, once they are handed over; how many."""
    rows = Erasure.objects.filter(is_sealed=False).values_list("response", flat=True)
    label = Response._meta.label_lower
    return post.finish([f"{label}:{pk}" for pk in rows])


def _empty(response: Response, *, by: User, began: datetime) -> None:
    """Leave no word of it in the rows; its files go once that is committed."""
    gone = [path for model in FILES for path in _paths(model, response)]
    gone += erasing_tables.forget(response)
    respondent = Respondent.objects.filter(pk=response.respondent_id)
    for model, (path, columns) in ERASED.items():
        rows = respondent if model is Respondent else _rows(model, path, response)
        rows.update(**columns)
    Respondent.objects.filter(pk=response.respondent_id).update(organisation=None, account=None)
    for model, (path, columns_of_files) in FILES.items():
        _rows(model, path, response).update(**dict.fromkeys(columns_of_files, ""))
    Response.objects.filter(pk=response.pk).update(public_name="")
    ReturnLink.objects.filter(response=response).update(expires_at=timezone.now())
    post.forget([ledger.subject_of(response)], before=began)
    gone += _letter(response)
    ledger.record("content_erased", response, by=by)
    transaction.on_commit(lambda: _remove(gone))
    response.refresh_from_db()


def _rows(model: type[Model], path: str, response: Response) -> QuerySet[Model]:
    return model._default_manager.filter(**{path: response})


def _paths(model: type[Model], response: Response) -> list[str]:
    path, columns = FILES[model]
    rows = _rows(model, path, response).values_list(*columns)
    return [name for row in rows for name in row if name]


def _letter(response: Response) -> list[str]:
    """Empty the letter that the response came in; return that letter's file."""
    pk = response.source_id.removeprefix("mailroom.incomingmail:")
    if pk == response.source_id or not pk.isdecimal():
        return []
    mails = IncomingMail.objects.filter(pk=int(pk))
    paths = list(mails.values_list("path", flat=True))
    mails.update(subject="", sender="", envelope_sender="", result="")
    return paths


def _remove(paths: list[str]) -> None:
    for path in paths:
        spool.remove(path)
