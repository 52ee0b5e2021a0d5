"""What pages show of outputs that were sent out: what, when, to which lists, how many; never an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consulta.core.multilingual import Text, choose
from consulta.notices import output_queries, outputs
from consulta.notices.models import Dissemination


@dataclass(frozen=True, slots=True)
class Went:
    """A list to which an output went: its name then, who is on it, how many copies."""

    name: Text
    sort: str
    copies: int


@dataclass(frozen=True, slots=True)
class Line:
    """One output that was sent out. *title* and *href* are empty where it is not for its readers any more."""

    pk: int
    at: datetime
    title: Text
    number: str
    href: str
    for_members: bool
    lists: Sequence[Went]
    total: int
    done: bool


def lines(rows: Sequence[Dissemination], language: str) -> list[Line]:
    """Show *rows*, in the language of the page."""
    return [_line(row, language) for row in rows]


def _line(row: Dissemination, language: str) -> Line:
    stands = output_queries.is_shown(row)
    output = outputs.sent(row) if stands else None
    went = [
        Went(choose(to.names, language), str(to.list.get_sort_display()), to.copies)
        for to in row.lists.all()
    ]
    return Line(
        pk=row.pk,
        at=row.begun_at,
        title=outputs.title(output.row, language) if output else Text("", ""),
        number=outputs.number(output.row) if output else "",
        href=outputs.path(output, language) if output else "",
        for_members=row.audience != outputs.PUBLIC,
        lists=went,
        total=sum(one.copies for one in went),
        done=row.queued_at is not None,
    )
