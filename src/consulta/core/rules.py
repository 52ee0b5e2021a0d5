"""A procedure as values: its milestones' rules, each with the sentence it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from consulta.core.calendar import Roll, RollOff, Unit, Weekday
from consulta.core.multilingual import Text, choose
from consulta.core.regime import (
    Choice,
    Chosen,
    Contest,
    Extension,
    Phase,
    Responding,
    Texts,
    Tier,
    When,
    nothing,
)
from consulta.core.seat import Seat


class Bound(StrEnum):
    """How a rule binds a date.

    *window*: from one day to another. *minimum*: a duration that may be longer, never shorter.
    *preference*: days that are preferred: met or not, never missed.
    """

    AT_LATEST = "at_latest"
    AT_EARLIEST = "at_earliest"
    EXACTLY = "exactly"
    WINDOW = "window"
    MINIMUM = "minimum"
    PREFERENCE = "preference"


class Modality(StrEnum):
    """How strongly the text obliges; what it only allows is never overdue."""

    SHALL = "shall"
    SHOULD = "should"
    MAY = "may"


class MilestoneKind(StrEnum):
    """An act done on a day, a deadline set for a day, an event held on a day, a document due."""

    ACT = "act"
    DEADLINE = "deadline"
    EVENT = "event"
    OUTPUT = "output"


class AnchorKind(StrEnum):
    """What a rule counts from."""

    EVENT_START = "event_start"
    EVENT_END = "event_end"
    PUBLICATION = "publication"
    DECISION = "decision"
    CHOSEN = "chosen"  # a fixed date that the institution announces


class Act(StrEnum):
    """What a ground can be given for."""

    DECLINE = "decline"
    HOLD = "hold"
    REDACT = "redact"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date that comes from outside the procedure, e.g. ``group_meeting.start``.

    *label*: what it is, in the file's languages; empty where the built-in words serve.
    """

    name: str
    kind: AnchorKind
    required: bool
    label: Texts = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Offset:
    """How far from its anchor a rule begins and ends to allow; None where it sets no limit.

    The anchor's own day is not counted; negative amounts lie before it.
    """

    first: int | None
    last: int | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class MilestoneRule:
    """One sentence of the procedure that binds a date.

    *anchor* names an anchor or another milestone; *sets* the anchor that this milestone's own date
    is. *roll* is the institution's policy, unless *roll_in_rule* says that the text itself moves
    the date. *tolerance_days* after the last day still count as kept, with tolerance.
    *follows* and *least_days*: at least so many days after that milestone.
    *optional*: drawn up only when the institution chooses it. *when*: drawn up only then.
    *hour* and *zone*: of this deadline, where they are not the procedure's. *roll_off*: off which
    days it rolls. *phase*: the phase it belongs to. *sign_off*: who signs an output.
    *verified* is false where nobody has checked the source.
    """

    name: str
    kind: MilestoneKind
    anchor: str
    offset: Offset
    bound: Bound
    modality: Modality
    clause: str
    source: str
    original: str
    translations: Texts
    roll: Roll
    roll_in_rule: bool
    tolerance_days: int
    preference: Weekday | None
    preference_source: str
    sets: str
    follows: str
    least_days: int
    optional: bool
    label: Texts = field(default_factory=nothing)
    hour: time | None = None
    zone: str = ""
    roll_off: RollOff = RollOff.WEEKEND
    when: When = field(default_factory=nothing)
    phase: str = ""
    sign_off: str = ""
    verified: bool = True

    def sentence(self, language: str, *, original_language: str) -> Text:
        """Return the source sentence for a reader of *language*, with the language that it is in."""
        texts: dict[str, object] = {
            **self.translations,
            "en": {"text": self.source, "status": "courtesy"},
        }
        if self.original:
            texts[original_language] = {"text": self.original, "status": "original"}
        return choose(texts, language, original="en")


