"""Group reports: the facts that a report of a group is drafted from, and the outline that comes out.

A report is on a meeting (its outcome), on a year (to the Council) or on four years (to the
Plenipotentiary Conference). The drafting itself is :mod:`consulta.core.group_report_drafts`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consulta.core.multilingual import Texts


class Kind(StrEnum):
    """Which report of the group."""

    OUTCOME = "outcome"
    ANNUAL = "annual"
    FOUR_YEAR = "four-year"


class NoPeriodError(ValueError):
    """The period ends before it begins, or a report lacks the meeting or the period it is on."""


# ---- facts: what is on record. *row* names the row that a fact comes from: ``meetings.Decision:12``


@dataclass(frozen=True, slots=True)
class FollowUpFact:
    """What an office was asked to do. *force*: instruct, request or invite; *states*: what became of it."""

    row: str
    force: str
    addressee: Texts
    texts: Texts
    due_on: date | None = None
    states: Texts | None = None


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """What was settled. *replaced_by*: what a later decision says instead."""

    row: str
    texts: Texts
    follow_ups: tuple[FollowUpFact, ...] = ()
    replaced_by: Texts | None = None
    item: str = ""  # the agenda item under which it was taken


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A document that lay before a meeting."""

    row: str
    number: str
    titles: Texts


@dataclass(frozen=True, slots=True)
class ItemFact:
    """An item of the agenda with what the minutes say of it."""

    row: str
    number: str
    titles: Texts
    minutes: Texts


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting of the group. *mode*: in-person, virtual, hybrid or empty."""

    row: str
    slug: str
    number: int | None
    titles: Texts
    starts_on: date | None
    ends_on: date | None
    place: str = ""
    mode: str = ""
    cancelled: str | None = None  # the reason
    participants: int | None = None
    decisions: tuple[DecisionFact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    parts: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class NormFact:
    """An edition of a norm. *issuer* and *number* as the file of norms has them: ``Resolution 1336``.

    *ended_by*: the edition that took its place within the period; *abrogated*: not by one of its own.
    """

    row: str
    issuer: str
    number: str
    edition: str
    titles: Texts
    ended_by: "NormFact | None" = None
    abrogated: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A date of a consultation: its name and its verdict by language; *on* None: not on record."""

    names: Texts
    on: date | None
    verdicts: Texts


@dataclass(frozen=True, slots=True)
class AnnexFact:
    """A brief summary as it was carried: the file's name and its SHA-256 in hex."""

    row: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ConsultationFact:
    """A consultation of the period; *received* None where no register tells it."""

    row: str
    number: int
    topics: Texts
    milestones: tuple[MilestoneFact, ...] = ()
    received: int | None = None
    published: int | None = None
    annexes: tuple[AnnexFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one report is drafted from.

    *norms* are those on which the mandate stands, the first one first; *others* are on record beside
    them. *chairs*: by language, with their State. *modalities*: the norm that rules the consultations.
    """

    kind: Kind
    body: Texts
    group: Texts
    short: str
    row: str
    first_on: date
    last_on: date
    mandate: Texts
    chairs: Texts
    norms: tuple[NormFact, ...] = ()
    others: tuple[NormFact, ...] = ()
    ended: tuple[NormFact, ...] = ()
    modalities: NormFact | None = None
    meetings: tuple[MeetingFact, ...] = ()
    consultations: tuple[ConsultationFact, ...] = ()
    next_meeting: MeetingFact | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins, and an outcome report without its meeting."""
        if self.last_on < self.first_on:
            raise NoPeriodError("period")
        if self.kind == Kind.OUTCOME and len(self.meetings) != 1:
            raise NoPeriodError("meeting")


# ---- the outline


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paragraph. *key* is its identity in all languages and at every later drafting.

    *language* is that of its words where it is not the report's own: the record has no others.
    *status* is what they are worth. *rows* name what they were drafted from. *prompt* stands in an
    empty paragraph that a person writes, the chair where *is_chairs*.
    """

    key: str
    text: str
    language: str = ""
    status: str = ""
    rows: tuple[str, ...] = ()
    depth: int = 0
    prompt: str = ""
    is_chairs: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section; its paragraphs are numbered 1.1, 1.2 where *dotted*, else 1, 2."""

    key: str
    title: str
    paragraphs: tuple[Drafted, ...]
    dotted: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole draft in one language."""

    language: str
    title: str
    summary: str
    action: str
    references: tuple[str, ...]
    sections: tuple[Section, ...]
    note: str = ""


#: How sections are numbered, and the letters of what is listed under a paragraph.
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def section_marks(kind: Kind, count: int) -> list[str]:
    """Number *count* sections: in Roman numbers in the report on four years."""
    return [ROMAN[i] if kind == Kind.FOUR_YEAR and i < 10 else str(i + 1) for i in range(count)]


def marks(depths: list[int], *, section: int, dotted: bool, letters: str) -> list[str]:
    """Number the paragraphs of the section at place *section* (from 1) by how far each is set in."""
    found: list[str] = []
    main = under = 0
    for depth in depths:
        if depth == 0 or main == 0:
            main, under = main + 1, 0
            found.append(f"{section}.{main}" if dotted else str(main))
        else:
            found.append(f"{_letter(under, letters)})")
            under += 1
    return found


def _letter(place: int, letters: str) -> str:
    """Return a, b, … z, aa, ab, …"""
    first, last = divmod(place, len(letters))
    return (letters[first - 1] if first else "") + letters[last]
