"""What is asked about follow-ups: the matrix with its filters, one with its history, what is due.

Whatever is asked names the audiences that it is asked for (:mod:`consulta.meetings.decision_queries`).
A follow-up is shown to whom both it and its decision are shown.
"""

import string
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from consulta.core.multilingual import Text, choose
from consulta.groups.models import Body, Group
from consulta.meetings.models import (
    Advice,
    Decision,
    Document,
    FollowUp,
    Meeting,
    Office,
    ReportPoint,
    StatusChange,
)

#: What still waits for something.
UNFINISHED = (
    FollowUp.Status.OPEN.value,
    FollowUp.Status.IN_PROGRESS.value,
    FollowUp.Status.PARTLY_DONE.value,
)
STANDING = "standing"
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a matrix is filtered by; empty: everything. *meeting*: a slug, or `standing`."""

    group: Group | None = None
    office: str = ""
    meeting: str = ""
    status: str = ""
    force: str = ""


def of_decisions(
    decisions: Sequence[Decision], shown: Collection[str]
) -> dict[int, list[FollowUp]]:
    """Return what was asked by each of *decisions*, by the decision's id. Two queries."""
    found: dict[int, list[FollowUp]] = {decision.pk: [] for decision in decisions}
    for row in _rows(shown).filter(decision__in=decisions):
        found[row.decision_id].append(row)
    return found


def matrix(asked: Asked, shown: Collection[str], *, on: date) -> list[FollowUp]:
    """Return the follow-ups that *asked* asks for, the latest meeting first; standing duties last."""
    rows = _chosen(asked, shown, on=on)
    latest = ("-decision__meeting__starts_on", "decision__position", "decision", "position")
    return sorted(rows.order_by(*latest).distinct(), key=lambda one: one.is_standing)


def page(
    asked: Asked, shown: Collection[str], *, on: date, group: str, after: int, size: int
) -> list[FollowUp]:
    """Return at most one more than *size* of what *asked* asks for, recorded after the id *after*.

    *group*: a slug; empty for all.
    """
    rows = _chosen(asked, shown, on=on).filter(pk__gt=after)
    if group:
        rows = rows.filter(decision__meeting__group__slug=group)
    return list(rows.order_by("pk").distinct()[: size + 1])


def _chosen(asked: Asked, shown: Collection[str], *, on: date) -> "QuerySet[FollowUp]":
    rows = _rows(shown)
    if asked.group is not None:
        of_group = Q(decision__meeting__group=asked.group)
        rows = rows.filter(of_group | _standing_of(asked.group))
    if asked.office:
        rows = rows.filter(offices__slug=asked.office)
    if asked.meeting == STANDING:
        rows = rows.filter(is_standing=True)
    elif asked.meeting:
        rows = rows.filter(decision__meeting__slug=asked.meeting)
    if asked.force:
        rows = rows.filter(force=asked.force)
    if asked.status == OVERDUE:
        rows = rows.filter(_overdue(on))
    elif asked.status:
        rows = rows.filter(status=asked.status)
    return rows


def standing(group: Group, shown: Collection[str]) -> list[FollowUp]:
    """Return the standing duties of the offices that *group* speaks to, with what was done."""
    return list(_rows(shown).filter(_standing_of(group), is_standing=True))


def one(pk: int) -> FollowUp:
    """Return a follow-up with its decision, meeting and group. Raises FollowUp.DoesNotExist."""
    rows = FollowUp.objects.select_related("decision__meeting__group__body")
    return rows.prefetch_related("offices").get(pk=pk)


def is_shown(follow_up: FollowUp, shown: Collection[str]) -> bool:
    """Say whether readers of *shown* see it: it and its decision are for them."""
    return follow_up.audience in shown and follow_up.decision.audience in shown


def history(follow_up: FollowUp) -> list[StatusChange]:
    """Return what was said of it, the latest first."""
    rows = StatusChange.objects.filter(follow_up=follow_up)
    return list(rows.select_related("document__meeting__group").order_by("-recorded_at", "-pk"))


def histories(follow_ups: Sequence[FollowUp]) -> dict[int, list[StatusChange]]:
    """Return what was said of each of *follow_ups*, the latest first, by its id. One query."""
    found: dict[int, list[StatusChange]] = {one.pk: [] for one in follow_ups}
    rows = StatusChange.objects.filter(follow_up__in=follow_ups).select_related("document")
    for row in rows.order_by("-recorded_at", "-pk"):
        found[row.follow_up_id].append(row)
    return found


def is_overdue(follow_up: FollowUp, *, on: date) -> bool:
    """Say whether it is past its day and unfinished. An invitation and a standing duty never are."""
    if follow_up.is_standing or follow_up.force == FollowUp.Force.INVITE:
        return False
    late = follow_up.due_on is not None and follow_up.due_on < on
    return late and follow_up.status in UNFINISHED


def due(*, until: date) -> list[FollowUp]:
    """Return the unfinished requests and instructions that are due on the day *until* or before."""
    rows = FollowUp.objects.filter(due_on__lte=until, status__in=UNFINISHED, is_standing=False)
    rows = rows.exclude(force=FollowUp.Force.INVITE).select_related(
        "decision__meeting__group__body"
    )
    return list(rows.prefetch_related("offices").order_by("due_on", "pk"))


