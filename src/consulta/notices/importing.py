"""Addresses from a table: each row is read and checked, and all are entered or none.

The file is opened at arm's length (:mod:`consulta.adapters.sheets.reading`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.adapters.sheets import reading
from consulta.groups import member_queries, members, permissions
from consulta.groups.models import Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom.outbox import NotMailableError
from consulta.notices import addressing
from consulta.notices.addressing import Entered
from consulta.notices.models import Addressee, AddresseeList

#: Rows of one table; more is a slip, or a list to be divided.
MOST = 5000
#: How the columns may be called, in the languages of the house.
_CALLED = {
    "email": "email|e-mail|e-mail address|email address|address|courriel|correo|correo electrónico"
    "|электронная почта|эл. почта|电子邮件|البريد الإلكتروني",
    "name": "name|organisation|organization|nom|nombre|имя|название|名称|姓名|الاسم",
    "language": "language|langue|idioma|язык|语文|语言|اللغة",
    "member": "member|member state|membre|miembro|член|成员|العضو",
}
HEADINGS: Mapping[str, frozenset[str]] = {
    field: frozenset(called.split("|")) for field, called in _CALLED.items()
}


class Slip(StrEnum):
    """What is the matter with a row."""

    ADDRESS = "address"
    TWICE = "twice"
    LISTED = "listed"
    LANGUAGE = "language"
    MEMBER_UNKNOWN = "member_unknown"
    MEMBER_MISSING = "member_missing"
    ENDED_ITSELF = "ended_itself"


@dataclass(frozen=True, slots=True)
class RowSlip:
    """A slip in a row: its number in the table, what is wrong, and what stands there."""

    number: int
    slip: Slip
    part: str = ""


class NoAddressColumnError(ValueError):
    """No column of the table is headed as one of e-mail addresses."""


class TooManyRowsError(ValueError):
    """The table has more rows than one import takes."""


class ImportRefusedError(ValueError):
    """Nothing was entered: some rows must be mended first."""

    def __init__(self, slips: Sequence[RowSlip]) -> None:
        super().__init__(f"{len(slips)} rows")
        self.slips = list(slips)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the table."""

    number: int
    cells: Mapping[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of the table at *path*, empty ones left out.

    Raises SheetError, NoAddressColumnError, TooManyRowsError.
    """
    with reading.converted(path) as sheet:
        places = _places(sheet.headings)
        if "email" not in places:
            raise NoAddressColumnError
        if sheet.rows > MOST:
            raise TooManyRowsError
        return list(_rows(sheet.rows_path, places))


@transaction.atomic
def enter(
    kept: AddresseeList, rows: Sequence[Row], *, basis: str, language: str, by: User
) -> list[Addressee]:
    """Enter every row on a list, all or none; *language*: of rows that name none.

    Raises NotAllowedError, ListClosedError, ImportRefusedError with every row that cannot be taken.
    """
    permissions.require(by, Act.CONVENE, kept.group)
    known, now = _members(kept), timezone.now()
    made, slips, seen = list[Addressee](), list[RowSlip](), set[str]()
    for row in rows:
        try:
            told = _told(row, known, kept, basis=basis, language=language)
            if told.email in seen:
                raise _SlippedError(Slip.TWICE, told.email)
            seen.add(told.email)
            made.append(_put(kept, told, now))
        except _SlippedError as slipped:
            slips.append(RowSlip(row.number, slipped.slip, slipped.part))
    if slips:
        raise ImportRefusedError(slips)
    ledger.record("addressees_brought_in", kept, by=by)
    return made


class _SlippedError(ValueError):
    def __init__(self, slip: Slip, part: str) -> None:
        super().__init__(part)
        self.slip, self.part = slip, part


def _told(
    row: Row, known: Mapping[str, Membership], kept: AddresseeList, *, basis: str, language: str
) -> Entered:
    said = row.cells.get("language", "").strip().lower()[:2] or language
    spoken = kept.group.body.languages
    if spoken and said not in spoken:
        raise _SlippedError(Slip.LANGUAGE, row.cells.get("language", ""))
    code = row.cells.get("member", "").strip()
    if code and code.casefold() not in known:
        raise _SlippedError(Slip.MEMBER_UNKNOWN, code)
    return Entered(
        email=row.cells["email"].strip().lower(),
        name=row.cells.get("name", "").strip(),
        language=said,
        membership=known.get(code.casefold()),
        basis=basis,
    )


def _put(kept: AddresseeList, told: Entered, now: datetime) -> Addressee:
    try:
        return addressing.put(kept, told, now=now)
    except (NotMailableError, ValidationError) as error:
        raise _SlippedError(Slip.ADDRESS, told.email) from error
    except addressing.ListedAlreadyError as error:
        raise _SlippedError(Slip.LISTED, told.email) from error
    except addressing.MemberMissingError as error:
        raise _SlippedError(Slip.MEMBER_MISSING, told.email) from error
    except addressing.EndedItselfError as error:
        raise _SlippedError(Slip.ENDED_ITSELF, told.email) from error


def _members(kept: AddresseeList) -> dict[str, Membership]:
    """The running members of the group by the code of their state, or the name of the organisation."""
    today = members.today(kept.group.body)
    return {
        (one.state.code if one.state else str(one.organisation)).casefold(): one
        for one in member_queries.running(kept.group, on=today)
    }


def _places(headings: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        said = " ".join(heading.split()).casefold()
        for field, called in HEADINGS.items():
            if said in called:
                places.setdefault(field, place)
    return places


def _rows(path: Path, places: Mapping[str, int]) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            number, *cells = json.loads(line)
            held = {field: cells[at] if at < len(cells) else "" for field, at in places.items()}
            if any(cell.strip() for cell in held.values()):
                yield Row(number, held)
