"""Reading: the published words of responses, as readers see them, for comparing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from consulta.consultations.models import Consultation
from consulta.core import redaction
from consulta.core.lifecycle import State
from consulta.responses.models import Answer, Redaction, Version

_AT_ONCE = 2000  # rows


@dataclass(frozen=True, slots=True)
class Shown:
    """What a published response says, by question (None: to the whole), redactions left out.

    *serial*: its place in the register, which orders responses by their arrival. *fingerprint*
    changes whenever these words do.
    """

    serial: int
    response: int
    version: int
    fingerprint: str
    answers: dict[int | None, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All answers one after the other."""
        return "\n\n".join(self.answers.values())


def published(consultation: Consultation) -> Iterator[Shown]:
    """Every published response of *consultation* that has words, in the order of arrival."""
    rows = Answer.objects.filter(version__response__consultation=consultation)
    return _shown(rows, _redacted(consultation))


def of_versions(versions: Iterable[int], consultation: Consultation) -> dict[int, Shown]:
    """What these published versions say, by their ids; one not shown any more is missing."""
    rows = Answer.objects.filter(version__in=list(versions))
    return {one.version: one for one in _shown(rows, _redacted(consultation))}


def _shown(rows: QuerySet[Answer], redacted: dict[int, list[tuple[int, int]]]) -> Iterator[Shown]:
    standing = rows.filter(
        version__screening=Version.Screening.PUBLISHED, version__response__state=State.PUBLISHED
    ).order_by("version__response__serial", "version_id", "question")
    told = standing.values_list(
        "version__response__serial",
        "version__response_id",
        "version_id",
        "version__public_fingerprint",
        "pk",
        "question",
        "text",
    ).iterator(_AT_ONCE)
    for head, answers in groupby(told, key=lambda row: row[:4]):
        serial, response, version, fingerprint = head
        said = {row[5]: _public(row, redacted) for row in answers}
        yield Shown(serial, response, version, fingerprint, said)


def _public(row: tuple[Any, ...], redacted: dict[int, list[tuple[int, int]]]) -> str:
    text: str = row[6]
    return redaction.apply(text, redacted[row[4]]) if row[4] in redacted else text


def _redacted(consultation: Consultation) -> dict[int, list[tuple[int, int]]]:
    """The passages left out, by answer; few, whatever the size of the register."""
    marks = Redaction.objects.filter(
        state__in=Redaction.HIDING, answer__version__response__consultation=consultation
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for answer, start, end in marks.order_by().values_list("answer_id", "start", "end"):
        found.setdefault(answer, []).append((start, end))
    return found
