"""What readers do not see of a contest: addresses, telephone numbers, and what a person leaves out.

As in responses, what a rule marked is left out until a person lets it stand. The words that arrived
are kept; receipts and private pages show them whole.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import applied, permissions
from consulta.core import redaction
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import contest_letters
from consulta.reports.contest_errors import PassageOutsideError
from consulta.reports.models import Contest, ContestMark
from consulta.responses.errors import GroundMissingError, ReasonMissingError
from consulta.responses.moderation import Because


def mark(contest: Contest) -> None:
    """Mark what in a contest looks like an address, a telephone number or a signature."""
    found = redaction.find(contest.text, country=contest.contester.country)
    rows = [ContestMark(contest=contest, start=p.start, end=p.end, kind=p.kind) for p in found]
    ContestMark.objects.bulk_create(rows)


def public(contest: Contest) -> str:
    """What readers see of the words of *contest*; empty where it is not published."""
    if contest.state != Contest.State.PUBLISHED:
        return ""
    spans = [(m.start, m.end) for m in contest.marks.all() if m.state in ContestMark.HIDING]
    return redaction.apply(contest.text, spans)


def grounds(contest: Contest) -> tuple[Ground, ...]:
    """The published grounds on which a passage may be left out: those of responses."""
    return applied.present(contest.consultation.procedure).grounds_for(OnGround.REDACT)


@transaction.atomic
def redact(contest: Contest, span: tuple[int, int], because: Because, *, by: User) -> ContestMark:
    """Leave a passage out of what readers see; the original is kept, whoever contested is mailed.

    *span*: start and end in Unicode code points. Raises PassageOutsideError, GroundMissingError,
    ReasonMissingError.
    """
    _check(contest, because)
    start, end = span
    if not 0 <= start < end <= len(contest.text):
        raise PassageOutsideError
    made = ContestMark(contest=contest, start=start, end=end, kind="passage")
    _apply(made, because, by=by)
    contest_letters.redacted(contest, because)
    return made


@transaction.atomic
def decide(
    contest: Contest, chosen: Mapping[int, bool], because: Because | None, *, by: User
) -> int:
    """Leave marked passages out for good (true) or let them stand (false); how many were decided.

    *chosen*: by the mark's id; *because*: needed where one is left out, and mailed once for all of
    them. Raises GroundMissingError,
    ReasonMissingError.
    """
    permissions.require(by, Act.SCREEN_CONTEST, contest.consultation)
    rows = contest.marks.select_for_update().filter(state=ContestMark.State.PROPOSED)
    waiting = list(rows.filter(pk__in=chosen))
    for one in waiting:
        if not chosen[one.pk]:
            _dismiss(one, by=by)
            continue
        because = because or Because("", "")
        _check(contest, because)
        _apply(one, because, by=by)
    if because is not None and any(chosen[one.pk] for one in waiting):
        contest_letters.redacted(contest, because)
    return len(waiting)


def _check(contest: Contest, because: Because) -> None:
    if because.ground not in {each.slug for each in grounds(contest)}:
        raise GroundMissingError(because.ground)
    if not because.reason.strip():
        raise ReasonMissingError


def _apply(one: ContestMark, because: Because, *, by: User) -> None:
    permissions.require(by, Act.SCREEN_CONTEST, one.contest.consultation)
    one.state = ContestMark.State.APPLIED
    one.ground, one.reason = because.ground, because.reason.strip()
    one.decided_at, one.decided_by = timezone.now(), by
    one.full_clean()
    one.save()
    ledger.record("contest_redacted", one.contest, by=by)


def _dismiss(one: ContestMark, *, by: User) -> None:
    one.state = ContestMark.State.DISMISSED
    one.decided_at, one.decided_by = timezone.now(), by
    one.save()
    ledger.record("contest_mark_dismissed", one.contest, by=by)
