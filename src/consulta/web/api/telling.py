"""From rows to the API's shapes. Nothing here asks the database for more than came with the row."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from consulta.analysis.campaigns.queries import Membership
from consulta.consultations import judged_document, norm_wording, norms, options, queries
from consulta.consultations.clock import view
from consulta.consultations.evidence import Evidence, Found
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.multilingual import text_in
from consulta.groups.models import Group
from consulta.meetings.models import Decision, Meeting
from consulta.reflector import addresses
from consulta.reflector.models import Space
from consulta.reports.frozen import CitedIn
from consulta.reports.models import Edition
from consulta.responses import attachments, content, signatories
from consulta.responses.balance import Balance
from consulta.responses.models import Answer, Redaction, Response, Version
from consulta.responses.queries import RegisterLine
from consulta.responses.queries import line as line_of
from consulta.responses.signatories_shown import NOBODY, Signed
from consulta.web.api import campaigns_told

Json = dict[str, object]
_CONTENT = ("language", "respondent", "answers", "attachments")


def consultation(
    row: Consultation, counts: Balance, *, now: datetime, shown: Found, space: Space | None
) -> Json:
    """One consultation whole, as it stands at the instant *now*.

    *shown*: what shows its dates; *space*: what the discussion list holds of it.
    """
    return {
        "slug": row.slug,
        "number": row.number,
        "url": page("public:consultation", row.slug),
        "topic": queries.topics(row),
        "background": {t.language: t.background for t in row.texts.all() if t.background},
        "state": row.state(now),
        **{name: _slug(getattr(row, name)) for name in _HANGS_ON},
        "procedure": row.procedure,
        "procedure_edition": row.procedure_edition or None,
        "languages": row.languages,
        "original_language": row.original_language,
        "timezone": row.timezone,
        **_instants(row),
        "cancellation_reason": row.cancellation_reason or None,
        "questions": [_question(question) for question in queries.questions(row)],
        **_changes(row),
        "response_address": None if row.is_record else queries.response_address(row),
        "reflector_address": addresses.of(space) if space else None,
        "balance": None if row.is_record else asdict(counts),
        **_judged(row, now=now, shown=shown),
        **{name: getattr(row, name) for name in ("is_sample", "is_record")},
    }


def response(
    row: Response,
    cited: Sequence[CitedIn],
    signed: Signed = NOBODY,
    *,
    campaign: Membership | None = None,
) -> Json:
    """A response: what its page shows, and the values that its public fingerprint covers."""
    version = row.published_version if row.state == State.PUBLISHED else None
    joint = _joint(signed) if version else dict.fromkeys(("signatories", "signatories_awaited"))
    return {
        **joint,
        **register_line(line_of(row)),
        "consultation": row.consultation.slug,
        "url": page("public:response", row.number),
        "published_at": instant(row.published_at) if version else None,
        **(_shown(row, version, cited) if version else dict.fromkeys(_SHOWN)),
        "campaign": campaigns_told.membership(campaign) if campaign and version else None,
    }


def _question(question: Question) -> Json:
    return {
        "number": question.position,
        "text": queries.question_texts(question),
        "options": [
            {"slug": option.slug, "text": {each.language: each.text for each in option.texts.all()}}
            for option in options.offered(question)
        ],
        "several": question.several,
    }


def register_line(line: RegisterLine) -> Json:
    """One line of the register."""
    told = asdict(line)
    return {**told, "received_at": instant(line.received_at), "ground": line.ground or None}


def group(row: Group) -> Json:
    """A group with its names and mandate in every language written."""
    return {
        "slug": row.slug,
        "url": page("public:group", row.slug),
        "body": row.body.short_name,
        "short_name": row.short_name,
        "name": texts(row.names),
        "mandate": texts(row.mandates),
        "chair": row.chair or None,
        "is_sample": row.is_sample,
    }


def meeting(row: Meeting, decisions: Sequence[Decision]) -> Json:
    """A meeting with what it settled."""
    return {
        "slug": row.slug,
        "url": page("public:meeting", row.slug),
        "group": _slug(row.group),
        "kind": row.kind,
        "number": row.number,
        "title": texts(row.titles),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "first_planned_on": row.first_planned_on,
        "is_provisional": row.is_provisional,
        "mode": row.mode or None,
        "place": row.place or None,
        "note": texts(row.note),
        "source": row.source or None,
        "decisions": [_decision(each) for each in decisions],
    }


def instant(at: datetime | None, zone: str = "") -> str | None:
    """*at* in ISO 8601 with the offset of *zone* (else of UTC); null where there is none."""
    if at is None:
        return None
    return at.astimezone(ZoneInfo(zone) if zone else UTC).isoformat()


def texts(written: Mapping[str, object]) -> dict[str, str]:
    """The words in every language in which they are written."""
    found = {language: text_in(written, language).text for language in sorted(written)}
    return {language: text for language, text in found.items() if text}


def _judged(row: Consultation, *, now: datetime, shown: Found) -> Json:
    """The clock with its evidence, and the norm by whose edition it is judged."""
    clock = view(row, now)
    norm = norms.of(clock.timetable)
    told = {
        "slug": norm.instrument.slug,
        "edition": norm.edition,
        "on": norm.on,
        "standing": norm.standing.value,
        "instead": list(norm.instead),
        "text": norm_wording.standing(norm),
    } if norm else None  # fmt: skip
    return {"norm": told, "timetable": judged_document.of(clock, shown, address=_looked_up)}


def _looked_up(each: Evidence) -> str | None:
    """Where a piece of evidence can be looked up by everyone."""
    if each.entry is not None:
        return page("public:ledger_entry", each.entry.uid)
    if isinstance(each.about, Meeting):
        return page("public:meeting", each.about.slug)
    if isinstance(each.about, Edition):
        return page("public:report", each.about.consultation.slug)
    return page("public:record", each.record) if each.record else each.href or None


_INSTANTS = (
    "announced_at", "opens_at", "closes_at", "report_released_at", "delivered_at", "cancelled_at",
)  # fmt: skip
_HANGS_ON = ("group", "issue", "follows", "deciding_meeting", "open_meeting", "group_meeting")
_SHOWN = (
    "version", *_CONTENT, "stakeholder_group", "country", "files", "translations", "confirmed",
    "redacted", "fingerprint", "cited_in",
)  # fmt: skip


def _instants(row: Consultation) -> Json:
    return {name: instant(getattr(row, name), row.timezone) for name in _INSTANTS}


def _changes(row: Consultation) -> Json:
    """Corrections and lengthened deadlines, with their reasons."""
    numbers = {question.pk: question.position for question in row.questions.all()}
    zone = row.timezone
    return {
        "corrigenda": [
            {
                "question": numbers.get(each.question_id or 0),
                "language": each.language,
                "text": each.text,
                "announced_at": instant(each.announced_at, zone),
            }
            for each in row.corrigenda.all()
        ],
        "extensions": [
            {
                "milestone": each.milestone,
                "old_at": instant(each.old_at, zone),
                "new_at": instant(each.new_at, zone),
                "reason": each.reason,
                "language": each.language,
                "decided_at": instant(each.decided_at, zone),
            }
            for each in row.extensions.all()
        ],
    }


def _shown(row: Response, version: Version, cited: Sequence[CitedIn]) -> Json:
    version.response = row  # content reads the respondent through it; no query
    told = content.public(version)
    return {
        "version": version.ordinal,
        **{name: told[name] for name in _CONTENT},
        "stakeholder_group": told["respondent"]["stakeholder_group"],
        "country": told["respondent"]["country"],
        "files": _files(row, version),
        "translations": _translations(version),
        "confirmed": row.respondent.confirmed,
        "redacted": any(_applied(answer) for answer in version.answers.all()),
        "fingerprint": {"public": version.public_fingerprint, "salt": version.public_salt},
        "cited_in": [{k: v for k, v in asdict(each).items() if k != "number"} for each in cited],
    }


def _joint(signed: Signed) -> Json:
    """Who signed with the sender: confirmed ones by name, the others as a number."""
    return {
        "signatories": [
            {
                **content["signatory"],
                "version": content["version"],
                "signed_at": content["signed_at"],
                "version_fingerprint": content["fingerprint_private"],
                "fingerprint": {"public": each.commitment, "salt": each.salt},
            }
            for each in signed.by
            for content in [signatories.signed(each)]
        ],
        "signatories_awaited": signed.awaited,
    }


def _files(row: Response, version: Version) -> list[Json]:
    return [
        {
            "name": attachments.download_name(file),
            "media_type": attachments.shown_type(file),
            "url": page("public:attachment", row.number, file.pk),
        }
        for file in version.attachments.all()
        if attachments.public_file(file)
    ]


def _translations(version: Version) -> list[Json]:
    """Translations that may be shown: none made before a passage of its answer was left out."""
    return [
        {
            "question": answer.question,
            "language": each.language,
            "status": each.status,
            "text": each.text,
        }
        for answer in version.answers.all()
        for each in answer.translations.all()
        if all(mark.decided_at and mark.decided_at <= each.attached_at for mark in _applied(answer))
    ]


def _applied(answer: Answer) -> list[Redaction]:
    """The passages of *answer* that readers do not see."""
    return content.left_out(answer)


def _decision(row: Decision) -> Json:
    return {
        "kind": row.kind,
        "taken_by": row.taken_by or None,
        "text": texts(row.texts),
        "opens_consultation": row.opens_consultation,
        "source": row.source or None,
    }


def page(name: str, *args: object) -> str:
    """The whole address of a page, in the language that is active."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _slug(row: object) -> str | None:
    return getattr(row, "slug", None)
