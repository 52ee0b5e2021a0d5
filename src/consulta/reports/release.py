"""Release: the secretariat puts a frozen edition on the consultation's page."""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import frozen, redacting, reviewing
from consulta.reports.errors import (
    NotRenderedError,
    ReportError,
    RestrictedError,
    UndecidedError,
    UnreviewedError,
)
from consulta.reports.models import Edition, ReleaseNote, ReviewWaiver
from consulta.responses import queries as responses

#: What is never released by itself: all responses, declined ones with them, go to the group alone; a
#: summary is shown once it is on record what those present said to it.
NOT_RELEASED = (Edition.Kind.RECEIVED, Edition.Kind.SUMMARY, Edition.Kind.AGREEMENT)


@transaction.atomic
def explain(consultation: Consultation, explanation: str, *, by: User) -> ReleaseNote:
    """Record why responses are still undecided; the report will say so."""
    permissions.require(by, Act.RELEASE, consultation)
    if not explanation.strip():
        raise ReportError
    return ReleaseNote.objects.create(
        consultation=consultation, explanation=explanation, written_by=by
    )


@transaction.atomic
def waive_review(edition: Edition, explanation: str, *, by: User) -> ReviewWaiver:
    """Record why *edition* is released without a second officer's approval: a body may have only one.

    Everyone reads the explanation beside the report. Raises ReportError without words.
    """
    permissions.require(by, Act.RELEASE, edition.consultation)
    if not explanation.strip():
        raise ReportError
    told = {"explanation": storable(explanation).strip(), "at": timezone.now(), "by": by}
    made, _new = ReviewWaiver.objects.update_or_create(edition=edition, defaults=told)
    ledger.record("report_review_waived", edition, by=by)
    return made


def waiver(edition: Edition) -> ReviewWaiver | None:
    """The recorded explanation of an edition that was not reviewed, or None."""
    return ReviewWaiver.objects.filter(edition=edition).select_related("by").first()


def unreviewed(edition: Edition) -> list[int]:
    """The questions (0: the introduction) of a consolidated report that no second officer approved.

    What counts is the text that was frozen: it may be approved also after that. Empty for other kinds.
    """
    if edition.kind != Edition.Kind.CONSOLIDATED:
        return []
    approved = reviewing.approved(edition.consultation, edition.language)
    return [
        question or 0
        for question, said in frozen.by_question(edition).items()
        if reviewing.fingerprint((s.sentence, s) for s in said)
        not in approved.get(question, frozenset())
    ]


@transaction.atomic
def release(edition: Edition, *, by: User) -> bool:
    """Show *edition* to everyone; :mod:`consulta.flow.reporting` marks the clock and tells everyone.

    Returns whether this did it: False where it was released before, and that date stands.

    Raises NotRenderedError, UndecidedError while a hold is undecided and unexplained, UnreviewedError
    while no second officer approved what a consolidated report says and nobody explained why.
    """
    consultation = edition.consultation
    permissions.require(by, Act.RELEASE, consultation)
    _as_it_is_now(edition)
    _must_be_ripe(edition)
    if edition.released_at is not None:
        return False
    not_reviewed = unreviewed(edition)
    if not_reviewed and waiver(edition) is None:
        raise UnreviewedError(not_reviewed)
    edition.released_at, edition.released_by = timezone.now(), by
    edition.full_clean()
    edition.save(update_fields=["released_at", "released_by"])
    commitments = {"content": edition.content_sha256}
    ledger.record("report_released", edition, by=by, commitments=commitments)
    return True


def _must_be_ripe(edition: Edition) -> None:
    """Raise where *edition* cannot be shown: no files, restricted, never public, holds undecided."""
    consultation = edition.consultation
    if edition.rendered_at is None:
        raise NotRenderedError
    if edition.restricted_at is not None:
        raise RestrictedError
    undecided = list(responses.undecided(consultation).values_list("number", flat=True)[:50])
    if edition.kind in NOT_RELEASED:
        raise ReportError
    if undecided and not ReleaseNote.objects.filter(consultation=consultation).exists():
        raise UndecidedError(undecided)


def _as_it_is_now(edition: Edition) -> None:
    """Wait for whoever takes words away or releases it too, then see what stands on *edition*."""
    redacting.take_turn(edition.consultation_id)
    Edition.objects.select_for_update().only("pk").get(pk=edition.pk)
    edition.refresh_from_db(fields=["rendered_at", "restricted_at", "released_at", "released_by"])
