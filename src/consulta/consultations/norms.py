"""By which edition of which norm a consultation is judged, and whether it was in force on the day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consulta.core import instruments
from consulta.core.instruments import InForce, Instrument
from consulta.core.rules import Procedure
from consulta.core.timetable import Timetable

DECIDED = "deciding_meeting.end"


class Standing(StrEnum):
    """Whether the edition that a procedure puts into data was in force on the deciding day."""

    IN_FORCE = "in_force"
    NOT_KNOWN = "not_known"  # the sources do not tell, or the day is not known
    ANOTHER = "another"  # surely not: it had not begun, or had ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """The edition of the norm by which a consultation is judged.

    *on*: the day on which it was decided; None where it is not known. *instead*: the labels of the
    editions that surely were in force on it, where this one was not or may not have been.
    """

    instrument: Instrument
    edition: str
    on: date | None
    standing: Standing
    instead: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The norm and its edition as they are cited, e.g. `Resolution 1336 (Rev. 2019)`."""
        return f"{self.instrument.number or self.instrument.body} ({self.edition})"


def of(table: Timetable) -> Norm | None:
    """Return the norm behind a timetable on the day of its decision; None where there is no norm."""
    return on_day(table.procedure, table.anchors.get(DECIDED))


def on_day(rules: Procedure, on: date | None) -> Norm | None:
    """Return the norm behind *rules* as it stood on the day *on*; None where there is no norm."""
    if not rules.instrument or rules.instrument not in instruments.every():
        return None
    norm, label = instruments.load(rules.instrument), rules.instrument_edition
    if on is None:
        return Norm(instrument=norm, edition=label, on=None, standing=Standing.NOT_KNOWN)
    standing = norm.edition(label).in_force(on)
    sure = tuple(e.label for e in norm.editions if e.label != label and e.in_force(on) is _YES)
    if standing is _YES:
        return Norm(instrument=norm, edition=label, on=on, standing=Standing.IN_FORCE)
    is_another = standing is InForce.NO or bool(sure)
    judged = Standing.ANOTHER if is_another else Standing.NOT_KNOWN
    return Norm(instrument=norm, edition=label, on=on, standing=judged, instead=sure)


_YES = InForce.YES
