"""Contesting: a question about a passage arrives, is confirmed, screened, and answered in time.

As for responses, number and clock run from the arrival; confirming decides whose name stands on it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, permissions
from consulta.consultations.models import Consultation
from consulta.core import numbering, paper, passages
from consulta.core.plaintext import storable
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.core.tokens import hashed, new_token
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import contest_clock, contest_letters, contest_marks
from consulta.reports.contest_errors import (
    AnsweredAlreadyError,
    AnswerIncompleteError,
    ContestClosedError,
    ContestDecidedError,
    ContestLinkUnknownError,
    ContestNotPublishedError,
    NothingContestedError,
    PassageUnknownError,
    SentAlreadyError,
)
from consulta.reports.models import Contest, ContestLink, Edition
from consulta.responses import terms
from consulta.responses.errors import GroundMissingError
from consulta.stakeholders.models import Respondent

LIFETIME = {
    ContestLink.Purpose.CONFIRM: timedelta(days=30),
    ContestLink.Purpose.MINE: timedelta(days=400),
}


@dataclass(frozen=True, slots=True)
class Filed:
    """What somebody has against a passage (empty: the report as a whole), as it arrived."""

    edition: Edition
    passage: str
    text: str
    language: str
    contester: Respondent
    idempotency_key: str


@transaction.atomic
def contest(filed: Filed, *, by_mail: bool = True) -> tuple[Contest, str]:
    """Take a contest in under a number; return it and the secret of its private page.

    The same words under the same key twice are the same contest. *by_mail*: false where too many
    mails went out already. Raises ContestClosedError, PassageUnknownError, NothingContestedError,
    SentAlreadyError for other words under that key, and ValidationError naming the field to mend.
    """
    standing = Contest.objects.filter(idempotency_key=filed.idempotency_key).first()
    if standing is not None:
        _require_same(standing, filed)
        return standing, give(standing, ContestLink.Purpose.MINE)
    made = _made(filed, timezone.now())
    contest_marks.mark(made)
    ledger.record("contest_received", made, by="respondent")
    mine = give(made, ContestLink.Purpose.MINE)
    if made.contester.confirmed:
        contest_letters.copy(made, mine=mine)
    elif made.contester.email and by_mail:
        contest_letters.ask(made, token=give(made, ContestLink.Purpose.CONFIRM))
    return made, mine


@transaction.atomic
def confirm(token: str) -> Contest:
    """Confirm by the button behind the mailed link: the name may stand on it. Twice changes nothing.

    Raises ContestLinkUnknownError.
    """
    found = find(token, ContestLink.Purpose.CONFIRM)
    contester = found.contester
    if contester.confirmed:
        return found
    contester.confirmed_at = timezone.now()
    contester.confirmed_how = Respondent.Confirmation.BUTTON
    contester.full_clean()
    contester.save()
    ledger.record("contest_confirmed", found, by="respondent")
    contest_letters.copy(found, mine=give(found, ContestLink.Purpose.MINE))
    return found


@transaction.atomic
def publish(contest: Contest, *, by: User) -> None:
    """Show *contest* beside its passage. Raises ContestDecidedError."""
    _decide(contest, Contest.State.PUBLISHED, by=by)
    ledger.record("contest_published", contest, by=by)


@transaction.atomic
def decline(contest: Contest, *, ground: str, reason: str, by: User) -> None:
    """Keep *contest* off the page, on a published ground; its number and the ground stay listed.

    Raises ContestDecidedError, GroundMissingError.
    """
    if ground not in {each.slug for each in grounds(contest)} or not reason.strip():
        raise GroundMissingError
    contest.ground, contest.reason = ground, storable(reason).strip()
    _decide(contest, Contest.State.DECLINED, by=by)
    ledger.record("contest_declined", contest, by=by)
    contest_letters.declined(contest)


@transaction.atomic
def answer(contest: Contest, *, outcome: str, text: str, language: str, by: User) -> None:
    """Publish the answer beside the passage, once. Whoever contested is mailed.

    Raises ContestNotPublishedError, AnsweredAlreadyError, AnswerIncompleteError.
    """
    permissions.require(by, Act.ANSWER_CONTEST, contest.consultation)
    renew(contest)
    if contest.state != Contest.State.PUBLISHED:
        raise ContestNotPublishedError
    if contest.answered_at is not None:
        raise AnsweredAlreadyError
    if not text.strip() or not outcome:
        raise AnswerIncompleteError
    contest.answer, contest.outcome = storable(text).strip(), outcome
    contest.answer_language = language
    contest.answered_at, contest.answered_by = timezone.now(), by
    contest.full_clean()
    contest.save()
    ledger.record("contest_answered", contest, by=by)
    contest_letters.answered(contest)


def grounds(contest: Contest) -> tuple[Ground, ...]:
    """The published grounds on which a contest may be declined: those of responses."""
    procedure = applied.present(contest.consultation.procedure)
    return procedure.grounds_for(OnGround.DECLINE)


def give(contest: Contest, purpose: ContestLink.Purpose) -> str:
    """Make a new private link; return its secret, which is kept nowhere."""
    token = new_token()
    ContestLink.objects.create(
        contest=contest,
        purpose=purpose,
        token_hash=hashed(token),
        expires_at=timezone.now() + LIFETIME[purpose],
    )
    return token


def find(token: str, purpose: ContestLink.Purpose) -> Contest:
    """The contest behind a private link. Raises ContestLinkUnknownError."""
    rows = ContestLink.objects.filter(token_hash=hashed(token), purpose=purpose)
    rows = rows.select_related("contest__contester", "contest__consultation", "contest__edition")
    link = rows.filter(expires_at__gt=timezone.now()).first()
    if link is None:
        raise ContestLinkUnknownError
    return link.contest


def _require_same(standing: Contest, filed: Filed) -> None:
    """Raise SentAlreadyError where what was sent under one key says something else now."""
    sent = (filed.edition.pk, filed.passage, storable(filed.text).strip())
    if (standing.edition_id, standing.passage, standing.text) != sent:
        raise SentAlreadyError(standing)


def _made(filed: Filed, now: datetime) -> Contest:
    consultation = Consultation.objects.select_for_update().get(pk=filed.edition.consultation_id)
    found = contest_clock.window(consultation, filed.edition, now)
    if not found.is_open or found.right is None:
        raise ContestClosedError
    if not filed.text.strip():
        raise NothingContestedError
    quote = _quoted(filed)
    filed.contester.full_clean()
    filed.contester.save()
    serial = _next(consultation)
    made = Contest(
        consultation=consultation,
        edition=filed.edition,
        number=numbering.contest_number(consultation.number, serial),
        serial=serial,
        passage=filed.passage,
        quote=quote,
        text=storable(filed.text).strip(),
        language=filed.language,
        contester=filed.contester,
        idempotency_key=filed.idempotency_key,
        terms=terms.version(),
        received_at=now,
        answer_due_on=contest_clock.answer_due_on(consultation, found.right, now),
    )
    made.full_clean()
    made.save()
    return made


def _quoted(filed: Filed) -> str:
    if not filed.passage:
        return ""
    found = passages.find(paper.from_json(filed.edition.content), filed.passage)
    if found is None:
        raise PassageUnknownError
    return found.text


def _next(consultation: Consultation) -> int:
    there = Contest.objects.filter(consultation=consultation)
    return (there.aggregate(last=Max("serial"))["last"] or 0) + 1


def renew(contest: Contest) -> None:
    """Read *contest* as it is once nobody else decides about it."""
    contest.refresh_from_db(from_queryset=Contest.objects.select_for_update())


def _decide(contest: Contest, state: Contest.State, *, by: User) -> None:
    permissions.require(by, Act.SCREEN_CONTEST, contest.consultation)
    ground, reason = contest.ground, contest.reason
    renew(contest)
    if contest.state != Contest.State.RECEIVED:
        raise ContestDecidedError
    contest.ground, contest.reason = ground, reason
    contest.state = state
    contest.decided_at, contest.decided_by = timezone.now(), by
    contest.full_clean()
    contest.save()
