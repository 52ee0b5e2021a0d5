"""What is asked about positions: those given, by issue; a delegation's own, drafts included."""

from collections.abc import Collection, Sequence

from consulta.core.multilingual import Text, choose
from consulta.groups.models import Group, Issue, Membership
from consulta.meetings.models import PositionRequest, PositionVersion


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


def requests(groups: Sequence[Group]) -> list[PositionRequest]:
    """Return what *groups* asked of their members, the latest first."""
    rows = PositionRequest.objects.filter(group__in=groups).select_related("issue", "group")
    return list(rows)


def text(version: PositionVersion, language: str) -> Text:
    """Return the words of a version for a reader of *language*."""
    return choose(version.texts, language)
