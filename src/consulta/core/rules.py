"""A procedure as values: its milestones' rules, each with the sentence it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from consulta.core.calendar import Roll, Unit, Weekday
from consulta.core.multilingual import Text, choose

#: The same words in several languages, by code: ar, en, es, fr, ru, zh.
Texts = Mapping[str, str]


class Bound(StrEnum):
    """How a rule binds a date.

    *window*: from one day to another. *minimum*: a duration that may be longer, never shorter.
    """

    AT_LATEST = "at_latest"
    AT_EARLIEST = "at_earliest"
    EXACTLY = "exactly"
    WINDOW = "window"
    MINIMUM = "minimum"


class Modality(StrEnum):
    """How strongly the text obliges; what it only allows is never overdue."""

    SHALL = "shall"
    SHOULD = "should"
    MAY = "may"


class MilestoneKind(StrEnum):
    """An act that is done on a day, a deadline that is set for a day, an event held on a day."""

    ACT = "act"
    DEADLINE = "deadline"
    EVENT = "event"


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
    """A date that comes from outside the procedure, e.g. ``group_meeting.start``."""

    name: str
    kind: AnchorKind
    required: bool


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
    *optional*: drawn up only when the institution chooses it.
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

    *edition* counts the versions of the file. *original_language* is that of every ``original``.
    *hour* on a day in *zone* is the instant of that day's deadlines.
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

    def rule(self, name: str) -> MilestoneRule:
        """Return the rule of the milestone called *name*. Raises KeyError."""
        for rule in self.rules:
            if rule.name == name:
                return rule
        raise KeyError(name)

    def anchor(self, name: str) -> Anchor:
        """Return the anchor called *name*. Raises KeyError."""
        for anchor in self.anchors:
            if anchor.name == name:
                return anchor
        raise KeyError(name)

    def grounds_for(self, act: Act) -> tuple[Ground, ...]:
        """Return the grounds on which *act* is allowed, in published order."""
        return tuple(ground for ground in self.grounds if act in ground.acts)
