"""Listing: every coding of a consultation as plain values, for researchers."""

from collections.abc import Iterator
from typing import Any

from consulta.analysis.coding import marking, reading
from consulta.analysis.models import Coding
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State

COLUMNS = (
    "response", "version", "stands", "question", "code", "name", "given_as", "start", "end", "words",
    "note", "source", "coder", "coded_at",
)  # fmt: skip
_AT_ONCE = 1000


def every(consultation: Consultation) -> Iterator[dict[str, Any]]:
    """Every coding of published responses, in their order: the keys are :data:`COLUMNS`.

    *stands*: whether it is of the version that stands; *given_as*: the number of the code before it
    was merged. *start*, *end* count code points of the public text; *words* are public ones alone.
    """
    rows = Coding.objects.filter(
        code__frame__consultation=consultation, answer__version__response__state=State.PUBLISHED
    ).order_by("answer__version__response__serial", "answer__question", "pk")
    for coding in reading.loaded(rows).iterator(_AT_ONCE):
        yield dict(zip(COLUMNS, _values(coding), strict=True))


def _values(coding: Coding) -> tuple[Any, ...]:
    version = coding.answer.version
    response, place = version.response, marking.place(coding)
    return (
        response.number,
        version.ordinal,
        response.published_version_id == version.pk,
        coding.answer.question,
        coding.code.ordinal,
        coding.code.name,
        coding.given.ordinal,
        place[0] if place else None,
        place[1] if place else None,
        marking.said(coding),
        coding.note,
        coding.source,
        str(coding.coded_by) if coding.coded_by else "",
        coding.coded_at.isoformat(),
    )
