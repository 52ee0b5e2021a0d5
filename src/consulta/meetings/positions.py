"""Members state what they hold on each issue: drafted by the delegation alone, then given as versions.

Resolution 1336 (Rev. 2019), invites Member States. A draft belongs to the membership, not to the
person: whoever leaves leaves it there. A version that was given is never changed; the next follows it.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.multilingual import choose
from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.groups.models import Issue, Membership
from consulta.ledger import ledger
from consulta.meetings import position_queries
from consulta.meetings.models import Document, Position, PositionVersion

Texts = Mapping[str, Mapping[str, str]]


class PositionError(ValueError):
    """Something about a position that the record does not allow."""


class NoWordsError(PositionError):
    """A position is written in one language at least."""


class NoDraftError(PositionError):
    """There is no draft to give: a colleague gave it already."""


class ChangedMeanwhileError(PositionError):
    """A colleague saved the draft since it was opened. *version*: as it stands now."""

    def __init__(self, version: PositionVersion) -> None:
        super().__init__(str(version))
        self.version = version


class OtherBodyError(PositionError):
    """The issue is on the list of another body."""


class NotItsContributionError(PositionError):
    """A position is linked to posted contributions of the member itself."""


@transaction.atomic
def draft(
    membership: Membership,
    issue: Issue,
    texts: Texts,
    *,
    by: User,
    revision: int = 0,
    documents: Iterable[Document] = (),
) -> PositionVersion:
    """Save what *membership* drafts on *issue*; *revision*: of the draft as it was opened (0: none).

    *documents*: contributions of the member that it is linked to. Raises NotAllowedError,
    OtherBodyError, NoWordsError, NotItsContributionError, ChangedMeanwhileError.
    """
    members.require(by, MemberAct.STATE_POSITION, membership)
    if issue.body_id != membership.group.body_id:
        raise OtherBodyError
    if not choose(texts, "en").text.strip():
        raise NoWordsError
    linked = _its_own(membership, documents)
    position, _is_new = Position.objects.get_or_create(issue=issue, membership=membership)
    position = Position.objects.select_for_update().get(pk=position.pk)
    version = position.versions.filter(given_at__isnull=True).first()
    if version is not None and version.revision != revision:
        raise ChangedMeanwhileError(version)
    version = version or _begun(position)
    _write(version, texts, by)
    version.documents.set(linked)
    return version


def _its_own(membership: Membership, documents: Iterable[Document]) -> list[Document]:
    linked = list(documents)
    own = {document.pk for document in position_queries.linkable(membership)} if linked else set()
    if any(document.pk not in own for document in linked):
        raise NotItsContributionError
    return linked


def _write(version: PositionVersion, texts: Texts, by: User) -> None:
    version.texts, version.revision = dict(texts), version.revision + 1
    version.written_at, version.written_by = timezone.now(), by
    version.full_clean()
    version.save()


def _begun(position: Position) -> PositionVersion:
    return PositionVersion(position=position, ordinal=position.versions.count() + 1, revision=0)


@transaction.atomic
def give(membership: Membership, issue: Issue, *, audience: str, by: User) -> PositionVersion:
    """Give the draft on *issue*: from now on it is the position, for readers of *audience*.

    Raises NotAllowedError, NoDraftError, or ValidationError for an audience that is none.
    """
    members.require(by, MemberAct.STATE_POSITION, membership)
    drafts = PositionVersion.objects.select_for_update(of=("self",)).filter(
        position__issue=issue, position__membership=membership, given_at__isnull=True
    )
    version = drafts.first()
    if version is None:
        raise NoDraftError
    version.audience, version.given_at, version.given_by = audience, timezone.now(), by
    version.full_clean()
    version.save()
    shown = "pages" if audience == Document.Audience.PUBLIC else "none"
    ledger.record("position_given", version, by=by, shows=shown)
    return version
