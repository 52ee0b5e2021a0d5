"""The sample consultation: its dates are computed from the day of the first start, so that it is open."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from consulta.consultations.convening import Plan
from consulta.consultations.models import Consultation
from consulta.consultations.options import Offer
from consulta.flow import convening, founding, real_record
from consulta.flow import sample_texts as files
from consulta.flow.founding import Foundation
from consulta.flow.sample_accounts import ADMINISTRATOR, OFFICER, user
from consulta.flow.sample_texts import Table
from consulta.groups import queries as group_queries
from consulta.groups.models import Body, Group, Issue
from consulta.ledger import ledger
from consulta.meetings.models import Decision, Meeting
from consulta.repository import practices
from consulta.repository.models import Practice
from consulta.stakeholders.models import Respondent, StakeholderGroup

FILE = "sample-consultation.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OPENS = time(9)


@transaction.atomic
def load_body() -> Body:
    """Found the sample body, its group and the stakeholder groups; what is there stays."""
    if standing := group_queries.body():
        return standing
    told = files.read(FILE)
    names = files.words(told["body"]["name"])
    body = founding.found(
        Foundation(
            names=names,
            short_name=told["body"]["acronym"],
            slug=told["body"]["slug"],
            languages=tuple(files.languages(names)),
            timezone=told["body"]["timezone"],
            administrator=ADMINISTRATOR,
            is_sample=True,
        )
    )
    _group(body, told["group"])
    return body


def zone() -> str:
    """Return the time zone of the sample body."""
    return str(files.read(FILE)["body"]["timezone"])


def group() -> Group:
    """Return the sample group. Raises Group.DoesNotExist."""
    return Group.objects.get(slug=files.read(FILE)["group"]["slug"])


@transaction.atomic
def load_consultation(today: date) -> Consultation:
    """Convene and open the sample consultation, day 0 being *today*; what is there stays."""
    told = files.read(FILE)
    if standing := Consultation.objects.filter(slug=told["consultation"]["slug"]).first():
        return standing
    officer, sample = user(OFFICER), group()
    meetings = {m["key"]: _meeting(sample, m, today) for m in told["meetings"]}
    decisions: dict[str, Decision] = {}
    for meeting in told["meetings"]:
        decisions |= real_record.outcomes(meetings[meeting["key"]], meeting, told)
    decision = decisions[told["consultation"]["decided_by"]]
    consultation = convening.convene(_plan(told, decision, meetings["next"]), by=officer)
    _set_open_meeting(consultation, sample)
    began = _began(told["consultation"], today, zone=consultation.timezone)
    convening.open_consultation(consultation, by=officer, opens_at=began, now=began)
    return consultation


@transaction.atomic
def load_practices() -> None:
    """Submit and publish the sample practices; those that are there stay."""
    officer = user(ADMINISTRATOR)
    for told in files.read("sample-practices.toml")["practices"]:
        key = f"sample:{told['slug']}"
        if not Practice.objects.filter(idempotency_key=key).exists():
            practices.publish(practices.submit(_practice(told, key)), by=officer)


def _group(body: Body, told: Table) -> None:
    made = Group(body=body, slug=told["slug"], short_name=told["acronym"], is_sample=True)
    made.names = files.words(told["name"])
    made.full_clean()
    made.save()
    ledger.record("body_changed", body, by="system")


def _meeting(group: Group, told: Table, today: date) -> Meeting:
    start = today + timedelta(days=told["start_offset_days"])
    if wanted := told.get("roll_to_weekday"):
        start += timedelta(days=(WEEKDAYS.index(wanted) - start.weekday()) % 7)
    end = start + timedelta(days=told.get("length_days", 1) - 1)
    if "end_offset_days" in told:
        end = today + timedelta(days=told["end_offset_days"])
    return real_record.meeting(group, {**told, "start": start, "end": end})


def _plan(told: Table, decision: Decision, next_meeting: Meeting) -> Plan:
    about = told["consultation"]
    original = next(lang for lang, t in about["topic"].items() if t["status"] == "original")
    return Plan(
        procedure=about["procedure"],
        slug=about["slug"],
        topics=files.words(about["topic"]),
        backgrounds=files.words(about.get("background", {})),
        questions=tuple(files.words(question["text"]) for question in told["questions"]),
        offers=_offers(told["questions"]),
        statuses=files.statuses(about["topic"]),
        languages=tuple(files.languages(about["topic"])),
        original_language=original,
        decision=decision,
        group_meeting=next_meeting,
        issue=Issue.objects.filter(slug=about["issue"]).first(),
        is_sample=True,
    )


def _offers(questions: list[Table]) -> dict[int, Offer]:
    """What a question offers to choose from, by its place."""
    found: dict[int, Offer] = {}
    for place, question in enumerate(questions):
        if offered := question.get("options"):
            texts = [files.words(option["text"]) for option in offered]
            lines = {code: [each[code] for each in texts] for code in texts[0]}
            slugs = [option["slug"] for option in offered]
            found[place] = Offer(lines, several=question.get("several", False), slugs=slugs)
    return found


def _set_open_meeting(consultation: Consultation, group: Group) -> None:
    """Hold the open meeting on the day that the rule proposes; provisional like the group's own."""
    proposed = next(
        m["proposed"] for m in consultation.timetable["milestones"] if m["name"] == "open_meeting"
    )
    day = date.fromisoformat(proposed)
    meeting = real_record.meeting(
        group,
        {
            "kind": Meeting.Kind.OPEN,
            "number": None,
            "slug": f"{consultation.slug}-open-meeting"[:50],
            "title": files.read("record.toml")["open_meeting"]["title"],
            "start": day,
            "end": day,
            "provisional": True,
            "mode": files.read(FILE)["consultation"]["mode"],
        },
    )
    consultation.open_meeting = meeting
    consultation.save()


def _began(about: Table, today: date, *, zone: str) -> datetime:
    day = today + timedelta(days=about["opening_offset_days"])
    return datetime.combine(day, OPENS, ZoneInfo(zone))


def _practice(told: Table, key: str) -> Practice:
    language = told["language"]
    respondent = Respondent.objects.create(
        kind="organisation",
        organisation_name=told["organisation"][language]["text"],
        stakeholder_group=StakeholderGroup.objects.get(slug=told["stakeholder_group"]),
        country=told["country"],
        language=language,
        confirmed_at=timezone.now(),
        confirmed_how=Respondent.Confirmation.OFFICER,
        confirmation_evidence="Sample",
        is_sample=True,
    )
    return Practice(
        slug=told["slug"],
        issue=Issue.objects.filter(slug=told["issue"]).first(),
        respondent=respondent,
        language=language,
        title=told["title"][language]["text"],
        text=told["text"][language]["text"],
        idempotency_key=key,
        is_sample=True,
    )
