"""Agreeing: how alike coders used each code on the answers that more than one of them read.

An answer was read by a coder who gave it a code or found that none applies. A code counts for an
answer once, for the whole of it or any passage. Codes that are retired count; only codes for the
question of an answer are compared on it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F

from consulta.accounts.models import User
from consulta.analysis.coding import counting
from consulta.analysis.coding.queries import Frame
from consulta.analysis.models import Code, NoCode
from consulta.consultations.models import Consultation
from consulta.core import coders
from consulta.core.coders import Pair
from consulta.core.lifecycle import State


@dataclass(frozen=True, slots=True)
class Agreed:
    """One code: how the two coders compared used it, and alpha over everyone who coded."""

    code: Code
    pair: Pair
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """*coders*: everyone who read an answer; *pair*: the two compared; *shared*: answers that both read;
    *several*: answers that two or more read."""

    coders: list[User]
    pair: tuple[User, User] | None
    shared: int
    several: int
    codes: list[Agreed]


@dataclass(frozen=True, slots=True)
class _Read:
    """An answer: its question, and by coder the codes that he or she gave it, none for no code."""

    question: int | None
    given: dict[int, set[int]]


def of(
    consultation: Consultation, frame: Frame, *, between: tuple[int, int] | None = None
) -> Agreement:
    """How coders agree; *between*: the two to compare, else the two with most answers in common.

    Three queries, however much was coded.
    """
    read = _read(consultation)
    people = {user.pk: user for user in User.objects.filter(pk__in=_everyone(read))}
    common: Counter[tuple[int, int]] = Counter()
    for one in read.values():
        common.update(combinations(sorted(one.given), 2))
    wanted = between if between and set(between) <= set(people) and len(set(between)) == 2 else None
    pair = wanted or (max(common, key=lambda two: (common[two], two)) if common else None)
    codes = [level.code for level in frame.tree]
    return Agreement(
        coders=sorted(people.values(), key=str),
        pair=(people[pair[0]], people[pair[1]]) if pair else None,
        shared=common[min(pair), max(pair)] if pair else 0,
        several=sum(len(one.given) > 1 for one in read.values()),
        codes=[_agreed(code, read, pair) for code in codes],
    )


def _agreed(code: Code, read: Mapping[int, _Read], pair: tuple[int, int] | None) -> Agreed:
    asked = code.question.position if code.question else None
    units = [one.given for one in read.values() if code.question is None or one.question == asked]
    both = [unit for unit in units if pair and pair[0] in unit and pair[1] in unit]
    said = [(code.pk in unit[pair[0]], code.pk in unit[pair[1]]) for unit in both] if pair else []
    every = ([code.pk in codes for codes in unit.values()] for unit in units)
    return Agreed(code, coders.pair(said), coders.alpha(every))


def _read(consultation: Consultation) -> dict[int, _Read]:
    found: dict[int, _Read] = {}
    rows = counting.standing(consultation).exclude(coded_by=None)
    given = rows.values_list("answer", "answer__question", "coded_by", "code").distinct()
    for answer, question, by, code in given.iterator():
        one = found.setdefault(answer, _Read(question, {}))
        one.given.setdefault(by, set()).add(code)
    none = NoCode.objects.filter(
        answer__version__response__consultation=consultation,
        answer__version=F("answer__version__response__published_version"),
        answer__version__response__state=State.PUBLISHED,
    )
    for answer, question, by in none.values_list("answer", "answer__question", "coded_by"):
        found.setdefault(answer, _Read(question, {})).given.setdefault(by, set())
    return found


def _everyone(read: Mapping[int, _Read]) -> set[int]:
    return {by for one in read.values() for by in one.given}
