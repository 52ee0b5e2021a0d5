"""Pressing: an officer has a document frozen. Who, when and what it will hold is on record at once.

The worker draws it up afterwards (`assembly.freeze_waiting`), again after a kill or a power cut. The
same document in the same language is frozen once at a time.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import pinning, queries, redacting, summary_queries
from consulta.reports.errors import (
    BeingFrozenError,
    ErrataMissingError,
    NothingWrittenError,
    StillOpenError,
)
from consulta.reports.models import Edition, Freezing

#: Documents whose later editions say what changed.
SAYS_WHAT_CHANGED = (Edition.Kind.COMPILATION, Edition.Kind.CONSOLIDATED)
#: Documents that print every response: the drawing up is counted by them.
PRINTING = (Edition.Kind.COMPILATION, Edition.Kind.RECEIVED)
#: So often a document is begun; then the officer is told that it could not be drawn up.
TRIES = 5


@transaction.atomic
def press(
    consultation: Consultation, kind: str, *, language: str, by: User, errata: str = ""
) -> Freezing:
    """Have the document frozen as the next edition of its kind and language, as it is now.

    Raises StillOpenError before the close: until then responses can be changed; NothingWrittenError
    for a consolidated report or a summary without a sentence in *language*, MeetingNotHeldError for a
    summary before the open meeting, ErrataMissingError for a later edition that does not say what
    changed, BeingFrozenError while the same document is being frozen.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    now = timezone.now()
    _check(consultation, kind, language, now)
    redacting.take_turn(consultation.pk)
    same = {"consultation": consultation, "kind": kind, "language": language}
    standing = waiting().filter(**same).first()
    if standing is not None:
        raise BeingFrozenError(standing)
    is_later = Edition.objects.filter(**same).exists()
    if is_later and kind in SAYS_WHAT_CHANGED and not errata.strip():
        raise ErrataMissingError
    return Freezing.objects.create(
        **same,
        **pinning.pin(consultation, kind, language),
        errata=errata,
        pressed_at=now,
        pressed_by=by,
    )


def waiting() -> QuerySet[Freezing]:
    """What was pressed and is no edition yet, the first one first."""
    rows = Freezing.objects.filter(ended_at__isnull=True).select_related("consultation")
    return rows.order_by("pressed_at", "pk")


def of(consultation: Consultation) -> list[Freezing]:
    """What is being frozen now, then what could not be frozen since, each document once.

    One that succeeded later is left out.
    """
    rows = Freezing.objects.filter(consultation=consultation).defer("versions", "draft")
    last = {(row.kind, row.language): row for row in rows.order_by("pressed_at", "pk")}
    return [row for row in last.values() if row.edition_id is None]


def one(consultation: Consultation, pk: int) -> Freezing:
    """What was pressed. Raises Freezing.DoesNotExist."""
    rows = Freezing.objects.select_related("pressed_by", "consultation", "edition")
    return rows.defer("edition__content").get(consultation=consultation, pk=pk)


def begin(freezing: Freezing) -> None:
    """Count a try, before anything is drawn: a process that is killed has tried too."""
    freezing.tries += 1
    Freezing.objects.filter(pk=freezing.pk).update(tries=freezing.tries, drawn=0)


def tell(freezing: Freezing, drawn: int) -> None:
    """Note how many responses are drawn up."""
    Freezing.objects.filter(pk=freezing.pk, ended_at__isnull=True).update(drawn=drawn)


def refuse(freezing: Freezing, error: Exception) -> None:
    """End *freezing* without an edition: a rule stands against it, and pressing again may mend it."""
    _end(freezing, refusal=type(error).__name__)


def fail(freezing: Freezing, error: Exception) -> None:
    """Keep what went wrong; after enough tries *freezing* has ended without an edition."""
    told = f"{type(error).__name__}: {error}"[:2000]
    if freezing.tries >= TRIES:
        _end(freezing, error=told)
    else:
        Freezing.objects.filter(pk=freezing.pk).update(error=told)


def hold_back(freezing: Freezing, error: Exception) -> None:
    """Keep why it has to wait, such as a full disk: that was no try."""
    Freezing.objects.filter(pk=freezing.pk).update(error=str(error)[:2000], tries=F("tries") - 1)


def _end(freezing: Freezing, **said: str) -> None:
    waiting = Freezing.objects.filter(pk=freezing.pk, ended_at__isnull=True)
    waiting.update(ended_at=timezone.now(), **said)


def _check(consultation: Consultation, kind: str, language: str, now: datetime) -> None:
    if consultation.state(now) in (
        Consultation.State.DRAFT,
        Consultation.State.ANNOUNCED,
        Consultation.State.OPEN,
    ):
        raise StillOpenError(consultation.slug)
    if kind == Edition.Kind.CONSOLIDATED and not queries.is_written(consultation, language):
        raise NothingWrittenError(language)
    if kind == Edition.Kind.SUMMARY:
        summary_queries.check_fixable(consultation, language, now)
