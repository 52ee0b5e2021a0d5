"""Since: what became of responses after an edition was frozen, which stays as it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext

from consulta.consultations.models import Consultation
from consulta.core import confidential
from consulta.core.lifecycle import State
from consulta.reports import words
from consulta.reports.models import Edition
from consulta.responses.models import Erasure, Redaction, Response, Version


class Happened(StrEnum):
    """What can happen to a response that stands in an edition, or should."""

    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    ERASED = "erased"
    REDACTED = "redacted"
    REVISED = "revised"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the response under *number*, and when."""

    number: str
    happened: Happened
    at: datetime


def changes(editions: Sequence[Edition]) -> dict[int, list[Change]]:
    """By the edition's id: what happened since it was frozen, in order. Four queries for a page.

    The editions are those of one consultation.
    """
    if not editions:
        return {}
    first = min(edition.frozen_at for edition in editions)
    every = sorted(_since(editions[0].consultation, first), key=lambda c: (c.at, c.number))
    return {
        edition.pk: [change for change in every if change.at > edition.frozen_at]
        for edition in editions
    }


def previous(edition: Edition) -> Edition | None:
    """The edition that readers had before *edition*: in its language, else the first in any."""
    same = Edition.objects.filter(consultation=edition.consultation, kind=edition.kind)
    same = same.filter(frozen_at__lt=edition.frozen_at).exclude(pk=edition.pk).defer("content")
    own = same.filter(language=edition.language).order_by("-ordinal").first()
    return own or same.filter(released_at__isnull=False).order_by("frozen_at").first()


def sentence(change: Change, zone: str) -> str:
    """Say *change* in the language that is active."""
    said = {"number": change.number, "day": words.day(change.at, zone)}
    return _SAID[change.happened]() % said


def after(change: Change, zone: str, edition: Edition) -> str:
    """Say *change* in the next edition: it happened after *edition*."""
    said = {"what": sentence(change, zone), "edition": words.number(edition.ordinal)}
    return gettext("%(what)s It stands in edition %(edition)s as it was.") % said


_SAID = {
    Happened.WITHDRAWN: lambda: gettext(
        "Response %(number)s was withdrawn by the respondent on %(day)s."
    ),
    Happened.REMOVED: lambda: gettext(
        "Response %(number)s was removed by the institution on %(day)s."
    ),
    Happened.ERASED: lambda: gettext(
        "The content of response %(number)s was taken away by law on %(day)s."
    ),
    Happened.REDACTED: lambda: gettext("A passage of response %(number)s was left out on %(day)s."),
    Happened.REVISED: lambda: gettext(
        "A new version of response %(number)s was published on %(day)s."
    ),
    Happened.PUBLISHED: lambda: gettext("Response %(number)s was published on %(day)s."),
}


def _since(consultation: Consultation, first: datetime) -> Iterator[Change]:
    taken = dict(_erased(consultation, first))
    yield from taken.values()
    rows = Response.objects.filter(consultation=consultation, published_at__isnull=False)
    moved = Q(withdrawn_at__gt=first) | Q(removed_at__gt=first) | Q(published_at__gt=first)
    for response in rows.filter(moved).only(
        "number", "state", "published_at", "withdrawn_at", "removed_at"
    ):
        if response.pk not in taken:
            yield from _moves(response, first)
    yield from _passages(consultation, first, taken)
    yield from _versions(consultation, first, taken)


def _erased(consultation: Consultation, first: datetime) -> Iterator[tuple[int, Change]]:
    rows = Erasure.objects.filter(response__consultation=consultation, at__gt=first)
    for row in rows.select_related("response").order_by("at"):
        yield row.response_id, Change(row.response.number, Happened.ERASED, row.at)


def _moves(response: Response, first: datetime) -> Iterator[Change]:
    states = (
        (State.WITHDRAWN, Happened.WITHDRAWN, response.withdrawn_at),
        (State.REMOVED, Happened.REMOVED, response.removed_at),
    )
    for state, happened, at in states:
        if response.state == state and at is not None and at > first:
            yield Change(response.number, happened, at)
    if (
        response.state == State.PUBLISHED
        and response.published_at
        and response.published_at > first
    ):
        yield Change(response.number, Happened.PUBLISHED, response.published_at)


def _passages(
    consultation: Consultation, first: datetime, taken: Iterable[int]
) -> Iterator[Change]:
    """Once for each response: passages of what was public before, left out since."""
    rows = Redaction.objects.filter(
        answer__version__response__consultation=consultation,
        answer__version__response__state=State.PUBLISHED,
        state=Redaction.State.APPLIED,
        decided_at__gt=first,
    ).exclude(answer__version__response__in=list(taken))
    rows = rows.exclude(kind=confidential.KIND)  # no reader ever saw it
    told = rows.order_by("decided_at").values_list(
        "answer__version__response__number", "decided_at"
    )
    latest = {number: at for number, at in told if at is not None}
    yield from (Change(number, Happened.REDACTED, at) for number, at in latest.items())


def _versions(
    consultation: Consultation, first: datetime, taken: Iterable[int]
) -> Iterator[Change]:
    rows = Version.objects.filter(
        response__consultation=consultation,
        response__state=State.PUBLISHED,
        screening=Version.Screening.PUBLISHED,
        published_at__gt=first,
        ordinal__gt=1,
    ).exclude(response__in=list(taken))
    for number, at in rows.values_list("response__number", "published_at"):
        if at is not None:
            yield Change(number, Happened.REVISED, at)