def to_report(group: Group, shown: Collection[str]) -> list[FollowUp]:
    """Return what *group* asked of the content of a next report, the points checked already with it."""
    rows = _rows(shown).filter(asks=FollowUp.Asks.REPORT, decision__meeting__group=group)
    return list(rows.order_by("decision__meeting__starts_on", "decision__position", "position"))


def points(follow_ups: Sequence[FollowUp]) -> dict[int, list[ReportPoint]]:
    """Return how reports were checked for each of *follow_ups*, the latest first. One query."""
    found: dict[int, list[ReportPoint]] = {one.pk: [] for one in follow_ups}
    rows = ReportPoint.objects.filter(follow_up__in=follow_ups)
    for row in rows.select_related("report__meeting__group").order_by("-checked_at", "-pk"):
        found[row.follow_up_id].append(row)
    return found


def shown_to(changes: Sequence[StatusChange], shown: Collection[str]) -> list[StatusChange]:
    """Return *changes* for readers of *shown*: a document that is not theirs is not named."""
    for change in changes:
        if change.document is not None and change.document.audience not in shown:
            change.document = None
    return list(changes)


def points_shown_to(
    follow_ups: Sequence[FollowUp], shown: Collection[str]
) -> dict[int, list[ReportPoint]]:
    """Return how reports were checked, as far as the report's title is for readers of *shown*."""
    titles = {*shown, Document.Audience.LISTED.value}
    return {
        pk: [point for point in found if point.report.audience in titles]
        for pk, found in points(follow_ups).items()
    }


def offices(body: Body | None) -> list[Office]:
    """Return whom groups of *body* can ask, in the list's own order."""
    return list(Office.objects.filter(body=body)) if body else []


def office(body: Body, slug: str) -> Office:
    """Return an office by its slug. Raises Office.DoesNotExist."""
    return Office.objects.get(body=body, slug=slug)


def advice_of(group: Group, shown: Collection[str]) -> list[Advice]:
    """Return what *group* said of reports and put into activities, the latest first."""
    rows = Advice.objects.filter(group=group, audience__in=shown)
    rows = rows.select_related("meeting__group", "report", "item").prefetch_related("offices")
    return list(rows.order_by("-recorded_at", "-pk"))


def advice(pk: int) -> Advice:
    """Return one comment or input, with its group. Raises Advice.DoesNotExist."""
    return Advice.objects.select_related("group", "meeting").get(pk=pk)


def documents(group: Group) -> list[Document]:
    """Return what was posted to the meetings of *group*, the latest first, for the desk."""
    rows = Document.objects.filter(meeting__group=group, posted_at__isnull=False)
    rows = rows.filter(withdrawn_at__isnull=True).select_related("meeting__group")
    return list(rows.order_by("-posted_at", "-pk")[:200])


def meetings_asking(group: Group, shown: Collection[str]) -> list[Meeting]:
    """Return the meetings of *group* that asked something, the latest first."""
    asked = FollowUp.objects.filter(audience__in=shown, decision__audience__in=shown)
    rows = Meeting.objects.filter(group=group, pk__in=asked.values("decision__meeting"))
    return list(rows.select_related("group").order_by("-starts_on"))


def text(follow_up: FollowUp, language: str) -> Text:
    """Return what is asked: its own words, else those of the decision."""
    own = choose(follow_up.texts, language)
    return own if own.text else choose(follow_up.decision.texts, language)


def addressee(follow_up: FollowUp, language: str) -> Text:
    """Return who was asked to act, for a reader of *language*."""
    return choose(follow_up.addressee, language)


def office_name(office: Office, language: str) -> Text:
    """Return an office's name for a reader of *language*."""
    return choose(office.names, language)


def reference(follow_up: FollowUp) -> str:
    """Return how it is cited: meeting and letter of the decision, e.g. `15d`; `15d.2` for a second."""
    decision = follow_up.decision
    meeting = decision.meeting
    number = str(meeting.number or meeting.slug) if meeting else "S"
    place = letter(decision.position) if meeting else str(decision.position)
    more = f".{follow_up.position}" if follow_up.position > 1 else ""
    return f"{number}{place}{more}"


def letter(position: int) -> str:
    """Return the letter of a decision in its meeting: 1 is a, 26 is z, 27 is aa."""
    letters = ""
    while position > 0:
        position, rest = divmod(position - 1, 26)
        letters = string.ascii_lowercase[rest] + letters
    return letters


def _rows(shown: Collection[str]) -> "QuerySet[FollowUp]":
    rows = FollowUp.objects.filter(audience__in=shown, decision__audience__in=shown)
    return rows.select_related("decision__meeting__group__body").prefetch_related("offices")


def _standing_of(group: Group) -> Q:
    """The duties that an instrument lays down on offices of the group's body, and no meeting took."""
    return Q(is_standing=True, decision__meeting__isnull=True, offices__body=group.body)


def _overdue(on: date) -> Q:
    late = Q(due_on__lt=on, status__in=UNFINISHED, is_standing=False)
    return late & ~Q(force=FollowUp.Force.INVITE)
