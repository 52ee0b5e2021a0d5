"""What is asked about positions: those given, by issue; a delegation's own, drafts included."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q

from consulta.core.multilingual import Text, choose
from consulta.groups import member_queries, members
from consulta.groups.models import Group, Issue, Membership
from consulta.meetings.models import (
    Contribution,
    Document,
    JointMember,
    PositionRequest,
    PositionVersion,
)


def given(group: Group, shown: Collection[str]) -> dict[int, list[PositionVersion]]:
    """Return the latest given version of each member's position that is for readers of *shown*.

    By the issue's id; a member that gave none, or none for these readers, is not named.
    """
    rows = PositionVersion.objects.filter(
        position__membership__group=group, given_at__isnull=False, audience__in=shown
    )
    latest: dict[int, PositionVersion] = {}
    for row in rows.select_related(
        "position__membership__state", "position__membership__organisation"
    ).order_by("position", "ordinal"):
        latest[row.position_id] = row
    found: dict[int, list[PositionVersion]] = {}
    for row in latest.values():
        found.setdefault(row.position.issue_id, []).append(row)
    return found


def own(membership: Membership, issue: Issue) -> list[PositionVersion]:
    """Return every version of the member's own position, the latest first; a draft comes first of all."""
    rows = PositionVersion.objects.filter(position__membership=membership, position__issue=issue)
    return list(rows.select_related("written_by").order_by("-ordinal"))


def version(pk: int) -> PositionVersion:
    """Return a version with its issue and member. Raises PositionVersion.DoesNotExist."""
    rows = PositionVersion.objects.select_related(
        "position__issue", "position__membership__state", "position__membership__organisation"
    )
    return rows.select_related("position__membership__group").get(pk=pk)


def requests(
    groups: Sequence[Group], *, own: Collection[Membership] | None = None
) -> list[PositionRequest]:
    """Return what *groups* asked of their members, the latest first.

    *own*: of these memberships alone, so that nobody learns whom else the group asked.
    """
    rows = PositionRequest.objects.filter(group__in=groups).select_related("issue", "group__body")
    if own is not None:
        rows = rows.filter(Q(memberships__isnull=True) | Q(memberships__in=own)).distinct()
    return list(rows)


def request(pk: int) -> PositionRequest:
    """Return a request with its issue and group. Raises PositionRequest.DoesNotExist."""
    return PositionRequest.objects.select_related("issue", "group__body", "decision").get(pk=pk)


def stating(group: Group) -> list[Membership]:
    """Return the members of *group* that state positions today. Two queries."""
    running = member_queries.running(group, on=members.today(group.body))
    return [each for each in running if each.kind in group.position_kinds]


def asked_members(request: PositionRequest) -> list[Membership]:
    """Return who was asked and still has its place: those named, or every one that states positions."""
    named = set(request.memberships.values_list("pk", flat=True))
    able = stating(request.group)
    return [each for each in able if each.pk in named] if named else able


def answers(request: PositionRequest) -> dict[int, PositionVersion]:
    """Return what came since the request was made, the first of each member, by the membership's id."""
    rows = PositionVersion.objects.filter(
        position__issue=request.issue_id,
        position__membership__group=request.group_id,
        given_at__gt=request.asked_at,
    ).select_related("position__membership")
    found: dict[int, PositionVersion] = {}
    for row in rows.order_by("given_at", "pk"):
        found.setdefault(row.position.membership_id, row)
    return found


def unanswered(request: PositionRequest) -> list[Membership]:
    """Return the members that were asked and gave no position since."""
    came = answers(request)
    return [each for each in asked_members(request) if each.pk not in came]


def linkable(membership: Membership) -> list[Document]:
    """Return the posted contributions of a member, joint ones too: what its position can be linked to."""
    joint = JointMember.objects.filter(
        contribution=OuterRef("pk"), membership=membership, agrees=True
    )
    rows = Contribution.objects.filter(submitted_at__isnull=False)
    rows = rows.filter(Q(membership=membership) | Exists(joint))
    held = Document.objects.filter(pk__in=rows.values("document"), posted_at__isnull=False)
    held = held.filter(withdrawn_at__isnull=True).select_related("meeting__group")
    return list(held.order_by("-posted_at", "-pk"))


def documents_of(
    versions: Collection[PositionVersion], shown: Collection[str]
) -> dict[int, list[Document]]:
    """Return what each of *versions* is linked to, for readers of *shown*, by its id. Two queries.

    Of a document whose title is not for these readers there is nothing.
    """
    seen = {*shown, Document.Audience.LISTED.value}  # its title is public
    found: dict[int, list[Document]] = {version.pk: [] for version in versions}
    links = PositionVersion.documents.through.objects.filter(positionversion__in=found)
    pairs = list(links.values_list("positionversion", "document"))
    rows = Document.objects.filter(
        pk__in={document for _version, document in pairs},
        audience__in=seen,
        posted_at__isnull=False,
    )
    known = {row.pk: row for row in rows.select_related("meeting__group")}
    for version, document in pairs:
        if document in known:
            found[version].append(known[document])
    return found


def text(version: PositionVersion, language: str) -> Text:
    """Return the words of a version for a reader of *language*."""
    return choose(version.texts, language)
