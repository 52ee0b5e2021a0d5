"""Moderation: what a person decides about a response, each on a published ground, told to its author.

Every act raises NotAllowedError for a person without the right.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, permissions
from consulta.core.lifecycle import State
from consulta.core.multilingual import choose
from consulta.core.rules import Act, Ground
from consulta.groups.permissions import Act as Right
from consulta.ledger import ledger
from consulta.responses import balance, facets, letters, publication, turn
from consulta.responses.errors import (
    ErasedError,
    GroundMissingError,
    PassageOutsideError,
    ReasonMissingError,
)
from consulta.responses.models import Answer, Erasure, ModerationStep, Redaction, Response, Version

#: What stands in `hold_reasons` when a person, not a rule, held a response.
BY_A_PERSON = "person"


@dataclass(frozen=True, slots=True)
class Because:
    """Why: a ground from the procedure's published list and a short reason."""

    ground: str
    reason: str


@transaction.atomic
def accept(response: Response, *, by: User, reason: str = "") -> None:
    """Accept what the rules or a person held. Raises StepNotAllowedError from any other state."""
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    _accept_versions(response)
    response.hold_reasons = []
    response.ground, response.reason = "", ""
    _move(response, State.ACCEPTED)
    _note(response, "accepted", by=by, because=Because("", reason))


@transaction.atomic
def hold(response: Response, because: Because, *, by: User) -> None:
    """Keep an accepted response from publication until a person decides; its author is told."""
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    _check(response, because, Act.HOLD)
    if response.state in (State.RECEIVED, State.ACCEPTED):
        response.hold_reasons = [*response.hold_reasons, BY_A_PERSON]
    Version.objects.filter(response=response, screening=Version.Screening.ACCEPTED).update(
        screening=Version.Screening.WAITING, hold_reasons=[BY_A_PERSON]
    )
    response.ground, response.reason = because.ground, because.reason
    _move(response, State.HELD)
    _note(response, "held", by=by, because=because)
    letters.write(response, "held", context=words(response, because))


@transaction.atomic
def decline(response: Response, because: Because, *, by: User) -> None:
    """Decline a held response. Only a person does, on a ground; one appeal is open to its author."""
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    _check(response, because, Act.DECLINE)
    if response.state in (State.RECEIVED, State.ACCEPTED):
        response.hold_reasons = [*response.hold_reasons, BY_A_PERSON]
        _move(response, State.HELD)
        ledger.record("response_held", response, by=by)
    response.ground, response.reason = because.ground, because.reason
    _move(response, State.DECLINED)
    Version.objects.filter(
        response=response,
        screening__in=[Version.Screening.WAITING, Version.Screening.ACCEPTED],
    ).update(screening=Version.Screening.DECLINED)
    _note(response, "declined", by=by, because=because)
    letters.write(response, "declined", context=words(response, because))


@transaction.atomic
def remove(response: Response, because: Because, *, by: User) -> None:
    """Take a published response from the page, on a ground; its number stays, one appeal is open."""
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    _check(response, because, Act.REMOVE)
    response.ground, response.reason = because.ground, because.reason
    response.removed_at = timezone.now()
    _move(response, State.REMOVED)
    _note(response, "removed", by=by, because=because)
    letters.write(response, "removed", context=words(response, because))


@transaction.atomic
def restore(response: Response, *, by: User, reason: str) -> None:
    """Show a removed response again, with what was confirmed or redacted meanwhile."""
    turn.renew(response)
    permissions.require(by, Right.MODERATE, response.consultation)
    if not reason.strip():
        raise ReasonMissingError
    if Erasure.objects.filter(response=response).exists():
        raise ErasedError(response.number)
    response.removed_at = None
    response.ground, response.reason = "", ""
    _move(response, State.PUBLISHED)
    publication.show_name(response)
    _log(response, "restored", by=by, because=Because("", reason))
    publication.record_change(response, act="response_restored", by=by)


@transaction.atomic
def accept_version(version: Version, *, by: User) -> None:
    """Accept a held new version of a published response; publishing it is the next act."""
    turn.renew(version.response)
    version.refresh_from_db()
    permissions.require(by, Right.MODERATE, version.response.consultation)
    version.screening = Version.Screening.ACCEPTED
    version.hold_reasons = []
    version.save()
    _note(version.response, "accepted", by=by, because=Because("", ""), version=version)


@transaction.atomic
def decline_version(version: Version, because: Because, *, by: User) -> None:
    """Decline a new version; the published one stays as it is, or the one that waited before it."""
    turn.renew(version.response)
    version.refresh_from_db()
    permissions.require(by, Right.MODERATE, version.response.consultation)
    _check(version.response, because, Act.DECLINE)
    version.screening = Version.Screening.DECLINED
    version.save()
    _fall_back(version)
    _note(version.response, "declined", by=by, because=because, version=version)
    letters.write(version.response, "declined", context=words(version.response, because))


