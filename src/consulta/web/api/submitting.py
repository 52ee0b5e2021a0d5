"""Responses sent by other systems: with a key, each under an idempotency key, and a receipt at once."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from consulta.accounts import keys, ratelimit, sparing
from consulta.accounts.models import ApiKey
from consulta.accounts.ratelimit import TooOftenError
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.plaintext import says_something
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.flow import journey
from consulta.mailroom import spool
from consulta.mailroom.spool import SpoolFullError
from consulta.responses import attachments, choosing, terms
from consulta.responses.attachments import FileLockedError, UploadRefusedError
from consulta.responses.errors import CancelledError, ClosedError, NotYetOpenError
from consulta.responses.models import Response
from consulta.responses.receipt import Receipt
from consulta.web.api import sent
from consulta.web.api.consultations import router as consultations
from consulta.web.api.consultations import the_consultation
from consulta.web.api.door import RefusedError, began, open_to_all, written
from consulta.web.ui.languages import names as languages

FOLDER = "spool/uploads"
#: Bytes of one request: all files of a response in base64, and its words.
LARGEST = 72 * 1024 * 1024
PER_HOUR = 600
HEAD = 64 * 1024


@consultations.post(
    "/consultations/{slug}/responses",
    response={201: sent.Receipt, 200: sent.Receipt},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": sent.Response.model_json_schema()}},
        },
        "security": [{"key": []}],
        "parameters": [
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": True,
                "schema": {"type": "string", "maxLength": 100},
            }
        ],
    },
)
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Register a response. The same Idempotency-Key again gives the same receipt, never a second one."""
    key = _key(request)
    idempotency_key = _idempotency_key(request, key)
    raw = _body(request)
    _count(key)
    found = the_consultation(request, slug)
    body = _read(raw)
    _check(found, body)
    digest = sha256(raw).hexdigest()[:32]
    earlier = _earlier(found, idempotency_key, digest)
    submission = _submission(request, found, body, key=key)
    given = _registered(submission, idempotency_key, f"api key {key.uid} body {digest}")
    _earlier(found, idempotency_key, digest)  # another request may have come first with other words
    path = addresses.mine(given.mine, language=submission.language)
    receipt = {
        "number": given.number,
        "received_at": given.received_at.isoformat(),
        "fingerprint": given.fingerprint,
        "url": settings.BASE_URL + addresses.response(given.number, language="en"),
        "mine": settings.BASE_URL + path,
        "repeated": earlier,
        "late": given.late,
    }
    status = 200 if earlier else 201
    answer = HttpResponse(written(receipt), status=status, content_type="application/json")
    return open_to_all(answer)


def _key(request: HttpRequest) -> ApiKey:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise keys.KeyUnknownError
        return keys.find(secret.strip())
    except keys.KeyUnknownError as error:
        sentence = _(
            "Sending needs a key: sign in, take one at %(where)s, and send it as “Authorization: Bearer"
            " KEY”."
        ) % {"where": f"{settings.BASE_URL}/en/account/keys/"}
        raise RefusedError("key_unknown", sentence, status=401) from error


def _idempotency_key(request: HttpRequest, key: ApiKey) -> str:
    typed = request.headers.get("Idempotency-Key", "").strip()
    if not typed or len(typed) > 100:
        sentence = _(
            "Send a header Idempotency-Key of up to 100 characters, another for every response: then a"
            " request that is repeated registers nothing twice."
        )
        raise RefusedError("idempotency_key_missing", sentence)
    return f"api:{key.pk}:{sha256(typed.encode()).hexdigest()[:48]}"


