"""Pinning: which responses a document holds, and which version of each, fixed at one instant.

Whoever draws the document up later prints these and no others. What was taken down meanwhile is
listed by its number alone: nothing is added after the press, and nothing is shown that is gone.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.reports import frozen, queries
from consulta.reports.models import Edition, Freezing
from consulta.responses import balance
from consulta.responses.balance import Balance
from consulta.responses.models import Answer, Attachment, Response, Version

#: Responses that are fetched at once.
AT_A_TIME = 200
#: An id of a response and of the version of it that is printed, None where there is none.
Pair = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a document holds: *versions* by the response's id, in the order of the register.

    *tell* is called with how many responses have been walked over so far.
    """

    versions: Mapping[int, int | None]
    balance: Balance
    tell: Callable[[int], object] = lambda _done: None


def pin(consultation: Consultation, kind: str, language: str) -> dict[str, Any]:
    """The fields of a `Freezing` that say what the document holds now. Six queries at most."""
    return {
        "versions": [list(pair) for pair in pairs(consultation, kind)],
        "draft": [list(each) for each in frozen.stamp(queries.paragraphs(consultation, language))],
        "balance": asdict(balance.of(consultation)),
    }


def pairs(consultation: Consultation, kind: str) -> list[Pair]:
    """The responses that a document of *kind* holds now. One query; none for a summary."""
    rows = Response.objects.filter(consultation=consultation).order_by("serial")
    if kind in (Edition.Kind.COMPILATION, Edition.Kind.CONSOLIDATED):
        shown = rows.filter(state=State.PUBLISHED, published_version__isnull=False)
        return list(shown.values_list("pk", "published_version"))
    if kind == Edition.Kind.RECEIVED:
        last = Version.objects.filter(response=OuterRef("pk")).order_by("-ordinal").values("pk")[:1]
        return list(rows.values_list("pk", Coalesce("published_version", Subquery(last))))
    return []


def taken_down(freezing: Freezing) -> set[int]:
    """The ids of pinned responses that are not what they were: to be asked before and after drawing."""
    before: dict[int, int | None] = dict(freezing.versions)
    now = dict(pairs(freezing.consultation, freezing.kind))
    return {pk for pk in before if pk not in now}


def stamp(freezing: Freezing) -> frozen.Stamp:
    """What the report's text was when *freezing* was pressed."""
    return tuple((pk, position, revision) for pk, position, revision in freezing.draft)


def of(freezing: Freezing, tell: Callable[[int], object]) -> Pinned:
    """What *freezing* will hold."""
    return Pinned(dict(freezing.versions), Balance(**freezing.balance), tell)


def some(rows: QuerySet[Response], pinned: Pinned | None = None) -> Iterator[list[Response]]:
    """The responses of *rows* a few at a time, so that their texts are not held twice.

    With *pinned*: those and no others, each with the version that was pinned as its published one;
    one that *rows* has no longer comes without its words. Each list is emptied after its use.
    """
    if pinned is None:
        walk = rows.iterator(chunk_size=AT_A_TIME)
        while chunk := list(islice(walk, AT_A_TIME)):
            yield chunk
        return
    every = list(pinned.versions)
    with _looking_at_new_garbage_only() as look:
        for start in range(0, len(every), AT_A_TIME):
            wanted = every[start : start + AT_A_TIME]
            chunk = _as_pinned(wanted, rows, pinned.versions)
            yield chunk
            chunk.clear()  # rows that point at one another: nobody else holds them any more
            look()
            pinned.tell(start + len(wanted))


@contextmanager
def _looking_at_new_garbage_only() -> Iterator[Callable[[], object]]:
    """Between two calls of what it yields, collect no garbage; then only what came since.

    A document grows by millions of small values that all stay: looking through them again and again
    took half of the processor's time (measured with 2,000 and with 10,000 responses).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield lambda: gc.collect(0)
    finally:
        if was_on:
            gc.enable()


def _as_pinned(
    wanted: list[int], rows: QuerySet[Response], versions: Mapping[int, int | None]
) -> list[Response]:
    found = {response.pk: response for response in rows.filter(pk__in=wanted)}
    gone = Response.objects.filter(pk__in=[pk for pk in wanted if pk not in found])
    found |= {response.pk: response for response in gone.select_related("consultation")}
    changed = [pk for pk in wanted if _shows_another(found[pk], versions[pk])]
    earlier = _whole([versions[pk] or 0 for pk in changed])
    for pk in changed:
        found[pk].published_version = earlier[versions[pk] or 0]
    return [found[pk] for pk in wanted]


def _shows_another(response: Response, version: int | None) -> bool:
    return response.state == State.PUBLISHED and response.published_version_id != version


def _whole(versions: list[int]) -> dict[int, Version]:
    answers = Answer.objects.order_by("question").prefetch_related("redactions", "translations")
    files = Attachment.objects.order_by("position").defer("text")
    rows = Version.objects.filter(pk__in=versions)
    rows = rows.prefetch_related(
        Prefetch("answers", queryset=answers), Prefetch("attachments", queryset=files)
    )
    return {version.pk: version for version in rows}