@transaction.atomic
def redact(
    answer: Answer, span: tuple[int, int], because: Because, *, by: User, kind: str = "passage"
) -> Redaction:
    """Leave a passage of *answer* out of what readers see; the original is kept.

    *span*: start and end in Unicode code points. Raises PassageOutsideError, GroundMissingError.
    """
    start, end = span
    if not 0 <= start < end <= len(answer.text):
        raise PassageOutsideError
    response = answer.version.response
    _check(response, because, Act.REDACT)
    redaction = Redaction(answer=answer, start=start, end=end, kind=kind)
    return _apply(redaction, because, by=by)


@transaction.atomic
def apply_mark(redaction: Redaction, because: Because, *, by: User) -> Redaction:
    """Apply a passage that the rules marked (e-mail address, telephone number, signature block)."""
    _check(redaction.answer.version.response, because, Act.REDACT)
    return _apply(redaction, because, by=by)


@transaction.atomic
def dismiss_mark(redaction: Redaction, *, by: User) -> None:
    """Let a marked passage stand: it is no personal data of anyone, or meant to be public."""
    permissions.require(by, Right.MODERATE, redaction.answer.version.response.consultation)
    redaction.state = Redaction.State.DISMISSED
    redaction.decided_at, redaction.decided_by = timezone.now(), by
    redaction.save()
    publication.record_change(redaction.answer.version.response, act="mark_dismissed", by=by)


def _apply(redaction: Redaction, because: Because, *, by: User) -> Redaction:
    response = redaction.answer.version.response
    permissions.require(by, Right.MODERATE, response.consultation)
    redaction.state = Redaction.State.APPLIED
    redaction.ground, redaction.reason = because.ground, because.reason
    redaction.decided_at, redaction.decided_by = timezone.now(), by
    redaction.full_clean()
    redaction.save()
    _log(response, "redacted", by=by, because=because)
    publication.record_change(response, act="passage_redacted", by=by)
    letters.write(response, "redacted", context=words(response, because))
    return redaction


def grounds(response: Response, act: Act) -> tuple[Ground, ...]:
    """The published grounds on which the response's procedure allows *act*."""
    return applied.present(response.consultation.procedure).grounds_for(act)


def _check(response: Response, because: Because, act: Act) -> None:
    if because.ground not in {ground.slug for ground in grounds(response, act)}:
        raise GroundMissingError(because.ground)
    if not because.reason.strip():
        raise ReasonMissingError


def _accept_versions(response: Response) -> None:
    """The latest version that was not declined by itself is accepted; earlier ones give way to it."""
    states = [Version.Screening.WAITING, Version.Screening.ACCEPTED]
    if response.state == State.DECLINED:  # as a whole
        states.append(Version.Screening.DECLINED)
    alone = ModerationStep.objects.filter(response=response, act="declined", version__isnull=False)
    standing = Version.objects.filter(response=response, screening__in=states).exclude(
        screening=Version.Screening.DECLINED, pk__in=alone.values("version")
    )
    last = standing.order_by("ordinal").last()
    if last is None:
        return
    standing.exclude(pk=last.pk).update(screening=Version.Screening.SUPERSEDED)
    Version.objects.filter(pk=last.pk).update(screening=Version.Screening.ACCEPTED, hold_reasons=[])


def _fall_back(version: Version) -> None:
    """*version* was declined before anything was shown: the one before it stands again as it was."""
    response = version.response
    if response.state not in (State.HELD, State.ACCEPTED) or response.published_version_id:
        return
    earlier = response.versions.filter(ordinal__lt=version.ordinal)
    standing = earlier.exclude(screening=Version.Screening.DECLINED).order_by("ordinal").last()
    if standing is None:
        return
    if standing.screening == Version.Screening.SUPERSEDED:
        standing.screening = Version.Screening.WAITING  # the rules look at it again
        standing.save(update_fields=["screening"])
    response.hold_reasons = standing.hold_reasons
    accepted = standing.screening == Version.Screening.ACCEPTED
    if accepted and response.state == State.HELD and not response.ground:
        _move(response, State.ACCEPTED)
    else:
        response.save(update_fields=["hold_reasons"])


def _move(response: Response, state: State) -> None:
    old = State(response.state)
    with facets.kept(response):
        response.move_to(state)
        response.full_clean()
        response.save()
    balance.move(response, old=old, new=state)


def _note(
    response: Response, act: str, *, by: User, because: Because, version: Version | None = None
) -> None:
    _log(response, act, by=by, because=because, version=version)
    ledger.record(f"response_{act}", response, by=by)


def _log(
    response: Response, act: str, *, by: User, because: Because, version: Version | None = None
) -> None:
    ModerationStep.objects.create(
        response=response,
        version=version,
        act=act,
        ground=because.ground,
        reason=because.reason,
        at=timezone.now(),
        by=by,
    )


def words(response: Response, because: Because) -> dict[str, str]:
    """The ground in the words of the published list, and the reason, for a letter."""
    texts = {g.slug: g.text for g in applied.present(response.consultation.procedure).grounds}
    ground = choose(texts[because.ground], response.respondent.language)
    return {"ground": ground.text, "reason": because.reason}
