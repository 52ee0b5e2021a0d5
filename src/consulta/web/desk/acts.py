"""Which acts a consultation allows now, as links for whoever may do them; and its texts by language."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consulta.consultations import deviations, queries, wording
from consulta.consultations.clock import Clock
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.meetings.models import Meeting
from consulta.web.desk.plan.setting import named
from consulta.web.ui.parts import Link

_State = Consultation.State
_RUNNING = frozenset({_State.ANNOUNCED, _State.OPEN, _State.CLOSED})
_ANNOUNCED = _RUNNING | {_State.REPORTED, _State.DELIVERED}


@dataclass(frozen=True, slots=True)
class Possible:
    """An act, the right it needs, the states in which it is possible, its page and its words."""

    act: Act
    states: frozenset[str]
    view: str
    label: Promise


POSSIBLE = (
    Possible(Act.OPEN, frozenset({_State.DRAFT}), "open", _("Open")),
    Possible(Act.CONVENE, frozenset({_State.DRAFT}), "edit", _("Edit the draft")),
    Possible(Act.EXTEND, _RUNNING, "extend", _("Extend the deadline")),
    Possible(Act.CORRECT, _ANNOUNCED, "correct", _("Announce a corrigendum")),
    Possible(Act.TRANSLATE, _ANNOUNCED, "languages", _("Add a language")),
    Possible(Act.RECORD_FACT, _ANNOUNCED, "facts", _("Record a fact")),
    Possible(Act.RECORD_DEVIATION, _ANNOUNCED, "deviation", _("Explain a deviation")),
    Possible(Act.CANCEL, _RUNNING | {_State.DRAFT, _State.REPORTED}, "cancel", _("Cancel")),
)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A meeting on which dates hang: its name, and the page that moves it, if it can be moved."""

    label: str
    href: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A date outside the rule without a recorded reason, and the page on which it is given."""

    label: str
    verdict: str
    href: str


@dataclass(frozen=True, slots=True)
class Written:
    """Topic and questions in one language; an empty topic is missing."""

    language: str
    status: str
    topic: str
    background: str
    questions: tuple[str, ...]


def of_consultation(consultation: Consultation, state: str, allowed: Collection[Act]) -> list[Link]:
    """The acts possible in *state* for whoever holds the rights *allowed*."""
    if consultation.is_record:
        return []
    return [
        Link(label=str(p.label), href=reverse(f"desk:{p.view}", args=[consultation.slug]))
        for p in POSSIBLE
        if p.act in allowed and state in p.states
    ]


def meetings(consultation: Consultation, allowed: Collection[Act]) -> list[Hanging]:
    """The meetings on which the timetable hangs, those that can be moved with their page."""
    may_move = Act.MOVE_MEETING in allowed and not consultation.is_record
    return [
        Hanging(
            named(meeting),
            reverse("desk:move_meeting", args=[meeting.slug]) if may_move else "",
            meeting.is_provisional,
        )
        for meeting in _meetings(consultation)
    ]


def unexplained(consultation: Consultation, view: Clock, allowed: Collection[Act]) -> list[Lacking]:
    """The dates outside the rule for which nobody gave a reason; none of the public record."""
    if consultation.is_record or consultation.announced_at is None:
        return []
    page = reverse("desk:deviation", args=[consultation.slug])
    may = Act.RECORD_DEVIATION in allowed
    return [
        Lacking(
            wording.milestone_name(row.rule),
            wording.verdict(row.verdict),
            f"{page}?milestone={row.name}" if may else "",
        )
        for row in deviations.unexplained(view)
    ]


def texts(consultation: Consultation) -> list[Written]:
    """Topic and questions in each of the consultation's languages, the original first."""
    original = consultation.original_language
    codes = sorted(consultation.languages, key=lambda code: code != original)
    return [_written(consultation, code) for code in codes]


def _meetings(consultation: Consultation) -> list[Meeting]:
    hang = (
        consultation.deciding_meeting,
        consultation.open_meeting,
        consultation.group_meeting,
    )
    return [meeting for meeting in hang if meeting is not None]


def _written(consultation: Consultation, code: str) -> Written:
    text = next((t for t in consultation.texts.all() if t.language == code), None)
    asked = [queries.question_texts(q).get(code, "") for q in queries.questions(consultation)]
    return Written(
        code,
        text.status if text else "",
        text.topic if text else "",
        text.background if text else "",
        tuple(asked),
    )
