"""The agenda of an open meeting, drafted from the responses: an item for each question, with its time.

The written responses are the basis of the discussion (Resolution 1336 (Rev. 2019), resolves 7), so a
question gets time by how many answered it and how many asked to present.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.consultations import agenda as questions_of
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.multilingual import text_in
from consulta.core.slots import Slot, Wanted, overrun
from consulta.flow.agenda_values import Purpose, Titles, first_words, titled
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live import registration_queries
from consulta.meetings import agenda, slots
from consulta.meetings.agenda import AgendaError
from consulta.meetings.models import AgendaItem, Meeting
from consulta.reports import figures
from consulta.reports.figures import Figures
from consulta.responses import queries as responses
from consulta.responses.models import Response

OPENING, SUMMARY = 10, 20  # minutes


class NothingToDraftError(AgendaError):
    """No consultation has this open meeting, or every question of it has an item already."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that an item deals with: who answered it, as figures.

    *presenting*: published responses whose senders asked to present them, and were proved to be theirs.
    """

    question: Question
    consultation: Consultation
    figures: Figures
    presenting: Sequence[Response] = ()


def consultations_of(meeting: Meeting) -> list[Consultation]:
    """Return the consultations that everyone may see whose open meeting *meeting* is, with questions."""
    rows = consultations.overview(timezone.now(), group=meeting.group)
    return [one for one in rows if one.open_meeting_id == meeting.pk and one.cancelled_at is None]


@transaction.atomic
def draft(meeting: Meeting, *, reason: str = "", by: User) -> list[AgendaItem]:
    """Put an item on the agenda for every question that has none, between opening and summary.

    On an empty agenda the opening and the brief summary are drafted too. Times are computed where the
    hours of the meeting are known and no item has one. Raises NothingToDraftError.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    dealt = questions_of.asked_at(meeting)
    every = [(one, q) for one in consultations_of(meeting) for q in consultations.questions(one)]
    new = [(one, question) for one, question in every if question.pk not in dealt]
    if not new:
        raise NothingToDraftError
    was_empty = not agenda.items(meeting)
    if was_empty:
        _add(meeting, titled(lambda _code: _("Opening of the meeting")), Purpose.INFORMATION,
             reason=reason, by=by)  # fmt: skip
    several = len({one.pk for one, _q in every}) > 1
    made = [_asked(meeting, one, q, several=several, reason=reason, by=by) for one, q in new]
    if was_empty:
        said = titled(lambda _code: _("Brief summary: what those present say to it"))
        _add(meeting, said, Purpose.DECISION, reason=reason, by=by)
    if was_empty and slots.sessions(meeting):
        share_time(meeting, reason=reason, by=by)
    ledger.record("agenda_drawn_up", meeting, by=by)
    return made


@transaction.atomic
def share_time(meeting: Meeting, *, reason: str = "", by: User) -> int:
    """Give every item its time by the responses; return by how many minutes they are too long.

    Raises NoHoursError, ReasonForChangeError.
    """
    permissions.require(by, Act.MOVE_MEETING, meeting.group)
    standing = agenda.items(meeting)
    shared = slots.shared(meeting, _wanted(standing))
    slots.give(standing, shared, reason=reason, by=by)
    return overrun(slots.sessions(meeting), shared)


def asked(items: Sequence[AgendaItem]) -> dict[int, list[Asked]]:
    """Return the questions of each of *items* with their figures, by the item's id.

    Five queries, and two for each consultation.
    """
    found = questions_of.of_items(items)
    wishes = _wishes(items[0].meeting) if any(found.values()) else []
    counted = {
        question.consultation_id: figures.of(question.consultation)
        for listed in found.values()
        for question in listed
    }
    return {
        pk: [_figured(question, counted[question.consultation_id], wishes) for question in listed]
        for pk, listed in found.items()
        if listed
    }


def _figured(
    question: Question,
    counted: Mapping[int | None, Figures],
    wishes: Sequence[tuple[int, Response]],
) -> Asked:
    found = counted.get(question.position) or Figures(question.position)
    presenting = {
        response.pk: response
        for position, response in wishes
        if position in (0, question.position)
        and response.consultation_id == question.consultation_id
    }
    return Asked(question, question.consultation, found, list(presenting.values()))


def _wishes(meeting: Meeting) -> list[tuple[int, Response]]:
    """Who asked to present which answer (0: all), the first to ask first. Three queries at most."""
    asked_ = [wish for wish in registration_queries.wishing_to_present(meeting) if wish.is_proved]
    known = responses.by_numbers([wish.number for wish in asked_]) if asked_ else {}
    told = ((wish.question, known.get(wish.number)) for wish in asked_)
    return [(question, one) for question, one in told if one and one.state == State.PUBLISHED]


def _wanted(items: Sequence[AgendaItem]) -> list[Wanted]:
    """Items with questions share by their responses; the opening and the summary have fixed times."""
    about = asked(items)
    wanted = []
    for place, item in enumerate(items):
        asked_ = about.get(item.pk, ())
        weight = sum(one.figures.total + len(one.presenting) for one in asked_)
        fixed = 0
        if item.pk not in about:
            fixed = OPENING if place == 0 else SUMMARY
        wanted.append(Wanted(item.pk, weight=weight, fixed=fixed))
    return wanted


def _asked(
    meeting: Meeting,
    consultation: Consultation,
    question: Question,
    *,
    several: bool,
    reason: str,
    by: User,
) -> AgendaItem:
    titles = _titles(consultation, question, several=several)
    item = _add(meeting, titles, Purpose.DISCUSSION, reason=reason, by=by)
    questions_of.link(item, [question])
    return item


def _titles(consultation: Consultation, question: Question, *, several: bool) -> Titles:
    """The question in each language in which it is written; with the topic where several are asked."""
    written = consultations.question_texts(question)
    topics = consultations.topics(consultation)

    def words(code: str) -> str:
        asked_, topic = text_in(written, code).text, text_in(topics, code).text
        if not asked_:
            return ""
        said = {"n": question.position, "question": first_words(asked_)}
        if several and topic:
            said["topic"] = first_words(topic)
            return _("%(topic)s, question %(n)s: %(question)s") % said
        return _("Question %(n)s: %(question)s") % said

    status = {text.language: text.status for text in questions_of.texts(question)}
    return titled(words, lambda code: status.get(code, ""))


def _add(
    meeting: Meeting, titles: Titles, purpose: Purpose, *, reason: str, by: User
) -> AgendaItem:
    item = AgendaItem(meeting=meeting, number=agenda.next_number(meeting), titles=titles)
    item.purpose = purpose.value
    return agenda.add(item, reason=reason, by=by)


def too_long(meeting: Meeting) -> int:
    """Return by how many minutes the items are more than the meeting's hours hold."""
    given = [
        Slot(item.pk, item.begins_at, item.length)
        for item in agenda.items(meeting)
        if item.begins_at and item.length
    ]
    held = slots.sessions(meeting)
    return overrun(held, given) if held else 0
