"""Publication: making an accepted response visible to everyone."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions, terms
from consulta.core.fingerprint import fingerprint
from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.responses import balance, content, facets, naming, turn
from consulta.responses.errors import SealedError
from consulta.responses.models import Response, Version


@transaction.atomic
def publish(response: Response, *, by: User | None) -> None:
    """Show *response* on the consultation's page.

    Raises StepNotAllowedError unless it was accepted, SealedError before the close where the rule
    shows all responses together after it.
    """
    turn.renew(response)
    _require(response, by=by)
    if terms.sealed(response.consultation, timezone.now()):
        raise SealedError(response.number)
    old = State(response.state)
    version = response.versions.filter(screening=Version.Screening.ACCEPTED).last()
    if version is None:
        raise StepNotAllowedError(old, State.PUBLISHED)
    with facets.kept(response):
        response.move_to(State.PUBLISHED)
        response.published_at = response.published_at or timezone.now()
        _show(response, version)
    balance.move(response, old=old, new=State.PUBLISHED)
    _record("response_published", response, version, by=by)


@transaction.atomic
def publish_version(version: Version, *, by: User | None) -> None:
    """Let *version* take the place of the published one and of what waited before it; all stay on record.

    Raises StepNotAllowedError unless the version was accepted and the response stands published.
    """
    response = version.response
    turn.renew(response)
    version.refresh_from_db()
    _require(response, by=by)
    if version.screening != Version.Screening.ACCEPTED or response.state != State.PUBLISHED:
        raise StepNotAllowedError(State(response.state), State.PUBLISHED)
    undecided = [Version.Screening.WAITING, Version.Screening.ACCEPTED]
    response.versions.filter(
        Q(screening=Version.Screening.PUBLISHED)
        | Q(ordinal__lt=version.ordinal, screening__in=undecided)
    ).update(screening=Version.Screening.SUPERSEDED)
    with facets.kept(response):
        _show(response, version)
    _record("version_published", response, version, by=by)


def record_change(response: Response, *, act: str, by: User | str | None) -> None:
    """Enter *act*, and commit anew to what readers see where it is published.

    For what changes a published response: a redaction, a released file, a confirmed name.
    """
    pk = response.published_version_id
    if response.state != State.PUBLISHED or pk is None:
        ledger.record(act, response, by=by or "rules")
        return
    version = Version.objects.get(pk=pk)  # as it is, nothing remembered
    _fingerprint(version)
    _record(act, response, version, by=by)


def show_name(response: Response) -> None:
    """Write what may be shown of the respondent now into a published response."""
    if response.state == State.PUBLISHED:
        with facets.kept(response):
            _name(response, naming.public(response.respondent))
            response.save()


def _require(response: Response, *, by: User | None) -> None:
    """A person needs the right to publish (NotAllowedError); None is the procedure itself."""
    if by is not None:
        permissions.require(by, Act.PUBLISH, response.consultation)


def _show(response: Response, version: Version) -> None:
    now = timezone.now()
    version.screening = Version.Screening.PUBLISHED
    version.published_at = now
    _name(response, naming.public(response.respondent))
    version.response = response
    _fingerprint(version)
    response.published_version = version
    response.public_language = version.language
    response.ground, response.reason = "", ""
    response.full_clean()
    response.save()


def _name(response: Response, shown: naming.PublicRespondent) -> None:
    response.public_name = shown.name
    response.public_country = shown.country
    response.public_group = shown.group


def _fingerprint(version: Version) -> None:
    version.public_fingerprint = fingerprint(
        content.public(version), bytes.fromhex(version.public_salt)
    )
    version.save()


def _record(act: str, response: Response, version: Version, *, by: User | str | None) -> None:
    commitments = {"public": version.public_fingerprint, "private": version.private_fingerprint}
    ledger.record(act, response, by=by or "rules", commitments=commitments)
