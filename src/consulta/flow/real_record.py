"""The real record of 2019 to 2022: what public documents say, and verdicts computed from it."""

from django.db import transaction
from django.utils import timezone

from consulta.consultations import clock
from consulta.consultations.models import (
    Consultation,
    ConsultationText,
    MilestoneFact,
    TextStatus,
)
from consulta.core import procedure as procedures
from consulta.flow import record_follow_ups
from consulta.flow import sample_texts as files
from consulta.flow.sample_texts import Table
from consulta.groups import norms
from consulta.groups.models import (
    Body,
    Group,
    Instrument,
    Issue,
    MandateBasis,
    Officeholder,
)
from consulta.ledger import ledger
from consulta.meetings.models import Decision, Document, Meeting
from consulta.repository import deposit
from consulta.repository.models import Record
from consulta.stakeholders import states

KINDS = {"decided": Decision.Kind.CONSENSUS, "no_consensus": Decision.Kind.NO_CONSENSUS}
PUBLIC = Document.Audience.PUBLIC
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]


@transaction.atomic
def load_body() -> Body:
    """Put the body, its group, issues and norms on record; what is there stays as it is."""
    record = files.read("record.toml")
    told = record["body"]
    body, is_new = Body.objects.get_or_create(
        slug=told["slug"],
        defaults={
            "short_name": told["acronym"],
            "names": files.words(told["name"]),
            "timezone": told["timezone"],
            "languages": LANGUAGES,
        },
    )
    if is_new:
        _group(body, record["group"])
        _issues(body)
        _instruments(body)
        _terms(body, record["group"])
        record_follow_ups.load_offices(body)
        ledger.record("body_changed", body, by="system")
    return body


@transaction.atomic
def load_rounds(body: Body) -> None:
    """Put the group's meetings, what they settled, and the four consultations on record."""
    record = files.read("record.toml")
    group = Group.objects.get(slug=record["group"]["slug"])
    if Meeting.objects.filter(group=group).exists():
        return
    meetings = {told["number"]: meeting(group, told) for told in record["meetings"]}
    decisions: dict[str, Decision] = {}
    for told in record["meetings"]:
        decisions |= outcomes(meetings[told["number"]], told, record)
    record_follow_ups.tell_more(decisions, meetings)
    _standing(record)
    for told in record["consultations"]:
        _consultation(group, told, meetings, decisions)
    ledger.record("body_changed", body, by="system")


def load_documents() -> None:
    """Deposit the two source documents as the first records of the archive."""
    for told in files.read("records.toml")["records"]:
        record = Record(slug=told["slug"], kind=told["kind"], language=told["language"])
        record.titles = told["title"]
        record.source = told["source"]["en"]["text"]
        record.text = files.document(told["file"])
        deposit.deposit(record, by=None)


def meeting(group: Group, told: Table) -> Meeting:
    """Put one meeting of *group* on record, with the dates in *told*."""
    made = Meeting(group=group, kind=told["kind"], number=told["number"], slug=told["slug"])
    made.titles = told["title"]
    made.starts_on, made.ends_on = told["start"], told["end"]
    made.is_provisional = told.get("provisional", False)
    made.mode = told.get("mode", Meeting.Mode.UNKNOWN)
    made.source = source(told)
    made.full_clean()
    made.save()
    return made


def outcomes(meeting: Meeting, told: Table, record: Table) -> dict[str, Decision]:
    """Put what *meeting* settled on record, by the key of each outcome."""
    made = {}
    for position, outcome in enumerate(told.get("outcomes", ()), start=1):
        decision = Decision(meeting=meeting, position=position, texts=outcome["text"])
        decision.kind = KINDS.get(outcome["kind"], Decision.Kind.RECORD)
        decision.opens_consultation = "opens" in outcome
        decision.source, decision.audience = meeting.source, PUBLIC
        decision.full_clean()
        decision.save()
        if "follow_up" in outcome:
            record_follow_ups.put(decision, outcome["follow_up"], record, key=outcome["key"])
        made[outcome["key"]] = decision
    return made


def source(told: Table) -> str:
    """Name, in English, the public source that *told* refers to; empty where it names none."""
    if "source" not in told:
        return ""
    sources = files.read("record.toml")["sources"]
    return str(sources[told["source"]]["label"]["en"]["text"])


def document(told: Table) -> str:
    """Return the slug of the archive's record that *told* refers to; empty where it has none."""
    sources = files.read("record.toml")["sources"]
    return str(sources.get(told.get("source"), {}).get("document", ""))


