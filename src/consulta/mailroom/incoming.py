"""The book of letters that came: one row for each, one try at a time, none forgotten."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Count, F, Value, When

from consulta.mailroom import letterbox, post, spool
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail

#: How long after its arrival a letter may be tried again, by how often it was; then it has failed.
PAUSES = tuple(timedelta(seconds=s) for s in (0, 5, 15, 60, 300, 900, 3600, 4 * 3600))
BATCH = 100
#: What a person should look at, and may have tried again.
FOR_A_PERSON = (IncomingMail.State.SET_ASIDE, IncomingMail.State.FAILED)
#: The lines of the sum of mails, and the kind of each; what was not opened yet waits.
LINES = {
    "responses": IncomingMail.Kind.RESPONSE,
    "versions": IncomingMail.Kind.VERSION,
    "confirmations": IncomingMail.Kind.CONFIRMATION,
    "enquiries": IncomingMail.Kind.ENQUIRY,
    "robots": IncomingMail.Kind.ROBOT,
    "spam": IncomingMail.Kind.SPAM,
    "posts": IncomingMail.Kind.POST,
    "commands": IncomingMail.Kind.COMMAND,
}


def enter(path: str) -> IncomingMail:
    """Enter the new letter at *path*, then take it out of the new ones. May be repeated.

    Sent twice, the second is entered as repeated. Raises NotALetterError.
    """
    envelope, raw = letterbox.read(path)
    kept = letterbox.file_away(path, envelope.arrived_at)
    row = IncomingMail.objects.filter(path=kept).first() or _row(kept, envelope, raw)
    spool.remove(path)
    return row


def waiting(now: datetime) -> list[int]:
    """The ids of letters that may be opened at *now*, the oldest first."""
    rows = IncomingMail.objects.filter(state=IncomingMail.State.WAITING).order_by("arrived_at")
    listed = rows.values_list("pk", "attempts", "arrived_at")[: BATCH * 10]
    due = [pk for pk, attempts, arrived_at in listed if arrived_at + pause(attempts) <= now]
    return due[:BATCH]


def pause(attempts: int) -> timedelta:
    """How long after its arrival a letter that was tried so often may be tried again."""
    return PAUSES[min(attempts, len(PAUSES) - 1)]


def claim(pk: int) -> IncomingMail | None:
    """Take one letter for this process, and count the try before it begins; None if it is taken."""
    mail = IncomingMail.objects.filter(pk=pk, state=IncomingMail.State.WAITING).first()
    if mail is None:
        return None
    mine = IncomingMail.objects.filter(
        pk=pk, state=IncomingMail.State.WAITING, attempts=mail.attempts
    )
    return mail if mine.update(attempts=F("attempts") + 1) else None


def settle(
    pk: int, state: str, result: Iterable[dict[str, Any]], *, kind: str = "", **columns: Any
) -> None:
    """Write what became of a letter, in the transaction of the act that it caused.

    *kind*: what it was; *columns*: what else is known now (sender, subject, trust, bounce_of).
    """
    told = json.dumps(list(result), ensure_ascii=False)
    row = IncomingMail.objects.filter(pk=pk)
    row.update(state=state, result=told, kind=kind, **columns)


def count_by_itself(mail: IncomingMail) -> None:
    """A letter taken for one sent twice is another one after all. The caller saves *mail*."""
    mail.key = sha256(f"{mail.key} {mail.pk}".encode()).hexdigest()


def fail(pk: int, reason: str) -> None:
    """Note that a try failed; after the last one a person has to look at it."""
    mail = IncomingMail.objects.get(pk=pk)
    if mail.state == IncomingMail.State.WAITING:
        mail.result = json.dumps([{"outcome": "failed", "why": reason[:300]}])
        if mail.attempts >= len(PAUSES):
            mail.state = IncomingMail.State.FAILED
        mail.save(update_fields=["state", "result"])


def postpone(pk: int) -> None:
    """Give back a try that could not be made, for instance because the disk is full."""
    IncomingMail.objects.filter(pk=pk, attempts__gt=0).update(attempts=F("attempts") - 1)


def try_again(mail: IncomingMail) -> None:
    """Have a letter opened once more: a person asks for it at the desk."""
    IncomingMail.objects.filter(pk=mail.pk, state__in=FOR_A_PERSON).update(
        state=IncomingMail.State.WAITING, attempts=0, kind=""
    )


def for_a_person() -> Sequence[IncomingMail]:
    """The letters that a person should look at, the latest first."""
    rows = IncomingMail.objects.filter(state__in=FOR_A_PERSON)
    return list(rows.order_by("-arrived_at")[:200])


def outcomes(mail: IncomingMail) -> list[dict[str, Any]]:
    """What became of each recipient's copy: `outcome`, `to`, and a number or a reason."""
    told: list[dict[str, Any]] = json.loads(mail.result or "[]")
    return told


def counts() -> dict[str, int]:
    """How many letters came, and what they were: *mails* is the sum of the others. One query.

    A letter to several addresses counts once, as the first of these that it was for anybody.
    """
    line = Case(
        When(state=IncomingMail.State.REPEATED, then=Value("repeats")),
        *(When(kind=kind, then=Value(name)) for name, kind in LINES.items()),
        default=Value("waiting"),
    )
    rows = IncomingMail.objects.order_by().annotate(line=line).values_list("line")
    found: dict[str, int] = dict(rows.annotate(count=Count("pk")))
    names = (*LINES, "repeats", "waiting")
    return {"mails": sum(found.values())} | {name: found.get(name, 0) for name in names}


def _row(kept: str, envelope: Envelope, raw: bytes) -> IncomingMail:
    letter = post.key_of(raw, envelope_sender=envelope.sender)
    key = sha256("\0".join((letter, *sorted(envelope.recipients))).encode()).hexdigest()
    row = IncomingMail(
        path=kept,
        sha256=sha256(raw).hexdigest(),
        size=len(raw),
        key=key,
        arrived_at=envelope.arrived_at,
        envelope_sender=envelope.sender[:320],
        envelope_recipients=[letterbox.masked(address) for address in envelope.recipients],
    )
    repeated = IncomingMail.State.REPEATED
    if IncomingMail.objects.filter(key=key).exclude(state=repeated).exists():
        row.state = repeated
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another process entered this one, or one like it, just now
        return IncomingMail.objects.filter(path=kept).first() or _row(kept, envelope, raw)
    return row