@dataclass(frozen=True, slots=True)
class Ground:
    """A published reason for declining, holding, redacting or removing."""

    slug: str
    acts: tuple[Act, ...]
    text: Texts


@dataclass(frozen=True, slots=True)
class StakeholderGroupName:
    """A group of stakeholders that the procedure names."""

    slug: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Terms:
    """What is public, and who may withhold what: kinds of respondent as in a Submission."""

    text_public: bool
    name_withheld_by: tuple[str, ...]
    country_withheld_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """The rules of one decision of a body. Data, not code: another decision is another file.

    *edition* counts the versions of the file; *family* is shared by the files of one rule's
    editions; *instrument* and *instrument_edition* name the norm that the file puts into data,
    empty where there is none. *original_language* is that of every ``original``.
    *hour* on a day in *zone* is the instant of that day's deadlines; *seat* is the place whose
    public holidays are no working days. *chosen*: the option of each choice; else its default.
    *contest* is None where nobody may contest the summary; no *tiers*: everyone may respond.
    """

    slug: str
    edition: int
    title: Texts
    body: str
    languages: tuple[str, ...]
    original_language: str
    zone: str
    hour: time
    instant_source: str
    anchors: tuple[Anchor, ...]
    rules: tuple[MilestoneRule, ...]
    stakeholder_groups: tuple[StakeholderGroupName, ...]
    grounds: tuple[Ground, ...]
    terms: Terms
    family: str = ""
    instrument: str = ""
    instrument_edition: str = ""
    seat: Seat = field(default_factory=Seat)
    choices: tuple[Choice, ...] = ()
    chosen: Chosen = field(default_factory=nothing)
    phases: tuple[Phase, ...] = ()
    tiers: tuple[Tier, ...] = ()
    responses: Responding = field(default_factory=Responding)
    extension: Extension = field(default_factory=Extension)
    contest: Contest | None = None

    #: The rules that are drawn up: by what is chosen, without the optional ones.
    applying: tuple[MilestoneRule, ...] = field(init=False, repr=False, compare=False)
    #: The phases that there are by what is chosen.
    applying_phases: tuple[Phase, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find out once which rules and phases apply: timetables ask for them all the time."""
        rules = tuple(r for r in self.rules if not r.optional and self.holds(r.when))
        phases = tuple(phase for phase in self.phases if self.holds(phase.when))
        object.__setattr__(self, "applying", rules)
        object.__setattr__(self, "applying_phases", phases)

    def holds(self, when: When) -> bool:
        """Say whether of every choice that *when* names, one of its options is chosen."""
        defaults = {choice.name: choice.default for choice in self.choices}
        options = {**defaults, **self.chosen}
        return all(options.get(name) in allowed for name, allowed in when.items())

    def rule(self, name: str) -> MilestoneRule:
        """Return the rule of the milestone called *name*, the one that applies if there are two.

        Raises KeyError.
        """
        for rule in sorted(self._called(name), key=lambda rule: not self.holds(rule.when)):
            return rule
        raise KeyError(name)

    def anchor(self, name: str) -> Anchor:
        """Return the anchor called *name*. Raises KeyError."""
        for anchor in self.anchors:
            if anchor.name == name:
                return anchor
        raise KeyError(name)

    def phase(self, name: str) -> Phase:
        """Return the phase called *name*. Raises KeyError."""
        for phase in self.phases:
            if phase.name == name:
                return phase
        raise KeyError(name)

    def grounds_for(self, act: Act) -> tuple[Ground, ...]:
        """Return the grounds on which *act* is allowed, in published order."""
        return tuple(ground for ground in self.grounds if act in ground.acts)

    def title_for(self, language: str) -> Text:
        """Return the title for a reader of *language*, with the language that it is in."""
        return choose(self.title, language, original=self.original_language)

    def _called(self, name: str) -> Iterator[MilestoneRule]:
        return (rule for rule in self.rules if rule.name == name)
