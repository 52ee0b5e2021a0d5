"""A questionnaire: what is asked, on paper; and what came back filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One particular that is asked for: its *name* in a Submission, its *label*, and what may be chosen.

    *options*: pairs of code and words; none where anything may be written.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question; *number* 0 is the consultation as a whole. *language*: of the words, if known.

    *hint*: how many of the *options* may be marked; each option is its words and their language.
    """

    number: int
    text: str
    language: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """What a form on paper says, in one language; the words come from whoever draws it up."""

    consultation: str
    language: str
    title: str
    lead: str
    particulars_heading: str
    questions_heading: str
    choose_here: str
    particulars: tuple[Asked, ...]
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What came back. *particulars*: name to words or code as they were written; empty ones left out.

    *answers*: number of the question (0: the whole) to text. *marked*: number of the question to the
    places (from 1) of the options that bear a mark; *choices*: the same as slugs, once they are known.
    """

    consultation: str = ""
    language: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)
    marked: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no question is answered."""
        return not (self.answers or self.marked)
