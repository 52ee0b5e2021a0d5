"""Contributions submitted, posted and withdrawn. A late one is taken and marked, never refused.

Submitting gives the body's number at once. The document is posted then, or by the secretariat, as the
group's rule says. Every act raises NotAllowedError for a person without the right.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import members, membership
from consulta.groups.members import MemberAct
from consulta.groups.models import Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings import documents, drafting, following, posting_rules
from consulta.meetings.models import Contribution, Document

#: Whom a contribution may be for; a member's own paper is never for the desk alone.
AUDIENCES = (Document.Audience.PUBLIC, Document.Audience.LISTED, Document.Audience.MEMBERS)


class IncompleteError(drafting.ContributionError):
    """Something is missing. *missing*: title, audience, purpose or text."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = tuple(missing)


class NotSubmittedError(drafting.ContributionError):
    """It is a draft still."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that a contribution was handed in."""

    number: str
    at: datetime
    fingerprint: str
    days_late: int


def missing(draft: Contribution) -> list[str]:
    """Return what *draft* still lacks before it can be submitted, in the order of the form."""
    lacks = {
        "title": not str(draft.titles.get(draft.language, "")).strip(),
        "audience": draft.audience not in AUDIENCES,
        "purpose": not draft.purpose,
        "text": not (draft.text.strip() or draft.files),
    }
    return [name for name, is_missing in lacks.items() if is_missing]


@transaction.atomic
def submit(draft: Contribution, *, by: User) -> Receipt:
    """Hand *draft* in under the next number of the body's grammar.

    Raises IncompleteError, SubmittedError; for what follows a document, what `following` raises.
    """
    standing = drafting.opened(draft, by=by)
    if lacking := missing(standing):
        raise IncompleteError(lacking)
    made = Document(meeting=standing.meeting, titles=standing.titles, audience=standing.audience)
    made.sort, made.source = Document.Sort.CONTRIBUTION, source(standing)[:200]
    _reserve(made, standing)
    standing.document, standing.submitted_at, standing.submitted_by = made, timezone.now(), by
    standing.due_on, standing.days_late = posting_rules.days_late(standing.meeting)
    standing.fingerprint = fingerprint(standing)
    standing.full_clean()
    standing.save()
    if standing.item is not None and standing.item.removed_at is None:
        standing.item.documents.add(made)
    is_public = standing.audience == Document.Audience.PUBLIC  # a hash of few words can be guessed
    told = {"content": standing.fingerprint} if is_public else {}
    ledger.record("contribution_received", standing, by=by, commitments=told)
    return receipt(standing)


@transaction.atomic
def post(
    contribution: Contribution, files: Sequence[Mapping[str, Any]], *, by: User | None
) -> Document:
    """Post a submitted contribution with *files*; *by* None: by the group's rule, at once.

    Raises NotSubmittedError, PostedError, WithdrawnError.
    """
    if contribution.document is None:
        raise NotSubmittedError
    documents.allow(by, Act.DELIVER, contribution.meeting)
    return documents.post_reserved(contribution.document, files, by=None)


@transaction.atomic
def withdraw(contribution: Contribution, *, reason: str, by: User) -> Document:
    """Take a submitted contribution back: number, title and reason stay.

    Raises NotSubmittedError, ReasonMissingError, WithdrawnError.
    """
    members.require(by, MemberAct.SUBMIT_CONTRIBUTION, contribution.membership)
    if contribution.document is None:
        raise NotSubmittedError
    return documents.withdraw(contribution.document, reason=reason, by=None)


def sources(contribution: Contribution) -> list[Membership]:
    """Return the members whose contribution it is: the one that wrote it, then those that joined."""
    rows = contribution.joint.filter(agrees=True).select_related(
        "membership__state", "membership__organisation"
    )
    return [contribution.membership, *(row.membership for row in rows)]


def source(contribution: Contribution, language: str = "") -> str:
    """Return the source as the document names it: drawn from the delegations, never typed."""
    spoken = language or contribution.language
    names = [membership.name(one, spoken).text for one in sources(contribution)]
    return ", ".join(names)


def receipt(contribution: Contribution) -> Receipt:
    """Return the receipt of a submitted contribution. Raises NotSubmittedError."""
    if contribution.document is None or contribution.submitted_at is None:
        raise NotSubmittedError
    return Receipt(
        contribution.document.number,
        contribution.submitted_at,
        contribution.fingerprint,
        contribution.days_late,
    )


def fingerprint(contribution: Contribution) -> str:
    """Return the SHA-256 of what was handed in: words and the hashes of the files."""
    told = {
        "abstract": contribution.abstract,
        "files": [[file["name"], file["sha256"], file["size"]] for file in contribution.files],
        "language": contribution.language,
        "text": contribution.text,
        "titles": contribution.titles,
    }
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _reserve(made: Document, standing: Contribution) -> None:
    """Give *made* its number: the next one, or that of what it follows."""
    if standing.follows is None:
        documents.reserve(made, language=standing.language, by=None)
        return
    kind, language = standing.kind, standing.language
    following.reserve(made, of=standing.follows, kind=kind, language=language, by=None)
