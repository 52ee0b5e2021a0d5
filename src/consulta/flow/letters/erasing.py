"""Erasing letters: every mail that brought words of a response, a version of it, or repeats one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from consulta.ledger import ledger
from consulta.mailroom import spool
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.reflector.models import Post
from consulta.responses.models import Response

#: What stands in the columns of a mail that came; a test fails for one in neither list.
INCOMING: Mapping[str, Any] = {
    "subject": "",
    "sender": "",
    "envelope_sender": "",
    "envelope_recipients": [],
    "trust": {},
}
#: Hashes, places and what became of it: the outcome names a number and an address of ours.
KEPT = frozenset(["path", "sha256", "key", "state", "result", "kind"])


def forget(response: Response) -> int:
    """Leave no word of the mails that brought *response*; how many. Their files go after the commit.

    Versions and confirmations by mail, letters that were sent twice, and our own mails that came back
    are among them: each holds what was written. Call it inside the act.
    """
    return _empty(_of(response))


def forget_post(post: Post) -> int:
    """Leave no word of the mails that brought *post*; how many. Call it inside the act.

    A letter that brought a response too stays with it, and goes when that is erased.
    """
    ours = OutgoingMail.objects.filter(about=ledger.subject_of(post))
    named = Q(pk=post.mail_id) | Q(bounce_of__in=ours.values("pk"))
    first = IncomingMail.objects.filter(named)
    mails = IncomingMail.objects.filter(key__in=first.values("key"))
    sources = {f"mailroom.incomingmail:{mail.pk}": mail for mail in mails}
    kept = Response.objects.filter(source_id__in=sources).values_list("source_id", flat=True)
    return _empty([mail for source, mail in sources.items() if source not in set(kept)])


def forget_commands(address: str) -> int:
    """Leave no word of the mails by which *address* asked for a list; how many. Call it in the act."""
    commands = IncomingMail.objects.filter(sender__iexact=address, kind=IncomingMail.Kind.COMMAND)
    return _empty(list(commands))


def _empty(mails: list[IncomingMail]) -> int:
    paths = [mail.path for mail in mails]
    IncomingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(**INCOMING)
    transaction.on_commit(lambda: _remove(paths))
    return len(mails)


def _of(response: Response) -> list[IncomingMail]:
    ours = OutgoingMail.objects.filter(about=ledger.subject_of(response))
    named = Q(result__contains=f'"number": "{response.number}"') | Q(
        bounce_of__in=ours.values("pk")
    )
    pk = response.source_id.removeprefix("mailroom.incomingmail:")
    if pk != response.source_id and pk.isdecimal():
        named |= Q(pk=int(pk))
    first = IncomingMail.objects.filter(named)
    return list(IncomingMail.objects.filter(Q(key__in=first.values("key"))))


def _remove(paths: list[str]) -> None:
    for path in paths:
        spool.remove(path)
