"""Sample responses: each goes through the same rooms as a real one, to where it shall stand."""

from datetime import timedelta

from django.db import transaction

from consulta.consultations.models import Consultation, TextStatus
from consulta.core.lifecycle import State
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.flow import journey
from consulta.flow import sample_texts as files
from consulta.flow.sample_accounts import MODERATOR, OFFICER, user
from consulta.flow.sample_texts import Progress, Table
from consulta.mailroom import spool
from consulta.responses import (
    attachments,
    confirmation,
    moderation,
    publication,
    screening,
    translating,
    withdrawal,
)
from consulta.responses.models import Response
from consulta.responses.moderation import Because

FILE = "sample-responses.toml"
TERMS = "1"
FOLDER = "files/sample"
EVERY = 10


def load(consultation: Consultation, *, progress: Progress) -> None:
    """Send in the sample responses that are missing, in the order of their arrival."""
    told = sorted(files.read(FILE)["responses"], key=lambda r: float(r["received_offset_hours"]))
    for count, response in enumerate(told, start=1):
        load_one(consultation, response)
        if count % EVERY == 0:
            progress(f"{count} of {len(told)} sample responses")


def load_one(consultation: Consultation, told: Table) -> None:
    """Send in one sample response, and take it to where it shall stand; nothing is done twice."""
    key = f"sample:{told['key']}"
    response = Response.objects.filter(
        consultation=consultation, idempotency_key=key
    ).first() or _send_in(consultation, told, key)
    for attachment in attachments.waiting().filter(version__response=response):
        attachments.examine(attachment)
    screening.screen_now(response)
    response.refresh_from_db()
    _take_on(response, told)


def _send_in(consultation: Consultation, told: Table, key: str) -> Response:
    with transaction.atomic():
        journey.submission_arrives(_submission(consultation, told, key))
        response = Response.objects.get(consultation=consultation, idempotency_key=key)
        _translate(response, told)
    return response


#: What the loader takes further; what was shown, or left, stays as visitors of the demo made it.
_UNDECIDED = frozenset({State.RECEIVED, State.HELD, State.ACCEPTED})


@transaction.atomic
def _take_on(response: Response, told: Table) -> None:
    """Move *response* by the usual acts to the state in which it shall stand."""
    wanted = State(told["state"])
    if response.state == wanted or response.state not in _UNDECIDED:
        return
    if told.get("claim_confirmed") and response.respondent.mandate_needed:
        evidence = "A letter of the sample organisation."
        confirmation.confirm_mandate(response, by=user(OFFICER), evidence=evidence)
    match wanted:
        case State.WITHDRAWN:
            withdrawal.withdraw(response, reason=told["withdrawal"]["reason"])
        case State.DECLINED:
            moderation.decline(response, _because(told["decline"]), by=user(MODERATOR))
        case State.HELD:
            moderation.hold(response, _because(told["hold"]), by=user(MODERATOR))
        case State.PUBLISHED:
            _publish(response)
        case State.ACCEPTED:
            moderation.accept(response, by=user(MODERATOR))


def _publish(response: Response) -> None:
    moderator = user(MODERATOR)
    if response.state in (State.RECEIVED, State.HELD):
        moderation.accept(response, by=moderator)
    publication.publish(response, by=moderator)


def _because(told: Table) -> Because:
    return Because(told["ground"], told.get("reason") or told.get("note", ""))


def _submission(consultation: Consultation, told: Table, key: str) -> Submission:
    begun = consultation.opens_at or consultation.created_at
    return Submission(
        channel=Channel(told["channel"]),
        consultation=consultation.slug,
        sender=Sender(told["address"], told.get("name", ""), authenticated=told["confirmed"]),
        respondent=_claim(told),
        language=told["language"],
        answers=tuple(
            SubmittedAnswer(a.get("question"), a.get("text", ""), tuple(a.get("choices", ())))
            for a in told["answers"]
        ),
        attachments=tuple(map(_file, told.get("attachments", ()))),
        arrived_at=begun + timedelta(hours=float(told["received_offset_hours"])),
        idempotency_key=key,
        terms=TERMS,
    )


def _claim(told: Table) -> RespondentClaim:
    return RespondentClaim(
        kind=RespondentKind(told["kind"]),
        name=told.get("name", ""),
        organisation=told.get("organisation", ""),
        stakeholder_group=told["stakeholder_group"],
        country=told["country"],
        withhold_name=told.get("withhold_name", False),
        withhold_country=told.get("withhold_country", False),
    )


def _file(told: Table) -> SubmittedFile:
    kept = spool.keep([told["text"].encode()], folder=FOLDER)
    return SubmittedFile(name=told["name"], path=kept.path, sha256=kept.sha256, size=kept.size)


def _translate(response: Response, told: Table) -> None:
    """Attach the courtesy translations that came with the sample."""
    version = response.versions.get()
    for written in told["answers"]:
        answer = version.answers.filter(question=written.get("question")).first()
        if answer is None:
            continue
        for translation in written.get("translations", ()):
            translating.attach(
                answer,
                translation["text"],
                language=translation["language"],
                status=TextStatus(translation["status"]),
                by=user(OFFICER),
            )
