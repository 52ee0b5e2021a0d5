"""Members state what they hold on each issue: drafted by the delegation alone, then given as versions.

Resolution 1336 (Rev. 2019), invites Member States. A draft belongs to the membership, not to the
person: whoever leaves leaves it there. A version that was given is never changed; the next follows it.
"""

from collections.abc import Iterable, Mapping

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.groups import member_queries, members, permissions
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Issue, Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import outbox
from consulta.meetings.models import Document, Position, PositionRequest, PositionVersion

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

    Raises NotAllowedError, OtherBodyError, NoWordsError, ChangedMeanwhileError.
    """
    members.require(by, MemberAct.STATE_POSITION, membership)
    if issue.body_id != membership.group.body_id:
        raise OtherBodyError
    if not choose(texts, "en").text.strip():
        raise NoWordsError
    position, _is_new = Position.objects.get_or_create(issue=issue, membership=membership)
    position = Position.objects.select_for_update().get(pk=position.pk)
    version = position.versions.filter(given_at__isnull=True).first()
    if version is not None and version.revision != revision:
        raise ChangedMeanwhileError(version)
    version = version or _begun(position)
    version.texts, version.revision = dict(texts), version.revision + 1
    version.written_at, version.written_by = timezone.now(), by
    version.full_clean()
    version.save()
    version.documents.set(documents)
    return version


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


@transaction.atomic
def ask(request: PositionRequest, *, by: User) -> int:
    """Ask the members of a group to give or update their positions on an issue; return how many are told.

    Raises NotAllowedError, NoWordsError, or ValidationError naming the field to mend.
    """
    permissions.require(by, Act.CONVENE, request.group)
    request.words = request.words.strip()
    if not request.words:
        raise NoWordsError
    request.asked_at, request.asked_by = timezone.now(), by
    request.full_clean()
    request.save()
    ledger.record("position_asked", request, by=by)
    told = _delegates(request)
    for user in told:
        _mail(request, user)
    return len(told)


def _delegates(request: PositionRequest) -> list[User]:
    """Everyone who may state a position of a member of the group today, once each."""
    today = groups.today()
    found: dict[int, User] = {}
    for membership in member_queries.running(request.group, on=today):
        for place in member_queries.delegates(membership):
            may = MemberAct.STATE_POSITION in members.acts_of(place)
            if may and place.runs(today) and place.user.is_active and place.user.email:
                found[place.user_id] = place.user
    return list(found.values())


def _mail(request: PositionRequest, user: User) -> None:
    with translation.override(django_code(user.language)):
        issue = groups.name(request.issue, user.language).text
        told = {"group": request.group.short_name, "issue": issue}
        subject = _("%(group)s asks for your position: %(issue)s") % told
        opening = _("%(group)s asks its members to give or update their position on “%(issue)s”.")
        close = _("You find it among the positions on the members' pages.")
    body = f"{opening % told}\n\n{request.words}\n\n{close}\n"
    outbox.send(EmailMessage(subject, body, to=[user.email]), subject=request)
