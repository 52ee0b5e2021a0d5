"""Practices: anyone submits an experience on an issue; a person decides, on a published ground."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.repository.models import Practice


class PracticeDecidedError(ValueError):
    """The practice was decided already."""


class GroundMissingError(ValueError):
    """A practice is declined on a ground, with a short reason that its author reads."""


@transaction.atomic
def submit(practice: Practice) -> Practice:
    """Take in *practice*, whose respondent is saved; the same key twice is the same practice.

    Raises ValidationError naming the field to mend.
    """
    if standing := Practice.objects.filter(idempotency_key=practice.idempotency_key).first():
        return standing
    practice.state = Practice.State.RECEIVED
    practice.submitted_at = timezone.now()
    practice.slug = practice.slug or _slug(practice)
    practice.full_clean()
    practice.save()
    ledger.record("practice_submitted", practice, by="respondent")
    return practice


@transaction.atomic
def publish(practice: Practice, *, by: User) -> None:
    """Show *practice* in the archive. Raises NotAllowedError, PracticeDecidedError."""
    _decide(practice, by=by)
    practice.state = Practice.State.PUBLISHED
    practice.published_at = timezone.now()
    practice.full_clean()
    practice.save()
    ledger.record("practice_published", practice, by=by)


@transaction.atomic
def decline(practice: Practice, *, ground: str, reason: str, by: User) -> None:
    """Decline *practice*. Raises NotAllowedError, PracticeDecidedError, GroundMissingError."""
    _decide(practice, by=by)
    if not ground or not reason.strip():
        raise GroundMissingError(practice.slug)
    practice.state, practice.ground = Practice.State.DECLINED, ground
    practice.reason = reason.strip()
    practice.full_clean()
    practice.save()
    ledger.record("practice_declined", practice, by=by)


def _decide(practice: Practice, *, by: User) -> None:
    permissions.require(by, Act.PRACTICES, None)
    practice.refresh_from_db(from_queryset=Practice.objects.select_for_update())
    if practice.state != Practice.State.RECEIVED:
        raise PracticeDecidedError(practice.slug)
    practice.decided_by = by


def _slug(practice: Practice) -> str:
    made = slugify(practice.title)[:100].strip("-") or "practice"
    taken = set(Practice.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    return made if made not in taken else f"{made}-{len(taken) + 1}"
