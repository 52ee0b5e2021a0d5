"""Facets: how many published responses there are per group, country, language and question answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.responses.models import Answer, Facet, Response

Values = tuple[tuple[str, str], ...]
#: The dimensions by which lists are filtered.
FILTERS = ("group", "country", "language")


@contextmanager
def kept(response: Response) -> Iterator[None]:
    """Keep the facets right around a change to *response*, within the act's transaction."""
    before = _values(Response.objects.select_related("public_group").get(pk=response.pk))
    yield
    after = _values(response)
    for dimension, value in set(before) - set(after):
        _add(response, dimension, value, -1)
    for dimension, value in set(after) - set(before):
        _add(response, dimension, value, +1)


def of(consultation: Consultation) -> dict[str, dict[str, int]]:
    """Counts by dimension (group, country, language) and value; an empty value is "not shown"."""
    found: dict[str, dict[str, int]] = {dimension: {} for dimension in FILTERS}
    rows = Facet.objects.filter(consultation=consultation, dimension__in=FILTERS, count__gt=0)
    for row in rows.order_by("-count", "value"):
        found[row.dimension][row.value] = row.count
    return found


def is_answered(consultation: Consultation, question: int | None) -> bool:
    """Whether a published response answers *question* (None: speaks to the whole)."""
    return Facet.objects.filter(
        consultation=consultation, dimension="question", value=str(question or 0), count__gt=0
    ).exists()


def agree(consultation: Consultation) -> bool:
    """Whether the counts are those of the published responses themselves."""
    rows = Facet.objects.filter(consultation=consultation, count__gt=0)
    kept = {(row.dimension, row.value): row.count for row in rows}
    return kept == _counted(consultation)


@transaction.atomic
def mend(consultation: Consultation) -> None:
    """Write the counts of *consultation* anew, from the published responses themselves.

    The rows are taken first: an act that shows or hides a response waits for them.
    """
    rows = Facet.objects.select_for_update().filter(consultation=consultation)
    wrong = {(row.dimension, row.value): row for row in rows}
    for (dimension, value), count in _counted(consultation).items():
        wrong.pop((dimension, value), None)
        Facet.objects.update_or_create(
            consultation=consultation,
            dimension=dimension,
            value=value,
            defaults={"count": count},
        )
    for row in wrong.values():
        row.delete()


def _counted(consultation: Consultation) -> dict[tuple[str, str], int]:
    """How many published responses bear each value; counted by the database."""
    published = Response.objects.filter(consultation=consultation, state=State.PUBLISHED).order_by()
    columns = {"group": "public_group__slug", "country": "public_country"}
    columns |= {"language": "public_language"}
    found: dict[tuple[str, str], int] = {}
    for dimension, column in columns.items():
        for value, count in published.values_list(column).annotate(Count("pk")):
            found[dimension, value or ""] = count
    answers = Answer.objects.filter(version__in=published.values("published_version"))
    answered = answers.order_by().values_list("question").annotate(Count("version"))
    for question, count in answered:
        found["question", str(question or 0)] = count
    return found


def _values(response: Response) -> Values:
    if response.state != State.PUBLISHED:
        return ()
    group = response.public_group
    return (
        ("group", group.slug if group else ""),
        ("country", response.public_country),
        ("language", response.public_language),
        *(("question", str(question or 0)) for question in _answered(response)),
    )


def _answered(response: Response) -> list[int | None]:
    version = response.published_version
    return list(version.answers.values_list("question", flat=True)) if version else []


def _add(response: Response, dimension: str, value: str, amount: int) -> None:
    key: dict[str, Any] = {
        "consultation": response.consultation,
        "dimension": dimension,
        "value": value,
    }
    if not Facet.objects.filter(**key).update(count=F("count") + amount):
        row, _new = Facet.objects.get_or_create(**key)
        Facet.objects.filter(pk=row.pk).update(count=F("count") + amount)
