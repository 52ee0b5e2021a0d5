"""A meeting as members see it: how to take part, the agenda with minutes, every document they have."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.core.multilingual import Text, choose
from consulta.flow import tabling
from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.live import registration_terms
from consulta.live.captions import queries as captions
from consulta.live.floor import chairing
from consulta.meetings import (
    agenda_lines,
    agenda_queries,
    contribution_queries,
    decision_queries,
    packing,
    posting_rules,
    queries,
    wording,
)
from consulta.meetings.models import Document, Meeting
from consulta.reports import placing
from consulta.web.members import documents as lists
from consulta.web.members import frame
from consulta.web.members.doors import at_meeting, person
from consulta.web.members.table import beside as tables
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

_SUBMIT = MemberAct.SUBMIT_CONTRIBUTION


@require_safe
@at_meeting
def meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Everything about one meeting that members have."""
    language = current()
    documents = queries.for_members(found)
    name = wording.name(found, language)
    context = {
        "meeting": found,
        "name": name,
        "parts": list(found.parts.all()),
        "hours": wording.hours(found),
        "practical": choose(found.practical, language),
        **_documents(found, documents, language),
        "is_live": bool(captions.of_meeting(found)),
        "conducts": chairing.may(request.user, found),
        "registers": registration_terms.of(found) is not None,
        "contributes": bool(members.memberships(person(request), _SUBMIT, group=found.group)),
        "crumbs": crumbs(Link(label=name.text)),
        "on_the_table": bool(tabling.consultations_at(found)),
    }
    if agenda_queries.may_see(found, request.user):
        context |= _agenda(found, documents, language)
    return show(request, "members/meeting.html", context)


def show(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page of the members' side with its side navigation."""
    return render(request, template, frame.sides(request) | context, status=status)


def crumbs(*more: Link) -> list[Link]:
    """The way from the members' first page."""
    return [Link(label=_("Members"), href=reverse("members:home")), *more]


def meeting_link(found: Meeting) -> Link:
    """The meeting's own page, for the way to a page below it."""
    href = reverse("members:meeting", args=[found.slug])
    return Link(label=wording.name(found, current()).text, href=href)


def _documents(found: Meeting, documents: Sequence[Document], language: str) -> dict[str, object]:
    """The documents sort by sort, and whether they were posted by the day of the group's rule."""
    late = contribution_queries.late(documents)
    posted_late = posting_rules.posted_late(found, documents, placing.kinds(found))
    count, size = packing.size(packing.chosen(documents, packing.Choice()))
    due = posting_rules.due(found)
    return {
        "groups": lists.by_sort(documents, language, late=late, posted_late=posted_late),
        "due": due,
        "posted_late": len(posted_late),
        "day_over": due is not None
        and found.group is not None
        and members.today(found.group.body) > due.posted_by,
        "files": count,
        "size": size,
    }


def _agenda(found: Meeting, documents: Sequence[Document], language: str) -> dict[str, object]:
    listed = agenda_queries.shown(found, documents, member=True)
    return {
        "agenda": agenda_lines.lines(
            listed,
            language,
            address=lambda document: f"#document-{document.pk}",
            settled=_settled(found, language),
            minutes=True,
            beside=tables.beside(found, listed, language),
        ),
        "changes": agenda_lines.changed(agenda_queries.changes(found, member=True), language),
        "left_out": tables.left_out(found, language),
    }


def _settled(found: Meeting, language: str) -> dict[int, list[Text]]:
    """What was decided, by the item's id; what members may read of it."""
    told: dict[int, list[Text]] = {}
    for decision in decision_queries.of_meetings([found], decision_queries.MEMBERS)[found.pk]:
        if decision.item_id is not None:
            told.setdefault(decision.item_id, []).append(decision_queries.text(decision, language))
    return told
