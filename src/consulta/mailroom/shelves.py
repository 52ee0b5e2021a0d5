"""Mails on shelves, as the desk looks for them: what came by its kind, what went and came back."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from consulta.mailroom import books, incoming
from consulta.mailroom.models import IncomingMail, OutgoingMail

PERSON, BOUNCED, REPEATED, WAITING = "person", "bounced", "repeated", "waiting"
#: Every shelf of mails that came, in the order of the tabs; empty: all of them.
SHELVES: dict[str, Q] = {
    PERSON: Q(state__in=incoming.FOR_A_PERSON),
    "": Q(),
    **{kind: Q(kind=kind) for kind in IncomingMail.Kind.values},
    BOUNCED: Q(bounce_of__isnull=False),
    REPEATED: Q(state=IncomingMail.State.REPEATED),
    WAITING: Q(kind="") & ~Q(state=IncomingMail.State.REPEATED),
}


def on(shelf: str, *, before: int | None = None) -> tuple[Sequence[IncomingMail], int | None]:
    """The mails on one shelf, the newest first; where the next page begins."""
    mails = IncomingMail.objects.filter(SHELVES[shelf]).order_by("-pk")
    mails = mails.filter(pk__lt=before) if before else mails
    found = list(mails[: books.PAGE + 1])
    more = len(found) > books.PAGE
    return found[: books.PAGE], found[books.PAGE - 1].pk if more else None


def counts() -> dict[str, int]:
    """How many mails lie on each shelf. One query."""
    every = Q(pk__isnull=False)
    wanted = {f"on_{shelf}": Count("pk", filter=what or every) for shelf, what in SHELVES.items()}
    found = IncomingMail.objects.order_by().aggregate(**wanted)
    return {shelf: found[f"on_{shelf}"] for shelf in SHELVES}


def came_back(mails: QuerySet[OutgoingMail] | None = None) -> QuerySet[OutgoingMail]:
    """Those of *mails* (all without it) of which a mail server says that they came back."""
    mails = OutgoingMail.objects.all() if mails is None else mails
    return mails.filter(Exists(IncomingMail.objects.filter(bounce_of=OuterRef("pk"))))


def bounces_of(mails: Sequence[OutgoingMail]) -> dict[int, IncomingMail]:
    """The latest bounce of each of *mails*, by its id. One query."""
    found = IncomingMail.objects.filter(bounce_of__in=[mail.pk for mail in mails]).order_by("pk")
    return {mail.bounce_of_id or 0: mail for mail in found}