def _body(request: HttpRequest) -> bytes:
    raw: bytes = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        sentence = _("The request has more than %(most)s MB: leave out files.")
        raise RefusedError("too_large", sentence % {"most": LARGEST // 1024**2}, status=413)
    return raw


def _count(key: ApiKey) -> None:
    try:
        ratelimit.count(f"api:{key.pk}", limit=PER_HOUR, per=sent.HOUR)
    except TooOftenError as error:
        sentence = _("More than %(most)d responses came with this key within an hour; go on later.")
        refused = RefusedError("too_often", sentence % {"most": PER_HOUR}, status=429)
        refused.headers["Retry-After"] = str(error.retry_after)
        raise refused from error


def _read(raw: bytes) -> sent.Response:
    try:
        return sent.Response.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        sentence = _("“%(where)s” cannot be taken: %(why)s. Correct it and send again.")
        told = sentence % {"where": where[:100], "why": first["msg"].removeprefix("Value error, ")}
        raise RefusedError("mistyped", told, status=422) from error


def _check(found: Consultation, body: sent.Response) -> None:
    """Refuse what names something that is not there; every sentence says what may stand instead."""
    numbers = {q.position for q in consultation_queries.questions(found)}
    version = terms.version()
    choices: Sequence[tuple[str, str | None, set[str]]] = (
        ("language", body.language, set(languages()) | set(found.languages)),
        ("terms", body.terms, {version}),
        ("respondent.stakeholder_group", body.respondent.stakeholder_group or None, sent.groups()),
        ("respondent.country", body.respondent.country or None, sent.countries()),
    )
    for where, said, allowed in choices:
        if said is not None and said not in allowed:
            _refuse(where, said, allowed)
    for answer in body.answers:
        if answer.question is not None and answer.question not in numbers:
            _refuse("answers.question", str(answer.question), {str(n) for n in numbers})
        if answer.text.strip() and not says_something(answer.text):
            raise RefusedError("nothing_to_read", _unseen(answer.question), status=422)
    _check_choices(found, body)
    if len({answer.question for answer in body.answers}) < len(body.answers):
        raise RefusedError("answer_twice", _("Each question can be answered once."), status=422)


def _unseen(question: int | None) -> str:
    if question is None:
        return _(
            "The answer to the whole holds nothing but signs that nobody sees: write words, or leave it"
            " out."
        )
    sentence = _(
        "The answer to question %(number)s holds nothing but signs that nobody sees: write words, or"
        " leave it out."
    )
    return sentence % {"number": question}


def _check_choices(found: Consultation, body: sent.Response) -> None:
    """Refuse an option that its question does not offer, and several where one may be chosen."""
    offers = choosing.of(consultation_queries.questions(found))
    for answer in body.answers:
        offered = offers.get(answer.question)
        allowed = set(offered.slugs) if offered else set()
        for slug in answer.choices:
            if slug not in allowed:
                _refuse(f"answers.choices (question {answer.question})", slug, allowed)
        if offered and not offered.several and len(set(answer.choices)) > 1:
            sentence = _("Question %(number)s lets one option be chosen: send one slug.")
            told = sentence % {"number": answer.question}
            raise RefusedError("one_option", told, status=422)


def _refuse(where: str, said: str, allowed: set[str]) -> None:
    sentence = _("“%(said)s” is not allowed in “%(where)s”; choose one of: %(allowed)s.")
    told = {"said": said[:80], "where": where, "allowed": ", ".join(sorted(allowed)) or "–"}
    raise RefusedError("unknown_value", sentence % told, status=422)


def _earlier(found: Consultation, idempotency_key: str, digest: str) -> bool:
    """Whether this was sent before. Raises RefusedError where the same key named other words."""
    rows = Response.objects.filter(consultation=found, idempotency_key=idempotency_key)
    source = rows.values_list("source_id", flat=True).first()
    if source is None:
        return False
    if not source.endswith(digest):
        sentence = _(
            "This Idempotency-Key was used for other words: send them under another, or change the"
            " response through its private link."
        )
        raise RefusedError("idempotency_key_reused", sentence, status=422)
    return True


def _submission(
    request: HttpRequest, found: Consultation, body: sent.Response, *, key: ApiKey
) -> Submission:
    said = body.respondent
    mail = said.email.strip().lower()
    own = mail == key.user.email.lower()
    return Submission(
        channel=Channel.API,
        consultation=found.slug,
        sender=Sender(mail, said.name, authenticated=own, account=key.user_id if own else None),
        respondent=RespondentClaim(
            kind=said.kind,
            name=said.name,
            organisation=said.organisation,
            stakeholder_group=said.stakeholder_group,
            country=said.country,
            withhold_name=said.withhold_name,
            withhold_country=said.withhold_country,
        ),
        language=body.language,
        answers=tuple(
            SubmittedAnswer(answer.question, answer.text, tuple(answer.choices))
            for answer in body.answers
            if answer.says_something
        ),
        attachments=_files(body),
        arrived_at=began(request),
        idempotency_key="",
        terms=body.terms,
    )


def _files(body: sent.Response) -> tuple[SubmittedFile, ...]:
    """The files, on the disk for good before any row speaks of them."""
    kept: list[SubmittedFile] = []
    for file in body.attachments:
        name = attachments.safe_name(file.name)
        try:
            data = base64.b64decode(file.content, validate=True)
            attachments.check_upload(name, len(data), kept, head=data[:HEAD])
            spooled = spool.keep([data], folder=FOLDER)
            attachments.check_kept(name, spooled.path)
        except binascii.Error as error:
            sentence = _("The file “%(name)s” is not in base64: encode its bytes so.")
            raise RefusedError("file_mistyped", sentence % {"name": name}, status=422) from error
        except FileLockedError as error:
            sentence = _("The file “%(name)s” opens only with a password: send it without one.")
            raise RefusedError("file_locked", sentence % {"name": name}, status=422) from error
        except UploadRefusedError as error:
            sentence = _(
                "The file “%(name)s” is not taken: PDF, DOCX, ODT, RTF, HTML, plain text, PNG or JPEG,"
                " not empty, 50 MB together."
            )
            raise RefusedError("file_refused", sentence % {"name": name}, status=422) from error
        except SpoolFullError as error:
            sentence = _("Nothing was registered: our disk is full. Send it again later.")
            raise RefusedError("disk_full", sentence, status=503) from error
        kept.append(SubmittedFile(name, spooled.path, spooled.sha256, spooled.size))
    return tuple(kept)


def _registered(submission: Submission, idempotency_key: str, source_id: str) -> Receipt:
    sender = submission.sender
    by_mail = sender.authenticated or not sender.address or sparing.may_mail(sender.address)
    keyed = replace(submission, idempotency_key=idempotency_key, source_id=source_id)
    try:
        return journey.submission_arrives(keyed, by_mail=by_mail)
    except (ClosedError, CancelledError, NotYetOpenError) as error:
        sentences = {
            ClosedError: _("Responses are no longer taken: the close has passed."),
            CancelledError: _("The consultation was cancelled; nothing was registered."),
            NotYetOpenError: _("The consultation has not opened yet; send it then."),
        }
        raise RefusedError("not_open", sentences[type(error)], status=409) from error
