"""What a procedure says beyond its dates: choices, phases, who may respond, how it is extended.

Every part names the sentence it comes from, and whether that sentence was checked (*verified*).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

#: The same words in several languages, by code.
Texts = Mapping[str, str]
#: A condition: of each named choice one of these options is chosen. Empty: always.
When = Mapping[str, tuple[str, ...]]
#: What is chosen: the name of a choice and of one of its options.
Chosen = Mapping[str, str]


def nothing() -> Mapping[str, Any]:
    """Return an empty mapping that nobody can fill."""
    return MappingProxyType({})


class Content(StrEnum):
    """What may be submitted in a phase."""

    RESPONSES = "responses"
    REPLIES = "replies"
    VOTES = "votes"


class Access(StrEnum):
    """How a tier of respondents is let in: everyone, those on a list, or after clearing."""

    OPEN = "open"
    LISTED = "listed"
    AFTER_CLEARING = "after_clearing"


class Publish(StrEnum):
    """When a response is shown."""

    AT_ONCE = "at_once"
    AT_CLOSE = "at_close"
    AFTER_CLEARING = "after_clearing"


class Late(StrEnum):
    """What becomes of a response that comes after the close."""

    REFUSE = "refuse"
    ACCEPT_AND_MARK = "accept_and_mark"


class PaperCounts(StrEnum):
    """Which day of a letter on paper counts."""

    ARRIVAL = "arrival"
    POSTMARK = "postmark"


class Extending(StrEnum):
    """How a deadline may be lengthened; what is not provided for is recorded as a deviation."""

    RECORDED_DECISION = "recorded_decision"
    PUBLISHED_NOTICE = "published_notice"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a choice."""

    name: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Choice:
    """What decides which rules apply, e.g. of which kind the document is. *default* is an option."""

    name: str
    label: Texts
    default: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """The time from one milestone to another in which something may be submitted.

    *opens* and *closes* are names of milestones.
    """

    name: str
    label: Texts
    opens: str
    closes: str
    content: Content
    source: str
    verified: bool = True
    when: When = field(default_factory=nothing)


@dataclass(frozen=True, slots=True)
class Tier:
    """Who may respond, and how they are let in."""

    name: str
    label: Texts
    access: Access
    source: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Responding:
    """What becomes of a response: when it is shown, late, confidential, on paper.

    *confidential_twin*: a confidential response comes with a public version of itself.
    """

    publish: Publish = Publish.AFTER_CLEARING
    late: Late = Late.ACCEPT_AND_MARK
    confidential_twin: bool = False
    paper_counts: PaperCounts = PaperCounts.ARRIVAL
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Extension:
    """Whether a deadline may be lengthened, and opened again once it is past (*reopening*)."""

    allowed: Extending = Extending.NOT_PROVIDED
    reopening: bool = False
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Contest:
    """The right to contest the summary within *days*, answered within *answer_days*."""

    days: int
    answer_days: int
    source: str
    verified: bool = True
