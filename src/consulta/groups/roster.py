"""Several Member States at once, pasted as lines: a code, and if wanted the kind and the first day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from consulta.accounts.models import User
from consulta.core.calendar import NotADayError, parse_day
from consulta.groups import membership, permissions
from consulta.groups.membership import AlreadyMemberError, Particulars
from consulta.groups.models import Group, Membership
from consulta.groups.permissions import Act
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState

#: More lines than there are states are a slip.
MOST = 300
_BETWEEN = re.compile(r"[\s,;]+")


class Slip(StrEnum):
    """What is the matter with a line."""

    UNKNOWN_CODE = "unknown_code"
    SAMPLE_CODE = "sample_code"
    TWICE = "twice"
    MEMBER_ALREADY = "member_already"
    KIND = "kind"
    DAY = "day"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class LineSlip:
    """A slip in a line: its *number*, from 1, what stands there, and what is wrong with *part*."""

    number: int
    line: str
    slip: Slip
    part: str


class RosterRefusedError(ValueError):
    """Nothing was entered: some lines must be mended first."""

    def __init__(self, slips: Sequence[LineSlip]) -> None:
        super().__init__(f"{len(slips)} lines")
        self.slips = list(slips)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was understood."""

    number: int
    line: str
    code: str
    kind: str
    since_on: date | None


class _SlippedError(ValueError):
    def __init__(self, slip: Slip, part: str) -> None:
        super().__init__(part)
        self.slip, self.part = slip, part


@transaction.atomic
def enter(group: Group, text: str, *, by: User) -> list[Membership]:
    """Enter every line of *text* as a member of *group*, all of them or none.

    A line is `CH`, or `CH observer`, or `CH, member, 2019-03-01`. Raises NotAllowedError,
    RosterRefusedError with every line that cannot be taken.
    """
    permissions.require(by, Act.APPOINT, group)
    read, slips = _read(group, text)
    entered: list[Membership] = []
    for line in read:
        state = states.enter(line.code, by=by, sample=group.body.is_sample)
        told = Particulars(kind=line.kind, since_on=line.since_on)
        try:
            entered.append(membership.enter(group, state, told, by=by))
        except AlreadyMemberError:
            slips.append(LineSlip(line.number, line.line, Slip.MEMBER_ALREADY, line.code))
    if slips:
        raise RosterRefusedError(sorted(slips, key=lambda slip: slip.number))
    return entered


def _read(group: Group, text: str) -> tuple[list[Line], list[LineSlip]]:
    read: list[Line] = []
    slips: list[LineSlip] = []
    known = {*states.known_codes(), *MemberState.objects.values_list("code", flat=True)}
    for number, line in enumerate(text.splitlines()[:MOST], start=1):
        if not line.strip():
            continue
        try:
            found = _line(number, line.strip(), group, known)
            if any(earlier.code == found.code for earlier in read):
                raise _SlippedError(Slip.TWICE, found.code)
            read.append(found)
        except _SlippedError as slipped:
            slips.append(LineSlip(number, line.strip(), slipped.slip, slipped.part))
    return read, slips


def _line(number: int, line: str, group: Group, known: set[str]) -> Line:
    code, *rest = [part for part in _BETWEEN.split(line) if part]
    kind, since_on = "", None
    for part in rest:
        if part.lower() in Membership.Kind.values:
            kind = part.lower()
        elif part[0].isdigit():
            since_on = _day(part)
        else:
            raise _SlippedError(Slip.TOO_MUCH, part)
    kind = kind or Membership.Kind.MEMBER
    if kind not in group.member_kinds:
        raise _SlippedError(Slip.KIND, kind)
    return Line(number, line, _code(code, group, known), kind, since_on)


def _code(part: str, group: Group, known: set[str]) -> str:
    code = part.upper()
    if states.is_sample_code(code):
        if not group.body.is_sample:
            raise _SlippedError(Slip.SAMPLE_CODE, part)
    elif code not in known:
        raise _SlippedError(Slip.UNKNOWN_CODE, part)
    return code


def _day(part: str) -> date:
    try:
        return parse_day(part)
    except NotADayError as error:
        raise _SlippedError(Slip.DAY, part) from error
