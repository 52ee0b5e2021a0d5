"""From the form of a plan to the plan, from a draft back to the form, and what its buttons change."""

import uuid
from typing import Any

from django.http import QueryDict

from consulta.consultations import clock, options
from consulta.consultations import queries as consultation_queries
from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation, Question, TextStatus
from consulta.meetings import convening as meeting_convening
from consulta.meetings.models import Meeting
from consulta.web.desk.plan import asked
from consulta.web.desk.plan.forms import NEW, PlanForm, whole
from consulta.web.desk.plan.setting import Setting


def plan(form: PlanForm) -> tuple[Plan, tuple[Meeting, ...]]:
    """The plan that a valid *form* says, and the meetings of it that are new."""
    data, setting = form.cleaned_data, form.setting
    group_meeting = _meeting(form, "group_meeting", Meeting.Kind.GROUP)
    open_meeting = _meeting(form, "open_meeting", Meeting.Kind.OPEN)
    made = Plan(
        procedure=data["procedure"],
        topics=form.words("topic"),
        backgrounds=form.words("background"),
        questions=tuple(form.words(f"question_{n}") for n in range(1, form.total + 1)),
        offers=form.offers(),
        statuses=form.words("status"),
        languages=tuple(data["languages"]),
        original_language=data["original_language"],
        group=setting.group,
        decision=setting.decision,
        group_meeting=group_meeting,
        open_meeting=open_meeting,
        issue=next((i for i in setting.issues if i.slug == data.get("issue")), None),
        follows=next((c for c in setting.earlier if str(c.pk) == data.get("follows")), None),
        opens_on=data["opens_on"],
        closes_on=data["closes_on"],
        choices=asked.choices(data),
        offsets=asked.offsets(data),
        anchor_days=asked.days(data),
        is_sample=bool(setting.body and setting.body.is_sample),
    )
    chosen = [each for each in (group_meeting, open_meeting) if each is not None]
    return made, tuple(each for each in chosen if each.pk is None)


def fresh(setting: Setting) -> dict[str, Any]:
    """The form of a new plan: the rule and the meeting that come next are chosen already."""
    own = [m for m in setting.meetings if m.kind == Meeting.Kind.GROUP]
    return {
        "key": uuid.uuid4().hex,
        "count": 3,
        "procedure": setting.usual_procedure(),
        "languages": setting.spoken,
        "original_language": "en" if "en" in setting.spoken else setting.spoken[0],
        "group_meeting": str(own[0].pk) if own else NEW,
    }


def standing(consultation: Consultation) -> dict[str, Any]:
    """The form of a draft as it was saved."""
    questions = consultation_queries.questions(consultation)
    values: dict[str, Any] = {
        "key": uuid.uuid4().hex,
        "count": max(1, len(questions)),
        "procedure": consultation.procedure,
        "languages": consultation.languages,
        "original_language": consultation.original_language,
        "group_meeting": str(consultation.group_meeting_id or ""),
        "open_meeting": str(consultation.open_meeting_id or ""),
        "issue": consultation.issue.slug if consultation.issue else "",
        "follows": str(consultation.follows_id or ""),
        "opens_on": consultation.opens_at and clock.local_day(consultation, consultation.opens_at),
        "closes_on": consultation.closes_at
        and clock.local_day(consultation, consultation.closes_at),
    }
    values |= asked.standing(consultation)
    for text in consultation.texts.all():
        values[f"topic_{text.language}"] = text.topic
        if text.status != TextStatus.ORIGINAL:
            values[f"status_{text.language}"] = text.status
        values[f"background_{text.language}"] = text.background
    for number, question in enumerate(questions, start=1):
        for language, words in consultation_queries.question_texts(question).items():
            values[f"question_{number}_{language}"] = words
        values |= _offered(question, number)
    return values


def pressed(data: QueryDict, spoken: list[str]) -> QueryDict:
    """The form after its button was pressed: a question more, or one less; all else is kept.

    A procedure that was just chosen comes with the usual option of each of its choices.
    """
    changed = data.copy()
    for name, option in asked.defaults(asked.procedure(data.get("procedure", ""))).items():
        changed.setdefault(name, option)
    count = whole(str(data.get("count", "")))
    verb, _dash, number = data.get("do", "").partition("-")
    if verb == "add":
        changed["count"] = str(count + 1)
    elif verb == "remove" and number.isdecimal() and count > 1:
        _close_gap(changed, int(number), count, spoken)
        changed["count"] = str(count - 1)
    return changed


def _offered(question: Question, number: int) -> dict[str, Any]:
    """What a question of a draft offers to choose from, as the fields have it."""
    texts: dict[str, list[str]] = {}
    for option in options.offered(question):
        for each in option.texts.all():
            texts.setdefault(each.language, []).append(each.text)
    lines = {f"options_{number}_{code}": "\n".join(said) for code, said in texts.items()}
    return {**lines, f"several_{number}": question.several}


def _close_gap(data: QueryDict, removed: int, count: int, spoken: list[str]) -> None:
    parts = [f"{kind}_{{}}_{code}" for kind in ("question", "options") for code in spoken]
    for part in (*parts, "several_{}"):
        for number in range(removed, count):
            value = data.pop(part.format(number + 1), None)
            data.pop(part.format(number), None)
            if value is not None:
                data.setlist(part.format(number), value)
        data.pop(part.format(count), None)


def _meeting(form: PlanForm, name: str, kind: Meeting.Kind) -> Meeting | None:
    chosen = form.cleaned_data.get(name) or ""
    if chosen != NEW or form.setting.group is None:
        return form.setting.meeting(chosen)
    day = form.cleaned_data[f"{name}_on"]
    return meeting_convening.provisional(form.setting.group, kind, starts_on=day)
