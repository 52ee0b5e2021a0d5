"""Contributions before they are submitted: begun, continued by colleagues, joined by other members.

A draft belongs to the membership. Nobody else sees it, not its number, not that it is there: nothing of
it stands in the ledger. Every act raises NotAllowedError for a person without the right.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.plaintext import one_line, storable
from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.groups.models import Membership
from consulta.meetings import following
from consulta.meetings.documents import NotPostedError, WithdrawnError
from consulta.meetings.models import Contribution, Document, JointMember, Meeting

#: What a delegate writes.
FIELDS = ("titles", "abstract", "text", "language", "purpose", "audience", "item")
MOST_FILES = 20


class ContributionError(ValueError):
    """Something about a contribution that the record does not allow."""


class SubmittedError(ContributionError):
    """It was submitted: what changes now is a revision, an addendum or a corrigendum."""


class WrittenMeanwhileError(ContributionError):
    """A colleague saved the draft since it was opened. *standing*: as it is now."""

    def __init__(self, standing: Contribution) -> None:
        super().__init__(str(standing))
        self.standing = standing


class ClosedMeetingError(ContributionError):
    """The meeting was cancelled, or is not one of the group."""


class TooManyFilesError(ContributionError):
    """A contribution has MOST_FILES files at most."""


class FileThereError(ContributionError):
    """A file of this name is there: take it out first, or give this one another name."""


@transaction.atomic
def begin(
    meeting: Meeting, membership: Membership, values: Mapping[str, Any], *, by: User
) -> Contribution:
    """Keep the first save of a draft of *membership* to *meeting*. Raises ClosedMeetingError."""
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, membership)
    if meeting.cancelled_at is not None or meeting.group_id != membership.group_id:
        raise ClosedMeetingError
    now = timezone.now()
    made = Contribution(meeting=meeting, membership=membership, begun_at=now, begun_by=by)
    made.saved_at, made.saved_by = now, by
    _write(made, values)
    return made


@transaction.atomic
def begin_following(of: Contribution, kind: str, *, by: User) -> Contribution:
    """Begin a revision, an addendum or a corrigendum of what *of* became.

    A revision begins with the words that stand. Raises WithdrawnError, NotPostedError,
    CannotFollowError.
    """
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, of.membership)
    _check_follows(of.document, kind)
    now = timezone.now()
    made = Contribution(meeting=of.meeting, membership=of.membership, follows=of.document)
    made.kind, made.item, made.purpose = Document.Kind(kind), of.item, of.purpose
    made.begun_at = made.saved_at = now
    made.begun_by = made.saved_by = by
    words = (of.abstract, of.text) if kind == Document.Kind.REVISION else ("", "")
    told = {"titles": of.titles, "language": of.language, "audience": of.audience}
    _write(made, told | dict(zip(("abstract", "text"), words, strict=True)))
    for joint in of.joint.filter(agrees=True):
        JointMember.objects.create(
            contribution=made, membership=joint.membership, asked_at=now, asked_by=by
        )
    return made


@transaction.atomic
def save(draft: Contribution, values: Mapping[str, Any], *, by: User) -> Contribution:
    """Save what a delegate typed into *draft*, as it was read with its revision.

    Raises WrittenMeanwhileError, SubmittedError.
    """
    standing = opened(draft, by=by)
    if standing.revision != draft.revision:
        raise WrittenMeanwhileError(standing)
    standing.revision += 1
    standing.saved_at, standing.saved_by = timezone.now(), by
    _write(standing, values)
    return standing


@transaction.atomic
def attach(draft: Contribution, file: Mapping[str, Any], *, by: User) -> Contribution:
    """Put a kept *file* to the draft. Raises TooManyFilesError, FileThereError, SubmittedError."""
    standing = opened(draft, by=by)
    if len(standing.files) >= MOST_FILES:
        raise TooManyFilesError
    if file["name"].casefold() in {str(kept["name"]).casefold() for kept in standing.files}:
        raise FileThereError
    standing.files = [*standing.files, dict(file)]
    standing.saved_at, standing.saved_by = timezone.now(), by
    standing.save(update_fields=["files", "saved_at", "saved_by"])
    return standing


@transaction.atomic
def detach(draft: Contribution, name: str, *, by: User) -> Contribution:
    """Take the file called *name* out of the draft. Raises SubmittedError."""
    standing = opened(draft, by=by)
    standing.files = [kept for kept in standing.files if kept["name"] != name]
    standing.save(update_fields=["files"])
    return standing


@transaction.atomic
def discard(draft: Contribution, *, by: User) -> None:
    """Put the draft aside for good. Raises SubmittedError."""
    standing = opened(draft, by=by)
    standing.discarded_at = timezone.now()
    standing.save(update_fields=["discarded_at"])


@transaction.atomic
def ask_to_join(draft: Contribution, membership: Membership, *, by: User) -> JointMember:
    """Ask another member of the group to join; from then on that delegation can read the draft."""
    standing = opened(draft, by=by)
    if membership.group_id != standing.membership.group_id or membership == standing.membership:
        raise ClosedMeetingError
    asked = {"asked_at": timezone.now(), "asked_by": by}
    made, _new = JointMember.objects.get_or_create(
        contribution=standing, membership=membership, defaults=asked
    )
    return made


@transaction.atomic
def answer_to_join(joint: JointMember, *, agrees: bool, by: User) -> JointMember:
    """Say for a member that was asked whether it joins. Raises SubmittedError."""
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, joint.membership)
    standing = Contribution.objects.select_for_update(of=("self",)).get(pk=joint.contribution_id)
    if standing.submitted_at is not None or standing.discarded_at is not None:
        raise SubmittedError
    joint.agrees, joint.answered_at, joint.answered_by = agrees, timezone.now(), by
    joint.save()
    return joint


def opened(draft: Contribution, *, by: User) -> Contribution:
    """Return *draft* as it is once nobody else changes it, for a delegate of its own delegation.

    Raises SubmittedError, NotAllowedError.
    """
    rows = Contribution.objects.select_for_update(of=("self",))
    rows = rows.select_related("membership__group__body", "membership__state", "meeting__group")
    standing = rows.get(pk=draft.pk)
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, standing.membership)
    if standing.submitted_at is not None or standing.discarded_at is not None:
        raise SubmittedError
    return standing


def _check_follows(document: Document | None, kind: str) -> None:
    if document is None or (document.posted_at is None and document.withdrawn_at is None):
        raise NotPostedError
    if document.withdrawn_at is not None:
        raise WithdrawnError
    if kind not in following.possible(document):
        raise following.CannotFollowError


def _write(draft: Contribution, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(draft, name, values[name])
    draft.titles = {code: one_line(str(title)) for code, title in draft.titles.items()}
    draft.abstract, draft.text = storable(draft.abstract), storable(draft.text)
    draft.full_clean(exclude=["titles", "purpose"])
    draft.save()
