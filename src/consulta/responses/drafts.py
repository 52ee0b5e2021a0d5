"""Drafts: on the server from the first save, so that no error ever loses a word or a file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.plaintext import one_line, storable
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.core.tokens import hashed, new_token
from consulta.mailroom import spool
from consulta.mailroom.spool import SpooledFile
from consulta.responses import attachments
from consulta.responses.errors import DraftUnknownError
from consulta.responses.models import Draft, DraftFile, Response

#: A draft is kept for so long after it was last saved, and never less than until after the close.
LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft and the secret of its return link, which is stored nowhere."""

    draft: Draft
    token: str


def begin(
    consultation: Consultation,
    content: dict[str, Any],
    *,
    now: datetime,
    account: User | None = None,
    response: Response | None = None,
) -> OpenDraft:
    """Keep the first save of a draft. *response*: it will be a new version of that one."""
    token = new_token()
    draft = Draft.objects.create(
        token_hash=hashed(token),
        consultation=consultation,
        response=response,
        account=account,
        content=_storable(content),
        language=str(content.get("language", "en"))[:2],
        created_at=now,
        saved_at=now,
        expires_at=_until(consultation, now),
    )
    return OpenDraft(draft, token)


def reopen(response: Response, *, now: datetime) -> OpenDraft:
    """Begin a new version of *response* with what the latest one says.

    Files are included but those that open only with a password: the form says that they are missing.
    """
    version = response.versions.latest("ordinal")
    respondent = response.respondent
    content: dict[str, Any] = {
        "answers": {str(a.question or 0): a.text for a in version.answers.all()},
        "choices": {str(a.question): a.choices for a in version.answers.all() if a.choices},
        "language": version.language,
        "kind": respondent.kind,
        "name": respondent.name,
        "organisation": respondent.organisation_name,
        "email": respondent.email,
        "country": respondent.country,
        "stakeholder_group": getattr(respondent.stakeholder_group, "slug", ""),
        "withhold_name": respondent.withhold_name,
        "withhold_country": respondent.withhold_country,
    }
    with transaction.atomic():
        opened = begin(response.consultation, content, now=now, response=response)
        for file in version.attachments.all():
            if file.needs_password:
                continue
            spooled = SpooledFile(path=file.path, sha256=file.sha256, size=file.size)
            add_file(opened.draft, spooled, name=file.name)
    return opened


def save(draft: Draft, content: dict[str, Any], *, now: datetime) -> None:
    """Keep what was typed. A draft that was sent already stays as it was sent.

    A draft begins when it first holds a word or a file: an empty one saves no grace after the close.
    """
    begun_at = draft.created_at if _holds_anything(draft) else now
    draft.content = _storable(content)
    draft.language = str(content.get("language", draft.language))[:2]
    draft.saved_at = now
    draft.expires_at = _until(draft.consultation, now)
    Draft.objects.filter(pk=draft.pk, sent_at__isnull=True).update(
        content=draft.content,
        language=draft.language,
        saved_at=draft.saved_at,
        created_at=begun_at,
        expires_at=draft.expires_at,
    )
    draft.refresh_from_db()


def add_file(draft: Draft, file: SpooledFile, *, name: str) -> DraftFile:
    """Put a spooled file to the draft. The same bytes under the same name stand there once."""
    name = one_line(name)[:255]
    same = draft.files.filter(sha256=file.sha256, name=name).first()
    return same or DraftFile.objects.create(
        draft=draft, name=name, path=file.path, sha256=file.sha256, size=file.size
    )


def remove_file(draft: Draft, pk: int) -> None:
    """Take a file from a draft that was not sent, and its bytes from the disk if no other row names them."""
    with transaction.atomic():
        rows = Draft.objects.select_for_update(of=("self",))  # whoever sends it waits
        if not rows.filter(pk=draft.pk, sent_at__isnull=True).exists():
            return
        file = draft.files.filter(pk=pk).first()
        if file is not None:
            file.delete()
            transaction.on_commit(partial(_forget_bytes, file.path))


def find(token: str, *, now: datetime) -> Draft:
    """The draft behind a return link. Raises DraftUnknownError when unknown or its time is over."""
    draft = (
        Draft.objects.select_related("consultation", "response__respondent")
        .filter(token_hash=hashed(token), expires_at__gt=now)
        .first()
    )
    if draft is None:
        raise DraftUnknownError
    return draft


def submission(draft: Draft, *, arrived_at: datetime, sender: Sender, terms: str) -> Submission:
    """The draft as what arrived. Sending it twice is one submission: the key is the draft."""
    content = draft.content
    return Submission(
        channel=Channel.WEB,
        consultation=draft.consultation.slug,
        sender=sender,
        respondent=_claim(content),
        language=draft.language,
        answers=_answers(content),
        attachments=tuple(
            SubmittedFile(name=f.name, path=f.path, sha256=f.sha256, size=f.size)
            for f in draft.files.all()
        ),
        arrived_at=arrived_at,
        idempotency_key=f"draft:{draft.uid}",
        terms=terms,
        draft_saved_at=draft.created_at,
    )


def _answers(content: dict[str, Any]) -> tuple[SubmittedAnswer, ...]:
    """What was typed and chosen, by question: a choice alone is an answer too."""
    texts, chosen = content.get("answers") or {}, content.get("choices") or {}
    return tuple(
        SubmittedAnswer(int(n) or None, texts.get(n, ""), tuple(chosen.get(n, ())))
        for n in sorted({*texts, *chosen}, key=int)
    )


def mark_sent(draft: Draft, response: Response, *, now: datetime) -> None:
    """Remember what the draft became, so that a double click finds its receipt."""
    draft.response, draft.sent_at = response, now
    draft.save(update_fields=["response", "sent_at"])


def sweep(now: datetime) -> int:
    """Forget drafts whose time is over; return how many. What was sent stays as a response."""
    over = Draft.objects.filter(Q(expires_at__lte=now))
    return over.delete()[0]


def _holds_anything(draft: Draft) -> bool:
    answers = (draft.content.get("answers") or {}).values()
    said = any(str(text).strip() for text in answers)
    return said or any((draft.content.get("choices") or {}).values()) or draft.files.exists()


def _forget_bytes(path: str) -> None:
    if not attachments.named([path]):
        spool.remove(path)


def _claim(content: dict[str, Any]) -> RespondentClaim:
    kind = content.get("kind") or RespondentKind.INDIVIDUAL
    return RespondentClaim(
        kind=RespondentKind(kind),
        name=content.get("name", ""),
        organisation=content.get("organisation", ""),
        stakeholder_group=content.get("stakeholder_group", ""),
        country=content.get("country", ""),
        withhold_name=bool(content.get("withhold_name")),
        withhold_country=bool(content.get("withhold_country")),
    )


def _until(consultation: Consultation, now: datetime) -> datetime:
    return max(now, consultation.closes_at or now) + LIFETIME


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {str(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value