def _group(body: Body, told: Table) -> None:
    group = Group(body=body, slug=told["slug"], short_name=told["acronym"])
    group.names = files.words(told["name"])
    group.chair = told["chair"]["name"]["en"]["text"]
    group.mandates = told["mandate"]
    group.full_clean()
    group.save()


def _terms(body: Body, told: Table) -> None:
    """Put on record on which norms the group's mandate stands, and who chairs it for which State."""
    group = Group.objects.get(slug=told["slug"])
    for position, (norm, label) in enumerate(told["mandate_stands_on"], start=1):
        instrument = Instrument.objects.get(body=body, norm=norm, label=label)
        MandateBasis.objects.create(group=group, instrument=instrument, position=position)
    chair = Officeholder(group=group, office=Officeholder.Office.CHAIR)
    chair.name = told["chair"]["person"]
    chair.state = states.enter(told["chair"]["country"], by="system")
    chair.full_clean()
    chair.save()


def _issues(body: Body) -> None:
    for told in files.read("issues.toml")["issues"]:
        issue = Issue(body=body, slug=told["slug"], position=told["number"])
        issue.names = files.words(told["title"])
        issue.full_clean()
        issue.save()


def _instruments(body: Body) -> None:
    """Put the norms on record, with their titles in six languages."""
    names = {}
    for told in files.read("instruments.toml")["instruments"]:
        kind = "Decision" if told["kind"].endswith("decision") else "Resolution"
        names[f"{kind} {told['designation']}"] = files.words(told["title"])
    norms.enter(body, names=names)


def _standing(record: Table) -> None:
    """Put on record what the resolution itself asks of offices for as long as it stands."""
    for position, told in enumerate(record["standing_follow_ups"], start=1):
        decision = Decision(taken_by=source(told), kind=Decision.Kind.RECORD, position=position)
        decision.texts, decision.source = told["text"], source(told)
        decision.audience = PUBLIC
        decision.full_clean()
        decision.save()
        record_follow_ups.put(decision, told, record, key=told["key"], standing=True)


def _consultation(
    group: Group, told: Table, meetings: dict[int, Meeting], decisions: dict[str, Decision]
) -> None:
    procedure = procedures.load(told["procedure"])
    made = Consultation(number=told["number"], slug=told["slug"], group=group, is_record=True)
    made.procedure, made.timezone = procedure.slug, procedure.zone
    made.decision = decisions[told["decided_by"]]
    made.deciding_meeting = meetings[told["deciding_meeting"]]
    made.group_meeting = meetings[told["group_meeting"]]
    made.open_meeting = _open_meeting(group, told)
    made.languages, made.original_language = LANGUAGES, procedure.original_language
    if later := told.get("later_reading"):
        made.restating_meeting = meetings[later["meeting"]]
        made.later_reading_note = later["reason"]
    made.full_clean()
    made.save()
    _topics(made, told)
    _facts(made, told)
    clock.judge_again(made, timezone.now())
    made.save()


def _open_meeting(group: Group, told: Table) -> Meeting | None:
    """Put the open meeting on record where its date is known."""
    known = told["anchors"].get("open_meeting.start")
    if known is None:
        return None
    made = Meeting(group=group, kind=Meeting.Kind.OPEN, slug=f"{told['slug']}-open-meeting"[:50])
    made.titles = files.read("record.toml")["open_meeting"]["title"]
    made.starts_on = made.ends_on = known["on"]
    made.mode, made.source = told.get("mode", Meeting.Mode.UNKNOWN), source(known)
    made.full_clean()
    made.save()
    return made


def _topics(consultation: Consultation, told: Table) -> None:
    for language, topic in told["topic"].items():
        text = ConsultationText(consultation=consultation, language=language)
        text.topic = topic["text"]
        text.status = TextStatus(topic["status"])
        text.full_clean()
        text.save()


def _facts(consultation: Consultation, told: Table) -> None:
    """Put on record what is known of each milestone, and say of the others that it is not known."""
    unknown = files.read("record.toml")["unknown"]
    for milestone, known in told.get("actual", {}).items():
        fact = MilestoneFact(consultation=consultation, milestone=milestone, on=known["on"])
        fact.source, fact.document = source(known), document(known)
        fact.note = told.get("notes", {}).get(milestone, {}).get("text", {})
        fact.full_clean()
        fact.save()
    for milestone, why in told.get("unknown", {}).items():
        fact = MilestoneFact(consultation=consultation, milestone=milestone)
        fact.note = unknown[why]["text"]
        fact.full_clean()
        fact.save()
