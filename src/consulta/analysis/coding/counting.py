"""Counting: how many respondents said what a code names. Respondents, never marks; views, never votes.

A response counts under a code when any coder gave it to the version that stands, and under every code
above that one. Retired codes count; merged ones under the code that they were merged into.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet

from consulta.analysis.coding import queries
from consulta.analysis.coding.queries import Frame
from consulta.analysis.models import Coding, NoCode
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State


@dataclass(frozen=True, slots=True)
class Line:
    """A code at one question: how many *respondents*, by stakeholder group (empty: not shown), and how
    many passages and answers were marked."""

    respondents: int
    by_group: Counter[str]
    marks: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What was coded at one question. *respondents*: coded with any code; *read*: read by any coder."""

    lines: Mapping[int, Line] = field(default_factory=dict)  # by the code's id
    respondents: int = 0
    read: int = 0
    groups: Counter[str] = field(default_factory=Counter)


def standing(consultation: Consultation) -> QuerySet[Coding]:
    """Every coding that counts: of published responses, in the version that stands."""
    return Coding.objects.filter(
        code__frame__consultation=consultation,
        answer__version=F("answer__version__response__published_version"),
        answer__version__response__state=State.PUBLISHED,
    ).order_by()


def of_responses(
    consultation: Consultation, frame: Frame, *, position: int | None = None
) -> dict[int, set[int]]:
    """By response: the numbers of the codes that it counts under, at one question or all. One query."""
    rows = standing(consultation)
    if position is not None:
        rows = rows.filter(answer__question=position)
    above = _above(frame)
    found: dict[int, set[int]] = {}
    pairs = rows.values_list("answer__version__response", "code").distinct()
    for response, code in pairs.iterator():
        found.setdefault(response, set()).update(above.get(code, ()))
    return found


def by_question(consultation: Consultation, frame: Frame) -> dict[int | None, Counted]:
    """What was coded at each question (None: to the whole). Three queries, however much it is."""
    marks = _marks(consultation)
    read = _read(consultation)
    said = standing(consultation).values_list(
        "answer__question",
        "code",
        "answer__version__response",
        "answer__version__response__public_group__slug",
    )
    heard: dict[int | None, list[tuple[int, int, str]]] = {}
    for question, code, response, group in said.distinct().iterator():
        heard.setdefault(question, []).append((code, response, group or ""))
    return {
        question: _counted(heard.get(question, []), frame, marks, question, read.get(question, 0))
        for question in {*heard, *read}
    }


def coders(consultation: Consultation) -> list[tuple[int, int, int]]:
    """Who coded: account, answers coded, codes given; the busiest first. One query."""
    rows = standing(consultation).exclude(coded_by=None).values_list("coded_by")
    counted = rows.annotate(answers=Count("answer", distinct=True), codes=Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def look_again(consultation: Consultation) -> dict[int | None, int]:
    """By question: how many responses have codings on an earlier version only. One query."""
    rows = Coding.objects.filter(
        code__frame__consultation=consultation,
        settled_at__isnull=True,
        answer__version__response__state=State.PUBLISHED,
    ).exclude(answer__version=F("answer__version__response__published_version"))
    counted = rows.order_by().values_list("answer__question")
    return dict(counted.annotate(n=Count("answer__version__response", distinct=True)))


def _counted(
    said: Iterable[tuple[int, int, str]],
    frame: Frame,
    marks: Mapping[tuple[int | None, int], int],
    question: int | None,
    read: int,
) -> Counted:
    by_pk = {code.ordinal: code.pk for code in frame.codes}
    above = _above(frame)
    who: dict[int, dict[int, str]] = {}
    anyone: dict[int, str] = {}
    for code, response, group in said:
        anyone[response] = group
        for ordinal in above.get(code, ()):
            who.setdefault(by_pk[ordinal], {})[response] = group
    lines = {
        pk: Line(len(found), Counter(found.values()), marks.get((question, pk), 0))
        for pk, found in who.items()
    }
    return Counted(lines, len(anyone), read, Counter(anyone.values()))


def _marks(consultation: Consultation) -> dict[tuple[int | None, int], int]:
    rows = standing(consultation).values_list("answer__question", "code")
    return {(q, code): n for q, code, n in rows.annotate(n=Count("pk"))}


def _read(consultation: Consultation) -> dict[int | None, int]:
    """By question: answers that a coder coded, or found no code for."""
    coded = standing(consultation).values_list("answer__question", "answer")
    none = NoCode.objects.filter(
        answer__version__response__consultation=consultation,
        answer__version=F("answer__version__response__published_version"),
        answer__version__response__state=State.PUBLISHED,
    ).values_list("answer__question", "answer")
    return dict(Counter(question for question, _pk in coded.union(none)))


def _above(frame: Frame) -> dict[int, set[int]]:
    """By a code's id: the numbers under which it counts, its own and those above."""
    numbers = {code.pk: code.ordinal for code in frame.codes}
    return {
        code.pk: {numbers[pk] for pk in queries.line(frame.codes, code)} for code in frame.codes
    }
