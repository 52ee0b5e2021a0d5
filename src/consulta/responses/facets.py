"""Facets: how many published responses there are per group, country, language and question answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.responses.models import Facet, Response

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
