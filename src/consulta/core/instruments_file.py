"""The files of norms: TOML in, checked Instruments out, or the line to mend."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consulta.core.calendar import NotADayError, parse_day
from consulta.core.procedure_file import Section, parse
from consulta.core.regime import Texts


class Status(StrEnum):
    """What the sources say of an edition as a whole."""

    IN_FORCE = "in_force"
    ABROGATED = "abrogated"
    SUPERSEDED = "superseded"
    NOT_KNOWN = "not_known"


class InForce(StrEnum):
    """Whether an edition was in force on a day."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that the sources give only roughly: between these two, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Citation:
    """An edition that a norm cites, and *where*. *edition* is empty where it names none."""

    instrument: str
    edition: str
    where: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a norm. A moment is None where the sources do not give it.

    *in_force_until* is the first moment at which it was in force no longer. *abrogated_by*: the
    edition that ended it.
    """

    label: str
    adopted: Moment | None
    in_force_from: Moment | None
    in_force_until: Moment | None
    status: Status
    abrogated_by: Citation | None
    source: str
    verified: bool
    cites: tuple[Citation, ...]

    def in_force(self, on: date) -> InForce:
        """Say whether this edition was in force on the day *on*, as far as the sources tell."""
        begins, ends = self.in_force_from, self.in_force_until
        first = begins or self.adopted
        if (first and on < first.earliest) or (ends and on >= ends.latest):
            return InForce.NO
        began = bool(begins and on >= begins.latest)
        lasted = bool(ends and on < ends.earliest) or (not ends and self.status is Status.IN_FORCE)
        return InForce.YES if began and lasted else InForce.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Instrument:
    """A norm: a resolution, a decision. *title* in the languages of its sources."""

    slug: str
    body: str
    number: str
    title: Texts
    editions: tuple[Edition, ...]

    def edition(self, label: str) -> Edition:
        """Return the edition called *label*, e.g. ``Rev. 2019``. Raises UnknownEditionError."""
        for edition in self.editions:
            if edition.label == label:
                return edition
        raise UnknownEditionError(self.slug, label, tuple(e.label for e in self.editions))


class UnknownEditionError(LookupError):
    """The norm has no edition of this label. *allowed* are those that it has."""

    def __init__(self, instrument: str, label: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{instrument} ({label})")
        self.instrument, self.label, self.allowed = instrument, label, allowed


def read(text: str, *, name: str) -> tuple[Instrument, ...]:
    """Read the norms of the file called *name* from its *text*. Raises ProcedureFileError."""
    top = parse(text, slug=name)
    found = tuple(_instrument(section) for section in top.tables("instruments"))
    top.done()
    return found


def _instrument(section: Section) -> Instrument:
    found = Instrument(
        slug=section.take("slug", str),
        body=section.take("body", str),
        number=section.take("number", str, default=""),
        title=section.some_texts("title"),
        editions=tuple(_edition(part) for part in section.tables("editions")),
    )
    section.done()
    return found


def _edition(section: Section) -> Edition:
    found = Edition(
        label=section.take("label", str),
        adopted=_moment(section, "adopted"),
        in_force_from=_moment(section, "in_force_from"),
        in_force_until=_moment(section, "in_force_until"),
        status=section.choice("status", Status),
        abrogated_by=_citation(section.table("abrogated_by"), where=False)
        if "abrogated_by" in section.data
        else None,
        source=section.source(),
        verified=section.verified(),
        cites=tuple(_citation(part) for part in section.tables("cites", [])),
    )
    section.done()
    return found


def _citation(section: Section, *, where: bool = True) -> Citation:
    found = Citation(
        section.take("instrument", str),
        section.take("edition", str),
        section.take("where", str) if where else "",
    )
    section.done()
    return found


def _moment(section: Section, key: str) -> Moment | None:
    """Read a day, a year (some day in it), two days (between them), or nothing: not known."""
    match section.take(key, object, default=""):
        case "":
            return None
        case str(year) if year.isdecimal() and len(year) == 4:
            return Moment(_day(section, key, f"{year}-01-01"), _day(section, key, f"{year}-12-31"))
        case str(day):
            return Moment(_day(section, key, day), _day(section, key, day))
        case [str(first), str(last)]:
            return Moment(_day(section, key, first), _day(section, key, last))
    raise section.fail(key, 'must be "2019-06-20", "2019", two days in brackets, or ""')


def _day(section: Section, key: str, text: str) -> date:
    try:
        return parse_day(text)
    except NotADayError as error:
        raise section.fail(key, f"{text!r} is not a day; write YYYY-MM-DD") from error
